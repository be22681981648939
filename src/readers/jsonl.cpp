#include <fmt/format.h>

#include "src/readers/axis.hpp"
#include "src/readers/format.hpp"
#include "src/readers/json_row.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t reported_lines = 3;

/// What became of the lines that are no rows.
class Rejects {
 public:
  void add(const Input& input, const Line& line, const std::string& why) {
    if (!line.ended) {
      cut_ = fmt::format("{}: the last line is cut off ({}); what came before was read",
                         input.at(line.number), why);
    } else if (count_++ < reported_lines) {
      first_.push_back(fmt::format("{}: left out: {}", input.at(line.number), why));
    }
  }

  std::size_t count() const { return count_; }

  void move_to(std::vector<std::string>& notes, const std::string& name) {
    for (std::string& note : first_) notes.push_back(std::move(note));
    if (count_ > reported_lines) {
      notes.push_back(fmt::format("{}: and {} more lines left out", name, count_ - reported_lines));
    }
    if (!cut_.empty()) notes.push_back(std::move(cut_));
  }

 private:
  std::size_t count_ = 0;
  std::vector<std::string> first_;
  std::string cut_;
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
  JsonRows row(table);
  return row.add(first) || row.error() == JsonRows::too_deep;
}

Read read_json_lines(Input& input, const DeclaredLines&) {
  Table table;
  JsonRows rows(table);
  Rejects rejects;
  while (const auto line = input.next_line()) {
    if (trimmed(line->text).empty()) continue;
    if (!rows.add(line->text)) rejects.add(input, *line, rows.error());
    expect_rest(input, table);
  }
  Reading reading = on_step_axis(std::move(table), input.name());
  rejects.move_to(reading.facts.notes, input.name());
  return reading;
}

}  // namespace fmx::readers
