#pragma once

#include <string>

#include "dsl/syntax.hpp"

namespace fmx::dsl {

/// The file as fmx writes it: two spaces of indent, one field a line, comments kept where they
/// stand, no options. Parsing the result gives an equal tree; formatting it again changes nothing.
/// Pre: the tree was parsed without errors.
std::string format(const Tree& tree, const Sources& sources);

/// Whether two trees say the same: same kinds, same shape, same words, same comments; places and
/// commas that may be left out aside.
bool same_meaning(const Tree& a, const Sources& sources_a, const Tree& b, const Sources& sources_b);

}  // namespace fmx::dsl
