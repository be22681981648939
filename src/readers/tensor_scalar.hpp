#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace fmx::readers {

/// The one number that a serialized TensorProto holds; empty where it holds none, several or text.
std::optional<double> scalar_of_tensor(std::string_view tensor);

/// The one text that it holds.
std::optional<std::string> text_of_tensor(std::string_view tensor);

}  // namespace fmx::readers
