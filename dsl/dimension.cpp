#include "dsl/dimension.hpp"

#include <fmt/format.h>

#include <array>
#include <cmath>

namespace fmx::dsl {
namespace {

struct Known {
  std::string_view word, base;
  double scale;
  int power = 1;
};

/// Units that are others in disguise. A base that is empty counts nothing.
constexpr auto known = std::to_array<Known>({
    {"1", "", 1},
    {"share", "", 1},
    {"fraction", "", 1},
    {"x", "", 1},
    {"%", "", 0.01},
    {"percent", "", 0.01},
    {"step", "steps", 1},
    {"it", "steps", 1},
    {"sample", "samples", 1},
    {"epoch", "epochs", 1},
    {"token", "tokens", 1},
    {"ns", "s", 1e-9},
    {"us", "s", 1e-6},
    {"ms", "s", 1e-3},
    {"min", "s", 60},
    {"h", "s", 3600},
    {"d", "s", 86400},
    {"Hz", "s", 1, -1},
    {"kHz", "s", 1e3, -1},
    {"MHz", "s", 1e6, -1},
    {"GHz", "s", 1e9, -1},
    {"kB", "B", 1e3},
    {"MB", "B", 1e6},
    {"GB", "B", 1e9},
    {"TB", "B", 1e12},
    {"KiB", "B", 1024.0},
    {"MiB", "B", 1048576.0},
    {"GiB", "B", 1073741824.0},
    {"TiB", "B", 1099511627776.0},
    {"mm", "m", 1e-3},
    {"cm", "m", 1e-2},
    {"km", "m", 1e3},
    {"g", "kg", 1e-3},
    {"kW", "W", 1e3},
});

Dimension of_word(std::string_view word) {
  for (const Known& one : known) {
    if (one.word != word) continue;
    if (one.base.empty()) return {{}, one.scale};
    return {{{std::string(one.base), one.power}}, one.scale};
  }
  return {{{std::string(word), 1}}, 1};
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
  switch (unit) {
    case Unit::steps: return {{{"steps", 1}}};
    case Unit::samples: return {{{"samples", 1}}};
    case Unit::epochs: return {{{"epochs", 1}}};
    case Unit::tokens: return {{{"tokens", 1}}};
    case Unit::seconds: return {{{"s", 1}}};
    case Unit::bytes: return {{{"B", 1}}};
    case Unit::mad: return {{{"mad", 1}}};
    case Unit::sd: return {{{"sd", 1}}};
    case Unit::none:
    case Unit::fraction:
    case Unit::factor: return {};
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
  const auto exact = [&](const Known& one) {
    return dimension.powers.size() == 1 && dimension.powers.begin()->first == one.base &&
           dimension.powers.begin()->second == one.power && dimension.scale == one.scale;
  };
  for (const Known& one : known) {
    if (one.scale != 1 && exact(one)) return std::string(one.word);
  }
  std::string above, below;
  for (const auto& [base, power] : dimension.powers) {
    std::string& side = power > 0 ? above : below;
    if (!side.empty()) side += " ";
    side += base;
    if (std::abs(power) > 1) side += fmt::format("^{}", std::abs(power));
  }
  std::string words = above.empty() ? "1" : above;
  if (!below.empty()) words += " per " + below;
  if (dimension.scale != 1) words = fmt::format("{:g} {}", dimension.scale, words);
  return words;
}

}  // namespace fmx::dsl
