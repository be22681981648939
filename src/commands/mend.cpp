#include "src/commands/mend.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "dsl/parse.hpp"

namespace fmx::commands {
namespace {

constexpr int most_rounds = 16;  // what a mended line says may be wrong in its turn; seldom twice

/// A diagnostic that says how it is mended.
using Mendable = const Diagnostic*;

bool before(Mendable a, Mendable b) {
  if (a->edit->span.begin != b->edit->span.begin) return a->edit->span.begin < b->edit->span.begin;
  return a->edit->span.end < b->edit->span.end;
}

/// Those of one source that can be made together: in the order of places, none into another.
std::vector<Mendable> compatible(std::vector<Mendable> all) {
  std::ranges::stable_sort(all, before);
  std::vector<Mendable> chosen;
  for (const Mendable one : all) {
    if (chosen.empty() || chosen.back()->edit->span.end <= one->edit->span.begin) {
      chosen.push_back(one);
    }
  }
  return chosen;
}

std::string applied(std::string_view text, const std::vector<Mendable>& edits) {
  std::string out;
  std::size_t from = 0;
  for (const Mendable one : edits) {
    out += text.substr(from, one->edit->span.begin - from);
    out += one->edit->replacement;
    from = one->edit->span.end;
  }
  out += text.substr(from);
  return out;
}

/// How many mistakes the grammar finds.
std::size_t mistakes(const std::string& path, std::string text) {
  Sources sources;
  sources.add({path, std::move(text)});
  return dsl::parse(sources, 0).diagnostics.size();
}

Mended described(const Diagnostic& diagnostic, const Sources& sources) {
  const Place place = sources.place(diagnostic.edit->span);
  return {.path = sources.at(diagnostic.edit->span.source).path,
          .line = place.line,
          .column = place.column,
          .code = diagnostic.code,
          .before = std::string(sources.text(diagnostic.edit->span)),
          .after = diagnostic.edit->replacement};
}

/// Mends one file as far as its diagnostics say how. All at once where that is sound, else those
/// that are sound one at a time; the text as it is where none is.
std::string mended(const KeptSource& source, const std::vector<Mendable>& edits,
                   std::vector<Mendable>& made) {
  const std::size_t had = mistakes(source.path, std::string(source.text));
  std::string all = applied(source.text, edits);
  if (mistakes(source.path, all) <= had) {
    made.insert(made.end(), edits.begin(), edits.end());
    return all;
  }
  for (const Mendable one : edits) {
    std::string text = applied(source.text, {one});
    if (mistakes(source.path, text) > had) continue;
    made.push_back(one);
    return text;
  }
  return std::string(source.text);
}

/// One round over all files; whether it changed anything.
bool mend_once(const packs::Loaded& loaded, packs::Texts& texts, Mending& mending) {
  const Sources& sources = loaded.knowledge.sources;
  std::map<std::uint32_t, std::vector<Mendable>> by_source;
  for (const Diagnostic& d : loaded.diagnostics) {
    if (d.edit && loaded.asked[d.edit->span.source]) by_source[d.edit->span.source].push_back(&d);
  }
  bool changed = false;
  for (auto& [index, edits] : by_source) {
    const KeptSource& source = sources.at(index);
    std::vector<Mendable> made;
    std::string text = mended(source, compatible(std::move(edits)), made);
    if (text == source.text) continue;
    changed = true;
    for (const Mendable one : made) mending.mended.push_back(described(*one, sources));
    mending.before.emplace(source.path, source.text);
    texts[source.path] = std::move(text);
  }
  return changed;
}

}  // namespace

Result<Mending, Problem> mend(const std::vector<std::string>& paths) {
  Mending mending;
  packs::Texts texts;
  for (int round = 0;; ++round) {
    Result<packs::Loaded, Problem> loaded = packs::load_for_authors(paths, texts);
    if (!loaded) return Unexpected{loaded.error()};
    if (round == most_rounds || !mend_once(*loaded, texts, mending)) {
      mending.left = *std::move(loaded);
      break;
    }
  }
  mending.after = std::move(texts);
  return mending;
}

}  // namespace fmx::commands
