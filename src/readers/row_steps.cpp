#include "src/readers/row_steps.hpp"

namespace fmx::readers {

engine::StepColumn RowSteps::of(const Column& column) {
  const std::size_t size = column.size();
  if (column.rows().empty()) {
    if (size == all_.size()) return all_;
    engine::StepColumn& steps = first_[size];
    if (steps.size() != size) {
      steps = std::vector<double>(all_.begin(), all_.begin() + static_cast<std::ptrdiff_t>(size));
    }
    return steps;
  }
  const std::vector<std::uint32_t>& rows = column.rows();
  Known& known = with_gaps_[{size, rows.front(), rows.back()}];
  if (known.rows == rows) return known.steps;
  std::vector<double> steps;
  steps.reserve(size);
  for (const std::uint32_t row : rows) steps.push_back(all_[row]);
  known = {rows, std::move(steps)};
  return known.steps;
}

}  // namespace fmx::readers
