#include "src/readers/proto.hpp"

#include <bit>
#include <cstring>

namespace fmx::readers {

namespace {

std::uint64_t little_endian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (std::size_t i = bytes.size(); i > 0; --i) {
    value = value << 8 | static_cast<unsigned char>(bytes[i - 1]);
  }
  return value;
}

}  // namespace

double ProtoField::as_double() const { return std::bit_cast<double>(bits); }

float ProtoField::as_float() const {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits));
}

std::optional<ProtoField> ProtoReader::fail() {
  broken_ = true;
  rest_ = {};
  return std::nullopt;
}

std::optional<std::uint64_t> ProtoReader::varint() {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < rest_.size() && i < 10; ++i) {
    const auto byte = static_cast<unsigned char>(rest_[i]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
    if (byte < 0x80) {
      rest_.remove_prefix(i + 1);
      return value;
    }
  }
  return std::nullopt;
}

std::optional<ProtoField> ProtoReader::next() {
  if (rest_.empty()) return std::nullopt;
  const auto key = varint();
  if (!key || *key >> 3 == 0 || *key >> 3 > 0x1FFFFFFF) return fail();
  ProtoField field;
  field.number = static_cast<std::uint32_t>(*key >> 3);
  const auto fixed = [&](std::size_t size, ProtoField::Wire wire) -> std::optional<ProtoField> {
    if (rest_.size() < size) return fail();
    field.wire = wire;
    field.bits = little_endian(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return field;
  };
  switch (*key & 7) {
    case 0: {
      const auto value = varint();
      if (!value) return fail();
      field.bits = *value;
      return field;
    }
    case 1: return fixed(8, ProtoField::Wire::fixed64);
    case 2: {
      const auto size = varint();
      if (!size || *size > rest_.size()) return fail();
      field.wire = ProtoField::Wire::bytes;
      field.bytes = rest_.substr(0, *size);
      rest_.remove_prefix(*size);
      return field;
    }
    case 5: return fixed(4, ProtoField::Wire::fixed32);
    default: return fail();
  }
}

}  // namespace fmx::readers
