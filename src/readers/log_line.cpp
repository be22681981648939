#include "src/readers/log_line.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "src/readers/axis.hpp"
#include "src/readers/letters.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

using Words = std::vector<std::string_view>;

constexpr std::size_t most_words = 6;
constexpr std::size_t longest_name = 80;

Words words_of(std::string_view text) {
  Words words;
  while (!text.empty()) {
    const std::size_t begin = text.find_first_not_of(" \t");
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(text.find_first_of(" \t", begin), text.size());
    words.push_back(text.substr(begin, end - begin));
    text.remove_prefix(end);
  }
  return words;
}

/// Quotes, bullets and marks around a name.
std::string_view bare(std::string_view word) {
  constexpr std::string_view marks = "\"'`*>#~,.-";
  while (!word.empty() && marks.find(word.front()) != std::string_view::npos) word.remove_prefix(1);
  while (!word.empty() && marks.find(word.back()) != std::string_view::npos) word.remove_suffix(1);
  return word;
}

bool is_counter(std::string_view word) {
  const Role role = role_of(bare(word));
  return role == Role::step || role == Role::epoch;
}

/// `2024-01-31`, `12:00:00,123`: what a logger puts before all else.
bool is_date_or_time(std::string_view word) {
  return is_digit(word.front()) && word.find_first_of(":-/") != std::string_view::npos;
}

/// `INFO`, `[DEBUG]`: what a logger puts before its message.
bool is_level(std::string_view word) {
  constexpr std::array levels = {"trace", "debug",   "info",  "notice",
                                 "warn",  "warning", "error", "critical"};
  const std::string plain = lower(bare(word));
  return std::find(levels.begin(), levels.end(), plain) != levels.end();
}

bool is_split(std::string_view word) {
  constexpr std::array splits = {"train", "training",   "val",  "valid",   "validation",
                                 "eval",  "evaluation", "test", "testing", "dev"};
  const std::string plain = lower(bare(word));
  return std::find(splits.begin(), splits.end(), plain) != splits.end();
}

std::string joined(const Words& words, std::size_t from) {
  std::string name;
  for (std::size_t i = from; i < words.size(); ++i) {
    const std::string_view word = bare(words[i]);
    if (word.empty()) continue;
    if (!name.empty()) name += ' ';
    name += word;
  }
  return name;
}

/// `train.py`, `solver.cpp`: what stands before a line number.
bool is_source_file(std::string_view word) {
  const std::size_t dot = word.find_last_of('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view type = word.substr(dot + 1);
  return type == "py" || type == "cpp" || type == "cc" || type == "c" || type == "h" ||
         type == "cu" || type == "go";
}

/// `MainThread:20194`, `pid=7`: who wrote the line, no sample.
bool is_process(std::string_view word) {
  const std::string plain = lower(bare(word));
  return plain.ends_with("thread") || plain == "pid" || plain == "tid" || plain == "process";
}

class LineScanner {
 public:
  explicit LineScanner(std::string_view line) : line_(line) {}

  LineSamples scan() {
    leading_counter();
    while (at_ < line_.size()) step();
    flush(line_.size());
    const auto signs = std::count_if(line_.begin(), line_.end(),
                                     [](char c) { return is_letter(c) || is_digit(c); });
    const double length = static_cast<double>(signs);
    found_.share = length == 0 ? 0 : std::min(1.0, static_cast<double>(claimed_) / length);
    return std::move(found_);
  }

 private:
  char peek(std::size_t ahead) const {
    return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0';
  }

  std::size_t after_blanks(std::size_t at) const {
    while (at < line_.size() && (line_[at] == ' ' || line_[at] == '\t')) ++at;
    return at;
  }

  void cell(std::string name, double value) {
    claimed_ += name.size() + 4;
    found_.cells.emplace_back(std::move(name), value);
  }

  bool has_epoch() const {
    return std::any_of(found_.cells.begin(), found_.cells.end(),
                       [](const auto& c) { return role_of(c.first) == Role::epoch; });
  }

  /// `[12]<tab>train-rmse:0.5` (XGBoost, LightGBM), `12:<tab>learn: 0.5` (CatBoost), `[1,  2000]
  /// loss: 0.5`, `100/100 - 2s - loss: 0.5` (Keras).
  void leading_counter() {
    const std::size_t first = after_blanks(0);
    if (line_.substr(first, 2) == "s:" && first + 2 < line_.size() &&
        is_digit(line_[first + 2])) {  // llm.c
      const auto count = number_in_text(line_, first + 2);
      if (!count) return;
      cell("step", count->value);
      return start_at(count->end);
    }
    const bool bracket = first < line_.size() && line_[first] == '[';
    const std::size_t digits = bracket ? after_blanks(first + 1) : first;
    std::size_t end = digits;
    while (end < line_.size() && is_digit(line_[end])) ++end;
    if (end == digits || end - digits > 15 || end == line_.size()) return;
    const double count = number(line_.substr(digits, end - digits)).value_or(0);
    if (bracket && line_[end] == ']' && end + 1 < line_.size() &&
        (line_[end + 1] == '\t' || line_[end + 1] == ' ')) {
      cell("iteration", count);
      return start_at(end + 1);
    }
    if (bracket && line_[end] == ',') {
      const auto batch = number_in_text(line_, after_blanks(end + 1));
      if (!batch || batch->end >= line_.size() || line_[batch->end] != ']') return;
      cell("epoch", count);
      cell("batch", batch->value);
      return start_at(batch->end + 1);
    }
    if (!bracket && line_[end] == ':' && end + 1 < line_.size() &&
        (line_[end + 1] == '\t' || line_[end + 1] == ' ')) {
      cell("iteration", count);
      return start_at(end + 1);
    }
    const auto fraction = bracket ? std::nullopt : number_in_text(line_, digits);
    if (fraction && fraction->total) {
      cell("batch", fraction->value);
      start_at(fraction->end);
    }
  }

  void start_at(std::size_t at) { at_ = begin_ = at; }

  void step() {
    const char c = line_[at_];
    if (c == ':' || c == '=') return separator();
    if (c == '(' && passes_over_unit()) return;
    const bool dash = c == '-' && at_ > 0 && line_[at_ - 1] == ' ' && peek(1) == ' ';
    if (dash || c == ',' || c == '|' || c == ';' || c == '\t' || c == '(' || c == ')' || c == '[' ||
        c == ']' || c == '{' || c == '}') {
      between_bars_ = between_bars_ || c == '|' || c == '\t';
      ends_before_bracket_ = c == '[';  // 10/100 [00:10<01:30, loss=2.3]
      flush(at_);
      sticky_split_.clear();
      start_at(at_ + 1);
      return;
    }
    ++at_;
  }

  /// `elapsed time per iteration (ms): 439.9`: the unit is a part of the name.
  bool passes_over_unit() {
    const std::size_t length = line_.substr(at_, 17).find(')');
    if (length == std::string_view::npos) return false;
    const std::size_t end = at_ + length;
    const std::string_view inner = line_.substr(at_ + 1, length - 1);
    if (is_split(inner) || std::any_of(inner.begin(), inner.end(), is_digit)) return false;
    const std::size_t next = after_blanks(end + 1);
    if (next >= line_.size() || (line_[next] != ':' && line_[next] != '=')) return false;
    at_ = end + 1;
    return true;
  }

  void separator() {
    const char c = line_[at_];
    if (c == ':' && at_ > 0 && is_digit(line_[at_ - 1]) && is_digit(peek(1))) {  // a time of day
      ++at_;
      return;
    }
    if (peek(1) == c || (c == ':' && peek(1) == '/')) {  // ::, ==, ://
      while (peek(0) == c) ++at_;
      return;
    }
    std::size_t value = after_blanks(at_ + 1);
    if (value < line_.size() &&
        (line_[value] == '"' || line_[value] == '\'' || line_[value] == '$'))
      ++value;
    const auto found = number_in_text(line_, value);
    if (found) {
      named(line_.substr(begin_, at_ - begin_), *found);
      std::size_t end = found->end;
      if (end < line_.size() && (line_[end] == '"' || line_[end] == '\'')) ++end;
      return start_at(end);
    }
    flush(at_);
    start_at(at_ + 1);
  }

  /// A value whose name ends in ':' or '='.
  void named(std::string_view text, const SpelledNumber& value) {
    Words words = words_of(text);
    take_counters(words);
    while (!words.empty() && (is_digit(words.front().front()) || bare(words.front()).empty()))
      words.erase(words.begin());
    if (words.empty()) {
      if (value.total && has_epoch()) cell("batch", value.value);  // epoch 001: 100 / 5000
      return;
    }
    const std::string counter = counter_in(words, value.total.has_value());
    if (!counter.empty()) return cell(counter, value.value);
    if (is_source_file(words.back()) || is_process(words.back())) return;
    if (lower(bare(words.back())) == "eta") return;
    const bool share = value.total && *value.total > 0;  // Accuracy: 9660/10000
    sample(words, share ? value.value / *value.total : value.value);
  }

  /// The name of a counter, `Epoch` of `Train Epoch`, `step` of `INFO step` or, where the value is
  /// one of so many, of any words before it; empty where the words are none.
  static std::string counter_in(const Words& words, bool of_so_many) {
    std::string name = joined(words, 0);
    if (is_counter(name)) return name;
    if (words.size() < 2 || !is_counter(words.back())) return {};
    const bool introduced = of_so_many || is_level(words[words.size() - 2]) ||
                            (words.size() == 2 && is_split(words.front()));
    return introduced ? std::string(bare(words.back())) : "";
  }

  /// Takes `Epoch 3`, `step 10/100` off the front of a name.
  void take_counters(Words& words) {
    for (std::size_t i = 0; i + 1 < words.size(); ++i) {
      if (!is_counter(words[i])) continue;
      const auto count = number_in_text(words[i + 1], 0);
      if (!count) continue;
      cell(std::string(bare(words[i])), count->value);
      const bool split = i > 0 && is_split(words.front());
      if (split) split_ = lower(bare(words.front()));
      words.erase(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(i) + 2);
      return take_counters(words);
    }
  }

  void sample(const Words& words, double value) {
    const std::size_t from = words.size() > most_words ? words.size() - most_words : 0;
    std::string name = joined(words, from);
    if (name.empty() || name.size() > longest_name ||
        std::none_of(name.begin(), name.end(), is_letter))
      return;
    const bool has_split = std::any_of(words.begin(), words.end(), [](std::string_view w) {
      return is_split(w.substr(0, w.find_first_of("_-/.")));
    });
    if (has_split && is_split(words.front())) sticky_split_ = lower(bare(words.front()));
    if (!has_split && !split_.empty()) {
      name = split_ + "/" + name;
    } else if (!has_split && !sticky_split_.empty()) {
      name = sticky_split_ + "/" + name;
    }
    cell(std::move(name), value);
  }

  /// A stretch without ':' or '=' up to `end`.
  void flush(std::size_t end) {
    const Words words = words_of(line_.substr(begin_, end - begin_));
    if (words.empty()) return;
    if (words.size() == 1 && is_split(words.front())) {
      split_ = lower(bare(words.front()));
      return;
    }
    Words name;
    std::size_t taken = begin_;
    bool numbers = false;
    for (const std::string_view word : words) {
      const std::size_t at = static_cast<std::size_t>(word.data() - line_.data());
      if (at < taken) continue;  // the total of `10 / 100`
      const auto value = number_in_text(line_.substr(0, end), at);
      const bool ends_word = value && (value->end == end || line_[value->end] == ' ' ||
                                       value->end == at + word.size());
      if (!ends_word) {
        if (!name.empty() || !is_date_or_time(word)) name.push_back(word);
        continue;
      }
      taken = value->end;
      numbers = true;
      spaced(name, *value, at == static_cast<std::size_t>(words.front().data() - line_.data()),
             words);
      name.clear();
    }
    if (!name.empty() && is_counter(name.back())) waiting_counter_ = bare(name.back());
    if (!numbers && is_split(words.front())) split_ = lower(bare(words.front()));
  }

  /// A value that only blanks part from its name, or that has none.
  void spaced(const Words& name, const SpelledNumber& value, bool first, const Words& all) {
    if (name.empty()) {
      if (!waiting_counter_.empty()) {
        cell(std::string(waiting_counter_), value.value);
        waiting_counter_ = role_of(waiting_counter_) == Role::epoch ? "batch" : "";
      } else if (value.total && (has_epoch() || ends_before_bracket_)) {
        cell("batch", value.value);
      } else if (first && all.size() > 1 && all.size() <= 4 && names_a_metric(joined(all, 1))) {
        sample(Words(all.begin() + 1, all.end()), value.value);  // 12.5 avg loss
      }
      return;
    }
    if (is_counter(name.back()) && (name.size() <= 2 || is_split(name.front()))) {
      if (name.size() > 1 && is_split(name.front())) split_ = lower(bare(name.front()));
      return cell(std::string(bare(name.back())), value.value);
    }
    const bool short_name = name.size() <= 3 && !is_counter(name.back());
    if (short_name && (names_a_metric(joined(name, 0)) || between_bars_)) sample(name, value.value);
  }

  std::string_view line_;
  std::size_t at_ = 0, begin_ = 0;  ///< where the scanner and the present stretch stand
  std::string split_;               ///< goes before all names to come
  std::string sticky_split_;  ///< goes before names up to the next mark: `train Loss: 1 Acc: 2`
  std::string_view waiting_counter_;
  bool between_bars_ = false, ends_before_bracket_ = false;
  std::size_t claimed_ = 0;
  LineSamples found_;
};

}  // namespace

bool names_a_metric(std::string_view name) {
  const std::string plain = lower(name);
  constexpr std::array words = {
      "loss", "acc",     "reward",   "return",        "error",         "perplexity",
      "ppl",  "grad",    "f1",       "auc",           "mse",           "mae",
      "rmse", "entropy", "elbo",     "learning_rate", "learning rate", "score",
      "prec", "time",    "residual", "gnorm",         "logloss",       "bleu",
      "wer",  "iou",     "map"};
  return plain == "lr" || plain == "kl" || plain == "norm" || plain == "data" ||
         std::any_of(words.begin(), words.end(),
                     [&](const char* word) { return plain.find(word) != std::string::npos; });
}

LineSamples samples_in(std::string_view line) { return LineScanner(line).scan(); }

}  // namespace fmx::readers
