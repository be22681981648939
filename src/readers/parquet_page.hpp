#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fmx::readers::parquet {

enum class Type : std::int32_t {
  boolean,
  int32,
  int64,
  int96,
  float_,
  double_,
  bytes,
  fixed_bytes
};
enum class Codec : std::int32_t { none, snappy, gzip, lzo, brotli, lz4, zstd, lz4_raw };

/// A column's values in rows: numbers and texts, as they are found.
struct Cells {
  std::vector<double> numbers;          ///< one a row where the column holds numbers
  std::vector<std::string_view> texts;  ///< one a row where it holds texts; into `kept`
  std::vector<bool> present;            ///< one a row
};

/// Thousands of bytes become one page again: `packed` as `codec` says, to `size` bytes. Empty where
/// it is damaged or the codec is not one that is known.
std::optional<std::string> unpacked(std::string_view packed, Codec codec, std::size_t size);

/// Numbers of `width` bits, in runs and bit-packed groups (parquet-format/Encodings.md, "RLE").
/// Appends at most `count` to `to`; false where the bytes end before.
bool read_runs(std::string_view bytes, unsigned width, std::size_t count,
               std::vector<std::uint32_t>& to);

/// Values one after another as they are kept in memory (PLAIN). Appends at most `count`; false
/// where the bytes end before. `factor` makes times seconds. Texts are views into `bytes`.
bool read_plain(std::string_view bytes, Type type, std::size_t count, double factor,
                std::vector<double>& numbers, std::vector<std::string_view>& texts);

}  // namespace fmx::readers::parquet
