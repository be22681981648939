// Units that look like a known one, misspelt.

#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "dsl/lints.hpp"
#include "dsl/suggest.hpp"
#include "dsl/unit_words.hpp"

namespace fmx::dsl {
namespace {

/// The words of units that others use; the others of `unit_words` say the same.
std::vector<std::string_view> usual_words() {
  std::vector<std::string_view> words;
  for (const UnitWord& one : unit_words) {
    if (!one.singular()) words.push_back(one.word);
  }
  std::ranges::sort(words);
  return words;
}

/// Where the word stands in the declaration, or the entity's name.
Span span_of(const std::string& word, const Entity& entity, const Sources& sources) {
  const std::string_view text = sources.text(entity.declaration);
  const std::size_t field = text.find("unit");
  const std::size_t at = field == text.npos ? text.npos : text.find(word, field + 4);
  if (at == text.npos) return entity.span;
  const auto begin = entity.declaration.begin + static_cast<std::uint32_t>(at);
  return {entity.declaration.source, begin, begin + static_cast<std::uint32_t>(word.size())};
}

void look_at(const Entity& entity, const std::string& unit, const Sources& sources,
             Warnings& warnings) {
  static const std::vector<std::string_view> usual = usual_words();
  for (std::size_t begin = 0; begin <= unit.size();) {
    const std::size_t end = std::min(unit.find('/', begin), unit.size());
    const std::string word = unit.substr(begin, end - begin);
    const std::string_view meant =
        unit_called(word) != nullptr ? std::string_view() : nearest(word, usual);
    if (!meant.empty()) {  // else a field of its own has units of its own
      const Span span = span_of(word, entity, sources);
      warnings.push_back(warning("odd-unit",
                                 fmt::format("`{}` is not a unit that others use", word),
                                 {span, "not known"}, did_you_mean(word, usual)));
      if (!only_near(word, usual).empty()) warnings.back().edit = Edit{span, std::string(meant)};
    }
    begin = end + 1;
  }
}

}  // namespace

void lint_units(const Knowledge& knowledge, Warnings& warnings) {
  const Sources& sources = knowledge.sources;
  for (const Metric& metric : knowledge.metrics) look_at(metric, metric.unit, sources, warnings);
  for (const Param& param : knowledge.params) look_at(param, param.unit, sources, warnings);
}

}  // namespace fmx::dsl
