#include "engine/match/guess.hpp"

#include <string>
#include <vector>

#include "engine/match/bind.hpp"
#include "tests/catch.hpp"
#include "tests/engine/made_knowledge.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

Knowledge some_metrics() {
  Knowledge knowledge;
  knowledge.prefixes = {"train", "optim"};
  knowledge.suffixes = {"step", "epoch"};
  const auto add = [&](const char* name, std::vector<std::string> aliases) {
    auto metric = test::named<Metric>(name);
    metric.aliases = std::move(aliases);
    knowledge.metrics.push_back(std::move(metric));
  };
  add("grad_norm", {"grad_norm", "gradient_norm"});
  add("policy_entropy", {"policy/entropy"});
  add("train_loss", {"train_loss", "loss"});
  add("val_accuracy", {"val_accuracy", "val_acc"});
  add("val_loss", {"val_loss"});
  knowledge.metrics[3].lowest = 0;
  knowledge.metrics[3].highest = 1;
  return knowledge;
}

/// The metric that a name is taken for, or "nothing".
std::string guessed(const std::string& name) {
  const Knowledge knowledge = some_metrics();
  const auto guess = Guesses(knowledge).metric_of(name);
  return guess ? knowledge.metrics[guess->metric].name : "nothing";
}

Run logs(std::vector<std::pair<std::string, std::vector<double>>> series) {
  Run run;
  for (auto& [name, values] : series)
    run.series.push_back({name, {0, 1}, std::move(values), "log"});
  return run;
}

}  // namespace

TEST_CASE("a name is taken for the metric that it comes close to, and to no other") {
  const auto [name, metric] = GENERATE(table<std::string, std::string>({
      {"norm/grads", "grad_norm"},                 // another order, a plural
      {"gradients_norm", "grad_norm"},             //
      {"policy_entropies", "policy_entropy"},      //
      {"losses", "train_loss"},                    //
      {"losss", "train_loss"},                     // a letter twice
      {"lossy", "nothing"},                        // another word
      {"entropy/train/policy", "policy_entropy"},  // a word that packs call a prefix
      {"grad_nrom", "grad_norm"},                  // two letters exchanged
      {"gradiant_norm", "grad_norm"},              // another letter
      {"val_acuracy", "val_accuracy"},             // a letter less
      {"val_accuraccy", "val_accuracy"},           // a letter more
      {"bal_loss", "nothing"},                     // the first letter
      {"test_loss", "nothing"},
      {"value_loss", "nothing"},
      {"grad", "nothing"},
      {"gran_norm", "nothing"},  // too short a word
      {"entropy", "nothing"},
      {"loss_2", "nothing"},
      {"", "nothing"},
  }));
  CAPTURE(name);
  CHECK(guessed(name) == metric);
}

TEST_CASE("what is close to two metrics is taken for none") {
  Knowledge knowledge = some_metrics();
  auto other = test::named<Metric>("norm_of_grad");
  other.aliases = {"norm_grad"};
  knowledge.metrics.push_back(other);
  CHECK_FALSE(Guesses(knowledge).metric_of("norms/grad"));
}

TEST_CASE("a series that no alias names carries a metric by a guess, and the binding says so") {
  const Knowledge knowledge = some_metrics();
  const Binding binding = bind(knowledge, logs({{"grad_nrom", {1, 2}}}));
  REQUIRE(binding.metrics[0].size() == 1);
  CHECK(binding.metrics[0][0].agreement == Agreement::guessed);
  CHECK(binding.metrics[0][0].alias == "grad_norm");
  CHECK(binding.unused.empty());
}

TEST_CASE("nothing is guessed for a metric that a series carries already") {
  const Binding binding =
      bind(some_metrics(), logs({{"grad_norm", {1, 2}}, {"grad_nrom", {1, 2}}}));
  CHECK(binding.metrics[0].size() == 1);
  CHECK(binding.unused == std::vector<std::size_t>{1});
}

TEST_CASE("of two series that would be guessed for one metric neither is") {
  const Binding binding =
      bind(some_metrics(), logs({{"grad_nrom", {1, 2}}, {"norm_grads", {1, 2}}}));
  CHECK(binding.metrics[0].empty());
  CHECK(binding.unused.size() == 2);
}

TEST_CASE("a guess must fit the range that its metric declares") {
  CHECK(bind(some_metrics(), logs({{"val_acuracy", {0.5, 0.9}}})).metrics[3].size() == 1);
  CHECK(bind(some_metrics(), logs({{"val_acuracy", {50, 90}}})).metrics[3].empty());
}

TEST_CASE("a known suffix comes off a name as a known prefix does") {
  const Binding binding = bind(some_metrics(), logs({{"optim/val_acc_epoch", {0.5, 0.9}}}));
  REQUIRE(binding.metrics[3].size() == 1);
  CHECK(binding.metrics[3][0].agreement == Agreement::stripped);
  CHECK(binding.metrics[3][0].alias == "val_acc");
}
