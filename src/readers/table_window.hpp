#pragma once

#include <cstddef>

#include "src/readers/table.hpp"

namespace fmx::readers {

/// Forgets all but the last `samples` of each metric's column, once one has twice as many; of
/// counters and clocks what places the rest stays. Rows keep their numbers (Table::row_number).
void keep_last(Table& table, std::size_t samples);

}  // namespace fmx::readers
