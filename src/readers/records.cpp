#include "src/readers/records.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "src/readers/axis.hpp"
#include "src/readers/config.hpp"
#include "src/readers/layout.hpp"
#include "src/readers/letters.hpp"
#include "src/readers/log_line.hpp"

namespace fmx::readers {

namespace {

/// blockedBy and "blocked-by" are blocked_by.
std::string snake_case(const std::string& key) {
  std::string plain;
  for (std::size_t i = 0; i < key.size(); ++i) {
    const char c = key[i];
    if (is_upper(c)) {
      if (i > 0 && !is_upper(key[i - 1]) && plain.back() != '_') plain += '_';
      plain += lower(c);
    } else {
      plain += c == '-' || c == ' ' || c == '.' || c == '/' ? '_' : c;
    }
  }
  return plain;
}

/// tasks.jsonl: task
std::string table_name(const std::string& file) {
  std::string name = snake_case(last_part(file));
  name = name.substr(0, last_part(file).find('.'));
  const bool plural =
      name.size() > 3 && name.ends_with('s') && !name.ends_with("ss") && !name.ends_with("us");
  return plural ? name.substr(0, name.size() - 1) : name;
}

bool is_record_key(const std::string& key) {
  constexpr std::array keys = {"id",       "task",       "task_id",   "agent",      "agent_id",
                               "at",       "time",       "timestamp", "created_at", "updated_at",
                               "updated",  "created",    "status",    "state",      "owner",
                               "assignee", "kind",       "type",      "event",      "from",
                               "to",       "sender",     "recipient", "role",       "content",
                               "subject",  "blocked_by", "by",        "on",         "name"};
  const std::string plain = snake_case(key);
  return std::find(keys.begin(), keys.end(), plain) != keys.end();
}

engine::Setting fact(const std::string& text) {
  const bool dated =
      text.size() >= 19 && text.size() <= 35 && text[4] == '-' && text[0] >= '0' && text[0] <= '9';
  if (dated) {
    if (const auto seconds = time_stamp(text)) return *seconds;
  }
  return text;
}

/// What programs write about themselves: {"time": ..., "level": "INFO", "msg": "started"}.
bool is_message_log(const Table& table) {
  bool level = false, message = false;
  for (const Column& column : table.columns()) {
    const std::string& name = column.name();
    if (column.texts == 0) continue;
    level = level || name == "level" || name == "levelname" || name == "severity";
    message = message || name == "msg" || name == "message" || name == "event";
  }
  return level && message;
}

}  // namespace

bool holds_records(const Table& table) {
  std::set<std::uint32_t> with_text;
  std::size_t keys = 0;
  const bool message_log = is_message_log(table);
  if (message_log) keys = 2;
  for (const Column& column : table.columns()) {
    const Role role = role_of(column.name());
    if (column.size() > 0 && (role == Role::epoch || names_a_metric(column.name()))) {
      const std::string plain = snake_case(column.name());
      const bool duration = message_log && plain.find("time") != std::string::npos;
      if (plain != "time" && plain != "timestamp" && !duration) return false;
    }
    if (role == Role::step && column.size() > 0) return false;
    keys += is_record_key(column.name()) ? 1 : 0;
  }
  for (const Table::Text& text : table.texts()) with_text.insert(text.row);
  return keys >= 2 && 2 * with_text.size() > table.rows();
}

Reading read_records(const Table& table, const std::string& name) {
  Reading reading;
  const std::string called = table_name(name);
  std::vector<engine::Row> rows(table.rows());
  for (const Column& column : table.columns()) {
    const std::string key = snake_case(column.name());
    for (std::size_t i = 0; i < column.size(); ++i) rows[column.row(i)][key] = column.value(i);
  }
  std::map<std::string, std::vector<const Table::Text*>> listed;
  for (const Table::Text& text : table.texts()) {
    const std::string key = snake_case(table.columns()[text.column].name());
    if (text.listed) {
      listed[key].push_back(&text);
    } else {
      rows[text.row][key] = fact(text.text);
    }
  }
  for (const auto& [key, texts] : listed) {
    std::vector<engine::Row>& link = reading.facts.tables[key];
    for (const Table::Text* text : texts) {
      const auto id = rows[text->row].find("id");
      if (id != rows[text->row].end())
        link.push_back({{called, id->second}, {"on", fact(text->text)}});
    }
    if (link.empty()) reading.facts.tables.erase(key);
  }
  reading.facts.tables[called] = std::move(rows);
  if (table.texts_left_out() > 0) {
    reading.facts.notes.push_back(fmt::format("{}: {} texts were left out: the table is too large",
                                              name, table.texts_left_out()));
  }
  return reading;
}

}  // namespace fmx::readers
