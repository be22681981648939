#include "src/rule_tests/outcome.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace fmx::rule_tests {
namespace {

std::size_t failing(const std::vector<Outcome>& outcomes) {
  return static_cast<std::size_t>(
      std::ranges::count_if(outcomes, [](const Outcome& o) { return !o.passed(); }));
}

/// Text as it may stand in XML. Control characters have no place there at all.
std::string xml(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    switch (c) {
      case '&': escaped += "&amp;"; break;
      case '<': escaped += "&lt;"; break;
      case '>': escaped += "&gt;"; break;
      case '"': escaped += "&quot;"; break;
      default: escaped += static_cast<unsigned char>(c) < 0x20 && c != '\n' ? ' ' : c;
    }
  }
  return escaped;
}

}  // namespace

std::string results_as_text(const std::vector<Outcome>& outcomes) {
  std::string out;
  for (const Outcome& outcome : outcomes) {
    if (outcome.passed()) continue;
    out += fmt::format("FAILED {}: {}\n", outcome.pack, outcome.title);
    for (const Failure& failure : outcome.failures) {
      out += fmt::format("  {}: {}\n    {}\n", failure.place, failure.expected, failure.instead);
      for (const std::string& detail : failure.details) out += fmt::format("      {}\n", detail);
    }
  }
  const std::size_t failed = failing(outcomes);
  return out + fmt::format("{} passed, {} failed\n", outcomes.size() - failed, failed);
}

std::string results_as_junit(const std::vector<Outcome>& outcomes) {
  std::string cases;
  for (const Outcome& outcome : outcomes) {
    cases += fmt::format("  <testcase classname=\"{}\" name=\"{}\"", xml(outcome.pack),
                         xml(outcome.title));
    if (outcome.passed()) {
      cases += "/>\n";
      continue;
    }
    cases += ">\n";
    for (const Failure& failure : outcome.failures) {
      cases += fmt::format("    <failure message=\"{}: {}\">{}\n", xml(failure.place),
                           xml(failure.expected), xml(failure.instead));
      for (const std::string& detail : failure.details) cases += xml(detail) + "\n";
      cases += "</failure>\n";
    }
    cases += "  </testcase>\n";
  }
  return fmt::format(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"fmx test\" tests=\"{}\" "
      "failures=\"{}\">\n"
      "{}</testsuite>\n",
      outcomes.size(), failing(outcomes), cases);
}

}  // namespace fmx::rule_tests
