#pragma once

#include "dsl/entities.hpp"

namespace fmx::dsl {

/// The series that a `shape` or a list of `values` describes.
Shape lower_shape(Part part, Context& context);

}  // namespace fmx::dsl
