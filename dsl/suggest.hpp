#pragma once

#include <span>
#include <string>
#include <string_view>

namespace fmx::dsl {

/// The candidate that `word` was most likely meant to be: the same word in another case, else the
/// nearest one within one edit per three letters (an edit adds, drops or changes a letter, or swaps
/// two neighbours). Ties go to the first in sorted order. Empty where nothing is near: a wrong
/// guess costs more than none.
std::string_view nearest(std::string_view word, std::span<const std::string_view> candidates);

/// The one candidate that is so near that it may be put in the word's place unasked: within one
/// edit (two in words of eight letters and more), and no other near enough for `nearest`, of which
/// only a person could choose. Empty where there is none.
std::string_view only_near(std::string_view word, std::span<const std::string_view> candidates);

/// "did you mean `grad_norm`?", or empty where nothing is near: the hint of a diagnostic.
std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates);

}  // namespace fmx::dsl
