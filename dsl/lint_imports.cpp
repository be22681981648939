// Packs that import one another.

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <deque>
#include <map>

#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

/// The shortest way of imports from one pack back to itself; empty where there is none.
std::vector<std::string> way_back(const std::string& start, const Knowledge& knowledge) {
  std::map<std::string, std::string> reached_from;
  std::deque<std::string> open{start};
  while (!open.empty()) {
    const std::string name = open.front();
    open.pop_front();
    const auto pack = std::find_if(knowledge.packs.begin(), knowledge.packs.end(),
                                   [&](const PackInfo& p) { return p.name == name; });
    if (pack == knowledge.packs.end()) continue;
    for (const std::string& next : pack->imports) {
      if (!reached_from.insert({next, name}).second) continue;
      if (next == start) {
        std::vector<std::string> way{start};
        for (std::string at = name; at != start; at = reached_from.at(at)) way.push_back(at);
        way.push_back(start);
        std::reverse(way.begin(), way.end());
        return way;
      }
      open.push_back(next);
    }
  }
  return {};
}

/// Where some file of the pack imports another.
std::optional<Span> import_of(const std::string& from, const std::string& to,
                              const Knowledge& knowledge) {
  const std::string line = "import " + to;
  for (std::uint32_t i = 0; i < knowledge.sources.size(); ++i) {
    const std::string_view text = knowledge.sources.at(i).text;
    if (!text.starts_with("pack " + from) && text.find("\npack " + from) == text.npos) continue;
    for (std::size_t at = text.find(line); at != text.npos; at = text.find(line, at + 1)) {
      const std::size_t end = at + line.size();
      const bool whole = end == text.size() || text[end] == '\n' || text[end] == ' ' ||
                         text[end] == '\r' || text[end] == '\t';
      if (!whole || (at > 0 && text[at - 1] != '\n')) continue;
      return Span{i, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)};
    }
  }
  return {};
}

}  // namespace

void lint_imports(const Knowledge& knowledge, Warnings& warnings) {
  for (const PackInfo& pack : knowledge.packs) {
    const std::vector<std::string> way = way_back(pack.name, knowledge);
    // Each circle once, at the pack of it that comes first by name.
    if (way.empty() || *std::min_element(way.begin(), way.end()) != pack.name) continue;
    const auto place = import_of(pack.name, way[1], knowledge);
    warnings.push_back(
        warning("import-cycle",
                way.size() == 2 ? fmt::format("`{}` imports itself", pack.name)
                                : fmt::format("`{}` imports itself by way of others", pack.name),
                {place.value_or(pack.span), fmt::format("{}", fmt::join(way, " -> "))},
                "what both need belongs in a pack of its own; a few names can be written in full, "
                "without an import"));
    for (std::size_t i = 1; i + 1 < way.size(); ++i) {
      if (const auto next = import_of(way[i], way[i + 1], knowledge)) {
        warnings.back().secondary.push_back({*next, "and here"});
      }
    }
  }
}

}  // namespace fmx::dsl
