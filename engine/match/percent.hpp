#pragma once

#include <vector>

#include "engine/match/bind.hpp"
#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// Whether the series that carry `metric` hold percents although it is a share of a whole: some
/// loggers write 93.1, others 0.931. So where a name says percent, or where all values of all
/// members lie within 0 .. 100 and one is above 1.1 (what should be a share may round a little
/// above 1). All members of a family are alike.
bool in_percent(const Metric& metric, const std::vector<Member>& members, const Run& run);

}  // namespace fmx::engine
