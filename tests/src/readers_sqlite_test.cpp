#include <limits>

#include "tests/src/run_folder.hpp"

// Databases of SQLite; tests/src/readers/data/README.md says who wrote them.

namespace {

const std::string data = "tests/src/readers/data/";
const std::string store = data + "mlflow_sqlite/mlflow.db";
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

SCENARIO("a run of an MLflow store in SQLite is read as MLflow reads it") {
  const auto run = read_run(store);
  CHECK(is_valid(run));
  CHECK(run.step_name == "step");
  CHECK(series(run, "train/loss").steps == Values{0, 10, 20, 30, 40, 50});
  CHECK(series(run, "train/loss").values == Values{1.0 / 3, 0.25, 0.2, 1.0 / 6, 1.0 / 7, 0.125});
  CHECK(series(run, "val loss").steps == Values{0, 10, 20, 30});
  CHECK(std::isnan(series(run, "val loss").values[1]));
  CHECK(series(run, "val loss").values[2] == infinity);
  CHECK(series(run, "val loss").values[3] == -infinity);
  CHECK(series(run, "time").values.front() == 1700000000);
  CHECK(std::get<double>(run.config.at("learning_rate")) == 0.01);
  CHECK(std::get<bool>(run.config.at("nesterov")));
  CHECK(run.notes.empty());

  THEN("the run may be named, by its name or how its id begins") {
    CHECK(series(read_run(store + "/calm-fox-1"), "best").values == Values{0.25});
    auto other = try_read(store + "/bold-cat-2");
    REQUIRE_FALSE(other.has_value());
    CHECK(other.error().what.starts_with("no run is called bold-cat-2; there are calm-fox-1 "));
  }
  THEN("a folder that holds the store is the run") {
    CHECK(series(read_run(data + "mlflow_sqlite"), "best").values == Values{0.25});
  }
}

SCENARIO("tables of tasks and messages are facts, tables by step are series") {
  const auto run = read_run(data + "workflow/board.sqlite");
  CHECK(is_valid(run));
  CHECK(series(run, "loss").steps == Values{0, 10, 20, 30, 40});
  CHECK(series(run, "loss").values[2] == 0.2);
  const auto& tasks = run.tables.at("task");
  REQUIRE(tasks.size() == 3);
  CHECK(std::get<std::string>(tasks[0].at("id")) == "t1");
  CHECK(std::get<double>(tasks[0].at("updated_at")) == 1706702400);
  CHECK(std::get<double>(tasks[0].at("attempts")) == 2);
  CHECK_FALSE(tasks[2].contains("owner"));
  CHECK(std::get<std::string>(run.tables.at("message")[1].at("content")) == "später");
  CHECK_FALSE(run.tables.contains("version"));
}

SCENARIO("a damaged database gives what can be read of it") {
  const std::string bytes = bytes_of_file(store);
  CHECK(problem_of(bytes.substr(0, 60)).what == "the database is cut off within its header");
  std::string cut = bytes;
  cut.resize(bytes.size() / 2);
  const RunFolder folder;
  auto run = try_read(folder.write("mlflow.db", cut));
  if (!run) {
    CHECK_FALSE(run.error().what.empty());
  } else {
    CHECK(is_valid(*run));
  }
}

SCENARIO("a database cannot make the reader run a query without an end") {
  const auto run = try_read(data + "sqlite_view/endless.sqlite");
  REQUIRE_FALSE(run.has_value());
  CHECK(run.error().what == "the store holds no run with metrics");
}

SCENARIO("only files that hold several things have parts") {
  const RunFolder folder;
  const std::string path =
      folder.write("metrics.jsonl", "{\"step\": 1, \"loss\": 2}\n{\"step\": 2, \"loss\": 1}\n");
  auto run = try_read(path + "/run7");
  REQUIRE_FALSE(run.has_value());
  CHECK(run.error().what == "it has no part `run7`");
}
