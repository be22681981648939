#include "tests/src/run_folder.hpp"

SCENARIO("JSON documents are read by their shape") {
  GIVEN("columns, as Keras keeps its history") {
    const auto run =
        run_of(R"({"loss": [0.5, NaN, 0.25], "val_loss": [0.75, null, 0.5], "lr": 0.1})");
    CHECK(series(run, "loss").steps == Values{0, 1, 2});
    CHECK(std::isnan(series(run, "loss").values[1]));
    CHECK(series(run, "val_loss").steps == Values{0, 2});
    CHECK(std::get<double>(run.config.at("lr")) == 0.1);
  }

  GIVEN("columns of unequal lengths") {
    const auto run = run_of(R"({"losses": [6, 5, 4, 3, 2, 1], "val_losses": [5, 2]})");
    CHECK(series(run, "losses").steps == Values{0, 1, 2, 3, 4, 5});
    CHECK(series(run, "val_losses").steps == Values{2, 5});
    CHECK(notes_mention(run, "even distances"));
  }

  GIVEN("a list of rows") {
    const auto run = run_of(
        "[\n {\"iteration\": 10, \"main/loss\": 2},\n {\"iteration\": 20, \"main/loss\": 1}\n]");
    CHECK(run.step_name == "iteration");
    CHECK(series(run, "main/loss").steps == Values{10, 20});
  }

  GIVEN("a table as pandas writes it") {
    const auto run = run_of(R"({"step": {"0": 10, "1": 20}, "loss": {"0": 2.5, "1": 1.5}})");
    CHECK(series(run, "loss").values == Values{2.5, 1.5});
  }

  GIVEN("a scalar exported from TensorBoard") {
    const auto run =
        run_of("[[1700000000.5, 10, 0.5], [1700000001.5, 20, 0.25]]", "train_loss.json");
    CHECK(series(run, "train_loss").steps == Values{10, 20});
  }

  GIVEN("the state of a Hugging Face Trainer") {
    const auto run =
        run_of(R"({"best_metric": null, "epoch": 2.0, "global_step": 20, "max_steps": 20,
      "log_history": [
        {"epoch": 1.0, "grad_norm": 1.5, "learning_rate": 5e-05, "loss": 2.5, "step": 10},
        {"epoch": 1.0, "eval_loss": 2.25, "eval_runtime": 1.5, "step": 10},
        {"epoch": 2.0, "grad_norm": 1.25, "learning_rate": 2.5e-05, "loss": 1.5, "step": 20},
        {"epoch": 2.0, "step": 20, "total_flos": 0.0, "train_loss": 2.0, "train_runtime": 9.5}]})");
    CHECK(is_valid(run));
    CHECK(series(run, "loss").steps == Values{10, 20});
    CHECK(series(run, "eval_loss").values == Values{2.25});
    CHECK(series(run, "epoch").values == Values{1, 2});
    CHECK(std::get<double>(run.config.at("max_steps")) == 20);
  }

  GIVEN("a document that ends early") {
    const auto problem = problem_of("{\n\"loss\": [1, 2,\n");
    CHECK(problem.where == "log:3");
    CHECK(problem.what == "the JSON ends early");
  }

  GIVEN("nesting without end") {
    const auto problem = problem_of(std::string(100000, '[') + std::string(100000, ']'));
    CHECK(problem.what == "it is nested more than 256 deep");
  }

  GIVEN("an empty file") { CHECK(problem_of("\n \n").what == "the file is empty"); }
}

SCENARIO("a run document says what its caller knows") {
  const auto run = run_of(
      R"({"schema": "fmx-run/1", "task": "Diagnose", "symptoms": ["loss diverged"], "expected": "falls",
    "config": {"optimizer": {"lr": "0.1"}, "amp": true}, "environment": {"framework": "pytorch"},
    "tried": ["clipping", {"fix": "lower_learning_rate", "outcome": "no_change"}],
    "series": {"train/loss": {"step": [0, 10, 20], "value": [2.5, "NaN", 1.5]}, "acc": [0.1, 0.2]},
    "tables": {"task": [{"id": "t1", "hours": 2}]}, "logs": ["first\nsecond"], "colour": 3})");
  CHECK(is_valid(run));
  CHECK(run.task == "Diagnose");
  CHECK(run.symptoms == std::vector<std::string>{"loss diverged"});
  CHECK(std::get<double>(run.config.at("optimizer/lr")) == 0.1);
  CHECK(std::get<bool>(run.config.at("amp")));
  CHECK(run.environment.at("framework") == "pytorch");
  CHECK(run.tried[1].fix == "lower_learning_rate");
  CHECK(run.tried[1].outcome == "no_change");
  CHECK(series(run, "train/loss").steps == Values{0, 10, 20});
  CHECK(series(run, "acc").values == Values{0.1, 0.2});
  CHECK(std::get<std::string>(run.tables.at("task")[0].at("id")) == "t1");
  CHECK(run.log_lines == std::vector<std::string>{"first", "second"});
  CHECK(notes_mention(run, "`colour`"));

  GIVEN("keys with values of the wrong kind") {
    const auto odd = run_of(
        R"({"schema": "fmx-run/1", "symptoms": 3, "config": [], "series": {"loss": "high"}, "tables": 1, "expected": "x"})");
    CHECK(odd.series.empty());
    CHECK(notes_mention(odd, "`symptoms` was left out"));
    CHECK(notes_mention(odd, "`config` was left out"));
    CHECK(notes_mention(odd, "`series/loss` was left out"));
    CHECK(notes_mention(odd, "`tables` was left out"));
  }
}
