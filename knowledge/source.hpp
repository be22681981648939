#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace fmx {

/// A stretch of bytes of one source text. Spans are small and copied freely; lines and columns are
/// worked out only when something is printed.
struct Span {
  std::uint32_t source = 0;  ///< index into Sources
  std::uint32_t begin = 0;   ///< first byte
  std::uint32_t end = 0;     ///< one past the last byte; end >= begin

  friend bool operator==(const Span&, const Span&) = default;
};

/// One text as it was read, with the name that users know it by.
struct Source {
  std::string path;
  std::string text;
};

/// A source among all: its text lies in memory that all copies share.
struct KeptSource {
  std::string path;
  std::string_view text;
  std::shared_ptr<const void> owner;  ///< of the text's bytes
};

/// Where a byte lies, as an editor shows it.
struct Place {
  int line = 1;                ///< from 1
  int column = 1;              ///< in characters (UTF-8 code points), from 1
  std::string_view line_text;  ///< the whole line, without its end
};

/// Every text that rules were read from. Owns them; spans point into it.
class Sources {
 public:
  /// Keeps `source` and returns its index.
  std::uint32_t add(Source source);

  /// The same for a text that need not be copied.
  std::uint32_t share(KeptSource source);

  const KeptSource& at(std::uint32_t index) const { return sources_[index]; }
  std::size_t size() const { return sources_.size(); }

  /// The text that `span` covers.
  std::string_view text(Span span) const;

  /// The place of a span's first byte.
  Place place(Span span) const;

 private:
  std::vector<KeptSource> sources_;
};

}  // namespace fmx
