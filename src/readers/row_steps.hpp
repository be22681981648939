#pragma once

#include <map>
#include <tuple>
#include <vector>

#include "engine/step_column.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

/// The steps at which the values of columns stand. Columns that stand in the same rows share them.
class RowSteps {
 public:
  /// `steps`: of each row.
  explicit RowSteps(std::vector<double> steps) : all_(std::move(steps)) {}

  const engine::StepColumn& all() const { return all_; }

  /// Pre: the column has no more rows than there are steps.
  engine::StepColumn of(const Column& column);

 private:
  struct Known {
    std::vector<std::uint32_t> rows;
    engine::StepColumn steps;
  };

  engine::StepColumn all_;
  std::map<std::size_t, engine::StepColumn> first_;  ///< of the first so many rows
  /// By size, first and last row: the columns with gaps that came last.
  std::map<std::tuple<std::size_t, std::uint32_t, std::uint32_t>, Known> with_gaps_;
};

}  // namespace fmx::readers
