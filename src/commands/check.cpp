#include "src/commands/check.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>
#include <system_error>

#include "dsl/suggest.hpp"
#include "src/commands/difference.hpp"
#include "src/commands/mend.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/reports/json_document.hpp"
#include "src/reports/page.hpp"

namespace fmx::commands {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

const char* word(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "";
}

Json place_json(const Label& label, const Sources& sources) {
  const Place place = sources.place(label.span);
  return {{"path", sources.at(label.span.source).path},
          {"line", place.line},
          {"column", place.column},
          {"begin", label.span.begin},
          {"end", label.span.end},
          {"label", label.text}};
}

/// A change that mends the mistake, whatever else is meant; bytes from `begin` to `end`.
Json edit_json(const Edit& edit) {
  return {{"begin", edit.span.begin}, {"end", edit.span.end}, {"replacement", edit.replacement}};
}

Json diagnostic_json(const Diagnostic& diagnostic, const Sources& sources) {
  Json secondary = Json::array();
  for (const Label& label : diagnostic.secondary) secondary.push_back(place_json(label, sources));
  return {{"severity", word(diagnostic.severity)},
          {"code", diagnostic.code},
          {"message", diagnostic.message},
          {"place", place_json(diagnostic.primary, sources)},
          {"secondary", std::move(secondary)},
          {"hint", diagnostic.hint},
          {"edit", diagnostic.edit ? edit_json(*diagnostic.edit) : Json()}};
}

std::string as_json(const packs::Loaded& loaded, const std::vector<Mended>& mended = {}) {
  Json list = Json::array();
  for (const Diagnostic& d : loaded.diagnostics)
    list.push_back(diagnostic_json(d, loaded.knowledge.sources));
  Json done = Json::array();
  for (const Mended& one : mended) {
    done.push_back({{"path", one.path},
                    {"line", one.line},
                    {"column", one.column},
                    {"code", one.code},
                    {"before", one.before},
                    {"after", one.after}});
  }
  const Json document = {
      {"schema", "fmx-check/1"}, {"diagnostics", std::move(list)}, {"mended", std::move(done)}};
  return reports::written(document);
}

std::string as_text(const packs::Loaded& loaded) {
  const Knowledge& knowledge = loaded.knowledge;
  if (loaded.diagnostics.empty()) {
    return fmt::format("no mistakes in {} ({}, {}, {})\n",
                       reports::count(knowledge.packs.size(), "pack", "packs"),
                       reports::count(knowledge.patterns.size(), "pattern", "patterns"),
                       reports::count(knowledge.findings.size(), "finding", "findings"),
                       reports::count(knowledge.tests.size(), "test", "tests"));
  }
  std::size_t errors = 0;
  for (const Diagnostic& d : loaded.diagnostics) errors += d.severity == Severity::error ? 1 : 0;
  std::string text;  // all of them: who checks wants to mend all
  for (const Diagnostic& d : loaded.diagnostics) {
    text += render(d, knowledge.sources) + "\n";
  }
  return text +
         fmt::format("{}, {}\n", reports::count(errors, "error", "errors"),
                     reports::count(loaded.diagnostics.size() - errors, "warning", "warnings"));
}

/// Where the pages of diagnostics lie: beside an installed program, or in the source tree.
fs::path pages() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path installed = program.parent_path().parent_path() / "share" / "fmx" / "diagnostics";
  return fs::is_directory(installed, error) ? installed : fs::path(FMX_DIAGNOSTICS_IN_SOURCE);
}

Problem no_such_code(const std::string& code) {
  std::vector<std::string> codes;
  std::error_code error;
  for (const fs::directory_entry& page : fs::directory_iterator(pages(), error)) {
    codes.push_back(page.path().stem().string());
  }
  std::ranges::sort(codes);
  const std::vector<std::string_view> known(codes.begin(), codes.end());
  const std::string meant = dsl::did_you_mean(code, known);
  if (!meant.empty()) {
    return {"fmx check --explain", fmt::format("no diagnostic has the code `{}`", code), meant};
  }
  std::vector<std::string> alike;  // those that the word is a part of
  std::ranges::copy_if(codes, std::back_inserter(alike), [&](const std::string& known_code) {
    return !code.empty() && known_code.find(code) != std::string::npos;
  });
  return {"fmx check --explain", fmt::format("no diagnostic has the code `{}`", code),
          alike.empty() ? "a code stands in brackets behind `error` or `warning`"
                        : fmt::format("the codes with it are: {}", fmt::join(alike, ", "))};
}

/// Prints what a diagnostic's code means.
int explain(const std::string& code) {
  std::ifstream file(pages() / (code + ".md"));
  if (code.find('/') != std::string::npos || !file) return fail(no_such_code(code));
  const std::string page(std::istreambuf_iterator<char>(file), {});
  return finish(page, done);
}

/// On one line, cut where it is long.
std::string in_ticks(std::string_view text) {
  constexpr std::size_t longest = 60;
  const std::size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  const std::string_view from = text.substr(first);
  const std::string_view line = from.substr(0, from.find('\n'));
  const std::size_t last = line.find_last_not_of(" \t\r");
  const std::string_view kept = line.substr(0, last == line.npos ? 0 : last + 1);
  return kept.size() > longest ? fmt::format("`{} ...`", kept.substr(0, longest))
                               : fmt::format("`{}`", kept);
}

std::string as_text(const std::vector<Mended>& mended, std::size_t files) {
  if (mended.empty()) return "nothing to mend\n";
  std::string out;
  for (const Mended& one : mended) {
    const bool removed = one.after.find_first_not_of(" \t\r\n") == std::string::npos;
    out += fmt::format("{}:{}:{}: {}: {}\n", one.path, one.line, one.column, one.code,
                       removed              ? in_ticks(one.before) + " left out"
                       : one.before.empty() ? in_ticks(one.after) + " added"
                                            : fmt::format("{} is now {}", in_ticks(one.before),
                                                          in_ticks(one.after)));
  }
  return out + fmt::format("{} mended in {}\n",
                           reports::count(mended.size(), "mistake", "mistakes"),
                           reports::count(files, "file", "files"));
}

/// Mends the files, each whole or not at all, and says what is left.
int fix(const CheckOptions& options) {
  const Result<Mending, Problem> mending = mend(options.paths);
  if (!mending) return fail(mending.error());
  for (const auto& [path, text] : mending->after) {
    if (const std::optional<Problem> problem = write_file(path, text)) return fail(*problem);
  }
  const std::string text =
      options.format == "json"
          ? as_json(mending->left, mending->mended)
          : as_text(mending->mended, mending->after.size()) + "\n" + as_text(mending->left);
  return finish(text, has_errors(mending->left.diagnostics) ? failed : done);
}

int show_fix(const CheckOptions& options) {
  const Result<Mending, Problem> mending = mend(options.paths);
  if (!mending) return fail(mending.error());
  std::string text;
  for (const auto& [path, after] : mending->after) {
    text += difference(path, mending->before.at(path), after);
  }
  return finish(text, mending->after.empty() ? done : failed);
}

}  // namespace

int check(const CheckOptions& options) {
  if (!options.explain.empty()) return explain(options.explain);
  if (options.paths.empty()) {
    return fail(Problem{"fmx check", "PATH is required",
                        "name rule files or folders; to check the packs that come "
                        "with fmx, name their folder"});
  }
  if (options.fix) return fix(options);
  if (options.diff) return show_fix(options);
  Result<packs::Loaded, Problem> from_paths = packs::load_for_authors(options.paths);
  if (!from_paths) return fail(from_paths.error());
  const packs::Loaded& loaded = packs::kept(*std::move(from_paths));
  const std::string text = options.format == "json" ? as_json(loaded) : as_text(loaded);
  return finish(text, has_errors(loaded.diagnostics) ? failed : done);
}

}  // namespace fmx::commands
