#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace fmx {

/// What kind of quantity a metric or a param is, where its author says so.
enum class Quality : std::uint8_t {
  unsaid,
  gauge,     ///< goes up and down
  counter,   ///< only goes up, or begins again from 0
  fraction,  ///< a share of a whole
  count,     ///< a number of things
  duration,  ///< a time that something takes
  bytes,     ///< memory, or data
  flag,      ///< on or off
  text,      ///< words; of a param only
};

/// The word for it in rules; empty for what is unsaid.
constexpr std::string_view name_of(Quality quality) {
  constexpr std::array<std::string_view, 9> names{
      "", "gauge", "counter", "fraction", "count", "duration", "bytes", "flag", "text"};
  return names[static_cast<std::size_t>(quality)];
}

}  // namespace fmx
