#include <sys/stat.h>

#include <filesystem>

#include "tests/src/run_folder.hpp"

using fmx::readers::read;

SCENARIO("a run's folder is read as a whole") {
  const RunFolder folder;
  folder.write("metrics.jsonl", "{\"step\": 0, \"loss\": 2}\n{\"step\": 1, \"loss\": 1}\n");

  GIVEN("a config, a script and files that are none of a run's") {
    folder.write(
        "config.yaml",
        "optimizer:\n  lr: 1e-3\n  betas: [0.9, 0.999]\nname: test\nfp16: true\nnothing: null\n");
    folder.write("train.py", "loss.backward()\n");
    folder.write(
        "label.json",
        R"({"label": "a", "severity": "mild", "params": {"loss": 5, "lr": 3}, "effect": {"ratio": 2.5}})");
    folder.write("data.csv", "x,y\n1,2\n3,4\n");
    folder.write("weights.bin", std::string("\x00\x01\x02", 3));
    const auto run = read_run(folder.path());
    CHECK(run.series.size() == 1);
    CHECK(std::get<double>(run.config.at("optimizer/lr")) == 1e-3);
    CHECK(std::get<double>(run.config.at("optimizer/betas/1")) == 0.999);
    CHECK(std::get<std::string>(run.config.at("name")) == "test");
    CHECK(std::get<bool>(run.config.at("fp16")));
    CHECK(run.config.size() == 5);
    CHECK(run.code == std::vector<std::string>{"loss.backward()\n"});
    CHECK(run.notes.empty());
  }

  GIVEN("a config that is no JSON") {
    folder.write("config.json", "{\"lr\": 0.1,\n \"batch_size\" 3}");
    const auto run = read_run(folder.path());
    CHECK(run.series.size() == 1);
    CHECK(notes_mention(run, "config.json:2"));
  }

  GIVEN("links that lead back to the folder") {
    std::filesystem::create_directory_symlink(folder.path(), folder.path() + "/again");
    CHECK(read_run(folder.path()).series.size() == 1);
  }

  GIVEN("a run document beside the metrics") {
    folder.write("context.json", R"({"symptoms": ["it explodes"], "config": {"lr": 1}})");
    const auto run = read_run(folder.path());
    CHECK(run.symptoms == std::vector<std::string>{"it explodes"});
    CHECK(std::get<double>(run.config.at("lr")) == 1);
  }
}

SCENARIO("inputs that cannot be used are problems with a remedy") {
  const RunFolder folder;
  GIVEN("a path that does not exist") {
    const auto run = try_read(folder.path() + "/none.jsonl");
    REQUIRE_FALSE(run.has_value());
    CHECK(run.error().where == "none.jsonl");
    CHECK(run.error().what == "No such file or directory");
  }
  GIVEN("a folder without metrics") {
    const auto run = try_read(folder.path());
    REQUIRE_FALSE(run.has_value());
    CHECK(run.error().what == "nothing of a run was found");
  }
  GIVEN("a folder with several runs") {
    folder.write("a/metrics.jsonl", "{\"step\": 0, \"loss\": 2}\n{\"step\": 1, \"loss\": 1}\n");
    folder.write("b/metrics.jsonl", "{\"step\": 0, \"loss\": 2}\n{\"step\": 1, \"loss\": 1}\n");
    const auto run = try_read(folder.path());
    REQUIRE_FALSE(run.has_value());
    CHECK(run.error().what == "the folder holds 2 runs: a, b");
  }
}

SCENARIO("options name a config and a context") {
  const RunFolder folder;
  const std::string log =
      folder.write("metrics.jsonl", "{\"step\": 0, \"loss\": 2}\n{\"step\": 1, \"loss\": 1}\n");

  GIVEN("configs in JSON, YAML and TOML") {
    const auto config =
        GENERATE(as<std::string>{}, "{\"optim\": {\"lr\": 0.25}, \"fp16\": false}",
                 "optim:\n  lr: 0.25\nfp16: false\n", "fp16 = false\n[optim]\nlr = 0.25\n");
    const auto run = read({.inputs = {log}, .config = folder.write("c", config), .context = {}});
    REQUIRE(run.has_value());
    CHECK(std::get<double>(run->config.at("optim/lr")) == 0.25);
    CHECK_FALSE(std::get<bool>(run->config.at("fp16")));
  }
  GIVEN("a config that is missing or broken") {
    const auto missing =
        read({.inputs = {log}, .config = folder.path() + "/no.json", .context = {}});
    REQUIRE_FALSE(missing.has_value());
    CHECK(missing.error().where == folder.path() + "/no.json");
    const auto broken = read(
        {.inputs = {log}, .config = folder.write("c.json", "{\"lr\": [1, 2\n"), .context = {}});
    REQUIRE_FALSE(broken.has_value());
    CHECK(broken.error().remedy == "mend the JSON at this line");
  }
  GIVEN("a context whose artifacts are no files") {
    const std::string pipe = folder.path() + "/pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);  // nobody ever writes to it
    const std::string context =
        folder.write("run.json", R"({"symptoms": "x", "artifacts": {"training_logs": "pipe"}})");
    const auto run = read({.inputs = {}, .config = {}, .context = context});
    REQUIRE(run.has_value());
    CHECK(notes_mention(*run, "pipe: a document can only name files"));
  }
  GIVEN("a document that came with the run and names a file elsewhere") {
    folder.write("secret.txt", "loss 1\n");
    const std::string document = folder.write(
        "run/run.json",
        R"({"series": {"loss": [3, 2]}, "artifacts": {"training_logs": "../secret.txt"}})");
    const auto run = read({.inputs = {document}, .config = {}, .context = {}});
    REQUIRE(run.has_value());
    CHECK(series(*run, "loss").values == Values{3, 2});
    CHECK(notes_mention(*run, "`../secret.txt` was not opened"));
  }
  GIVEN("a context whose artifacts are the run") {
    folder.write("losses.csv", "step,val_loss\n0,3\n1,2\n");
    const auto context = folder.write(
        "context.json",
        R"({"artifacts": {"loss_curves": "losses.csv", "training_logs": "gone.txt"}})");
    const auto run = read({.inputs = {}, .config = {}, .context = context});
    REQUIRE(run.has_value());
    CHECK(series(*run, "val_loss").values == Values{3, 2});
    CHECK(notes_mention(*run, "gone.txt: No such file"));
  }
}

SCENARIO("an Aim repository is said to be one") {
  const RunFolder folder;
  folder.write(".aim/seqs/chunks/7f/000010.sst", "bytes");
  const auto run = read({.inputs = {folder.path()}, .config = {}, .context = {}});
  REQUIRE(!run);
  CHECK(run.error().what.find("RocksDB") != std::string::npos);
}

SCENARIO("a link to a run beside it makes no second run") {
  const RunFolder folder;
  folder.write("wandb/run-1/metrics.jsonl",
               "{\"step\": 1, \"loss\": 2}\n{\"step\": 2, \"loss\": 1}\n");
  folder.write("wandb/run-1/logs/debug.log",
               "2026-11-21 17:30:48,516 INFO MainThread:20194 [a.py:1] hi\n");
  std::filesystem::create_directory_symlink("run-1", folder.path() + "/wandb/latest-run");
  std::filesystem::create_symlink("run-1/logs/debug.log", folder.path() + "/wandb/debug.log");
  const auto run = read_run(folder.path());
  REQUIRE(run.series.size() == 1);
  CHECK(run.series.front().origin == "wandb/run-1/metrics.jsonl");
}
