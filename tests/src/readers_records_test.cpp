#include "tests/src/run_folder.hpp"

namespace {

const fmx::engine::Setting& cell(const fmx::engine::Run& run, const std::string& table,
                                 std::size_t row, const std::string& key) {
  return run.tables.at(table).at(row).at(key);
}

}  // namespace

SCENARIO("tasks, messages and events are facts, not curves") {
  GIVEN("JSON lines with dates and lists") {
    const RunFolder folder;
    const auto path =
        folder.write("tasks.jsonl",
                     "{\"id\": \"t1\", \"owner\": \"ann\", \"status\": \"in_progress\", "
                     "\"updated\": \"2024-02-29T12:00:01Z\", \"blockedBy\": [\"t2\", \"t3\"]}\n"
                     "{\"id\": \"t2\", \"owner\": \"bob\", \"status\": \"blocked\", \"updated\": "
                     "5, \"blockedBy\": []}\n");
    const auto run = read_run(path);
    CHECK(run.series.empty());
    CHECK(run.notes.empty());
    REQUIRE(run.tables.at("task").size() == 2);
    CHECK(std::get<std::string>(cell(run, "task", 0, "owner")) == "ann");
    CHECK(std::get<double>(cell(run, "task", 0, "updated")) == 1709208001);
    CHECK(std::get<double>(cell(run, "task", 1, "updated")) == 5);
    REQUIRE(run.tables.at("blocked_by").size() == 2);
    CHECK(std::get<std::string>(cell(run, "blocked_by", 1, "task")) == "t1");
    CHECK(std::get<std::string>(cell(run, "blocked_by", 1, "on")) == "t3");
  }

  GIVEN("one JSON document with several tables") {
    const auto run = run_of(
        R"({"events": [{"at": 5, "agent": "a", "kind": "edit"}, {"at": 6, "agent": "b", "kind": "say"}],
                               "agents": [{"name": "a", "role": "lead"}]})");
    CHECK(run.tables.at("event").size() == 2);
    CHECK(std::get<double>(cell(run, "event", 1, "at")) == 6);
    CHECK(std::get<std::string>(cell(run, "agent", 0, "role")) == "lead");
  }

  GIVEN("a CSV file") {
    const RunFolder folder;
    const auto run =
        read_run(folder.write("message.csv", "id,from,to,at\n1,ann,bob,5\n2,bob,ann,6\n"));
    CHECK(std::get<std::string>(cell(run, "message", 1, "to")) == "ann");
    CHECK(std::get<double>(cell(run, "message", 1, "at")) == 6);
  }

  GIVEN("metrics whose rows hold a word each") {
    const auto run = run_of(
        "{\"step\": 1, \"phase\": \"train\", \"type\": \"a\", \"loss\": 3}\n{\"step\": 2, "
        "\"phase\": \"train\", \"type\": \"a\", \"loss\": 2}\n");
    CHECK(run.tables.empty());
    CHECK(series(run, "loss").values == Values{3, 2});
  }
}

SCENARIO("what a program logs about itself is no course of a run") {
  const auto run = run_of(
      R"({"time":"2026-11-21T17:30:48Z","level":"INFO","msg":"starting","pid":20194,"idle-timeout":6})"
      "\n"
      R"({"time":"2026-11-21T17:30:49Z","level":"INFO","msg":"will exit","pid":20194,"idle-timeout":6})"
      "\n",
      "debug.jsonl");
  CHECK(run.series.empty());
  CHECK(run.tables.at("debug").size() == 2);

  GIVEN("a trainer that logs its metrics so") {
    const auto metrics = run_of(R"({"level":"info","msg":"train","step":1,"loss":2})"
                                "\n"
                                R"({"level":"info","msg":"train","step":2,"loss":1})"
                                "\n");
    CHECK(series(metrics, "loss").values == Values{2, 1});
  }
}
