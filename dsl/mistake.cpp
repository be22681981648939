#include "dsl/mistake.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "dsl/fields.hpp"
#include "dsl/keywords.hpp"
#include "dsl/suggest.hpp"
#include "dsl/unit_words.hpp"
#include "knowledge/function.hpp"
#include "knowledge/utf8.hpp"

namespace fmx::dsl {
namespace {

constexpr auto npos = std::string_view::npos;

/// Words that begin a window.
constexpr auto window_words =
    std::to_array<std::string_view>({"after", "before", "first", "last", "steps"});

/// Words that may follow a value, or join conditions.
constexpr auto operator_words = std::to_array<std::string_view>(
    {"above", "after", "and", "before", "below", "between", "during", "else", "in", "matches", "or",
     "over", "overlaps", "sustained", "then", "until", "within"});

/// Words that may follow what a test expects.
constexpr auto expectation_words = std::to_array<std::string_view>(
    {"above", "because", "below", "between", "confidence", "first", "since", "top"});

/// Those of them that join what stands in parentheses of its own.
constexpr auto joining_words =
    std::to_array<std::string_view>({"during", "overlaps", "sustained", "then", "until"});

/// What operators are called elsewhere.
constexpr auto operators_elsewhere =
    std::to_array<std::pair<std::string_view, std::string_view>>({{"contains", "matches"},
                                                                  {"eq", "=="},
                                                                  {"equal", "=="},
                                                                  {"equals", "=="},
                                                                  {"exceeds", "above"},
                                                                  {"is", "=="},
                                                                  {"≠", "!="},
                                                                  {"≤", "<="},
                                                                  {"≥", ">="},
                                                                  {"×", "*"},
                                                                  {"·", "*"},
                                                                  {"÷", "/"},
                                                                  {"−", "-"}});

std::string_view operator_for(std::string_view elsewhere) {
  const auto found = std::ranges::find(operators_elsewhere, elsewhere,
                                       [](const auto& pair) { return pair.first; });
  return found == operators_elsewhere.end() ? std::string_view() : found->second;
}

std::string units_to_advise() {
  std::string words;
  for (const UnitWord& one : unit_words) {
    if (one.carried && !one.singular()) words.append(" ").append(one.word);
  }
  return words;
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_word_byte(char c) { return is_letter(c) || is_digit(c) || c == '_'; }
bool is_blank(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

/// `LearningRate` and `learning-rate` as names are written: `learning_rate`.
std::string snake_case(std::string_view word) {
  std::string name;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool hump =
        is_capital(word[i]) && i > 0 && !is_capital(word[i - 1]) && word[i - 1] != '_';
    if (hump) name += '_';
    name += is_capital(word[i]) ? static_cast<char>(word[i] - 'A' + 'a') : word[i];
  }
  name.erase(0, std::min(name.find_first_not_of("_0123456789"), name.size()));
  return name;
}

/// A mistake in its text, and the questions that its explanations ask.
class Scene {
 public:
  Scene(const Mistake& mistake, const Around& around, std::uint32_t source, std::string_view text)
      : expected_(mistake.expected),
        around_(around),
        source_(source),
        text_(text),
        at_(mistake.at) {}

  Diagnostic describe() const {
    if (expected_.code == "unterminated-string") return string();
    if (expected_.code == "unterminated-text") return open_text();
    if (expected_.code == "nested-too-deeply") return too_deep();
    for (const auto explanation : {&Scene::sign, &Scene::hyphen, &Scene::left_over, &Scene::unit,
                                   &Scene::name, &Scene::field, &Scene::item}) {
      if (auto diagnostic = (this->*explanation)()) return *diagnostic;
    }
    return unexpected();
  }

 private:
  // --- what stands there

  bool at_end() const { return at_ >= text_.size(); }
  bool starts(std::string_view s) const { return text_.substr(at_).starts_with(s); }
  std::string_view word() const { return word_at(text_, at_); }

  /// A word with what dots join to it, a sign, or the first quote of a string.
  std::string_view thing() const {
    if (!word().empty()) {
      std::size_t end = at_ + word().size();
      while (end + 1 < text_.size() && text_[end] == '.' && is_letter(text_[end + 1])) {
        end += 1 + word_at(text_, static_cast<std::uint32_t>(end + 1)).size();
      }
      return text_.substr(at_, end - at_);
    }
    constexpr std::array<std::string_view, 11> signs{
        "=<", "=>", "==", "!=", "<=", ">=", "..", "->", "&&", "||", "\"\"\""};
    for (const std::string_view s : signs) {
      if (starts(s)) return s;
    }
    return text_.substr(at_, first_character(text_.substr(at_)).bytes);
  }

  /// The last byte in front that is not blank; where it stands in the same line.
  std::optional<std::uint32_t> before_in_line() const {
    std::uint32_t i = at_;
    while (i > 0 && (text_[i - 1] == ' ' || text_[i - 1] == '\t')) --i;
    if (i == 0 || text_[i - 1] == '\n') return {};
    return i - 1;
  }

  /// Behind a number that has no unit yet: `2x` has one.
  bool behind_number() const {
    const auto last = before_in_line();
    if (!last || !is_digit(text_[*last])) return false;
    std::uint32_t begin = *last;
    while (begin > 0 && (is_word_byte(text_[begin - 1]) || text_[begin - 1] == '.')) --begin;
    return is_digit(text_[begin]);
  }

  std::string found() const {
    if (text_[at_] == '"') return "found a string";
    if (is_digit(text_[at_])) return "found a number";
    const auto byte = static_cast<unsigned char>(text_[at_]);
    if (byte < 0x20 || byte == 0x7F) return fmt::format("found the control byte 0x{:02X}", byte);
    return fmt::format("found `{}`", thing());
  }

  /// Whether an expression may just have ended: then what stands here is taken for an operator.
  bool behind_expression() const {
    return expected_.code == "unknown-field" || expected_.code == "unknown-item" ||
           expected_.sign == ")" || expected_.sign == "}" || expected_.sign == ":" ||
           expected_.sign == "]";
  }

  // --- what is said of it

  /// Whether what stands here begins something else, in a line of its own: then the fault lies
  /// behind what stands in front.
  bool missing_behind() const {
    if (at_end()) return true;
    if (before_in_line()) return false;
    return starts("}") || is_one_of(field_words, word()) || is_one_of(test_words, word()) ||
           is_one_of(item_words, word());
  }

  /// A diagnostic for the thing here.
  Diagnostic at_thing(std::string_view code, std::string message, std::string label,
                      std::string hint = {}) const {
    return at(at_, at_ + static_cast<std::uint32_t>(thing().size()), code, std::move(message),
              std::move(label), std::move(hint));
  }

  /// A diagnostic for the last word or sign in front.
  Diagnostic behind_last(std::string_view code, std::string message) const {
    std::uint32_t end = std::min(at_, static_cast<std::uint32_t>(text_.size()));
    while (end > 0 && is_blank(text_[end - 1])) --end;
    std::uint32_t begin = end;
    while (begin > 0 && is_word_byte(text_[begin - 1])) --begin;
    if (begin == end && begin > 0) --begin;
    while (begin > 0 && (static_cast<unsigned char>(text_[begin]) & 0xC0U) == 0x80U) --begin;
    return at(begin, end, code, std::move(message), "missing behind this", "");
  }

  Diagnostic at(std::uint32_t begin, std::uint32_t end, std::string_view code, std::string message,
                std::string label, std::string hint) const {
    Diagnostic d;
    d.code = code;
    d.message = std::move(message);
    d.primary = {{source_, begin, end}, std::move(label)};
    d.hint = std::move(hint);
    return d;
  }

  Diagnostic with_nearest(Diagnostic d, std::span<const std::string_view> words) const {
    if (nearest(word(), words).empty()) return d;
    d.hint = did_you_mean(word(), words);
    // A word of the language is meant as what it is, if in the wrong place.
    const bool is_own_word = is_one_of(reserved_words, word());
    const std::string_view meant = is_own_word ? std::string_view() : only_near(word(), words);
    if (!meant.empty()) d.edit = Edit{d.primary.span, std::string(meant)};
    return d;
  }

  static Diagnostic mended_by(Diagnostic d, std::string replacement) {
    d.edit = Edit{d.primary.span, std::move(replacement)};
    return d;
  }

  Diagnostic unexpected() const {
    std::string what(expected_.what);
    if (!expected_.sign.empty()) what = fmt::format("`{}`", expected_.sign);
    if (missing_behind()) return behind_last(expected_.code, "expected " + what);
    Diagnostic d = at_thing(expected_.code, "expected " + what, found(), hint());
    if (expected_.code == "expected-word" && !expected_.sign.empty()) {
      return with_nearest(std::move(d), std::array{expected_.sign});
    }
    if (expected_.code == "expected-window") return with_nearest(std::move(d), window_words);
    if (expected_.sign == ")") return with_nearest(std::move(d), operator_words);
    return d;
  }

  std::string hint() const {
    const bool text_wanted = expected_.code == "expected-string";
    if (text_wanted && text_[at_] == '\'') return "strings stand in double quotes";
    if (text_wanted && !word().empty()) return "texts stand in double quotes";
    if (text_wanted && starts("\"\"\"")) return "a text of one line stands in `\"...\"`";
    if (expected_.code == "expected-name" && text_[at_] == '"') return "names stand without quotes";
    if (expected_.what == "a block" && text_[at_] == '"')
      return "what is called by a name alone has its title inside, as a field: `title \"...\"`";
    const bool number =
        expected_.code == "expected-number" || expected_.code == "expected-expression";
    if (number && starts(".") && at_ + 1 < text_.size() && is_digit(text_[at_ + 1])) {
      return "a number begins with a digit: `0.5`";
    }
    return "";
  }

  /// Signs of other languages, and comparisons in a chain.
  std::optional<Diagnostic> sign() const {
    if (at_end()) return {};
    const std::string_view here = thing();
    const auto instead = [&](std::string_view word) {
      return mended_by(at_thing("unknown-operator", fmt::format("`{}` is no operator", here),
                                "found here", fmt::format("write `{}`", word)),
                       std::string(word));
    };
    if (here == "&&") return instead("and");
    if (here == "||") return instead("or");
    if (here == "!" && expected_.code == "expected-expression") return instead("not ");
    if (auto comment = foreign_comment()) return comment;
    if (expected_.code == "expected-expression" && at_ > 0) {
      if (starts("*") && text_[at_ - 1] == '*') return together(at_ - 1, "^");
      if (starts(">") && text_[at_ - 1] == '<') return together(at_ - 1, "!=");
      if (starts("=") && text_[at_ - 1] == '=') return one_sign_too_many();
    }
    if (!behind_expression()) return {};
    const bool sign_elsewhere = word().empty() && !operator_for(here).empty();
    if (sign_elsewhere) return instead(operator_for(here));
    if (here == "=") return instead("==");
    if (here == "=<") return instead("<=");
    if (here == "=>") return instead(">=");
    if (here == "<" || here == "<=" || here == ">" || here == ">=" || here == "==" ||
        here == "!=") {
      return at_thing("chained-comparison", "comparisons do not stand in a chain",
                      "a second comparison",
                      "compare twice: `a < b and b < c`, or `b between a .. c`");
    }
    const bool joins = here == "," && around_.behind_expression && !line_ends_behind(at_ + 1);
    if (joins) {
      return at_thing("unknown-operator", "`,` joins no conditions", "found here",
                      "conditions are joined by `and`");
    }
    const bool behind_whole = expected_.code == "unknown-field" ||
                              (expected_.code == "unknown-item" && around_.behind_expression);
    if (behind_whole && (here == ";" || here == ",")) {
      return mended_by(
          at_thing("unexpected-sign", fmt::format("nothing separates fields but blanks"),
                   fmt::format("`{}` is not needed", here), "leave it out"),
          "");
    }
    return {};
  }

  bool line_ends_behind(std::uint32_t at) const {
    const std::size_t next = text_.find_first_not_of(" \t\r", at);
    return next == npos || text_[next] == '\n' || text_[next] == '#';
  }

  /// An operator of several signs, of which this is the last: `**`, `<>`.
  Diagnostic together(std::uint32_t begin, std::string_view ours) const {
    return mended_by(at(begin, at_ + 1, "unknown-operator",
                        fmt::format("`{}` is no operator", text_.substr(begin, at_ + 1 - begin)),
                        "found here", fmt::format("write `{}`", ours)),
                     std::string(ours));
  }

  /// `===`, `!==`, `<==`, `>==`, and `let x == 3`.
  Diagnostic one_sign_too_many() const {
    const char before = at_ > 1 ? text_[at_ - 2] : ' ';
    if (before == '=') return together(at_ - 2, "==");
    if (before == '!') return together(at_ - 2, "!=");
    if (before == '<') return together(at_ - 2, "<=");
    if (before == '>') return together(at_ - 2, ">=");
    return together(at_ - 1, "=");
  }

  /// `// ...` and `/* ...`, which begin comments elsewhere.
  std::optional<Diagnostic> foreign_comment() const {
    const bool slashes = starts("//") || starts("/*");
    const bool divided = expected_.code == "expected-expression" && at_ > 0 &&
                         text_[at_ - 1] == '/' && (starts("/") || starts("*"));
    if (!slashes && !divided) return {};
    const std::uint32_t begin = slashes ? at_ : at_ - 1;
    const std::string_view here = text_.substr(begin, 2);
    Diagnostic d =
        at(begin, begin + 2, "unexpected-sign", fmt::format("`{}` begins no comment here", here),
           "found here", "comments begin with `#` and end with their line");
    return here == "//" ? mended_by(std::move(d), "#") : d;
  }

  /// A `-` inside of what is meant as one name. In an expression it would be a minus.
  std::optional<Diagnostic> hyphen() const {
    const bool inside = starts("-") && at_ > 0 && is_word_byte(text_[at_ - 1]) &&
                        at_ + 1 < text_.size() && is_letter(text_[at_ + 1]);
    if (!inside) return {};
    std::uint32_t begin = at_, end = at_;
    while (begin > 0 && is_word_byte(text_[begin - 1])) --begin;
    while (end < text_.size() && (is_word_byte(text_[end]) || text_[end] == '-')) ++end;
    const std::string_view whole = text_.substr(begin, end - begin);
    std::string name(whole);
    std::ranges::replace(name, '-', '_');
    name = snake_case(name);
    return mended_by(
        at(begin, end, "bad-name", fmt::format("`{}` is not written as names are", whole),
           "names are small letters, digits and `_`, a letter first",
           fmt::format("write `{}`", name)),
        name);
  }

  /// The word that stands in front, in the same line.
  std::string_view word_before() const {
    const auto last = before_in_line();
    if (!last) return {};
    std::uint32_t begin = *last + 1;
    while (begin > 0 && is_word_byte(text_[begin - 1])) --begin;
    return text_.substr(begin, *last + 1 - begin);
  }

  /// A word that follows an expression in its line and is no operator that could stand there.
  std::optional<Diagnostic> left_over() const {
    const bool possible = around_.behind_expression && before_in_line() && !word().empty() &&
                          (expected_.code == "unknown-field" || expected_.code == "unknown-item");
    if (!possible) return {};
    if (auto diagnostic = left_over_operator()) return diagnostic;
    const std::string_view before = word_before();
    const auto begin = static_cast<std::uint32_t>(before.data() - text_.data());
    const auto end = static_cast<std::uint32_t>(begin + before.size());
    if (before == "if") {
      return mended_by(at(begin, end, "unknown-operator", "`if` is no word of conditions",
                          "found here", "leave it out: behind `when` stands the condition"),
                       "");
    }
    if (!functions_called(before).empty()) {
      const auto behind = static_cast<std::uint32_t>(at_ + word().size());
      const std::string call = fmt::format("{}({})", before, word());
      Diagnostic d = at(begin, end, "missing-parentheses",
                        fmt::format("`{}` takes its values in parentheses", before), "a function",
                        fmt::format("write `{}`", call));
      if (!text_.substr(behind).starts_with(".") && !text_.substr(behind).starts_with("(")) {
        d.edit = Edit{{source_, begin, behind}, call};
      }
      return d;
    }
    return {};
  }

  std::optional<Diagnostic> left_over_operator() const {
    const std::string_view here = word();
    if (here == "over" || here == "per") {
      return at_thing("misplaced-window", "a window stands inside the parentheses of a function",
                      "behind what it looks at", "write it as in `mean(train_loss over last 20%)`");
    }
    if (here == "for") {
      return mended_by(at_thing("unknown-operator", "`for` alone is no operator", "found here",
                                "how long a comparison holds is said by `sustained for 20 steps`"),
                       "sustained for");
    }
    if (is_one_of(joining_words, here)) {
      return at_thing("missing-parentheses",
                      fmt::format("what `{}` joins stands in parentheses", here),
                      "joins too little", fmt::format("write it as in `(a > 3) {} ...`", here));
    }
    if (is_one_of(operator_words, here)) {
      return at_thing("chained-comparison", "comparisons do not stand in a chain",
                      "a second comparison", "compare twice, and join the two by `and`");
    }
    if (const std::string_view ours = operator_for(here); !ours.empty()) {
      return mended_by(at_thing("unknown-operator", fmt::format("`{}` is no operator", here),
                                "found here", fmt::format("write `{}`", ours)),
                       std::string(ours));
    }
    if (nearest(here, operator_words).empty() || !nearest(here, fields_here()).empty()) return {};
    return with_nearest(
        at_thing("unknown-operator", fmt::format("`{}` is no operator", here), "found here"),
        operator_words);
  }

  /// Behind `expect` in its line, where something may follow that says how much is expected.
  bool in_expectation() const {
    if (expected_.what != expected<grammar::test_line>.what || !before_in_line()) return false;
    const std::size_t newline = text_.rfind('\n', at_);
    const std::size_t line = newline == npos ? 0 : newline + 1;
    return text_.substr(line, at_ - line).find("expect ") != npos;
  }

  /// Whether a field could only begin here: first in its line or behind `{`.
  bool begins_here() const {
    const auto last = before_in_line();
    return !last || text_[*last] == '{';
  }

  /// The fields of an item whose own are known.
  std::string all_fields_here() const {
    if (field_words_of(around_.item).empty()) return {};
    std::string all;
    for (const std::string_view word : fields_here()) {
      all += fmt::format("{}`{}`", all.empty() ? "" : ", ", word);
    }
    return all.empty() ? all
                       : fmt::format("the fields of {} {} are {}",
                                     around_.item == "analogy" ? "an" : "a", around_.item, all);
  }

  /// The words that may begin a field at this place.
  std::vector<std::string_view> fields_here() const {
    if (expected_.code != "unknown-field") return {};
    if (expected_.what == expected<grammar::test_line>.what) {
      return {test_words.begin(), test_words.end()};
    }
    auto words = field_words_of(around_.item);
    if (words.empty()) words.assign(field_words.begin(), field_words.end());
    return words;
  }

  /// A word behind a number, which can only be meant as its unit.
  std::optional<Diagnostic> unit() const {
    const bool possible = expected_.code == "unknown-field" || expected_.code == "unknown-item" ||
                          expected_.code == "expected-sign" || expected_.code == "expected-word";
    if (!possible || missing_behind() || word().empty() || is_digit(text_[at_]) || !behind_number())
      return {};
    if (is_one_of(field_words, word()) || is_one_of(test_words, word())) return {};
    if (is_one_of(reserved_words, word()) || is_one_of(number_units, word())) return {};
    if (!expected_.sign.empty() && !nearest(word(), std::array{expected_.sign}).empty()) return {};
    if (!nearest(word(), field_words).empty() && nearest(word(), number_units).empty() &&
        expected_.code == "unknown-field") {
      return {};
    }
    return with_nearest(at_thing("unknown-unit", fmt::format("no unit is called `{}`", word()),
                                 "behind a number", "units are" + units_to_advise()),
                        number_units);
  }

  /// A word where a name should stand.
  std::optional<Diagnostic> name() const {
    const bool wanted =
        expected_.code == "expected-name" || expected_.code == "expected-expression";
    if (!wanted || word().empty() || is_digit(text_[at_])) return {};
    if (!is_one_of(reserved_words, word())) return {};
    if (expected_.code == "expected-expression") {
      return at_thing(expected_.code, fmt::format("expected {}", expected_.what), found());
    }
    return describe_misnamed(at_, source_, text_);
  }

  std::optional<Diagnostic> field() const {
    if (expected_.code != "unknown-field" || at_end()) return {};
    if (starts(")") || starts("]")) {
      return at_thing("unmatched-bracket", fmt::format("this `{}` closes nothing", thing()),
                      "nothing is open here", "leave it out");
    }
    if (word().empty() || is_digit(text_[at_])) {
      return at_thing(
          "expected-field", fmt::format("expected {}", expected_.what), found(),
          text_[at_] == '"' && behind_string() ? "strings of a list are separated by commas" : "");
    }
    const std::string label = fmt::format("expected {}", expected_.what);
    Diagnostic d = at_thing("unknown-field", fmt::format("no field is called `{}`", word()), label);
    if (in_expectation()) return with_nearest(std::move(d), expectation_words);
    d = with_nearest(std::move(d), fields_here());
    if (d.hint.empty() && begins_here()) d.hint = all_fields_here();
    return d;
  }

  bool behind_string() const {
    std::uint32_t i = at_;
    while (i > 0 && is_blank(text_[i - 1])) --i;
    return i > 0 && text_[i - 1] == '"';
  }

  std::optional<Diagnostic> item() const {
    if (expected_.code != "unknown-item") return {};
    if (starts("}")) {
      return at_thing("unmatched-bracket", "this `}` closes nothing", "no block is open here",
                      "leave it out, or look for a `}` too many above");
    }
    if (word().empty() || is_digit(text_[at_])) {
      return at_thing("expected-item", fmt::format("expected {}", expected_.what), found());
    }
    if (is_one_of(field_words, word()) || is_one_of(test_words, word())) {
      return at_thing("misplaced-field", fmt::format("`{}` stands outside of every block", word()),
                      "a field belongs into the braces of an item",
                      "is the block above closed too early?");
    }
    return with_nearest(at_thing("unknown-item", fmt::format("no item is called `{}`", word()),
                                 fmt::format("expected {}", expected_.what)),
                        item_words);
  }

  // --- strings, texts, depth

  Diagnostic string() const {
    std::uint32_t end = at_ + 1;
    while (end < text_.size() && text_[end] != '\n' && text_[end] != '"') {
      if (text_[end] != '\\') {
        ++end;
        continue;
      }
      const std::string_view behind = text_.substr(end + 1);
      if (behind.empty() || behind[0] == '\n') break;
      const bool known = std::string_view("\"\\nt").find(behind[0]) != npos;
      if (!known) return unknown_escape(end, behind);
      end += 2;
    }
    while (end > at_ + 1 && is_blank(text_[end - 1])) --end;
    return at(at_, end, "unterminated-string", "this string is not closed", "its line ends here",
              "close it by `\"`; a text of several lines stands in `\"\"\"`");
  }

  Diagnostic unknown_escape(std::uint32_t backslash, std::string_view behind) const {
    const std::string_view escaped = behind.substr(0, first_character(behind).bytes);
    const auto end = static_cast<std::uint32_t>(backslash + 1 + escaped.size());
    Diagnostic d =
        at(backslash, end, "unknown-escape", fmt::format("`\\{}` stands for nothing", escaped),
           "known are \\\" \\\\ \\n \\t", fmt::format("for a backslash write `\\\\{}`", escaped));
    return mended_by(std::move(d), fmt::format("\\\\{}", escaped));
  }

  Diagnostic open_text() const {
    return at(at_, at_ + 3, "unterminated-text", "this text is not closed",
              "opened here, and the file ends", "close it by `\"\"\"`");
  }

  Diagnostic too_deep() const {
    return at_thing("nested-too-deeply", "this expression is nested too deeply",
                    fmt::format("more than {}", expected_.what), "name parts of it with `let`");
  }

  Expected expected_;
  Around around_;
  std::uint32_t source_;
  std::string_view text_;
  std::uint32_t at_;
};

}  // namespace

std::string_view word_at(std::string_view text, std::uint32_t at) {
  std::size_t end = at;
  while (end < text.size() && is_word_byte(text[end])) ++end;
  return text.substr(std::min<std::size_t>(at, text.size()), end - at);
}

Diagnostic describe(const Mistake& mistake, const Around& around, std::uint32_t source,
                    std::string_view text) {
  return Scene(mistake, around, source, text).describe();
}

Diagnostic describe_misnamed(std::uint32_t at, std::uint32_t source, std::string_view text) {
  const std::string_view word = word_at(text, at);
  Diagnostic d;
  d.primary.span = {source, at, static_cast<std::uint32_t>(at + word.size())};
  if (is_one_of(reserved_words, word)) {
    d.code = "reserved-word";
    d.message = fmt::format("`{}` cannot be a name", word);
    d.primary.text = "a word of conditions";
    d.hint = "choose another name";
    return d;
  }
  d.code = "bad-name";
  d.message = fmt::format("`{}` is not written as names are", word);
  d.primary.text = "names are small letters, digits and `_`, a letter first";
  const std::string name = snake_case(word);
  if (!name.empty() && !is_one_of(reserved_words, name)) {
    d.hint = fmt::format("write `{}`", name);
    d.edit = Edit{d.primary.span, name};
  }
  return d;
}

Diagnostic describe_unclosed(std::uint32_t open, std::uint32_t at, std::uint32_t source,
                             std::string_view text) {
  Diagnostic d;
  d.code = "unclosed-block";
  d.message = "this block is not closed";
  d.primary = {{source, open, open + 1}, "opened here"};
  d.hint = "close it by `}`";
  if (at < text.size()) {
    const auto end = static_cast<std::uint32_t>(at + word_at(text, at).size());
    d.secondary.push_back({{source, at, end}, "the next item begins here"});
  }
  return d;
}

}  // namespace fmx::dsl
