#include "knowledge/degree.hpp"

#include <algorithm>

namespace fmx {

std::string_view describe(Unknown reason) {
  switch (reason) {
    case Unknown::not_logged: return "not logged";
    case Unknown::not_configured: return "not in the config";
    case Unknown::too_few_samples: return "too few samples";
    case Unknown::empty_window: return "no sample in the window";
    case Unknown::only_nonfinite: return "only NaN or infinite samples";
    case Unknown::undefined: return "the arithmetic has no answer here";
    case Unknown::not_text: return "not of the kind that is asked for";
    case Unknown::no_such_time: return "the event it refers to did not happen";
    case Unknown::not_given: return "not given";
    case Unknown::cut_off: return "the log ends before";
    case Unknown::not_counted: return "the run does not log the epochs, tokens or time it counts";
  }
  return "";
}

Degree operator&&(Degree a, Degree b) {
  if (a.known() && b.known()) return Degree(std::min(a.value(), b.value()));
  if (a.known() && a.value() <= 0) return a;
  if (b.known() && b.value() <= 0) return b;
  return a.known() ? b : a;
}

Degree operator||(Degree a, Degree b) {
  if (a.known() && b.known()) return Degree(std::max(a.value(), b.value()));
  if (a.known() && a.value() >= 1) return a;
  if (b.known() && b.value() >= 1) return b;
  return a.known() ? b : a;
}

Degree operator!(Degree a) { return a.known() ? Degree(1 - a.value()) : a; }

}  // namespace fmx
