#include "src/reports/verdict.hpp"

#include <fmt/format.h>

#include "engine/belief/belief.hpp"
#include "src/reports/figure.hpp"

namespace fmx::reports {
namespace {

constexpr double surely_ill_below = 0.1;  // P(healthy)
constexpr double worth_saying = 0.01;     // of a bound

/// Why it cannot be told, where the run logs all that it takes.
std::string what_stands_in_the_way(const Report& report) {
  if (report.cut_short)
    return "Cannot tell: more follows from the rules than can be worked out (see the end)";
  if (report.left_out >= engine::likely_from)
    return "Cannot tell: too much was seen at once to tell its causes apart";
  if (!report.diagnoses.empty() && report.healthy_probability < surely_ill_below)
    return "Something is wrong, but no single failure is likelier than not: look closer to tell "
           "which";
  return "";
}

}  // namespace

Verdict verdict(const Report& report) {
  using Tone = Verdict::Tone;
  if (report.status == "diagnosed" && !report.diagnoses.empty()) {
    const DiagnosisEntry& first = report.diagnoses.front();
    return {first.title, Tone::sick, first.confidence};
  }
  if (report.status == "healthy") {
    if (report.healthy_probability >= engine::likely_from)
      return {"Nothing is wrong, as far as the numbers tell", Tone::sound,
              report.healthy_probability};
    return {"Something may be off, but no single failure is likelier than not", Tone::doubtful, {}};
  }
  if (std::string why = what_stands_in_the_way(report); !why.empty())
    return {std::move(why), Tone::doubtful, {}};
  const bool measured = report.series_read > 0 || report.rows_read > 0;
  return {measured ? "Cannot tell: the run does not log enough to judge it"
                   : "Cannot tell: there are no numbers to judge by",
          Tone::doubtful,
          {}};
}

std::string said(const Verdict& verdict, std::string_view between) {
  if (!verdict.probability) return verdict.text;
  return fmt::format("{}{}{} likely", verdict.text, between, percent(*verdict.probability));
}

std::string said_of_left_out(const Report& report) {
  if (report.left_out < worth_saying) return "";
  return fmt::format(
      "Larger sets of causes at once were not weighed; together they may be as likely as {}, and "
      "what is said here is less sure by as much.",
      percent(report.left_out));
}

}  // namespace fmx::reports
