#include "engine/match/value.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace fmx::engine {

Value Value::of(double number, const Origin& origin) {
  if (!std::isfinite(number)) return of(Unknown::undefined, origin);
  Value value;
  value.kind = Kind::number;
  value.number = number;
  value.origin = origin;
  return value;
}

Value Value::of(Unknown reason, const Origin& origin) {
  Value value;
  value.reason = reason;
  value.origin = origin;
  return value;
}

Value Value::of(Number number, const Origin& origin) {
  return number.known() ? of(number.value(), origin) : of(number.reason(), origin);
}

Value Value::of(Degree degree, const Origin& origin) {
  return degree.known() ? of(degree.value(), origin) : of(degree.reason(), origin);
}

Value Value::of(std::string_view text, const Origin& origin) {
  Value value;
  value.kind = Kind::text;
  value.text = text;
  value.origin = origin;
  return value;
}

Value Value::of(Kind kind, Window samples, const Origin& origin) {
  Value value;
  value.kind = kind;
  value.samples = samples;
  value.origin = origin;
  return value;
}

Number number_of(const Value& value) {
  switch (value.kind) {
    case Value::Kind::unknown: return value.reason;
    case Value::Kind::number:
    case Value::Kind::flag: return value.number;
    case Value::Kind::text: {
      double number = 0;
      const char* end = value.text.data() + value.text.size();
      const auto [stopped, error] = std::from_chars(value.text.data(), end, number);
      if (error != std::errc() || stopped != end || !std::isfinite(number))
        return Unknown::not_text;
      return number;
    }
    case Value::Kind::series:
    case Value::Kind::mask:
    case Value::Kind::events:
      return Unknown::undefined;  // the checker lets no samples through here
  }
  return Unknown::undefined;
}

Degree degree_of(const Value& value) {
  const Number number = number_of(value);
  return number.known() ? Degree(std::clamp(number.value(), 0.0, 1.0)) : Degree(number.reason());
}

std::string folded(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

}  // namespace fmx::engine
