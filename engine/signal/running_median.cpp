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

/// A window of few samples, kept in ascending order.
class FewSorted {
 public:
  explicit FewSorted(std::span<const double> values) : values_(values) {}

  void insert(std::size_t i) {
    sorted_.insert(std::upper_bound(sorted_.begin(), sorted_.end(), values_[i]), values_[i]);
  }
  void erase(std::size_t i) {
    sorted_.erase(std::lower_bound(sorted_.begin(), sorted_.end(), values_[i]));
  }
  double median() const {
    const std::size_t n = sorted_.size();
    const double low = sorted_[(n - 1) / 2], high = sorted_[n / 2];
    return low + (high - low) / 2;
  }

 private:
  std::span<const double> values_;
  std::vector<double> sorted_;
};

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
class ManyRanked {
 public:
  explicit ManyRanked(std::span<const double> values)
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

template <class Members>
std::vector<double> slide(std::span<const double> values, std::size_t half, Ends ends) {
  std::vector<double> medians(values.size());
  Members members(values);
  Bounds held{0, 0};  // from first to before last
  for (std::size_t i = 0; i < values.size(); ++i) {
    const Bounds wanted = bounds(i, values.size(), half, ends);
    for (; held.last <= wanted.last; ++held.last) members.insert(held.last);
    for (; held.first < wanted.first; ++held.first) members.erase(held.first);
    medians[i] = members.median();
  }
  return medians;
}

}  // namespace

std::vector<double> running_median(std::span<const double> values, std::size_t half, Ends ends) {
  if (half <= 50) return slide<FewSorted>(values, half, ends);
  return slide<ManyRanked>(values, half, ends);
}

}  // namespace fmx::engine::signal
