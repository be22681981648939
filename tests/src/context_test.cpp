// What a user tells about a run, in files and in words.

#include "engine/match/words.hpp"
#include "src/commands/run_input.hpp"
#include "src/readers/yaml_text.hpp"
#include "tests/catch.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;

namespace {

engine::Run with_context(const std::string& name, const std::string& text) {
  const RunFolder folder;
  commands::RunOptions options;
  options.context = folder.write(name, text);
  const auto run = commands::read_run(options, Knowledge());
  if (!run) FAIL(run.error().where + ": " + run.error().what);
  return *run;
}

constexpr auto yaml = R"(symptoms:
  - the loss is NaN
expected: "it falls"
changed: switched to fp16 at step 500
tried:
  - gradient clipping
  - {fix: lower_learning_rate, outcome: no_change}
environment: {framework: pytorch, gpus: 8}
config:
  learning_rate: 1e-3
  name: "007"
)";

}  // namespace

TEST_CASE("a context may be YAML or JSON, and says the same") {
  const engine::Run run = with_context("context.yaml", yaml);
  CHECK(run.symptoms == std::vector<std::string>{"the loss is NaN"});
  CHECK(run.expected == "it falls");
  CHECK(run.changed == "switched to fp16 at step 500");
  REQUIRE(run.tried.size() == 2);
  CHECK(run.tried[1].outcome == "no_change");
  CHECK(run.environment.at("gpus") == "8");
  CHECK(run.config.at("learning_rate") == engine::Setting(1e-3));

  const engine::Run same =
      with_context("context.json", R"({"symptom": "the loss is NaN", "expected": "it falls"})");
  CHECK(same.symptoms == run.symptoms);
  CHECK(same.expected == run.expected);
}

TEST_CASE("a YAML file in a run's folder with such keys is context, any other is config") {
  const RunFolder folder;
  folder.write("metrics.jsonl", "{\"step\": 1, \"loss\": 2}\n{\"step\": 2, \"loss\": 1}\n");
  folder.write("notes.yaml", yaml);
  folder.write("config.yaml", "lr: 0.1\nbatch_size: 4\nlogs: [tensorboard]\n");
  const engine::Run run = read_run(folder.path());
  CHECK(run.symptoms.size() == 1);
  CHECK(run.config.contains("batch_size"));
  CHECK(run.log_lines.empty());
}

TEST_CASE("a context that cannot be read says where and what to do") {
  const RunFolder folder;
  commands::RunOptions options;
  options.context = folder.write("bad.yaml", "symptoms: [\n");
  const auto broken = commands::read_run(options, Knowledge());
  REQUIRE_FALSE(broken);
  CHECK(broken.error().where.find("bad.yaml:") != std::string::npos);
  options.context = folder.write("list.yaml", "- a\n- b\n");
  const auto list = commands::read_run(options, Knowledge());
  REQUIRE_FALSE(list);
  CHECK(list.error().what == "it is no run document");
}

TEST_CASE("words alone are a run, nothing at all is not") {
  commands::RunOptions options;
  CHECK_FALSE(commands::read_run(options, Knowledge()));
  options.symptoms = {"loss is nan"};
  const auto run = commands::read_run(options, Knowledge());
  REQUIRE(run);
  CHECK(run->series.empty());
  CHECK(notes_mention(*run, "only words"));
}

TEST_CASE("YAML keeps what stands in quotes as text, and is not endless") {
  const auto json = readers::parse_yaml("{a: '1', b: 1, c: true, d: ~}", "x.yaml");
  REQUIRE(json);
  CHECK((*json)["a"] == "1");
  CHECK((*json)["b"] == 1.0);
  CHECK((*json)["c"] == true);
  CHECK((*json)["d"].is_null());
  std::string bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n";
  for (int i = 1; i < 9; ++i) {
    const std::string before = "*a" + std::to_string(i - 1);
    bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) bomb += (k > 0 ? "," : "") + before;
    bomb += "]\n";
  }
  CHECK_FALSE(readers::parse_yaml(bomb, "x.yaml"));
}

TEST_CASE("a description says what a phrase says, in some form, where it does not deny it") {
  const auto [text, phrase, said] = GENERATE(table<std::string, std::string, bool>({
      {"The loss became NaN at step 300!", "loss is nan", true},
      {"our loss is NaN", "loss is nan", true},
      {"loss exploded after an hour", "loss explodes", true},
      {"validation loss goes up", "validation loss goes up", true},
      {"there is no NaN loss", "nan loss", false},
      {"the gradients don't explode", "gradients explode", false},
      {"our model's loss explodes", "loss explodes", true},
      {"it trains without loss spikes", "loss spikes", false},
      {"first no loss spikes, then loss spikes", "loss spikes", true},
      {"accuracy does not improve", "not improve", true},
      {"loss", "loss is nan", false},
      {"", "loss", false},
      {"the", "", false},
  }));
  CAPTURE(text, phrase);
  CHECK(engine::says(engine::words(text), engine::words(phrase)) == said);
}
