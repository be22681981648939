#include "engine/match/bind.hpp"

#include <algorithm>
#include <string>
#include <vector>

#include "engine/match/name.hpp"
#include "knowledge/spelling.hpp"
#include "tests/catch.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

Metric metric(std::string name, std::vector<std::string> aliases,
              std::vector<std::string> labels = {}) {
  Metric metric;
  metric.id = "test." + name;
  metric.name = std::move(name);
  metric.aliases = std::move(aliases);
  metric.labels = std::move(labels);
  return metric;
}

Param param(std::string name, std::vector<std::string> aliases) {
  Param param;
  param.id = "test." + name;
  param.name = std::move(name);
  param.aliases = std::move(aliases);
  return param;
}

Run logs(const std::vector<std::string>& names) {
  Run run;
  for (const std::string& name : names) run.series.push_back({name, {0, 1}, {1, 2}, "log"});
  return run;
}

Run configured(const std::vector<std::string>& keys) {
  Run run;
  for (const std::string& key : keys) run.config[key] = 1.0;
  return run;
}

/// "train_loss <- Loss/train", "grad_norm[a] <- grad_norm/a": who carries what, guesses marked by
/// `?`.
std::vector<std::string> lines(const Knowledge& knowledge, const Run& run) {
  const Binding binding = bind(knowledge, run);
  std::vector<std::string> all;
  for (std::size_t m = 0; m < binding.metrics.size(); ++m) {
    for (const Member& member : binding.metrics[m]) {
      std::string line = knowledge.metrics[m].name;
      for (const std::string& label : member.labels) line += "[" + label + "]";
      all.push_back(line + (member.agreement != Agreement::exact ? " <-? " : " <- ") +
                    run.series[member.series].name);
    }
  }
  for (const std::size_t s : binding.unused) all.push_back("- " + run.series[s].name);
  return all;
}

using Lines = std::vector<std::string>;

Knowledge some_metrics() {
  Knowledge knowledge;
  knowledge.prefixes = {"train", "optim"};
  knowledge.metrics = {
      metric("grad_norm",
             {"grad_norm", "gnorm", "grad_norm/{module}", "gradients/{module}/norm",
              "{module}_grad_norm"},
             {"module"}),
      metric("rank_loss", {"rank_loss_{rank}"}, {"rank"}),
      metric("train_loss", {"loss", "train_loss", "Loss/train"}),
      metric("val_loss", {"val_loss", "eval/loss"}),
      metric("attention_entropy", {"layers/{layer}/heads/{head}/entropy"}, {"layer", "head"}),
  };
  return knowledge;
}

}  // namespace

TEST_CASE("a normal form splits camelCase and makes every separator an underscore") {
  const auto [spelt, normal] = GENERATE(table<std::string, std::string>({
      {"Loss/train", "loss_train"},
      {"loss.train", "loss_train"},
      {"trainLoss", "train_loss"},
      {"GPUMemory", "gpu_memory"},
      {"L2Norm", "l2_norm"},
      {"LR", "lr"},
      {"eval/F1", "eval_f1"},
      {"grad_norm//layer 1", "grad_norm_layer_1"},
      {"(loss)", "loss"},
      {"", ""},
      {"___", ""},
  }));
  CAPTURE(spelt);
  CHECK(normal_form(spelt) == normal);
}

TEST_CASE("names that are longer than any logger's carry nothing, and cost little") {
  std::string prefixes, settings;
  for (int i = 0; i < 200'000; ++i) prefixes += "train/", settings += "a.";
  Run run = logs({prefixes + "loss"});
  run.config[settings + "lr"] = 0.1;
  Knowledge knowledge = some_metrics();
  knowledge.params = {param("learning_rate", {"lr"})};
  const Binding binding = bind(knowledge, run);
  CHECK(binding.unused == std::vector<std::size_t>{0});
  CHECK_FALSE(binding.params[0]);
}

TEST_CASE("names in other scripts stay different") {
  CHECK(normal_form("损失") != normal_form("学习率"));
}

TEST_CASE("a label between the pieces of an alias is as short as possible from the left") {
  const auto found =
      between(alias_of("layers/{layer}/heads/{head}").spelt, "layers/a/heads/b/heads/c");
  REQUIRE(found);
  CHECK(*found == std::vector<std::string_view>{"a", "b/heads/c"});
  CHECK_FALSE(between(alias_of("layers/{layer}/heads/{head}").spelt, "layers//heads/b"));
  CHECK_FALSE(between(alias_of("{x}_norm").spelt, "_norm"));
}

TEST_CASE("series are bound by alias, spelling and prefix") {
  const auto [name, bound] = GENERATE(table<std::string, std::string>({
      {"loss", "train_loss <- loss"},
      {"Loss/train", "train_loss <- Loss/train"},
      {"loss_train", "train_loss <-? loss_train"},
      {"trainLoss", "train_loss <-? trainLoss"},
      {"train/loss", "train_loss <-? train/loss"},
      {"optim/train/loss", "train_loss <-? optim/train/loss"},
      {"eval/loss", "val_loss <- eval/loss"},
      {"gnorm", "grad_norm <- gnorm"},
      {"grad_norm/layer1", "grad_norm[layer1] <- grad_norm/layer1"},
      {"grad_norm/Layer.1/w", "grad_norm[Layer.1/w] <- grad_norm/Layer.1/w"},
      {"gradients.Attn.norm", "grad_norm[Attn] <-? gradients.Attn.norm"},
      {"train/grad_norm/Enc", "grad_norm[Enc] <-? train/grad_norm/Enc"},
      {"head_grad_norm", "grad_norm[head] <- head_grad_norm"},
      {"train/head_grad_norm", "grad_norm[head] <-? train/head_grad_norm"},
      {"rank_loss_0", "rank_loss[0] <- rank_loss_0"},
      {"RankLoss/7", "rank_loss[7] <-? RankLoss/7"},
      {"layers/3.x/heads/b/entropy", "attention_entropy[3.x][b] <- layers/3.x/heads/b/entropy"},
      {"lossy", "- lossy"},
      {"unloss", "- unloss"},
      {"", "- "},
  }));
  CAPTURE(name);
  CHECK(lines(some_metrics(), logs({name})) == Lines{bound});
}

TEST_CASE(
    "a literal alias beats a family, an exact spelling one that is only equal in normal form") {
  Knowledge knowledge = some_metrics();
  knowledge.metrics.push_back(metric("total_norm", {"total_grad_norm"}));
  CHECK(lines(knowledge, logs({"total_grad_norm"})) == Lines{"total_norm <- total_grad_norm"});
  CHECK(lines(knowledge, logs({"Loss.train", "Loss/train"})) ==
        Lines{"train_loss <- Loss/train", "- Loss.train"});
  CHECK(lines(knowledge, logs({"train/loss", "loss"})) ==
        Lines{"train_loss <- loss", "- train/loss"});
}

TEST_CASE("the earlier alias wins, but a summary of one sample gives way to a curve") {
  CHECK(lines(some_metrics(), logs({"train_loss", "loss"})) ==
        Lines{"train_loss <- loss", "- train_loss"});
  Run run = logs({"loss", "train_loss"});
  run.series[0].steps = {9};
  run.series[0].values = {0.3};
  CHECK(lines(some_metrics(), run) == Lines{"train_loss <- train_loss", "- loss"});
}

TEST_CASE("among families the one that spells out more wins") {
  Knowledge knowledge;
  knowledge.metrics = {metric("any_norm", {"{name}/norm"}, {"name"}),
                       metric("weight_norm", {"weights/{module}/norm"}, {"module"})};
  CHECK(lines(knowledge, logs({"weights/a/norm"})) == Lines{"weight_norm[a] <- weights/a/norm"});
}

TEST_CASE("a metric's own name is its last alias") {
  Knowledge knowledge;
  knowledge.metrics = {metric("zero_frac", {"dead_units"}, {"layer"})};
  CHECK(lines(knowledge, logs({"zero_frac/fc1", "zero_frac"})) ==
        Lines{"zero_frac <- zero_frac", "zero_frac[fc1] <- zero_frac/fc1"});
}

TEST_CASE("a binding does not depend on the order of series, metrics or prefixes") {
  Knowledge knowledge = some_metrics();
  std::vector<std::string> names = {
      "loss",        "train/loss", "Loss/train",       "gnorm", "grad_norm/a",
      "a_grad_norm", "eval/loss",  "gradients/a/norm", "lr",    "x"};
  Lines expected = lines(knowledge, logs(names));
  std::sort(expected.begin(), expected.end());
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    std::next_permutation(names.begin(), names.end());
    std::rotate(names.begin(), names.begin() + 3, names.end());
    std::rotate(knowledge.metrics.begin(), knowledge.metrics.begin() + 1, knowledge.metrics.end());
    std::reverse(knowledge.prefixes.begin(), knowledge.prefixes.end());
    Lines got = lines(knowledge, logs(names));
    std::sort(got.begin(), got.end());
    CHECK(got == expected);
  }
}

TEST_CASE("each series carries at most one metric") {
  Knowledge knowledge;
  knowledge.metrics = {metric("a", {"shared"}), metric("b", {"shared"})};
  CHECK(lines(knowledge, logs({"shared"})) == Lines{"a <- shared"});
}

TEST_CASE("settings are bound by alias, spelling, prefix and last segments") {
  Knowledge knowledge;
  knowledge.prefixes = {"train"};
  knowledge.params = {param("learning_rate", {"lr", "learning_rate", "optimizer.lr"})};
  const auto key_for = [&](const std::vector<std::string>& keys) {
    return bind(knowledge, configured(keys)).params[0].value_or("none");
  };
  CHECK(key_for({"lr", "optimizer/lr"}) == "lr");
  CHECK(key_for({"learningRate"}) == "learningRate");
  CHECK(key_for({"optimizer/lr", "actor/lr"}) == "optimizer/lr");
  CHECK(key_for({"train/lr", "actor/lr"}) == "train/lr");
  CHECK(key_for({"model/optim/lr"}) == "model/optim/lr");
  CHECK(key_for({"actor/lr", "critic/lr"}) == "none");
  CHECK(key_for({"clr"}) == "none");
}

TEST_CASE("ten thousand columns are bound without trouble") {
  std::vector<std::string> names;
  for (int i = 0; i < 10'000; ++i) names.push_back("gradients/layer" + std::to_string(i) + "/norm");
  CHECK(bind(some_metrics(), logs(names)).metrics[0].size() == 10'000);
}
