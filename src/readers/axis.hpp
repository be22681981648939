#pragma once

#include <string>
#include <string_view>

#include "src/readers/reading.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

/// Turns a table into samples on a step axis (docs/reading.md, "The step axis"). `name` is the
/// file's.
Reading on_step_axis(Table table, const std::string& name);

/// What a key is by its last segment.
enum class Role { metric, step, epoch, clock };
Role role_of(std::string_view key);

}  // namespace fmx::readers
