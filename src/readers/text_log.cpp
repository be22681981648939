// Text logs of any program: what its lines say in numbers, and the lines that say nothing in
// numbers.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <deque>

#include "src/readers/axis.hpp"
#include "src/readers/config.hpp"
#include "src/readers/declared_facts.hpp"
#include "src/readers/format.hpp"
#include "src/readers/json_row.hpp"
#include "src/readers/letters.hpp"
#include "src/readers/log_line.hpp"
#include "src/readers/number.hpp"
#include "src/readers/table_window.hpp"
#include "src/readers/words_of_config.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t kept_lines = 10'000;  // of prose, at each end of the log
constexpr std::size_t longest_prose = 2'000;
constexpr std::size_t longest_sample_line = 16'384;
constexpr std::size_t few_bars = 3;

/// The first and the last lines that are kept as they stand.
class Prose {
 public:
  void add(std::string_view line) {
    std::string text(line.substr(0, longest_prose));
    if (first_.size() < kept_lines) {
      first_.push_back(std::move(text));
      return;
    }
    last_.push_back(std::move(text));
    if (last_.size() > kept_lines) {
      last_.pop_front();
      ++left_out_;
    }
  }

  std::vector<std::string> take() {
    first_.insert(first_.end(), std::make_move_iterator(last_.begin()),
                  std::make_move_iterator(last_.end()));
    return std::move(first_);
  }
  std::vector<std::string> so_far() const { return Prose(*this).take(); }
  std::size_t left_out() const { return left_out_; }

 private:
  std::vector<std::string> first_;
  std::deque<std::string> last_;
  std::size_t left_out_ = 0;
};

/// Colours and other orders to a terminal, and what a progress bar's backspaces have wiped.
std::string without_terminal_codes(std::string_view line) {
  std::string plain;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] == '\x1b' && i + 1 < line.size() && line[i + 1] == '[') {
      for (i += 2; i < line.size() && !(line[i] >= '@' && line[i] <= '~');) ++i;
    } else if (line[i] == '\b') {
      plain += plain.empty() || plain.back() == '\r' ? "" : "\r";
    } else {
      plain += line[i];
    }
  }
  return plain;
}

bool is_ruler(std::string_view line) {
  return line.size() >= 8 && line.find_first_not_of("-=+ ") == std::string_view::npos;
}

/// Reads lines into rows.
class LogReader {
 public:
  explicit LogReader(const DeclaredLines& declared) : declared_(declared) {}

  void add(std::string_view raw) {
    const bool codes = raw.find_first_of("\x1b\b") != std::string_view::npos;
    const std::string cleaned = codes ? without_terminal_codes(raw) : std::string();
    std::string_view line = codes ? std::string_view(cleaned) : raw;
    if (line.find('\r') == std::string_view::npos) return add_visible(line);
    // A bar that was drawn over and over: each drawing is a row, the last is what stays to be seen.
    ++bars_;
    while (true) {
      const std::size_t end = line.find('\r');
      const std::string_view rest =
          end == std::string_view::npos ? std::string_view{} : trimmed(line.substr(end + 1));
      drawn_over_ = !rest.empty();
      add_visible(line.substr(0, end));
      drawn_over_ = false;
      if (rest.empty()) return;
      line.remove_prefix(end + 1);
    }
  }

  Reading finish(const std::string& name) {
    end_box();
    return on_axis(std::move(lasting()), prose_.take(), std::move(declared_), name);
  }

  /// A box that is still being drawn is no row yet.
  Reading so_far(const std::string& name) const {
    return on_axis(lasting(), prose_.so_far(), declared_, name);
  }

  void keep_last(std::size_t samples) {
    readers::keep_last(all_, samples);
    readers::keep_last(lasting_, samples);
  }

 private:
  using Cells = std::vector<std::pair<std::string, double>>;

  /// Bars that come one after another (one an epoch) count by what they showed last; a single bar
  /// is the whole run, and every drawing of it counts.
  const Table& lasting() const { return bars_ > few_bars ? lasting_ : all_; }
  Table& lasting() { return bars_ > few_bars ? lasting_ : all_; }

  Reading on_axis(Table table, std::vector<std::string> prose, DeclaredFacts declared,
                  const std::string& name) const {
    Settings settings = settings_before_first_step(table);
    Reading reading = on_step_axis(std::move(table), name);
    Settings arguments = arguments_;
    settings.merge(arguments);
    reading.facts.config = std::move(settings);
    declared.move_to(reading.facts, name);
    reading.facts.log_lines = std::move(prose);
    if (prose_.left_out() > 0) {
      reading.facts.notes.push_back(fmt::format(
          "{}: {} lines without numbers from the middle were not kept", name, prose_.left_out()));
    }
    return reading;
  }

  void add_visible(std::string_view line) {
    const std::string_view text = trimmed(line);
    if (text.empty()) return;
    if (is_ruler(text)) return end_box();
    if (add_declared(text)) return;
    if (add_box_line(text)) return;
    if (text.size() > longest_sample_line) return keep(text);
    if (add_dict(text)) return;
    add_namespace(text);
    if (add_dotted_setting(text)) return;
    LineSamples found = samples_in(text);
    if (found.share < 0.5) keep(text);
    if (found.cells.empty() || only_counts_batches(found.cells)) return;
    if (const auto when = time_stamp(text)) found.cells.emplace_back("timestamp", *when);
    for (auto& [cell, value] : found.cells) cell = counter_name(cell);
    add_row(found.cells);
  }

  /// A line that a pack declares; where its values were named, they are all that it says.
  bool add_declared(std::string_view text) {
    auto said = declared_.take(text, at_step_);
    if (!said) return false;
    for (const std::string_view metric : said->counts) {
      all_.count(metric);
      lasting_.count(metric);
    }
    if (!said->captured) return false;
    if (said->cells.empty() || !said->counts.empty()) keep(text);
    for (auto& [cell, value] : said->cells) cell = counter_name(cell);
    if (!said->cells.empty()) add_row(said->cells);
    return true;
  }

  /// A progress bar without numbers of its own, such as that of an evaluation between two lines.
  static bool only_counts_batches(const Cells& cells) {
    return cells.size() == 1 && cells.front().first == "batch";
  }

  void keep(std::string_view text) {
    const bool bar = text.find("%|") != std::string_view::npos;
    if (!drawn_over_ && !bar) prose_.add(text);
  }

  void add_row(const Cells& cells) {
    for (const auto& [name, value] : cells) {
      if (role_of(name) == Role::step) at_step_ = value;
    }
    put(all_, cells);
    if (!drawn_over_) put(lasting_, cells);
  }

  static void put(Table& table, const Cells& cells) {
    for (const auto& [name, value] : cells) table.put(table.column(name), value);
    table.end_row();
  }

  /// `step` in one line and `iter` in another count the same thing; the first word stands for both.
  std::string counter_name(const std::string& name) {
    const Role role = role_of(name);
    if (name == "batch" || (role != Role::step && role != Role::epoch)) return name;
    std::string& first = role == Role::step ? step_ : epoch_;
    if (role == Role::step && !is_plain_step(name)) return name;
    if (first.empty()) first = name;
    return first;
  }

  static bool is_plain_step(const std::string& spelled) {
    const std::string name = lower(spelled);
    return name == "step" || name == "steps" || name == "iter" || name == "iteration" ||
           name == "iters" || name == "it";
  }

  /// `| rollout/ep_rew_mean | 9.8 |`: a box of names and values, as the loggers of OpenAI baselines
  /// and its heirs draw.
  bool add_box_line(std::string_view text) {
    if (text.size() < 5 || text.front() != '|' || text.back() != '|') return false;
    const std::string_view inner = text.substr(1, text.size() - 2);
    const std::size_t bar = inner.find('|');
    if (bar == std::string_view::npos || inner.find('|', bar + 1) != std::string_view::npos)
      return false;
    const std::string_view key = trimmed(inner.substr(0, bar)),
                           value = trimmed(inner.substr(bar + 1));
    if (key.empty()) return false;
    if (value.empty() && key.back() == '/') {
      box_prefix_ = key;
      return true;
    }
    const auto found = number(value);
    if (!found) return false;
    const bool inside = inner.substr(0, inner.find_first_not_of(' ')).size() > 1;
    box_.emplace_back((inside ? box_prefix_ : "") + std::string(key), *found);
    return true;
  }

  void end_box() {
    if (!box_.empty()) add_row(box_);
    box_.clear();
    box_prefix_.clear();
  }

  /// {'loss': 2.3, 'learning_rate': 5e-05, 'epoch': 0.1}: a printed dict, as the Hugging Face
  /// Trainer leaves it.
  bool add_dict(std::string_view text) {
    const std::size_t begin = text.find('{');
    const std::size_t end = text.find_last_of('}');
    if (begin == std::string_view::npos || end == std::string_view::npos || end < begin + 5)
      return false;
    const char first = text[begin + 1];
    if (first != '\'' && first != '"') return false;
    const std::string_view dict = text.substr(begin, end - begin + 1);
    if (!all_rows_.add(dict, all_)) return false;
    if (!drawn_over_) lasting_rows_.add(dict, lasting_);
    return true;
  }

  /// `... Namespace(lr=0.1, ...)`: the arguments of a program, printed.
  void add_namespace(std::string_view text) {
    const std::size_t begin = text.find("Namespace(");
    if (begin == std::string_view::npos || text.back() != ')') return;
    Settings settings = settings_in_words(text.substr(begin));
    arguments_.merge(settings);
  }

  /// `  seq_length ...................... 2048`: how Megatron prints its arguments.
  bool add_dotted_setting(std::string_view text) {
    constexpr std::string_view dots = " ....";
    const std::size_t begin = text.find(dots);
    if (begin == 0 || begin == std::string_view::npos) return false;
    std::string_view key = text.substr(0, begin);
    if (const std::size_t prefix = key.find(": "); prefix != std::string_view::npos)
      key = trimmed(key.substr(prefix + 1));  // [rank0]: or a logger's name
    const bool named = std::all_of(key.begin(), key.end(), [](char c) {
      return is_letter(c) || is_digit(c) || c == '_' || c == '-';
    });
    const std::size_t end = text.find_first_not_of('.', begin + 1);
    if (!named || key.empty() || end == std::string_view::npos || text[end] != ' ') return false;
    arguments_.emplace(std::string(key), setting_of(text.substr(end)));
    return true;
  }

  /// Programs print their settings before they begin. What stands there once, before the first
  /// counter, is a setting.
  static Settings settings_before_first_step(Table& table) {
    Settings settings;
    std::uint32_t first = table.rows() == 0 ? 0 : static_cast<std::uint32_t>(table.rows());
    for (const Column& column : table.columns()) {
      const Role role = role_of(column.name());
      if ((role == Role::step || role == Role::epoch) && column.size() > 1)
        first = std::min(first, column.row(0));
    }
    if (first == table.rows()) return settings;
    for (Column& column : table.columns()) {
      if (column.size() != 1 || column.row(0) >= first || role_of(column.name()) != Role::metric)
        continue;
      settings[column.name()] = column.value(0);
      column.clear();
    }
    return settings;
  }

  Table all_, lasting_;  ///< every drawing of a bar; only what stayed
  JsonRows all_rows_, lasting_rows_;
  DeclaredFacts declared_;
  std::optional<double> at_step_;  ///< the counter as it last stood
  Prose prose_;
  Settings arguments_;
  std::size_t bars_ = 0;
  bool drawn_over_ = false;
  std::string step_, epoch_;  ///< how the log calls its counters
  std::string box_prefix_;
  Cells box_;
};

class GrowingLog : public GrowingLines {
 public:
  explicit GrowingLog(const DeclaredLines& declared) : log_(declared) {}

  void keep_last(std::size_t samples) override { log_.keep_last(samples); }

 private:
  void add(const Line& line) override { log_.add(line.text); }
  Reading so_far(const std::string& name) const override { return log_.so_far(name); }

  LogReader log_;
};

}  // namespace

/// Any text: no zero bytes, and few bytes below the blank.
bool is_text(std::string_view head) {
  const auto odd = std::count_if(head.begin(), head.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 32 && c != '\n' && c != '\r' && c != '\t' && c != '\b' && c != '\x1b' &&
           c != '\f';
  });
  return head.find('\0') == std::string_view::npos &&
         static_cast<std::size_t>(odd) * 50 <= head.size();
}

Read read_text_log(Input& input, const DeclaredLines& declared) {
  LogReader log(declared);
  while (const auto line = input.next_line()) log.add(line->text);
  return log.finish(input.name());
}

std::unique_ptr<Growing> growing_text_log(const DeclaredLines& declared) {
  return std::make_unique<GrowingLog>(declared);
}

}  // namespace fmx::readers
