#pragma once

#include <string>
#include <string_view>

#include "src/readers/config.hpp"

namespace fmx::readers {

/// The settings in a text that programs print them into: JSON, a printed Python dict, an argparse
/// `Namespace(lr=0.1, ...)`, a Markdown table of two columns. Empty where it is none of these.
Settings settings_in_words(std::string_view text);

/// A printed Python value as JSON: 'quotes', None, True, False, (tuples).
std::string python_as_json(std::string_view text);

}  // namespace fmx::readers
