#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace fmx {

/// The words of a name that a trainer logs, in lower case with an underscore for all that lies
/// between: camelCase is split, so `trainLoss (avg)` is `train_loss_avg_`. Letters outside ASCII
/// stand for themselves. Each byte's place in `name` is appended to `place`, where there is one.
std::string underscored(std::string_view name, std::vector<std::uint32_t>* place = nullptr);

/// The comparable form of a name: its words, no underscore at the ends. `Loss/train` and
/// `loss.train` are `loss_train`.
std::string normal_form(std::string_view name);

}  // namespace fmx
