#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace fmx::engine {

/// The words of a text: runs of letters and digits, in lower case; an apostrophe joins (`dont`),
/// everything else parts words. Bytes above 127 count as letters, so that other alphabets survive.
std::vector<std::string> words(std::string_view text);

/// Whether `text` says what `phrase` says: its words stand there one after another, in some form
/// (`akin`), regardless of case, punctuation and words that say nothing (`is`, `the`, `goes`, ...),
/// and no denial (`no`, `not`, `never`, `doesn't`, ...) stands right before them: "the loss became
/// NaN" says "loss is nan", "there is no NaN loss" does not. A phrase without words is said
/// nowhere.
bool says(const std::vector<std::string>& text, const std::vector<std::string>& phrase);

/// Whether two words are forms of one: `clip` and `clipping`, `gradient` and `gradients`. Rough:
/// equal, or equal in all but the shorter one's last letter, four letters at least.
bool akin(std::string_view a, std::string_view b);

}  // namespace fmx::engine
