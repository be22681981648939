#include "src/readers/thrift.hpp"

namespace fmx::readers {

std::uint8_t ThriftReader::byte() {
  if (at_ >= bytes_.size()) ok_ = false;
  return ok_ ? static_cast<std::uint8_t>(bytes_[at_++]) : std::uint8_t{0};
}

std::uint64_t ThriftReader::varint() {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint64_t next = byte();
    value |= (next & 0x7F) << shift;
    if ((next & 0x80) == 0) return value;
  }
  ok_ = false;
  return 0;
}

std::optional<ThriftReader::Field> ThriftReader::next_field() {
  const std::uint8_t head = byte();
  const auto type = static_cast<Type>(head & 0x0F);
  if (!ok_ || type == Type::stop || type > Type::structure) {
    ok_ = ok_ && type == Type::stop;
    if (depth_ > 0) --depth_;
    return std::nullopt;
  }
  std::int16_t& last = last_ids_[depth_ % (deepest + 1)];
  last = static_cast<std::int16_t>((head >> 4) != 0 ? last + (head >> 4) : integer());
  return Field{last, type};
}

std::int64_t ThriftReader::integer() {
  const std::uint64_t zigzag = varint();
  return static_cast<std::int64_t>(zigzag >> 1) ^ -static_cast<std::int64_t>(zigzag & 1);
}

std::string_view ThriftReader::binary() {
  const std::uint64_t size = varint();
  if (!ok_ || size > bytes_.size() - at_) {
    ok_ = false;
    return {};
  }
  at_ += size;
  return bytes_.substr(at_ - size, size);
}

std::size_t ThriftReader::list(Type& of) {
  const std::uint8_t head = byte();
  of = static_cast<Type>(head & 0x0F);
  const std::uint64_t size = (head >> 4) == 15 ? varint() : head >> 4;
  // Each value takes a byte at least.
  if (size > bytes_.size() - at_) ok_ = false;
  return ok_ ? static_cast<std::size_t>(size) : 0;
}

void ThriftReader::skip_list() {
  Type of = Type::stop;
  const std::size_t size = list(of);
  const bool flags = of == Type::true_ || of == Type::false_;
  for (std::size_t i = 0; i < size && ok_; ++i) flags ? void(byte()) : skip(of);
}

void ThriftReader::skip(Type type) {
  switch (type) {
    case Type::stop:
    case Type::true_:
    case Type::false_: return;
    case Type::byte: byte(); return;
    case Type::i16:
    case Type::i32:
    case Type::i64: integer(); return;
    case Type::double_:
      for (int i = 0; i < 8; ++i) byte();
      return;
    case Type::binary: binary(); return;
    case Type::list:
    case Type::set:
      if (++depth_ > deepest) ok_ = false;
      if (ok_) skip_list();
      --depth_;
      return;
    case Type::map: ok_ = false; return;  // Parquet has none
    case Type::structure:
      begin();
      while (ok_) {
        const auto field = next_field();
        if (!field) return;
        skip(field->type);
      }
      return;
  }
}

}  // namespace fmx::readers
