#pragma once

#include <string>
#include <string_view>

#include "engine/run.hpp"

namespace fmx::readers {

bool is_utf8(std::string_view text);

/// Appends a character. Pre: `code_point` is one.
void append_utf8(std::string& text, char32_t code_point);

/// Turns every text of the run that is no UTF-8 into it, each stray byte read as Latin-1, and notes
/// how many there were and how the first of them now begins; `origin` is where they stood.
void make_utf8(engine::Run& run, const std::string& origin);

}  // namespace fmx::readers
