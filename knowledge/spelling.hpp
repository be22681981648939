#pragma once

#include <string>
#include <string_view>

namespace fmx {

/// The comparable form of a name that a trainer logs: camelCase split, lower case, every other
/// character an underscore, none at the ends: `Loss/train` and `loss.train` are `loss_train`.
/// Letters outside ASCII stand for themselves.
std::string normal_form(std::string_view name);

}  // namespace fmx
