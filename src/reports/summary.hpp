#pragma once

#include <string>
#include <vector>

#include "src/reports/page.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// Several runs at a glance: one line each with what is most likely wrong, how sure that is and
/// what to do first; those that are worst off first.
std::string summary(const std::vector<Report>& reports, const Layout& layout);

}  // namespace fmx::reports
