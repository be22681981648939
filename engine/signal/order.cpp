#include "engine/signal/order.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <cmath>

namespace fmx::engine::signal {
namespace {

/// A number's bits, changed so that they compare as unsigned integers the way the numbers do.
std::uint64_t sortable(double value) {
  const auto bits = std::bit_cast<std::uint64_t>(value + 0.0);  // -0 becomes 0: the two are equal
  return (bits >> 63) != 0 ? ~bits : bits | (std::uint64_t{1} << 63);
}

struct Keyed {
  std::uint64_t key;
  std::uint32_t index;
};

constexpr int digit_bits = 11;
constexpr std::size_t digit_values = std::size_t{1} << digit_bits;
constexpr int digits = (64 + digit_bits - 1) / digit_bits;

std::size_t digit(std::uint64_t key, int place) {
  return (key >> (place * digit_bits)) & (digit_values - 1);
}

/// Sorts by one digit after the other, least significant first; a digit that all keys share is
/// skipped.
void radix_sort(std::vector<Keyed>& items) {
  std::vector<std::array<std::uint32_t, digit_values>> starts(digits);
  for (const Keyed& item : items) {
    for (int place = 0; place < digits; ++place) ++starts[place][digit(item.key, place)];
  }
  std::vector<Keyed> sorted(items.size());
  for (int place = 0; place < digits; ++place) {
    auto& start = starts[place];
    if (start[digit(items.front().key, place)] == items.size()) continue;
    std::uint32_t sum = 0;
    for (std::uint32_t& slot : start) {
      const std::uint32_t count = slot;
      slot = sum;
      sum += count;
    }
    for (const Keyed& item : items) sorted[start[digit(item.key, place)]++] = item;
    items.swap(sorted);
  }
}

}  // namespace

double quantile(std::span<double> values, double q) {
  assert(!values.empty() && q >= 0 && q <= 1 && "measure() asks for no other");
  const double position = q * static_cast<double>(values.size() - 1);
  const auto below = static_cast<std::size_t>(position);
  const auto at = values.begin() + static_cast<std::ptrdiff_t>(below);
  std::nth_element(values.begin(), at, values.end());
  const double share = position - static_cast<double>(below);
  if (share == 0) return *at;
  const double above = *std::min_element(at + 1, values.end());
  return *at + share * (above - *at);
}

double median(std::span<double> values) { return quantile(values, 0.5); }

double median_of(std::span<const double> values) {
  std::vector<double> scratch(values.begin(), values.end());
  return median(scratch);
}

double median_deviation(std::span<double> values) {
  const double centre = median(values);
  for (double& value : values) value = std::abs(value - centre);
  return 1.4826 * median(values);
}

std::vector<std::uint32_t> ascending(std::span<const double> values) {
  std::vector<Keyed> items(values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    items[i] = {sortable(values[i]), static_cast<std::uint32_t>(i)};
  }
  if (items.size() < 1000) {  // below, counting digits costs more than comparing
    std::sort(items.begin(), items.end(), [](const Keyed& a, const Keyed& b) {
      return a.key != b.key ? a.key < b.key : a.index < b.index;
    });
  } else {
    radix_sort(items);
  }
  std::vector<std::uint32_t> order(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) order[i] = items[i].index;
  return order;
}

std::vector<double> ranks(std::span<const double> values) {
  const auto order = ascending(values);
  std::vector<double> rank(values.size());
  for (std::size_t begin = 0, end = 0; begin < order.size(); begin = end) {
    while (end < order.size() && values[order[end]] == values[order[begin]]) ++end;
    const double shared = static_cast<double>(begin + end + 1) / 2;
    for (std::size_t i = begin; i < end; ++i) rank[order[i]] = shared;
  }
  return rank;
}

}  // namespace fmx::engine::signal
