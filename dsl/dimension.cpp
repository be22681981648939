#include "dsl/dimension.hpp"

#include <fmt/format.h>

#include <cmath>

#include "dsl/unit_words.hpp"

namespace fmx::dsl {
namespace {

Dimension of_word(const UnitWord& one) {
  if (one.base.empty()) return {{}, one.scale};
  return {{{std::string(one.base), one.power}}, one.scale};
}

Dimension of_word(std::string_view word) {
  const UnitWord* known = unit_called(word);
  return known != nullptr ? of_word(*known) : Dimension{{{std::string(word), 1}}, 1};
}

bool same(double a, double b) { return std::abs(a - b) <= 1e-9 * std::abs(b); }

/// The word for `scale` of a base unit, such as `ms` for 0.001 of `s`; empty where there is none.
std::string_view word_for(std::string_view base, double scale) {
  for (const UnitWord& one : unit_words) {
    if (one.base == base && one.power == 1 && !one.singular() && same(one.scale, scale)) {
      return one.word;
    }
  }
  return {};
}

/// `step` of `steps`.
std::string_view one_of(std::string_view word) {
  for (const UnitWord& one : unit_words) {
    if (one.base == word && one.singular()) return one.word;
  }
  return word;
}

}  // namespace

Dimension dimension_of(std::string_view unit) {
  Dimension whole;
  for (int power = 1; !unit.empty(); power = -1) {
    const std::size_t slash = unit.find('/');
    whole = times(std::move(whole), of_word(unit.substr(0, slash)), power);
    unit = slash == unit.npos ? std::string_view() : unit.substr(slash + 1);
  }
  return whole;
}

Dimension dimension_of(Unit unit) {
  for (const UnitWord& one : unit_words) {
    if (one.carried == unit && one.scale == 1) return of_word(one);
  }
  return {};
}

Dimension times(Dimension a, const Dimension& b, int power) {
  for (const auto& [base, p] : b.powers) {
    int& sum = a.powers[base];
    sum += p * power;
    if (sum == 0) a.powers.erase(base);
  }
  a.scale *= std::pow(b.scale, power);
  return a;
}

std::string words_for(const Dimension& dimension) {
  if (dimension.plain()) {
    return dimension.scale == 1      ? "a plain number"
           : dimension.scale == 0.01 ? "percent, from 0 to 100"
                                     : fmt::format("a plain number, times {:g}", dimension.scale);
  }
  const auto exact = [&](const UnitWord& one) {
    return dimension.powers.size() == 1 && dimension.powers.begin()->first == one.base &&
           dimension.powers.begin()->second == one.power && dimension.scale == one.scale;
  };
  for (const UnitWord& one : unit_words) {
    if (one.scale != 1 && exact(one)) return std::string(one.word);
  }
  // The scale goes into the word of one base unit, if there is one for it: `GiB per s`.
  double scale = dimension.scale;
  std::string above, below;
  for (const auto& [base, power] : dimension.powers) {
    std::string_view word = base;
    const bool single = power == 1 || power == -1;
    const auto scaled = single ? word_for(base, power > 0 ? scale : 1 / scale) : std::string_view();
    if (scale != 1 && !scaled.empty()) word = scaled, scale = 1;
    if (power < 0) word = one_of(word);
    std::string& side = power > 0 ? above : below;
    if (!side.empty()) side += " ";
    side += word;
    if (std::abs(power) > 1) side += fmt::format("^{}", std::abs(power));
  }
  std::string words = above.empty() ? "1" : above;
  if (!below.empty()) words += " per " + below;
  if (scale != 1) words = fmt::format("{:g} {}", scale, words);
  return words;
}

}  // namespace fmx::dsl
