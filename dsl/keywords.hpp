#pragma once

#include <algorithm>
#include <array>
#include <string_view>

namespace fmx::dsl {

/// Words that begin an item of a file. All lists are sorted.
inline constexpr auto item_words = std::to_array<std::string_view>(
    {"amend",  "analogy", "cases",  "certainty", "check", "delegate", "finding", "fix",
     "import", "let",     "log",    "metric",    "pack",  "param",    "pattern", "phenomenon",
     "prefix", "rule",    "source", "suffix",    "table", "template", "test"});

/// Those of them that no block belongs to.
inline constexpr auto items_without_block = std::to_array<std::string_view>(
    {"cases", "certainty", "import", "let", "pack", "prefix", "rule", "suffix", "table"});

/// Words that begin a field of an entity.
inline constexpr auto field_words = std::to_array<std::string_view>(
    {"about",   "aliases", "area",     "arxiv",    "asks",   "base",   "better",      "blog",
     "book",    "breaks",  "carries",  "cause",    "change", "cites",  "context",     "contradicts",
     "counts",  "cures",   "disputed", "doc",      "doi",    "effort", "establishes", "evidence",
     "fix",     "for",     "how",      "instance", "into",   "issue",  "kind",        "leads",
     "leaves",  "let",     "like",     "line",     "looks",  "maps",   "mechanism",   "needs",
     "never",   "paper",   "prior",    "problem",  "range",  "reads",  "refuted",     "resembles",
     "reveals", "risk",    "said",     "severity", "shows",  "since",  "strength",    "title",
     "typical", "unit",    "unless",   "url",      "verify", "via",    "when",        "why",
     "year"});

/// Those of them that a number may follow.
inline constexpr auto number_field_words =
    std::to_array<std::string_view>({"base", "effort", "prior", "strength", "year"});

/// Words that begin a line of a test.
inline constexpr auto test_words = std::to_array<std::string_view>({"expect", "given"});

/// Words of conditions, which therefore name nothing.
inline constexpr auto reserved_words = std::to_array<std::string_view>(
    {"above", "after",     "and",  "as",      "before", "below", "between", "during", "each",
     "else",  "for",       "in",   "matches", "not",    "of",    "or",      "over",   "overlaps",
     "per",   "sustained", "then", "to",      "until",  "where", "within"});

template <std::size_t N>
constexpr bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::ranges::binary_search(words, word);
}

static_assert(std::ranges::is_sorted(item_words) && std::ranges::is_sorted(field_words));
static_assert(std::ranges::is_sorted(items_without_block) &&
              std::ranges::is_sorted(number_field_words));
static_assert(std::ranges::is_sorted(test_words));
static_assert(std::ranges::is_sorted(reserved_words));

}  // namespace fmx::dsl
