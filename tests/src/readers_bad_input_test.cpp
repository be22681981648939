#include "tests/src/run_folder.hpp"

// What people's runs do wrong, and what becomes of it.

SCENARIO("a CSV with decimal commas needs no header") {
  const auto run = run_of("0;2,5;0,1\n1;2,25;0,1\n2;2;0,05\n", "log.csv");
  CHECK(series(run, "column_2").values == Values{2.5, 2.25, 2});
  CHECK(series(run, "column_3").values == Values{0.1, 0.1, 0.05});
  CHECK(series(run_of("2,5\t0,1\n2,25\t0,1\n", "log.tsv"), "column_1").values == Values{2.5, 2.25});
}

SCENARIO("columns by the ten thousand are read, with and without names") {
  std::string names = "step", row, rows;
  for (int i = 0; i < 10'000; ++i) {
    names += ",expert_" + std::to_string(i) + "/load";
    row += ",0.5";
  }
  rows = "1" + row + "\n2" + row + "\n3" + row + "\n";
  const auto run = run_of(names + "\n" + rows, "wide.csv");
  CHECK(run.series.size() == 10'000);
  CHECK(series(run, "expert_9999/load").steps == Values{1, 2, 3});
  CHECK(run_of(rows + rows + rows, "headerless.csv").series.size() == 10'001);
}

SCENARIO("deeply nested documents lose nothing up to the limit, and say what is beyond") {
  const auto nested = [](int depth) {
    std::string text = "{\"step\": [0, 1], ";
    for (int i = 0; i < depth; ++i) text += "\"a\": {";
    text += "\"loss\": [2, 1]";
    return text + std::string(static_cast<std::size_t>(depth) + 1, '}');
  };
  std::string name = "loss";
  for (int i = 0; i < 40; ++i) name.insert(0, "a/");
  CHECK(series(run_of(nested(40), "history.json"), name).values.size() == 2);
  CHECK(problem_of(nested(300), "history.json").what == "it is nested more than 256 deep");

  std::string row = ", ";
  for (int i = 0; i < 100; ++i) row += "\"a\": {";
  row += "\"loss\": 2" + std::string(101, '}') + "\n";
  CHECK(run_of("{\"step\": 1" + row + "{\"step\": 2" + row).series.size() == 1);
}

SCENARIO("a gap in a config is an error with its line, not a setting less") {
  const RunFolder folder;
  folder.write("metrics.csv", "step,loss\n1,2\n2,1\n");
  folder.write("config.json", "{\"lr\": 0.1,, \"seed\": 1}");
  const auto run = read_run(folder.path());
  CHECK(notes_mention(run, "config.json:1"));
  CHECK(run.config.empty());
}

SCENARIO("a README is no log of the run") {
  const RunFolder folder;
  folder.write("metrics.csv", "step,loss\n1,2\n2,1\n");
  folder.write("README.md", "# Results\n\nlearning rate: 0.1\nCUDA out of memory may happen\n");
  folder.write("requirements.txt", "torch==2.1\nnumpy==1.26\n");
  folder.write("stderr.txt", "RuntimeError: CUDA out of memory\n");
  const auto run = read_run(folder.path());
  CHECK(run.log_lines == std::vector<std::string>{"RuntimeError: CUDA out of memory"});
  CHECK(run.config.empty());
}

SCENARIO("scripts that are left out are counted") {
  const RunFolder folder;
  folder.write("metrics.csv", "step,loss\n1,2\n2,1\n");
  folder.write("big.py", std::string(2u << 20, '#'));
  for (int i = 0; i < 60; ++i) folder.write("s" + std::to_string(i) + ".py", "x = 1\n");
  const auto run = read_run(folder.path());
  CHECK(run.code.size() == 49);
  CHECK(notes_mention(run, "big.py: a script of more than 1 MB was left out"));
  CHECK(notes_mention(run, "only the first 50 of 61 scripts were kept"));
}

SCENARIO("a clock that was set back is still the clock") {
  std::string text = "step,timestamp,loss\n";
  for (int i = 0; i < 50; ++i) {
    const int back = i >= 25 ? 10 : 0;
    text += std::to_string(i) + "," + std::to_string(1000 + 2 * i - back) + ",0.5\n";
  }
  const auto run = run_of(text, "log.csv");
  CHECK(series(run, "time").values.size() == 50);
  CHECK(notes_mention(run, "the clock `timestamp` goes back once"));
}

SCENARIO("text that is not UTF-8 is shown where it stands") {
  const auto run =
      run_of("step 1 loss 2\nerreur: fichier d\xe9truit\nstep 2 loss 1\n", "train.log");
  CHECK(
      notes_mention(run, "train.log:2: 1 text that is not UTF-8 was read as Latin-1: \"erreur: "));
  CHECK(run.log_lines.front() == "erreur: fichier d\u00e9truit");
}

SCENARIO("the line of text that is not UTF-8 is told in a long file, too") {
  std::string text = "step,loss,n\u00e4me\n";
  for (int step = 0; step < 50'000; ++step) text += std::to_string(step) + ",0.5,1\n";
  CHECK_FALSE(notes_mention(run_of(text, "log.csv"), "UTF-8"));
  text += "50000,0.5,schl\xfcssel\n";
  CHECK(notes_mention(run_of(text, "log.csv"), "log.csv:50002: "));
}

SCENARIO("a script that is named as a run is told from a log") {
  const RunFolder folder;
  const std::string script = folder.write("train.py", "lr = 0.1\nfor step in range(100): pass\n");
  const auto alone = try_read(script);
  REQUIRE_FALSE(alone.has_value());
  CHECK(alone.error().what == "it is a script, not a log");

  const std::string log = folder.write("log.csv", "step,loss\n1,2\n2,1\n");
  const auto run = fmx::readers::read({.inputs = {log, script}, .config = {}, .context = {}});
  REQUIRE(run.has_value());
  CHECK(run->series.size() == 1);
  CHECK(run->code.size() == 1);
}

SCENARIO("two folders that each hold a run are no one run") {
  const RunFolder folder;
  folder.write("a/metrics.csv", "step,loss\n1,2\n2,1\n3,0.5\n");
  folder.write("b/metrics.csv", "step,loss\n1,3\n2,2.5\n3,2\n");
  folder.write("c/train.log", "step 1 acc=0.5\nstep 2 acc=0.6\nstep 3 acc=0.7\nstep 4 acc=0.8\n");
  const auto of = [&](std::vector<std::string> inputs) {
    for (std::string& input : inputs) input = folder.path() + "/" + input;
    return fmx::readers::read({.inputs = inputs, .config = {}, .context = {}});
  };
  const auto two = of({"a", "b"});
  REQUIRE_FALSE(two.has_value());
  CHECK(two.error().runs == std::vector<std::string>{folder.path() + "/a", folder.path() + "/b"});
  const auto parts = of({"a", "c"});
  REQUIRE(parts.has_value());
  CHECK(has_series(*parts, "loss"));
  CHECK(has_series(*parts, "acc"));
}

SCENARIO("a log level or a rank before the counter does not hide it") {
  const auto run = run_of(
      "INFO step:5/100 loss=2.5\n[rank0] [INFO] step: 10/100 loss=2.25\nINFO step:15/100 loss=2\n");
  CHECK(run.step_name == "step");
  CHECK(series(run, "loss").steps == Values{5, 10, 15});
}

SCENARIO("arguments printed behind dots are settings") {
  const auto run = run_of(
      "------------------------ arguments ------------------------\n"
      "  seq_length ...................................... 2048\n"
      "[default0]:  lr .............................................. 0.0003\n"
      "  fp16 ............................................ True\n"
      " iteration 1/ 10 | lm loss: 2.5E+00 |\n iteration 2/ 10 | lm loss: 2.0E+00 |\n");
  CHECK(std::get<double>(run.config.at("seq_length")) == 2048);
  CHECK(std::get<double>(run.config.at("lr")) == 0.0003);
  CHECK(std::get<bool>(run.config.at("fp16")));
}

SCENARIO("a summary of the last step agrees with the history") {
  const RunFolder folder;
  folder.write("history.jsonl", "{\"_step\": 0, \"loss\": 2}\n{\"_step\": 1, \"loss\": 1}\n");
  folder.write("wandb-summary.json", "{\"_step\": 1, \"loss\": 1, \"_runtime\": 5}");
  const auto run = read_run(folder.path());
  CHECK(series(run, "loss").steps == Values{0, 1});
  CHECK_FALSE(notes_mention(run, "disagree"));
}

SCENARIO("links in circles and files that cannot be opened do not stop the reading") {
  const RunFolder folder;
  folder.write("metrics.csv", "step,loss\n1,2\n2,1\n");
  std::filesystem::create_directory_symlink(folder.path(), folder.path() + "/again");
  std::filesystem::create_symlink("nowhere", folder.path() + "/gone.csv");
  CHECK(series(read_run(folder.path()), "loss").values.size() == 2);
}

SCENARIO("where nothing could be read, the error says why") {
  std::string row = "{\"step\": 1, ";
  for (int i = 0; i < 300; ++i) row += "\"a\": {";
  row += "\"loss\": 2" + std::string(301, '}') + "\n";
  CHECK(problem_of(row + row, "log.jsonl").what.find("more than 256 deep") != std::string::npos);
}
