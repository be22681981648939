// The names by which the curated packs know what trainers log.

#include <re2/re2.h>

#include "engine/match/bind.hpp"
#include "tests/catch.hpp"
#include "tests/src/diagnosed.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

const Knowledge& packs() {
  static const Knowledge knowledge = test::knowledge_of({"knowledge/packs"});
  return knowledge;
}

/// "grad_norm[module layers.3.attn]", or "nothing".
std::string metric_of(const std::string& name) {
  Run run;
  run.series.push_back({name, {0, 1, 2}, {0.5, 0.4, 0.3}, "log"});
  const Binding binding = bind(packs(), run);
  for (std::size_t m = 0; m < binding.metrics.size(); ++m) {
    for (const Member& member : binding.metrics[m]) {
      std::string said = packs().metrics[m].name;
      for (std::size_t l = 0; l < member.labels.size(); ++l) {
        if (!member.labels[l].empty())
          said += "[" + packs().metrics[m].labels[l] + " " + member.labels[l] + "]";
      }
      return said;
    }
  }
  return "nothing";
}

}  // namespace

TEST_CASE("names are known as common trainers spell them") {
  const auto [name, metric] = GENERATE(table<std::string, std::string>({
      {"loss", "train_loss"},
      {"train/loss", "train_loss"},
      {"Loss/train", "train_loss"},
      {"train_loss_step", "train_loss"},
      {"trainLoss", "train_loss"},
      {"losses/loss", "train_loss"},
      {"eval_loss", "val_loss"},
      {"Loss/validation", "val_loss"},
      {"validation loss", "val_loss"},
      {"val_acc_epoch", "val_accuracy"},
      {"Accuracy/val", "val_accuracy"},
      {"gradients/layers.3.attn/norm", "grad_norm[module layers.3.attn]"},
      {"grad_norm/encoder", "grad_norm[module encoder]"},
      {"grad_nrom", "grad_norm"},
      {"norm/grads", "grad_norm"},
      {"rollout/ep_rew_mean", "return_mean"},
      {"train/learning_rate", "lr"},
      {"lr-AdamW", "lr"},
      {"my_own_number", "nothing"},
  }));
  CAPTURE(name);
  CHECK(metric_of(name) == metric);
}

TEST_CASE("every metric is known by the name under which `how` tells to log it") {
  for (const Metric& metric : packs().metrics) {
    for (const Advice& advice : metric.how) {
      std::string name;
      if (!re2::RE2::PartialMatch(advice.text, R"(log\((?:\{f?)?'([\w/{}.]+)')", &name)) continue;
      CAPTURE(advice.framework, advice.text);
      re2::RE2::GlobalReplace(&name, R"(\{\w+\})", "some");
      const std::string known = metric_of(name);
      CHECK(known.substr(0, known.find('[')) == metric.name);
    }
  }
}
