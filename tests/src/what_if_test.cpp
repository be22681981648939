#include "src/commands/what_if.hpp"

#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"
#include "tests/src/run_folder.hpp"

using namespace fmx;

namespace {

Knowledge some_params() {
  const RunFolder folder;
  folder.write("rules/demo.fmrule", R"(pack demo
param learning_rate { aliases "lr" }
param batch_size { kind count aliases "bs" }
param optimizer { kind text aliases "opt" }
finding fast "Fast" { when learning_rate > 1 }
)");
  return test::knowledge_of({folder.path() + "/rules"});
}

/// What is said against a wish, or what the run then has as `key`.
std::string said_of(const std::string& wish, const std::string& key = "") {
  engine::Run run;
  run.config = {{"lr", 0.1}, {"opt", std::string("sgd")}};
  const auto supposed = commands::suppose(some_params(), run, {wish});
  if (!supposed) return supposed.error().what;
  const engine::Setting& setting = supposed->run.config.at(key);
  if (const auto* text = std::get_if<std::string>(&setting)) return *text;
  return std::to_string(std::get<double>(setting));
}

}  // namespace

TEST_CASE("a setting that is a number is supposed to be one") {
  CHECK(said_of("lr=0.5", "lr") == "0.500000");
  CHECK(said_of("learning_rate=0.5", "lr") == "0.500000");
  CHECK(said_of("opt=adam", "opt") == "adam");
  CHECK(said_of("batch_size=8", "bs") == "8.000000");

  CHECK(said_of("lr=abc") == "`abc` is no number");
  CHECK(said_of("learning_rate=abc") == "`abc` is no number");
  CHECK(said_of("batch_size=large") == "`large` is no number");
  CHECK(said_of("lr=") == "no value is given");
}
