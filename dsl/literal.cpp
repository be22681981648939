#include "dsl/literal.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <system_error>
#include <vector>

#include "dsl/unit_words.hpp"

namespace fmx::dsl {
namespace {

char unescaped(char c) {
  switch (c) {
    case 'n': return '\n';
    case 't': return '\t';
    default: return c;
  }
}

std::string without_escapes(std::string_view quoted) {
  std::string text;
  text.reserve(quoted.size());
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    const bool escape = quoted[i] == '\\' && i + 1 < quoted.size();
    text += escape ? unescaped(quoted[++i]) : quoted[i];
  }
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (true) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    if (end == text.npos) return lines;
    text.remove_prefix(end + 1);
  }
}

std::size_t indentation(std::string_view line) { return line.find_first_not_of(" \t"); }

/// The first line stands beside the opening quotes and has no indentation of its own.
std::string without_indentation(std::string_view quoted) {
  const std::vector<std::string_view> lines = lines_of(quoted);
  std::size_t common = std::string_view::npos;
  for (std::size_t i = 1; i < lines.size(); ++i) common = std::min(common, indentation(lines[i]));

  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view line = lines[i];
    if (i == 0) {
      line.remove_prefix(std::min(indentation(line), line.size()));
    } else {
      line.remove_prefix(std::min(common, line.size()));
    }
    line.remove_suffix(line.size() - std::min(line.find_last_not_of(" \t") + 1, line.size()));
    if (!text.empty()) text += '\n';
    text += line;
  }
  text.erase(text.find_last_not_of('\n') + 1);
  return text;
}

}  // namespace

std::string text_of(Part part) {
  std::string_view raw = part.text();
  const std::size_t quotes = part.is(Kind::text) ? 3 : 1;
  if (raw.size() < 2 * quotes) return {};
  raw = raw.substr(quotes, raw.size() - 2 * quotes);
  return part.is(Kind::text) ? without_indentation(raw) : without_escapes(raw);
}

double number_of(std::string_view digits) {
  std::string plain;
  for (const char c : digits) {
    if (c != '_') plain += c;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (error == std::errc::result_out_of_range) {
    const std::size_t exponent = plain.find_first_of("eE");
    const bool tiny = exponent != plain.npos && plain.compare(exponent + 1, 1, "-") == 0;
    return tiny ? 0 : std::numeric_limits<double>::infinity();
  }
  return value;
}

std::optional<Quantity> quantity_of(Part part) {
  if (part.is(Kind::number)) return Quantity{number_of(part.text()), Unit::none};
  if (const auto word = part.child(Kind::nan_word)) {
    const double value = word->text() == "nan" ? std::numeric_limits<double>::quiet_NaN()
                                               : std::numeric_limits<double>::infinity();
    return Quantity{part.text().starts_with('-') ? -value : value, Unit::none};
  }
  const auto number = part.child(Kind::number);
  const auto unit = part.child(Kind::unit);
  if (!number && !unit) return Quantity{};
  const double value =
      (part.text().starts_with('-') ? -1 : 1) * (number ? number_of(number->text()) : 1);
  if (!unit) return Quantity{value, Unit::none};
  const UnitWord* known = unit_called(unit->text());
  if (known == nullptr || !known->carried) return {};
  // A share is divided, not multiplied, by 100, so that 7% is the double nearest to 0.07.
  return Quantity{known->carried == Unit::fraction ? value / 100 : value * known->scale,
                  *known->carried};
}

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::none: return "a plain number";
    case Unit::fraction: return "a share";
    case Unit::steps: return "a number of steps";
    case Unit::samples: return "a number of samples";
    case Unit::epochs: return "a number of epochs";
    case Unit::tokens: return "a number of tokens";
    case Unit::seconds: return "a time";
    case Unit::bytes: return "a number of bytes";
    case Unit::factor: return "a factor";
    case Unit::mad: return "a number of deviations";
    case Unit::sd: return "a number of standard deviations";
  }
  return "";
}

}  // namespace fmx::dsl
