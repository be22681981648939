#pragma once

#include <algorithm>
#include <array>
#include <optional>
#include <string_view>

#include "knowledge/expression.hpp"

namespace fmx::dsl {

/// A word that says what a number counts.
struct UnitWord {
  std::string_view word;
  std::string_view base;             ///< what it is made of; empty where it counts nothing
  double scale = 1;                  ///< how many of its base, to that power, one of it is
  int power = 1;                     ///< -1: per base
  std::optional<Unit> carried = {};  ///< as what a number that carries it is stored, times `scale`;
                                     ///< only metrics and params have the others

  /// `step` for `steps`: taken, but nothing that is advised.
  constexpr bool singular() const {
    return base.size() == word.size() + 1 && base.starts_with(word) && base.ends_with('s');
  }
};

/// All units of the language. A word that does not stand here is a base unit of its own.
inline constexpr auto unit_words = std::to_array<UnitWord>({
    {"%", "", 0.01, 1, Unit::fraction},
    {"x", "", 1, 1, Unit::factor},
    {"step", "steps", 1, 1, Unit::steps},
    {"steps", "steps", 1, 1, Unit::steps},
    {"sample", "samples", 1, 1, Unit::samples},
    {"samples", "samples", 1, 1, Unit::samples},
    {"epoch", "epochs", 1, 1, Unit::epochs},
    {"epochs", "epochs", 1, 1, Unit::epochs},
    {"token", "tokens", 1, 1, Unit::tokens},
    {"tokens", "tokens", 1, 1, Unit::tokens},
    {"ns", "s", 1e-9, 1, Unit::seconds},
    {"us", "s", 1e-6, 1, Unit::seconds},
    {"ms", "s", 1e-3, 1, Unit::seconds},
    {"s", "s", 1, 1, Unit::seconds},
    {"min", "s", 60, 1, Unit::seconds},
    {"h", "s", 3600, 1, Unit::seconds},
    {"d", "s", 86400, 1, Unit::seconds},
    {"B", "B", 1, 1, Unit::bytes},
    {"kB", "B", 1e3, 1, Unit::bytes},
    {"MB", "B", 1e6, 1, Unit::bytes},
    {"GB", "B", 1e9, 1, Unit::bytes},
    {"TB", "B", 1e12, 1, Unit::bytes},
    {"KiB", "B", 1024.0, 1, Unit::bytes},
    {"MiB", "B", 1048576.0, 1, Unit::bytes},
    {"GiB", "B", 1073741824.0, 1, Unit::bytes},
    {"TiB", "B", 1099511627776.0, 1, Unit::bytes},
    {"mad", "mad", 1, 1, Unit::mad},
    {"sd", "sd", 1, 1, Unit::sd},
    {"1", ""},
    {"share", ""},
    {"fraction", ""},
    {"percent", "", 0.01},
    {"it", "steps"},
    {"Hz", "s", 1, -1},
    {"kHz", "s", 1e3, -1},
    {"MHz", "s", 1e6, -1},
    {"GHz", "s", 1e9, -1},
    {"m", "m"},
    {"mm", "m", 1e-3},
    {"cm", "m", 1e-2},
    {"km", "m", 1e3},
    {"m_s2", "m_s2"},
    {"kg", "kg"},
    {"g", "kg", 1e-3},
    {"N", "N"},
    {"Nm", "Nm"},
    {"J", "J"},
    {"W", "W"},
    {"kW", "W", 1e3},
    {"V", "V"},
    {"A", "A"},
    {"C", "C"},
    {"K", "K"},
    {"Pa", "Pa"},
    {"deg", "deg"},
    {"rad", "rad"},
    {"dB", "dB"},
    {"nats", "nats"},
    {"bits", "bits"},
    {"flops", "flops"},
    {"items", "items"},
    {"images", "images"},
    {"reward", "reward"},
});

/// The entry of `word`; null where it is not known.
constexpr const UnitWord* unit_called(std::string_view word) {
  const auto found = std::ranges::find(unit_words, word, &UnitWord::word);
  return found == unit_words.end() ? nullptr : &*found;
}

/// Those that a number may carry, sorted.
inline constexpr auto number_units = [] {
  constexpr auto carried = [](const UnitWord& one) { return one.carried.has_value(); };
  std::array<std::string_view, std::ranges::count_if(unit_words, carried)> words;
  std::size_t i = 0;
  for (const UnitWord& one : unit_words) {
    if (one.carried) words[i++] = one.word;
  }
  std::ranges::sort(words);
  return words;
}();

}  // namespace fmx::dsl
