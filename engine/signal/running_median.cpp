#include <algorithm>
#include <bit>
#include <cstdint>

#include "engine/signal/order.hpp"
#include "engine/signal/smooth.hpp"

namespace fmx::engine::signal {
namespace {

struct Bounds {
  std::size_t first, last;
};

Bounds bounds(std::size_t i, std::size_t n, std::size_t half, Ends ends) {
  const std::size_t before = std::min(i, half), after = std::min(n - 1 - i, half);
  if (ends == Ends::cut) return {i - before, i + after};
  return {i - std::min(before, after), i + std::min(before, after)};
}

/// A set of whole numbers below `size`: one bit each, and above every 64 bits one that says whether
/// any of them is set, and so on. All operations take one step a level, of which there are
/// log64(size).
class BitSet {
 public:
  explicit BitSet(std::size_t size) {
    do {
      size = (size + 63) / 64;
      levels_.emplace_back(size);
    } while (size > 1);
  }

  void insert(std::size_t i) {
    for (auto& words : levels_) {
      words[i / 64] |= std::uint64_t{1} << (i % 64);
      i /= 64;
    }
  }
  void erase(std::size_t i) {
    for (auto& words : levels_) {
      words[i / 64] &= ~(std::uint64_t{1} << (i % 64));
      if (words[i / 64] != 0) return;
      i /= 64;
    }
  }
  /// The least member above i. Pre: there is one.
  std::size_t next(std::size_t i) const {
    std::size_t level = 0;
    for (;; ++level, i /= 64) {
      const std::uint64_t above = levels_[level][i / 64] & (~std::uint64_t{1} << (i % 64));
      if (above == 0) continue;
      i = i / 64 * 64 + static_cast<std::size_t>(std::countr_zero(above));
      break;
    }
    while (level-- > 0) i = i * 64 + static_cast<std::size_t>(std::countr_zero(levels_[level][i]));
    return i;
  }
  /// The greatest member below i. Pre: there is one.
  std::size_t previous(std::size_t i) const {
    std::size_t level = 0;
    for (;; ++level, i /= 64) {
      const std::uint64_t below = levels_[level][i / 64] & ((std::uint64_t{1} << (i % 64)) - 1);
      if (below == 0) continue;
      i = i / 64 * 64 + 63 - static_cast<std::size_t>(std::countl_zero(below));
      break;
    }
    while (level-- > 0) {
      i = i * 64 + 63 - static_cast<std::size_t>(std::countl_zero(levels_[level][i]));
    }
    return i;
  }

 private:
  std::vector<std::vector<std::uint64_t>> levels_;
};

/// A window of many samples: the set of their places in the ascending order of the whole series,
/// and a finger on its (lower) median. A sample that comes or goes moves the finger by at most one
/// place.
class Ranked {
 public:
  explicit Ranked(std::span<const double> values)
      : values_(values), order_(ascending(values)), place_(values.size()), members_(values.size()) {
    for (std::size_t i = 0; i < order_.size(); ++i) {
      place_[order_[i]] = static_cast<std::uint32_t>(i);
    }
  }

  void insert(std::size_t i) {
    members_.insert(place_[i]);
    if (size_++ == 0) {
      finger_ = place_[i];
    } else if (place_[i] < finger_) {
      ++below_;
    }
    balance();
  }
  /// Pre: it is not the only one.
  void erase(std::size_t i) {
    if (place_[i] < finger_) {
      --below_;
    } else if (place_[i] == finger_ && below_ + 1 < size_) {
      finger_ = members_.next(finger_);
    } else if (place_[i] == finger_) {
      finger_ = members_.previous(finger_);
      --below_;
    }
    members_.erase(place_[i]);
    --size_;
    balance();
  }
  double median() const {
    const double low = values_[order_[finger_]];
    if (size_ % 2 == 1) return low;
    const double high = values_[order_[members_.next(finger_)]];
    return low + (high - low) / 2;
  }

 private:
  void balance() {
    for (; below_ < (size_ - 1) / 2; ++below_) finger_ = members_.next(finger_);
    for (; below_ > (size_ - 1) / 2; --below_) finger_ = members_.previous(finger_);
  }

  std::span<const double> values_;
  std::vector<std::uint32_t> order_;  // index of the sample at each place
  std::vector<std::uint32_t> place_;  // place of each sample
  BitSet members_;
  std::size_t size_ = 0;
  std::size_t below_ = 0;   // members before the finger
  std::size_t finger_ = 0;  // a place
};

}  // namespace

/// Works in chunks, so that an order of a chunk and the few samples around it is all that is sorted
/// and kept at hand; each is several windows long.
std::vector<double> running_median(std::span<const double> values, std::size_t half, Ends ends) {
  const std::size_t n = values.size(), chunk = std::max<std::size_t>(8192, 8 * half);
  std::vector<double> medians(n);
  for (std::size_t begin = 0; begin < n; begin += chunk) {
    const std::size_t end = std::min(begin + chunk, n);
    const std::size_t first = bounds(begin, n, half, ends).first;
    const std::size_t last = bounds(end - 1, n, half, ends).last;
    Ranked window(values.subspan(first, last + 1 - first));
    Bounds held{first, first};  // from first to before last
    for (std::size_t i = begin; i < end; ++i) {
      const Bounds wanted = bounds(i, n, half, ends);
      for (; held.last <= wanted.last; ++held.last) window.insert(held.last - first);
      for (; held.first < wanted.first; ++held.first) window.erase(held.first - first);
      medians[i] = window.median();
    }
  }
  return medians;
}

}  // namespace fmx::engine::signal
