#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fmx::engine {

/// A name in its normal form that still knows how it was spelt.
struct Name {
  std::string_view spelt;
  std::string normal;                ///< normal_form(spelt)
  std::vector<std::uint32_t> place;  ///< of each byte of `normal`: the byte of `spelt` it came from

  /// The spelling of the bytes [begin, end) of the normal form.
  std::string_view spelling(std::size_t begin, std::size_t end) const;
};

/// Lives no longer than `spelt`.
Name comparable(std::string_view spelt);

/// An alias as a rule file writes it, `gradients/{module}/norm`, cut at its placeholders: n + 1
/// pieces of text around n labels.
struct Alias {
  std::vector<std::string> spelt;   ///< pieces as written
  std::vector<std::string> normal;  ///< pieces in normal form, underscores at the cuts kept
  std::vector<std::string> labels;  ///< names of the placeholders
  std::size_t literal = 0;          ///< bytes of the normal form that are not labels

  bool family() const { return !labels.empty(); }
};

Alias alias_of(std::string_view text);

/// The stretches of `text` that lie between `pieces`, each at least a byte long and as short as
/// possible from the left. Empty where the pieces do not account for the whole text.
/// Pre: at least two pieces.
std::optional<std::vector<std::string_view>> between(const std::vector<std::string>& pieces,
                                                     std::string_view text);

}  // namespace fmx::engine
