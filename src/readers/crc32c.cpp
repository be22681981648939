#include "src/readers/crc32c.hpp"

#include <array>
#include <bit>
#include <cstring>

namespace fmx::readers {

namespace {

using Table = std::array<std::array<std::uint32_t, 256>, 8>;

/// tables[k][b]: what byte b does to the CRC of k further bytes (slicing by eight).
constexpr Table make_tables() {
  Table tables{};
  for (std::uint32_t byte = 0; byte < 256; ++byte) {
    std::uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = crc >> 1 ^ ((crc & 1) != 0 ? 0x82F63B78u : 0u);
    tables[0][byte] = crc;
  }
  for (std::size_t k = 1; k < 8; ++k) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
      const std::uint32_t crc = tables[k - 1][byte];
      tables[k][byte] = crc >> 8 ^ tables[0][crc & 0xFF];
    }
  }
  return tables;
}

constexpr Table tables = make_tables();

std::uint64_t eight_bytes(std::string_view bytes) {
  static_assert(std::endian::native == std::endian::little, "eight bytes are taken as one number");
  std::uint64_t eight = 0;
  std::memcpy(&eight, bytes.data(), 8);
  return eight;
}

#ifdef __x86_64__
/// By the processor's own instruction, which came with SSE 4.2.
__attribute__((target("sse4.2"))) std::uint32_t by_processor(std::string_view bytes,
                                                             std::uint32_t crc) {
  std::uint64_t wide = crc;
  for (; bytes.size() >= 8; bytes.remove_prefix(8))
    wide = __builtin_ia32_crc32di(wide, eight_bytes(bytes));
  crc = static_cast<std::uint32_t>(wide);
  for (const char byte : bytes) crc = __builtin_ia32_crc32qi(crc, static_cast<unsigned char>(byte));
  return crc;
}
#endif

}  // namespace

std::uint32_t crc32c(std::string_view bytes, std::uint32_t crc) {
  crc = ~crc;
#ifdef __x86_64__
  static const bool has_instruction = __builtin_cpu_supports("sse4.2");
  if (has_instruction) return ~by_processor(bytes, crc);
#endif
  while (bytes.size() >= 8) {
    const std::uint64_t eight = eight_bytes(bytes) ^ crc;
    crc = 0;
    for (std::size_t k = 0; k < 8; ++k) crc ^= tables[7 - k][eight >> (8 * k) & 0xFF];
    bytes.remove_prefix(8);
  }
  for (const char byte : bytes) {
    crc = crc >> 8 ^ tables[0][(crc ^ static_cast<unsigned char>(byte)) & 0xFF];
  }
  return ~crc;
}

std::uint32_t masked(std::uint32_t crc) { return (crc >> 15 | crc << 17) + 0xA282EAD8u; }

}  // namespace fmx::readers
