#pragma once

#include <string>

#include "engine/explain/percent.hpp"

namespace fmx::reports {

/// A number as people read it: three significant digits, thousands separated; `1.2e-5`, `NaN`.
std::string figure(double value);

/// A step: a whole number with its thousands separated, else as figure().
std::string position(double step);

using engine::percent;

/// `2 min`, `1.5 h`, `3 days`.
std::string effort(double minutes);

}  // namespace fmx::reports
