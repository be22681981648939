#include "src/readers/parquet_page.hpp"

#include <snappy-c.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cstring>

namespace fmx::readers::parquet {

namespace {

template <class T>
T value_at(std::string_view bytes, std::size_t at) {
  T value{};
  std::memcpy(&value, bytes.data() + at, sizeof(T));
  return value;
}

bool gunzip(std::string_view packed, std::string& to) {
  z_stream stream{};
  constexpr int gzip_or_zlib = 15 + 32;
  if (inflateInit2(&stream, gzip_or_zlib) != Z_OK) return false;
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(packed.data()));
  stream.avail_in = static_cast<uInt>(packed.size());
  stream.next_out = reinterpret_cast<Bytef*>(to.data());
  stream.avail_out = static_cast<uInt>(to.size());
  const int result = inflate(&stream, Z_FINISH);
  inflateEnd(&stream);
  return result == Z_STREAM_END && stream.avail_out == 0;
}

bool unsnap(std::string_view packed, std::string& to) {
  std::size_t size = 0;
  if (snappy_uncompressed_length(packed.data(), packed.size(), &size) != SNAPPY_OK) return false;
  if (size != to.size()) return false;
  return snappy_uncompress(packed.data(), packed.size(), to.data(), &size) == SNAPPY_OK;
}

template <class T>
bool read_numbers(std::string_view bytes, std::size_t count, double factor,
                  std::vector<double>& to) {
  const std::size_t there = std::min(count, bytes.size() / sizeof(T));
  for (std::size_t i = 0; i < there; ++i) {
    const double value = static_cast<double>(value_at<T>(bytes, i * sizeof(T)));
    to.push_back(factor == 1 ? value : value * factor);
  }
  return there == count;
}

bool read_flags(std::string_view bytes, std::size_t count, std::vector<double>& to) {
  const std::size_t there = std::min(count, bytes.size() * 8);
  for (std::size_t i = 0; i < there; ++i)
    to.push_back((static_cast<unsigned char>(bytes[i / 8]) >> (i % 8)) & 1);
  return there == count;
}

bool read_texts(std::string_view bytes, std::size_t count, std::vector<std::string_view>& to) {
  for (std::size_t i = 0; i < count; ++i) {
    if (bytes.size() < 4) return false;
    const auto size = value_at<std::uint32_t>(bytes, 0);
    if (size > bytes.size() - 4) return false;
    to.push_back(bytes.substr(4, size));
    bytes.remove_prefix(4 + size);
  }
  return true;
}

}  // namespace

std::optional<std::string> unpacked(std::string_view packed, Codec codec, std::size_t size) {
  // None of the codecs makes more of less; a size that says so is damaged.
  constexpr std::size_t largest = 256u << 20, most_times = 2000;
  if (size > largest || size / most_times > packed.size()) return std::nullopt;
  std::string page(size, '\0');
  switch (codec) {
    case Codec::none:
      if (packed.size() != size) return std::nullopt;
      return std::string(packed);
    case Codec::snappy: return unsnap(packed, page) ? std::optional(std::move(page)) : std::nullopt;
    case Codec::gzip: return gunzip(packed, page) ? std::optional(std::move(page)) : std::nullopt;
    case Codec::zstd: {
      const std::size_t got = ZSTD_decompress(page.data(), size, packed.data(), packed.size());
      return !ZSTD_isError(got) && got == size ? std::optional(std::move(page)) : std::nullopt;
    }
    case Codec::lzo:
    case Codec::brotli:
    case Codec::lz4:
    case Codec::lz4_raw: return std::nullopt;
  }
  return std::nullopt;
}

bool read_runs(std::string_view bytes, unsigned width, std::size_t count,
               std::vector<std::uint32_t>& to) {
  if (width > 32) return false;
  const std::size_t wanted = to.size() + count;
  const std::size_t value_bytes = (width + 7) / 8;
  while (to.size() < wanted) {
    std::uint64_t head = 0;
    for (unsigned shift = 0;; shift += 7) {
      if (bytes.empty() || shift > 35) return false;
      const auto next = static_cast<unsigned char>(bytes.front());
      bytes.remove_prefix(1);
      head |= static_cast<std::uint64_t>(next & 0x7F) << shift;
      if ((next & 0x80) == 0) break;
    }
    const std::size_t left = wanted - to.size();
    if ((head & 1) == 0) {  // one value, so many times
      if (bytes.size() < value_bytes || head >> 1 == 0) return false;
      std::uint32_t value = 0;
      std::memcpy(&value, bytes.data(), value_bytes);
      to.insert(to.end(), std::min<std::size_t>(head >> 1, left), value);
      bytes.remove_prefix(value_bytes);
      continue;
    }
    const std::size_t groups = head >> 1;  // of eight values each, packed bit by bit
    if (groups == 0) return false;
    const std::size_t there = std::min(left, width == 0 ? left : bytes.size() * 8 / width);
    const std::size_t taken = std::min(there, groups * 8);
    for (std::size_t i = 0; i < taken; ++i) {
      std::uint32_t value = 0;
      for (unsigned bit = 0; bit < width; ++bit) {
        const std::size_t at = i * width + bit;
        const unsigned set = (static_cast<unsigned char>(bytes[at / 8]) >> (at % 8)) & 1;
        value |= set << bit;
      }
      to.push_back(value);
    }
    if (taken < std::min(left, groups * 8)) return false;
    bytes.remove_prefix(std::min<std::size_t>(bytes.size(), groups * width));
  }
  return true;
}

bool read_plain(std::string_view bytes, Type type, std::size_t count, double factor,
                std::vector<double>& numbers, std::vector<std::string_view>& texts) {
  switch (type) {
    case Type::boolean: return read_flags(bytes, count, numbers);
    case Type::int32: return read_numbers<std::int32_t>(bytes, count, factor, numbers);
    case Type::int64: return read_numbers<std::int64_t>(bytes, count, factor, numbers);
    case Type::float_: return read_numbers<float>(bytes, count, factor, numbers);
    case Type::double_: return read_numbers<double>(bytes, count, factor, numbers);
    case Type::bytes: return read_texts(bytes, count, texts);
    case Type::int96:
    case Type::fixed_bytes: return false;
  }
  return false;
}

}  // namespace fmx::readers::parquet
