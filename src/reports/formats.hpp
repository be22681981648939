#pragma once

#include <string>

#include "src/reports/page.hpp"
#include "src/reports/report.hpp"

namespace fmx::reports {

/// `fmx-report/1`, see docs/report.schema.json. The same report gives the same bytes.
std::string json(const Report& report);
/// The same on one line.
std::string json_line(const Report& report);

/// "Failure Mode Research: ..." in Markdown, for an issue or a notebook.
std::string markdown(const Report& report);

/// The report for a person at a terminal: verdict, the numbers behind it, what to do first.
std::string text(const Report& report, const Layout& layout);

}  // namespace fmx::reports
