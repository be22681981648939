#pragma once

#include <string>

#include "engine/diagnose.hpp"

namespace fmx::engine::test {

/// Everything that was concluded, to the last bit, a line each: two are the same if and only if
/// these are.
std::string dump(const Diagnosis& diagnosis);

}  // namespace fmx::engine::test
