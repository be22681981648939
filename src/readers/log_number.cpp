#include <array>
#include <cmath>

#include "src/readers/letters.hpp"
#include "src/readers/log_line.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

struct Unit {
  std::string_view name;
  double factor;
};

constexpr std::array units = {
    Unit{"%", 1},        Unit{"s", 1},       Unit{"ms", 1},        Unit{"us", 1},
    Unit{"ns", 1},       Unit{"sec", 1},     Unit{"secs", 1},      Unit{"seconds", 1},
    Unit{"m", 1},        Unit{"min", 1},     Unit{"h", 1},         Unit{"it/s", 1},
    Unit{"s/it", 1},     Unit{"ms/step", 1}, Unit{"s/step", 1},    Unit{"us/step", 1},
    Unit{"ms/batch", 1}, Unit{"s/epoch", 1}, Unit{"x", 1},         Unit{"k", 1e3},
    Unit{"K", 1e3},      Unit{"M", 1e6},     Unit{"G", 1e9},       Unit{"B", 1e9},
    Unit{"T", 1e12},     Unit{"MB", 1},      Unit{"GB", 1},        Unit{"KB", 1},
    Unit{"MiB", 1},      Unit{"GiB", 1},     Unit{"KiB", 1},       Unit{"steps/s", 1},
    Unit{"tok/s", 1},    Unit{"img/s", 1},   Unit{"samples/s", 1}, Unit{"samples/sec", 1},
    Unit{"fps", 1},      Unit{"s/iter", 1},  Unit{"dB", 1},        Unit{"mJ", 1}};

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t at) : text_(text), begin_(at), at_(at) {}

  std::optional<SpelledNumber> scan() {
    if (peek(0) == '+' && peek(1) != '-') ++at_;
    const char* end = scan_number(text_.data() + at_, text_.data() + text_.size(), value_);
    if (end == nullptr) return std::nullopt;
    const std::size_t after = static_cast<std::size_t>(end - text_.data());
    whole_ = text_.substr(at_, after - at_).find_first_of(".eEnN") == std::string_view::npos;
    at_ = after;
    commas();
    if (is_part_of_something_else()) return std::nullopt;
    total();
    if (!unit()) return std::nullopt;
    spread();
    return SpelledNumber{value_, at_, total_};
  }

 private:
  char peek(std::size_t ahead) const {
    return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0';
  }

  std::size_t digits_at(std::size_t at) const {
    std::size_t end = at;
    while (end < text_.size() && is_digit(text_[end])) ++end;
    return end - at;
  }

  /// 1,234,567 is one number, 0,25 is a quarter.
  void commas() {
    if (!whole_ || peek(0) != ',' || !is_digit(peek(1)) || at_ - begin_ > 4) return;
    const std::size_t digits = digits_at(at_ + 1);
    if (digits == 3 && value_ != 0) {
      while (peek(0) == ',' && digits_at(at_ + 1) == 3) {
        value_ = value_ * 1000 + number(text_.substr(at_ + 1, 3)).value_or(0);
        at_ += 4;
      }
      return;
    }
    if (at_ + 1 + digits < text_.size() && text_[at_ + 1 + digits] == ',') return;  // a list
    std::string with_point(text_.substr(begin_, at_ + 1 + digits - begin_));
    with_point[at_ - begin_] = '.';
    if (const auto value = number(with_point)) {
      value_ = *value;
      at_ += 1 + digits;
      whole_ = false;
    }
  }

  /// 12:30, 2024-01-31, 1.2.3
  bool is_part_of_something_else() const {
    const char next = peek(0);
    return (next == ':' || next == '-' || next == '.') && is_digit(peek(1));
  }

  void total() {
    if (!whole_) return;
    std::size_t at = at_;
    while (at < text_.size() && text_[at] == ' ') ++at;
    if (at >= text_.size() || text_[at] != '/') return;
    ++at;
    while (at < text_.size() && text_[at] == ' ') ++at;
    const std::size_t digits = digits_at(at);
    if (digits == 0) return;
    total_ = number(text_.substr(at, digits));
    at_ = at + digits;
  }

  /// False where letters follow that are no unit: then it is the beginning of a word.
  bool unit() {
    std::size_t end = at_;
    while (end < text_.size() &&
           (is_letter(text_[end]) || text_[end] == '%' || text_[end] == '_' ||
            (text_[end] == '/' && end + 1 < text_.size() && is_letter(text_[end + 1])))) {
      ++end;
    }
    if (end == at_) return true;
    const std::string_view name = text_.substr(at_, end - at_);
    for (const Unit& unit : units) {
      if (unit.name != name) continue;
      value_ *= unit.factor;
      at_ = end;
      return true;
    }
    return false;
  }

  /// 0.5±0.1, 0.5+-0.1: the spread is passed over.
  void spread() {
    for (const std::string_view sign : {"\xc2\xb1", "+/-", "+-"}) {
      if (text_.substr(at_, sign.size()) != sign) continue;
      double ignored = 0;
      const char* end =
          scan_number(text_.data() + at_ + sign.size(), text_.data() + text_.size(), ignored);
      if (end != nullptr) at_ = static_cast<std::size_t>(end - text_.data());
      return;
    }
  }

  std::string_view text_;
  std::size_t begin_, at_;
  double value_ = 0;
  bool whole_ = false;
  std::optional<double> total_;
};

/// Days since 1970-01-01 (H. Hinnant, chrono-compatible low-level date algorithms).
double days_from_civil(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097.0 + day_of_era - 719468;
}

}  // namespace

std::optional<SpelledNumber> number_in_text(std::string_view text, std::size_t at) {
  if (at >= text.size()) return std::nullopt;
  return Scanner(text, at).scan();
}

std::optional<double> time_stamp(std::string_view line) {
  constexpr std::size_t furthest = 40;
  constexpr std::string_view shape = "dddd-dd-dd_dd:dd:dd";
  for (std::size_t begin = 0;
       begin + shape.size() <= std::min(line.size(), furthest + shape.size()); ++begin) {
    bool fits = true;
    for (std::size_t i = 0; fits && i < shape.size(); ++i) {
      const char c = line[begin + i];
      fits = shape[i] == 'd'   ? is_digit(c)
             : shape[i] == '_' ? c == ' ' || c == 'T'
                               : c == shape[i] || (shape[i] == '-' && c == '/');
    }
    if (!fits) continue;
    const auto field = [&](std::size_t at, std::size_t size) {
      int value = 0;
      for (std::size_t i = 0; i < size; ++i) value = value * 10 + (line[begin + at + i] - '0');
      return value;
    };
    double seconds = days_from_civil(field(0, 4), field(5, 2), field(8, 2)) * 86400 +
                     field(11, 2) * 3600 + field(14, 2) * 60 + field(17, 2);
    std::size_t at = begin + shape.size();
    if (at < line.size() && (line[at] == ',' || line[at] == '.')) {
      double part = 0.1;
      for (++at; at < line.size() && is_digit(line[at]); ++at, part /= 10)
        seconds += part * (line[at] - '0');
    }
    return seconds;
  }
  return std::nullopt;
}

}  // namespace fmx::readers
