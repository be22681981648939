#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "src/readers/declared_lines.hpp"
#include "tests/src/run_folder.hpp"

// `log` declarations of packs, as they read a text log: docs/language.md, "Logs".

namespace {

fmx::Knowledge knowledge_of(const std::string& rules) {
  fmx::Sources sources;
  sources.add({"my.fmrule", rules});
  auto parsed = fmx::dsl::parse(sources, 0);
  for (const auto& problem : parsed.diagnostics) FAIL(problem.message);
  auto lowered = fmx::dsl::lower(std::move(sources), {std::move(parsed.tree)});
  for (const auto& problem : lowered.diagnostics) FAIL(problem.message);
  return std::move(lowered.knowledge);
}

const char* const rules = R"(pack demo
metric skipped_steps { kind count }
metric loss_scale { unit nats }
table retry(step: number, at: time, worker: text, task: text, delay: number)
finding skips "Steps are skipped" { when last(skipped_steps) > 1 }
log scaler {
  line "Attempted loss scale: {attempted: number}, reducing to {loss_scale: number}"
  line "overflow, setting loss scale to {loss_scale: number}"
  counts skipped_steps
}
log fit_time { line "fit of iteration {iteration: number} took {step_time: number ms}" }
log retries { line "{at: time} ... worker {worker: text} retries task {task: text} in {delay: number min}" into retry }
log world { line "World size = {world_size: setting}" line "Backend = {backend: text}" }
)";

fmx::engine::Run run_with(const std::string& log, const fmx::Knowledge& knowledge) {
  const RunFolder folder;
  fmx::readers::Request request;
  request.inputs = {folder.write("train.log", log)};
  request.knowledge = &knowledge;
  auto run = fmx::readers::read(request);
  if (!run) FAIL(run.error().what);
  return *run;
}

}  // namespace

SCENARIO("declared lines become samples, counts, settings and rows") {
  const fmx::Knowledge knowledge = knowledge_of(rules);
  const auto run = run_with(
      "WORLD SIZE = 8\n"
      "backend = nccl\n"
      "step 10 loss 2.5\n"
      "[deepspeed] OVERFLOW! Attempted loss scale:   65,536, reducing to 32768\n"
      "step 20 loss 2.25\n"
      "2024-01-31 12:00:00,500 pool-1 worker w7 retries task upload of part 3 in 1.5\n"
      "overflow, setting loss scale to 16384\n"
      "overflow, setting loss scale to 8192\n"
      "step 30 loss 2\n"
      "fit of iteration 40 took 250\n",
      knowledge);
  CHECK(is_valid(run));
  THEN("captures are samples at the step where the line stands") {
    CHECK(series(run, "loss_scale").steps == Values{10, 20});
    CHECK(series(run, "loss_scale").values == Values{32768, 8192});
    CHECK(series(run, "attempted").values == Values{65536});
    CHECK(series(run, "loss").steps == Values{10, 20, 30});
  }
  THEN("a counter in the line places it, and units become base units") {
    CHECK(series(run, "step_time").steps == Values{40});
    CHECK(series(run, "step_time").values == Values{0.25});
  }
  THEN("a count has a value at every step") {
    CHECK(series(run, "skipped_steps").steps == Values{10, 20, 30, 40});
    CHECK(series(run, "skipped_steps").values == Values{1, 3, 3, 3});
  }
  THEN("settings go to the config") {
    CHECK(std::get<double>(run.config.at("world_size")) == 8);
    CHECK(std::get<std::string>(run.config.at("backend")) == "nccl");
  }
  THEN("a row of a table holds its captures, and the step") {
    const auto& rows = run.tables.at("retry");
    REQUIRE(rows.size() == 1);
    CHECK(std::get<double>(rows[0].at("step")) == 20);
    CHECK(std::get<double>(rows[0].at("at")) == 1706702400.5);
    CHECK(std::get<std::string>(rows[0].at("worker")) == "w7");
    CHECK(std::get<std::string>(rows[0].at("task")) == "upload of part 3");
    CHECK(std::get<double>(rows[0].at("delay")) == 90);
  }
}

SCENARIO("a log without a step still counts what it reports") {
  const fmx::Knowledge knowledge = knowledge_of(
      "pack demo\nmetric faults { kind count }\nfinding f \"Faults\" { when logged(faults) }\n"
      "log fault { line \"device ... has fallen off the bus\" counts faults }\n");
  const auto run = run_with("starting\nDevice 3 has  FALLEN off the bus\nbye\n", knowledge);
  CHECK(series(run, "faults").values == Values{1});
  CHECK(run.log_lines.size() == 3);
}

SCENARIO("many counted lines at one step leave the axis as it is") {
  const fmx::Knowledge knowledge = knowledge_of(
      "pack demo\nmetric faults { kind count }\nfinding f \"Faults\" { when logged(faults) }\n"
      "log fault { line \"rank failed\" counts faults }\n");
  std::string log;
  for (int step = 0; step < 5; ++step) {
    log += "step " + std::to_string(step) + " loss 0.5\n";
    for (int i = 0; i < 100; ++i) log += "the rank failed again\n";
  }
  const auto run = run_with(log, knowledge);
  CHECK(run.step_name == "step");
  CHECK(series(run, "faults").values == Values{100, 200, 300, 400, 500});
}

SCENARIO("hundreds of declarations are looked for in one pass") {
  std::string rules = "pack demo\n";
  for (int i = 0; i < 300; ++i) {
    const std::string n = std::to_string(i);
    rules += "log l" + n + " { line \"signature number " + n + " says {v" + n + ": number}\" }\n";
  }
  const fmx::Knowledge knowledge = knowledge_of(rules);
  const fmx::readers::DeclaredLines lines(&knowledge);
  const auto found = lines.find("at last signature number 217 says 4.5 things");
  REQUIRE(found.size() == 1);
  CHECK(found[0].log->name == "l217");
  CHECK(found[0].values[0].text == "4.5");
  CHECK(lines.find("nothing of that kind").empty());
  CHECK(lines.find(std::string(1000, '\xff')).empty());
}
