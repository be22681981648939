#include "src/readers/tensor_scalar.hpp"

#include <bit>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "src/readers/proto.hpp"

namespace fmx::readers {

namespace {

/// Of tensorflow/core/framework/types.proto.
enum class DataType : std::uint64_t {
  float32 = 1,
  float64 = 2,
  int32 = 3,
  uint8 = 4,
  int16 = 5,
  int8 = 6,
  string = 7,
  int64 = 9,
  boolean = 10,
  bfloat16 = 14,
  uint16 = 17,
  float16 = 19,
  uint32 = 22,
  uint64 = 23,
};

/// IEEE 754 binary16.
double half(std::uint64_t bits) {
  const int exponent = static_cast<int>(bits >> 10 & 0x1F);
  const double fraction = static_cast<double>(bits & 0x3FF);
  const double sign = (bits & 0x8000) != 0 ? -1 : 1;
  if (exponent == 0) return sign * std::ldexp(fraction, -24);
  if (exponent == 31) return fraction == 0 ? sign * INFINITY : std::nan("");
  return sign * std::ldexp(1024 + fraction, exponent - 25);
}

/// The upper half of a float.
double brain(std::uint64_t bits) {
  return std::bit_cast<float>(static_cast<std::uint32_t>(bits << 16));
}

template <class T>
std::optional<double> only(std::string_view raw) {
  if (raw.size() != sizeof(T)) return std::nullopt;
  T value{};
  std::memcpy(&value, raw.data(), sizeof(T));
  return static_cast<double>(value);
}

/// From `tensor_content`: the value's bytes as they lie in memory.
std::optional<double> from_content(DataType type, std::string_view raw) {
  const auto bits = [&] { return only<std::uint16_t>(raw); };
  switch (type) {
    case DataType::float32: return only<float>(raw);
    case DataType::float64: return only<double>(raw);
    case DataType::int32: return only<std::int32_t>(raw);
    case DataType::uint8: return only<std::uint8_t>(raw);
    case DataType::int16: return only<std::int16_t>(raw);
    case DataType::int8: return only<std::int8_t>(raw);
    case DataType::int64: return only<std::int64_t>(raw);
    case DataType::boolean: return only<std::uint8_t>(raw);
    case DataType::uint16: return only<std::uint16_t>(raw);
    case DataType::uint32: return only<std::uint32_t>(raw);
    case DataType::uint64: return only<std::uint64_t>(raw);
    case DataType::float16:
      return bits() ? std::optional(half(static_cast<std::uint64_t>(*bits()))) : std::nullopt;
    case DataType::bfloat16:
      return bits() ? std::optional(brain(static_cast<std::uint64_t>(*bits()))) : std::nullopt;
    case DataType::string: return std::nullopt;
  }
  return std::nullopt;
}

/// A repeated number may stand packed in one field, or as a field of its own.
template <class T>
std::optional<double> from_fixed(const ProtoField& field) {
  if (field.wire == ProtoField::Wire::bytes) return only<T>(field.bytes);
  if constexpr (sizeof(T) == 4) {
    if (field.wire == ProtoField::Wire::fixed32) return field.as_float();
  } else {
    if (field.wire == ProtoField::Wire::fixed64) return field.as_double();
  }
  return std::nullopt;
}

std::optional<std::uint64_t> from_varint(const ProtoField& field) {
  if (field.wire == ProtoField::Wire::varint) return field.bits;
  if (field.wire != ProtoField::Wire::bytes || field.bytes.empty()) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < field.bytes.size() && i < 10; ++i) {
    const auto byte = static_cast<unsigned char>(field.bytes[i]);
    value |= static_cast<std::uint64_t>(byte & 0x7F) << (7 * i);
    if (byte < 0x80) return i + 1 == field.bytes.size() ? std::optional(value) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<double> scalar_of_tensor(std::string_view tensor) {
  auto type = DataType::float32;
  std::optional<double> found;
  std::string_view content;
  ProtoReader fields(tensor);
  while (const auto field = fields.next()) {
    const auto integer = [&]() -> std::optional<double> {
      const auto value = from_varint(*field);
      return value ? std::optional(static_cast<double>(static_cast<std::int64_t>(*value)))
                   : std::nullopt;
    };
    switch (field->number) {
      case 1: type = static_cast<DataType>(field->bits); break;
      case 4: content = field->bytes; break;
      case 5: found = from_fixed<float>(*field); break;
      case 6: found = from_fixed<double>(*field); break;
      case 7:
      case 10:
      case 11:
      case 16:
      case 17: found = integer(); break;
      case 13:
        if (const auto bits = from_varint(*field))
          found = type == DataType::bfloat16 ? brain(*bits) : half(*bits);
        break;
      default: break;
    }
  }
  if (fields.broken()) return std::nullopt;
  return content.empty() ? found : from_content(type, content);
}

std::optional<std::string> text_of_tensor(std::string_view tensor) {
  constexpr std::uint32_t string_val = 8;
  std::optional<std::string> text;
  ProtoReader fields(tensor);
  while (const auto field = fields.next()) {
    if (field->number == string_val && field->wire == ProtoField::Wire::bytes)
      text = std::string(field->bytes);
  }
  return text;
}

}  // namespace fmx::readers
