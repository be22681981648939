#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace fmx::readers {

/// One field of a protocol-buffer message, as it stands on the wire.
struct ProtoField {
  std::uint32_t number = 0;
  enum class Wire : std::uint8_t { varint, fixed64, bytes, fixed32 } wire = Wire::varint;
  std::uint64_t bits = 0;  ///< of a varint or a fixed number
  std::string_view bytes;  ///< of a text, a message or packed numbers

  double as_double() const;  ///< Pre: wire is fixed64
  float as_float() const;    ///< Pre: wire is fixed32
  std::int64_t as_int64() const { return static_cast<std::int64_t>(bits); }
};

/// Takes the fields of a message one after another; stops at its end or where it is no message.
class ProtoReader {
 public:
  explicit ProtoReader(std::string_view message) : rest_(message) {}

  std::optional<ProtoField> next();

  /// Whether what stopped next() was not the end of the message.
  bool broken() const { return broken_; }

 private:
  std::optional<ProtoField> fail();
  std::optional<std::uint64_t> varint();

  std::string_view rest_;
  bool broken_ = false;
};

}  // namespace fmx::readers
