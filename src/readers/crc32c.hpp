#pragma once

#include <cstdint>
#include <string_view>

namespace fmx::readers {

/// CRC-32C (Castagnoli, polynomial 0x1EDC6F41, reflected), continued from `crc` (0 at the
/// beginning).
std::uint32_t crc32c(std::string_view bytes, std::uint32_t crc = 0);

/// The form in which TFRecord and LevelDB files store it, so that a CRC of data that hold CRCs
/// stays sound.
std::uint32_t masked(std::uint32_t crc);

}  // namespace fmx::readers
