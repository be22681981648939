#include <fmt/format.h>

#include "src/readers/axis.hpp"
#include "src/readers/format.hpp"
#include "src/readers/json_row.hpp"
#include "src/readers/lines.hpp"
#include "src/readers/number.hpp"
#include "src/readers/table_window.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t reported_lines = 3;

/// What became of the lines that are no rows.
class Rejects {
 public:
  void add(const Line& line, const std::string& why) {
    if (!line.ended) {
      cut_ = fmt::format("{}: the last line is cut off ({}); what came before was read",
                         line.number, why);
    } else if (count_++ < reported_lines) {
      first_.push_back(fmt::format("{}: left out: {}", line.number, why));
    }
  }

  /// Those of lines that come after.
  void append(Rejects& more) {
    for (std::string& note : more.first_) {
      if (first_.size() < reported_lines) first_.push_back(std::move(note));
    }
    count_ += more.count_;
    more = {};
  }

  void note_into(std::vector<std::string>& notes, const std::string& name) const {
    for (const std::string& note : first_) notes.push_back(fmt::format("{}:{}", name, note));
    if (count_ > reported_lines) {
      notes.push_back(fmt::format("{}: and {} more lines left out", name, count_ - reported_lines));
    }
    if (!cut_.empty()) notes.push_back(name + ":" + cut_);
  }

 private:
  std::size_t count_ = 0;
  std::vector<std::string> first_;  ///< begin with the line's number
  std::string cut_;
};

/// Lines as rows of a table.
class JsonLines {
 public:
  void add(const Line& line) {
    if (rows_.add(line.text, table_) || trimmed(line.text).empty()) return;
    rejects_.add(line, rows_.error());
  }

  // As read_lines asks for it.
  JsonLines part() const { return {}; }
  bool fits(const JsonLines&) const { return true; }
  bool add_alone(const Line& line) {
    add(line);
    return true;
  }
  void join(JsonLines& part) {
    table_.take_rows(part.table_);
    rejects_.append(part.rejects_);
  }
  Table& table() { return table_; }

  Reading finish(const std::string& name) { return on_axis(std::move(table_), name); }
  Reading so_far(const std::string& name) const { return on_axis(table_, name); }

 private:
  Reading on_axis(Table table, const std::string& name) const {
    Reading reading = on_step_axis(std::move(table), name);
    rejects_.note_into(reading.facts.notes, name);
    return reading;
  }

  Table table_;
  JsonRows rows_;
  Rejects rejects_;
};

class GrowingJsonLines : public GrowingLines {
 public:
  void keep_last(std::size_t samples) override { readers::keep_last(lines_.table(), samples); }

 private:
  void add(const Line& line) override { lines_.add(line); }
  Reading so_far(const std::string& name) const override { return lines_.so_far(name); }

  JsonLines lines_;
};

std::string_view first_line(std::string_view head) { return head.substr(0, head.find('\n')); }

}  // namespace

/// A first line that is one whole object, and more text after it; or the beginning of a long one.
bool is_json_lines(std::string_view head) {
  while (!head.empty() && trimmed(first_line(head)).empty() &&
         first_line(head).size() < head.size()) {
    head.remove_prefix(first_line(head).size() + 1);
  }
  const std::string_view first = trimmed(first_line(head));
  if (first.empty() || first.front() != '{') return false;
  const std::string_view rest = trimmed(head.substr(first_line(head).size()));
  if (rest.empty() || rest.front() != '{') return false;
  Table table;
  JsonRows row;
  return row.add(first, table) || row.error() == JsonRows::too_deep;
}

Read read_json_lines(Input& input, const DeclaredLines&) {
  JsonLines lines;
  read_lines(input, lines);
  return lines.finish(input.name());
}

std::unique_ptr<Growing> growing_json_lines(const DeclaredLines&) {
  return std::make_unique<GrowingJsonLines>();
}

}  // namespace fmx::readers
