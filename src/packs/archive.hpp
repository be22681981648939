#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "knowledge/knowledge.hpp"

namespace fmx::packs {

/// Knowledge as bytes, without its sources' texts: what the cache keeps. The format belongs to one
/// build of the program and is never exchanged.
std::string pack_bytes(const Knowledge& knowledge);

/// The knowledge that `bytes` hold, with `sources` as its sources; nothing where the bytes are not
/// whole. Every length is checked against what is left. Values are taken as they stand: that no
/// byte was changed, the cache's checksum tells.
std::optional<Knowledge> unpack_bytes(std::string_view bytes, Sources sources);

}  // namespace fmx::packs
