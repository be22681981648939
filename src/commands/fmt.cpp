#include "src/commands/fmt.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <iostream>
#include <iterator>

#include "dsl/format.hpp"
#include "dsl/parse.hpp"
#include "src/commands/difference.hpp"
#include "src/commands/output.hpp"
#include "src/packs/find.hpp"
#include "src/packs/load.hpp"
#include "src/reports/page.hpp"

namespace fmx::commands {
namespace {

/// The text of a rule file as fmx writes it, or the mistakes that forbid it.
Result<std::string, std::string> formatted(const std::string& path, const std::string& text) {
  Sources sources;
  const std::uint32_t source = sources.add({path, text});
  dsl::Parsed parsed = dsl::parse(sources, source);
  if (has_errors(parsed.diagnostics)) {
    sort_by_place(parsed.diagnostics);
    return Unexpected{packs::render(parsed.diagnostics, sources)};
  }
  return dsl::format(parsed.tree, sources);
}

int format_standard_input(bool check) {
  const std::string text(std::istreambuf_iterator<char>(std::cin), {});
  const Result<std::string, std::string> result = formatted("standard input", text);
  if (!result) {
    std::fputs(result.error().c_str(), stderr);
    return failed;
  }
  const std::string shown = check ? difference("standard input", text, *result) : *result;
  return finish(shown, check && *result != text ? failed : done);
}

}  // namespace

int fmt(const FmtOptions& options) {
  if (options.paths == std::vector<std::string>{"-"}) return format_standard_input(options.check);
  const Result<std::vector<packs::RuleFile>, Problem> files = packs::find(options.paths);
  if (!files) return fail(files.error());

  int status = done;
  std::size_t changed = 0;
  for (const packs::RuleFile& file : *files) {
    const Result<std::string, Problem> text = packs::text_of(file.path);
    if (!text) return fail(text.error());
    const Result<std::string, std::string> result = formatted(file.path, *text);
    if (!result) {
      std::fputs(result.error().c_str(), stderr);
      status = failed;
      continue;
    }
    if (*result == *text) continue;
    ++changed;
    if (options.check) status = failed;
    if (std::optional<Problem> problem = options.check
                                             ? print(difference(file.path, *text, *result), failed)
                                             : write_file(file.path, *result)) {
      return fail(*problem);
    }
  }
  if (status == failed) return status;
  return finish(
      changed == 0
          ? fmt::format("nothing to change in {}\n", reports::count(files->size(), "file", "files"))
          : fmt::format("{} rewritten\n", reports::count(changed, "file", "files")),
      done);
}

}  // namespace fmx::commands
