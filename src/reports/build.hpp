#pragma once

#include <cstddef>
#include <optional>

#include "src/reports/case.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// The report of a diagnosed run. `most`: diagnoses and steps it keeps; all where it is not given.
Report build(const Case& facts, std::optional<std::size_t> most);

}  // namespace fmx::reports
