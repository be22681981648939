#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace fmx::readers {

/// Reads a message in Thrift's compact protocol (thrift/doc/specs/thrift-compact-protocol.md), as
/// Parquet keeps what it says about itself. Never leaves the bytes: past the end, or where they
/// make no sense, `ok` is false and every answer empty.
class ThriftReader {
 public:
  enum class Type : std::uint8_t {
    stop = 0,
    true_ = 1,
    false_ = 2,
    byte = 3,
    i16 = 4,
    i32 = 5,
    i64 = 6,
    double_ = 7,
    binary = 8,
    list = 9,
    set = 10,
    map = 11,
    structure = 12
  };
  struct Field {
    int id = 0;
    Type type = Type::stop;
  };

  explicit ThriftReader(std::string_view bytes) : bytes_(bytes) {}

  bool ok() const { return ok_; }
  std::size_t taken() const { return at_; }

  /// Begins a structure; its fields come from `next_field` until that is empty.
  void begin() {
    if (++depth_ > deepest) ok_ = false;
    last_ids_[depth_ % (deepest + 1)] = 0;
  }
  std::optional<Field> next_field();

  /// The value of a field just begun.
  std::int64_t integer();
  std::string_view binary();
  /// The number of a list's values, which follow; `of` becomes their type.
  std::size_t list(Type& of);
  void skip(Type type);

 private:
  static constexpr int deepest = 32;

  std::uint8_t byte();
  std::uint64_t varint();
  void skip_list();

  std::string_view bytes_;
  std::size_t at_ = 0;
  bool ok_ = true;
  int depth_ = 0;
  std::int16_t last_ids_[deepest + 1] = {};
};

}  // namespace fmx::readers
