#include "dsl/whole_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string>

#include "dsl/mistake.hpp"
#include "knowledge/utf8.hpp"

namespace fmx::dsl {
namespace {

constexpr std::size_t largest = 64U << 20U;  // bytes

const std::string begin_with_pack =
    "begin with `pack` and its name, such as `pack ml.optimization`";

Diagnostic nothing_said(const Tree& tree, std::string_view text) {
  const std::uint32_t end = text.empty() ? 0 : 1;
  return {.code = "empty-file",
          .message = "this file says nothing",
          .primary = {{tree.source, 0, end}, "no item in the whole file"},
          .hint = begin_with_pack};
}

}  // namespace

std::optional<Diagnostic> why_unreadable(std::string_view text, std::uint32_t source) {
  if (text.size() > largest) {
    return Diagnostic{.code = "file-too-large",
                      .message = "this file is too large for a file of rules",
                      .primary = {{source, 0, 1}, "at most 64 MiB are read"},
                      .hint = "split it into several files"};
  }
  const std::size_t bad = first_invalid_byte(text);
  if (bad == std::string_view::npos) return {};
  const auto at = static_cast<std::uint32_t>(bad);
  const auto byte = static_cast<unsigned char>(text[bad]);
  return Diagnostic{.code = "not-utf8",
                    .message = "this file is not UTF-8 text",
                    .primary = {{source, at, at + 1}, fmt::format("byte 0x{:02X}", byte)},
                    .hint = "save it as UTF-8"};
}

void check_whole_file(const Tree& tree, std::string_view text,
                      std::vector<Diagnostic>& diagnostics) {
  const auto keyword = [&](std::uint32_t item) {
    const std::uint32_t begin = tree.nodes[item].begin;
    const auto size = static_cast<std::uint32_t>(word_at(text, begin).size());
    return Span{tree.source, begin, begin + size};
  };
  std::optional<std::uint32_t> first, pack;
  for (const std::uint32_t item : Children(tree, 0)) {
    if (!first) first = item;
    if (tree.nodes[item].kind != Kind::pack) continue;
    if (pack) {
      diagnostics.push_back({.code = "repeated-pack",
                             .message = "a file belongs to one pack",
                             .primary = {keyword(item), "a second `pack`"},
                             .secondary = {{keyword(*pack), "the first one"}},
                             .hint = "move what follows to a file of its own"});
    } else {
      pack = item;
    }
  }
  if (!first) {
    if (diagnostics.empty()) diagnostics.push_back(nothing_said(tree, text));
    return;
  }
  const bool mistake_before = std::ranges::any_of(diagnostics, [&](const Diagnostic& d) {
    return d.primary.span.begin < tree.nodes[*first].begin;
  });
  if (pack == first || mistake_before) return;
  Diagnostic d{.code = "missing-pack",
               .message = "a file begins with its pack",
               .primary = {keyword(*first), "stands in front of any `pack`"},
               .hint = begin_with_pack};
  if (pack) d.secondary.push_back({keyword(*pack), "move this to the top"});
  diagnostics.push_back(std::move(d));
}

}  // namespace fmx::dsl
