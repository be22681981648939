#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dsl/entities.hpp"
#include "dsl/suggest.hpp"

/// What fields hold: texts, shares, choices, names of other entities.
namespace fmx::dsl {

/// Fills in what every entity has: id, name, pack, title, about, cites, span.
void lower_common(const Declaration& declaration, const Body& body, Context& context,
                  Entity& entity);

/// The text of a field such as `about "..."`; empty where there is no such field.
std::string prose(const std::optional<Field>& field);
std::string prose(Part field);

/// All texts of a field such as `aliases "a", "b"`.
std::vector<std::string> texts(Part field);

/// Which shares make sense in a place.
enum class Share {
  open,        ///< above 0 and below 1: where certainty would forbid to learn
  above_zero,  ///< up to 1
  below_one,   ///< from 0
  closed,      ///< from 0 to 1
};

/// `70%` or `0.7`; `what` is what it is the share of: "a prior", "the strength".
std::optional<double> share(Part quantity, Share range, std::string_view what, Context& context);

/// A duration in minutes, above 0.
std::optional<double> minutes(Part quantity, Context& context);

/// What a name in a field refers to.
std::optional<Index> referred(Part path, const Field& field, Kind kind, Context& context);

/// What all paths of a field refer to, in their order, each once.
std::vector<Index> all_referred(const Field& field, Kind kind, Context& context);

/// The `how` fields of an entity; reports a framework that stands twice.
std::vector<Advice> advice_of(const Body& body, Context& context);

/// The environment of an entity's field.
Environment environment(const Field& field);

/// One of a few words. Reports any other, with the nearest as a hint.
template <class T, std::size_t N>
std::optional<T> choice(Part word, const std::array<std::pair<std::string_view, T>, N>& words,
                        Context& context);

void report_unknown_word(Part word, std::span<const std::string_view> known, Context& context);

template <class T, std::size_t N>
std::optional<T> choice(Part word, const std::array<std::pair<std::string_view, T>, N>& words,
                        Context& context) {
  std::array<std::string_view, N> known;
  for (std::size_t i = 0; i < N; ++i) {
    if (words[i].first == word.text()) return words[i].second;
    known[i] = words[i].first;
  }
  report_unknown_word(word, known, context);
  return {};
}

}  // namespace fmx::dsl
