// SQLite databases: MLflow's store of runs, and tables of tasks, messages and events that workflows
// keep. Read from memory, so that nothing beside the file is touched.

#include <fmt/format.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <set>

#include "src/readers/axis.hpp"
#include "src/readers/config.hpp"
#include "src/readers/format.hpp"

namespace fmx::readers {

namespace {

constexpr std::string_view magic("SQLite format 3\0", 16);
constexpr std::size_t most_tables = 200;
constexpr std::size_t most_params = 100'000;
constexpr std::size_t most_rows = 20'000'000;  // of all tables; a damaged file may promise any

/// The answer to a query, row by row.
class Rows {
 public:
  Rows(sqlite3* database, const std::string& query) {
    sqlite3_stmt* made = nullptr;
    sqlite3_prepare_v2(database, query.c_str(), -1, &made, nullptr);
    statement_.reset(made);
  }

  /// False at the end; `broken` then tells whether it came early.
  bool next() {
    if (!statement_) return stop(true);
    const int result = sqlite3_step(statement_.get());
    return result == SQLITE_ROW || stop(result != SQLITE_DONE);
  }
  bool broken() const { return broken_; }

  int columns() const { return statement_ ? sqlite3_column_count(statement_.get()) : 0; }
  std::string name(int column) const { return sqlite3_column_name(statement_.get(), column); }
  int type(int column) const { return sqlite3_column_type(statement_.get(), column); }
  bool is_number(int column) const {
    return type(column) == SQLITE_INTEGER || type(column) == SQLITE_FLOAT;
  }
  double number(int column) const { return sqlite3_column_double(statement_.get(), column); }
  std::string_view text(int column) const {
    const auto* bytes = sqlite3_column_text(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    return bytes == nullptr ? std::string_view()
                            : std::string_view(reinterpret_cast<const char*>(bytes),
                                               static_cast<std::size_t>(size));
  }

 private:
  bool stop(bool broken) {
    broken_ = broken;
    return false;
  }

  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  bool broken_ = false;
};

std::string quoted(const std::string& name) {
  std::string text = "\"";
  for (const char c : name) text += c == '"' ? std::string("\"\"") : std::string(1, c);
  return text + "\"";
}

class Database {
 public:
  /// The bytes are kept, since SQLite reads them where they lie.
  explicit Database(std::string bytes) : bytes_(std::move(bytes)) {
    // A database with a log of writes beside it cannot be opened from memory; what the log alone
    // holds is missing.
    constexpr std::size_t write_version = 18, read_version = 19;
    has_write_log_ = bytes_[write_version] == 2 || bytes_[read_version] == 2;
    bytes_[write_version] = bytes_[read_version] = 1;
    sqlite3* made = nullptr;
    sqlite3_open_v2(":memory:", &made, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
    database_.reset(made);
    if (!database_) return;
    sqlite3_db_config(made, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(made, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    // A view is a program that the file brings along, and it need not end.
    sqlite3_db_config(made, SQLITE_DBCONFIG_ENABLE_VIEW, 0, nullptr);
    sqlite3_limit(made, SQLITE_LIMIT_LENGTH, 64 << 20);
    const auto size = static_cast<sqlite3_int64>(bytes_.size());
    sqlite3_deserialize(made, "main", reinterpret_cast<unsigned char*>(bytes_.data()), size, size,
                        SQLITE_DESERIALIZE_READONLY);
    sqlite3_exec(made, "PRAGMA cell_size_check=ON", nullptr, nullptr, nullptr);
  }

  Rows rows(const std::string& query) { return {database_.get(), query}; }
  bool has_write_log() const { return has_write_log_; }

  std::vector<std::string> tables() {
    std::vector<std::string> names;
    Rows rows = this->rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name");
    while (rows.next() && !more_tables_) {
      more_tables_ = names.size() == most_tables;
      if (!more_tables_) names.emplace_back(rows.text(0));
    }
    schema_broken_ = rows.broken();
    return names;
  }
  bool schema_broken() const { return schema_broken_; }
  /// Whether tables() left some out.
  bool more_tables() const { return more_tables_; }

  std::set<std::string> columns_of(const std::string& table) {
    std::set<std::string> names;
    Rows rows = this->rows("PRAGMA table_info(" + quoted(table) + ")");
    while (rows.next()) names.emplace(rows.text(1));
    return names;
  }

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  std::string bytes_;
  std::unique_ptr<sqlite3, Close> database_;
  bool has_write_log_ = false, schema_broken_ = false, more_tables_ = false;
};

/// MLflow's store: metrics and params of all runs, by the id of the run.
class MlflowStore {
 public:
  MlflowStore(Database& database, const Input& input) : database_(database), input_(input) {}

  static bool is_one(Database& database) {
    const auto columns = database.columns_of("metrics");
    const bool metrics = columns.contains("key") && columns.contains("value") &&
                         columns.contains("run_uuid") && columns.contains("step");
    return metrics && database.columns_of("runs").contains("run_uuid");
  }

  Read read() {
    const auto run = chosen_run();
    if (!run) return Unexpected{run.error()};
    Reading reading;
    reading.step_name = "step";
    read_metrics(*run, reading);
    read_params(*run, reading);
    return reading;
  }

 private:
  struct Known {
    std::string id, name;
  };

  /// A value of SQL text: runs are named by ids of letters and digits, but a damaged file may hold
  /// anything.
  static std::string literal(const std::string& text) {
    std::string quoted = "'";
    for (const char c : text) {
      if (c == '\0') break;
      quoted += c == '\'' ? std::string("''") : std::string(1, c);
    }
    return quoted + "'";
  }

  Result<std::string, Problem> chosen_run() {
    const bool named = database_.columns_of("runs").contains("name");
    Rows rows = database_.rows(fmt::format(
        "SELECT run_uuid, {} FROM runs WHERE run_uuid IN (SELECT run_uuid FROM metrics) "
        "ORDER BY start_time, run_uuid",
        named ? "name" : "''"));
    std::vector<Known> runs;
    while (rows.next()) runs.push_back({std::string(rows.text(0)), std::string(rows.text(1))});
    const std::string& part = input_.part();
    std::vector<Known> fitting;
    for (const Known& run : runs) {
      if (part.empty() || run.name == part || run.id.starts_with(part)) fitting.push_back(run);
    }
    if (fitting.size() == 1) return fitting.front().id;
    if (runs.empty()) {
      return Unexpected{Problem{input_.name(), "the store holds no run with metrics",
                                "log a metric, or name another store"}};
    }
    std::vector<std::string> names;
    for (const Known& run : fitting.empty() ? runs : fitting) {
      if (names.size() < 10) names.push_back(run.name.empty() ? run.id : run.name + " " + run.id);
    }
    const std::size_t more = (fitting.empty() ? runs.size() : fitting.size()) - names.size();
    const std::string all = fmt::format("{}{}", fmt::join(names, ", "),
                                        more > 0 ? fmt::format(" and {} more", more) : "");
    const std::string what = fitting.empty()
                                 ? fmt::format("no run is called {}; there are {}", part, all)
                                 : fmt::format("the store holds {} runs: {}", fitting.size(), all);
    return Unexpected{Problem{input_.name(), what,
                              fmt::format("name one of them, such as {}/{}", input_.name(),
                                          (fitting.empty() ? runs : fitting).front().id)}};
  }

  /// MLflow keeps NaN as a flag beside the value, and infinities as the largest doubles.
  static double logged(double value, bool nan) {
    constexpr double largest = std::numeric_limits<double>::max();
    if (nan) return std::nan("");
    if (std::abs(value) < largest) return value;
    return std::copysign(std::numeric_limits<double>::infinity(), value);
  }

  void read_metrics(const std::string& run, Reading& reading) {
    const bool flagged = database_.columns_of("metrics").contains("is_nan");
    Rows rows = database_.rows(
        fmt::format("SELECT key, step, value, {}, timestamp FROM metrics WHERE run_uuid = {} "
                    "ORDER BY key, timestamp, step",
                    flagged ? "is_nan" : "0", literal(run)));
    Samples clock{"time", {}, {}}, clock_of_key{"time", {}, {}};
    std::size_t count = 0;
    const auto keep_longer_clock = [&] {
      if (clock_of_key.steps.size() > clock.steps.size()) clock = clock_of_key;
      clock_of_key.steps = {};
      clock_of_key.values.clear();
    };
    while (rows.next()) {
      if (count++ == most_rows) {
        note(fmt::format("of its metrics only the first {} values were read", most_rows), reading);
        break;
      }
      const std::string_view key = rows.text(0);
      if (reading.samples.empty() || reading.samples.back().name != key) {
        keep_longer_clock();
        reading.samples.push_back({std::string(key), {}, {}});
      }
      reading.samples.back().steps.push_back(rows.number(1));
      reading.samples.back().values.push_back(logged(rows.number(2), rows.number(3) != 0));
      clock_of_key.steps.push_back(rows.number(1));
      clock_of_key.values.push_back(rows.number(4) / 1000);
    }
    keep_longer_clock();
    if (!clock.steps.empty()) reading.samples.push_back(std::move(clock));
    if (rows.broken()) note_damage("metrics", reading);
  }

  void read_params(const std::string& run, Reading& reading) {
    Rows rows = database_.rows("SELECT key, value FROM params WHERE run_uuid = " + literal(run) +
                               " ORDER BY key");
    std::size_t count = 0;
    while (rows.next()) {
      if (count++ == most_params) {
        note(fmt::format("only its first {} params were read", most_params), reading);
        break;
      }
      reading.facts.config[std::string(rows.text(0))] = setting_of(rows.text(1));
    }
    if (rows.broken()) note_damage("params", reading);
  }

  void note(const std::string& what, Reading& reading) {
    reading.facts.notes.push_back(input_.name() + ": " + what);
  }

  void note_damage(const char* table, Reading& reading) {
    note(fmt::format("the table `{}` is damaged; what came before was read", table), reading);
  }

  Database& database_;
  const Input& input_;
};

/// Any other database: tables of records become facts, tables on a step axis samples.
class Tables {
 public:
  Tables(Database& database, const Input& input) : database_(database), input_(input) {}

  Read read() {
    const auto tables = database_.tables();
    for (const std::string& table : tables) {
      if (input_.part().empty() || input_.part() == table) add(table);
    }
    if (database_.schema_broken()) note("the list of its tables is damaged");
    if (database_.more_tables())
      note(fmt::format("only its first {} tables were looked at; name one, such as {}/NAME",
                       most_tables, input_.name()));
    if (reading_.samples.empty() && reading_.facts.tables.empty()) {
      return Unexpected{
          Problem{input_.name(),
                  tables.empty() ? "the database holds no table that can be read"
                                 : "no table of the database tells of a run or its tasks",
                  "name an MLflow store, or a database with tables of metrics by step, or of "
                  "tasks, messages or events"}};
    }
    return std::move(reading_);
  }

 private:
  void note(const std::string& what) {
    reading_.facts.notes.push_back(input_.name() + ": " + what);
  }

  void add(const std::string& name) {
    Rows rows = database_.rows("SELECT * FROM " + quoted(name));
    Table table;
    std::vector<std::size_t> columns;
    for (int c = 0; c < rows.columns(); ++c) columns.push_back(table.column(rows.name(c)));
    while (rows.next()) {
      if (rows_ == most_rows) {
        note(fmt::format("of the table `{}` only the first {} rows were read", name, table.rows()));
        break;
      }
      ++rows_;
      for (int c = 0; c < rows.columns(); ++c) {
        const std::size_t column = columns[static_cast<std::size_t>(c)];
        if (rows.is_number(c)) {
          table.put(column, rows.number(c));
        } else if (rows.type(c) == SQLITE_TEXT) {
          table.put_text(column, rows.text(c));
        }
      }
      table.end_row();
    }
    if (rows.broken())
      note(fmt::format("the table `{}` is damaged; what came before was read", name));
    if (table.rows() == 0) return;
    Reading more = on_step_axis(std::move(table), name);
    reading_.facts.tables.merge(more.facts.tables);
    const bool stepped = more.step_name != "row" && more.step_name != "index";
    if (more.samples.empty() || !stepped) return;
    for (std::string& text : more.facts.notes) note(text);
    for (Samples& samples : more.samples) {
      const bool taken = std::any_of(reading_.samples.begin(), reading_.samples.end(),
                                     [&](const Samples& s) { return s.name == samples.name; });
      if (taken) samples.name = name + "/" + samples.name;
      reading_.samples.push_back(std::move(samples));
    }
    if (reading_.step_name.empty()) reading_.step_name = more.step_name;
  }

  Database& database_;
  const Input& input_;
  Reading reading_;
  std::size_t rows_ = 0;
};

}  // namespace

bool is_sqlite_file(std::string_view head) { return head.starts_with(magic); }

Read read_sqlite_file(Input& input, const DeclaredLines&) {
  constexpr std::size_t header = 100;
  const auto whole = input.whole();
  if (!whole) return Unexpected{whole.error()};
  if (whole->size() < header) {
    return Unexpected{
        Problem{input.name(), "the database is cut off within its header", "copy the whole file"}};
  }
  Database database{std::string(*whole)};
  Read reading = MlflowStore::is_one(database) ? MlflowStore(database, input).read()
                                               : Tables(database, input).read();
  if (reading && database.has_write_log()) {
    reading->facts.notes.push_back(
        input.name() +
        ": it is in WAL mode: what stands only in the -wal file beside it was not read");
  }
  return reading;
}

}  // namespace fmx::readers
