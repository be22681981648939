#pragma once

#include <algorithm>
#include <cstddef>
#include <initializer_list>
#include <memory>
#include <utility>
#include <vector>

namespace fmx::engine {

/// The steps of a series. Series of one table stand at the same steps, so a copy shares the column;
/// who changes it gets one of its own.
class StepColumn {
 public:
  using value_type = double;

  StepColumn() = default;
  StepColumn(std::vector<double> steps)
      : steps_(std::make_shared<std::vector<double>>(std::move(steps))) {}
  StepColumn(std::initializer_list<double> steps) : StepColumn(std::vector<double>(steps)) {}

  const std::vector<double>& all() const {
    static const std::vector<double> none;
    return steps_ ? *steps_ : none;
  }
  operator const std::vector<double>&() const { return all(); }

  std::size_t size() const { return steps_ ? steps_->size() : 0; }
  bool empty() const { return size() == 0; }
  const double* data() const { return steps_ ? steps_->data() : nullptr; }
  const double* begin() const { return data(); }
  const double* end() const { return data() + size(); }
  double operator[](std::size_t i) const { return (*steps_)[i]; }
  double front() const { return steps_->front(); }
  double back() const { return steps_->back(); }

  /// The steps, to be changed. Good until the next copy.
  std::vector<double>& own() {
    if (!steps_) steps_ = std::make_shared<std::vector<double>>();
    if (steps_.use_count() > 1) steps_ = std::make_shared<std::vector<double>>(*steps_);
    return *steps_;
  }
  void push_back(double step) { own().push_back(step); }

  friend bool operator==(const StepColumn& a, const StepColumn& b) {
    return a.data() == b.data() ? a.size() == b.size()
                                : std::equal(a.begin(), a.end(), b.begin(), b.end());
  }

 private:
  std::shared_ptr<std::vector<double>> steps_;  ///< null: empty
};

}  // namespace fmx::engine
