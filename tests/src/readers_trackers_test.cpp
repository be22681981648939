#include "tests/src/run_folder.hpp"

// Runs as the trackers and libraries that people use keep them; tests/src/readers/data/README.md
// says who wrote them.

namespace {

const std::string data = "tests/src/readers/data/";

}  // namespace

SCENARIO("a run of Weights & Biases is read from its transaction log") {
  const auto run = read_run(data + "wandb");
  CHECK(is_valid(run));
  CHECK(run.step_name == "_step");
  const auto& loss = series(run, "train/loss");
  REQUIRE(loss.values.size() == 40);
  for (std::size_t i = 0; i < 40; ++i) {
    if (i == 5) continue;
    CHECK(loss.values[i] == 1.0 / (static_cast<double>(i) + 3));
  }
  CHECK(std::isnan(loss.values[5]));
  CHECK(series(run, "val/loss").steps == Values{9, 19, 29, 39});
  CHECK(series(run, "nested/a").values[3] == 3.0 / 7);
  CHECK(series(run, "epoch").values.back() == 3);
  CHECK(std::get<double>(run.config.at("learning_rate")) == 0.01);
  CHECK(std::get<std::string>(run.config.at("optimizer/name")) == "sgd");
  CHECK(run.notes.empty());

  GIVEN("a log that was cut off and damaged") {
    std::string bytes =
        bytes_of_file(data + "wandb/offline-run-20240101_000000-abcd1234/run-abcd1234.wandb");
    bytes.resize(bytes.size() / 2);
    bytes[bytes.find("val/loss")] = 'V';
    const auto rest = run_of(bytes);
    CHECK(notes_mention(rest, "1 damaged record was left out"));
    CHECK(notes_mention(rest, "the last record is cut off"));
    CHECK(series(rest, "train/loss").values.size() > 10);
  }
}

SCENARIO("a run of an MLflow file store is read") {
  const auto run = read_run(data + "mlflow");
  CHECK(is_valid(run));
  CHECK(series(run, "train/loss").steps == Values{0, 10, 20, 30, 40, 50});
  CHECK(series(run, "train/loss").values == Values{1.0 / 3, 0.25, 0.2, 1.0 / 6, 1.0 / 7, 0.125});
  CHECK(std::isnan(series(run, "Discriminator loss").values[1]));
  CHECK(series(run, "best").values == Values{0.25});
  CHECK(series(run, "time").values.front() == 1700000000);
  CHECK(std::get<double>(run.config.at("learning_rate")) == 0.01);
  CHECK(std::get<bool>(run.config.at("nesterov")));
}

SCENARIO("what Keras leaves behind is read") {
  const auto table = read_run(data + "keras/training.csv");
  CHECK(table.step_name == "epoch");
  CHECK(series(table, "loss").steps == Values{0, 1, 2, 3, 4});
  CHECK(series(table, "loss").values[0] == 0.909216046333313);
  CHECK(series(table, "learning_rate").values[0] == 0.10000000149011612);

  const auto history = read_run(data + "keras/history.json");
  CHECK(series(history, "val_loss").values == series(table, "val_loss").values);

  const auto printed = read_run(data + "keras/fit.log");
  CHECK(printed.step_name == "Epoch");
  CHECK(series(printed, "loss").steps == Values{1, 2, 3, 4, 5});
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(series(printed, "loss").values[i] ==
          Approx(series(table, "loss").values[i]).margin(1e-4));
  }
  CHECK(series(read_run(data + "keras/fit_quiet.log"), "val_loss").steps == Values{1, 2, 3});
}

SCENARIO("boosted trees are read from what they print and from what they keep") {
  GIVEN("XGBoost") {
    const auto run = read_run(data + "xgboost");
    CHECK(run.step_name == "iteration");
    CHECK(series(run, "train-logloss").values[0] == 0.51079);
    CHECK(series(run, "train/logloss").values[0] == Approx(0.51079).margin(1e-5));
    CHECK(series(run, "eval-auc").values.size() == 12);
  }
  GIVEN("LightGBM") {
    const auto run = read_run(data + "lightgbm");
    CHECK(is_valid(run));
    CHECK(run.step_name == "iteration");
    CHECK(series(run, "training's binary_logloss").steps.front() == 2);
    CHECK(series(run, "training's binary_logloss").values.front() == 0.580932);
    CHECK_FALSE(has_series(run, "restart"));
  }
  GIVEN("CatBoost, whose folder holds each value three times") {
    const auto run = read_run(data + "catboost");
    CHECK(series(run, "train/Logloss").steps.size() == 12);
    CHECK(series(run, "test/AUC").values[0] == Approx(0.9568014706));
    CHECK(has_series(run, "time"));
    CHECK(run.notes.empty());
  }
}

SCENARIO("what loggers of reinforcement learning leave is read") {
  GIVEN("Stable-Baselines3: a table, JSON lines and printed boxes of one run") {
    const auto run = read_run(data + "sb3");
    CHECK(is_valid(run));
    CHECK(run.step_name == "time/total_timesteps");
    CHECK(series(run, "rollout/ep_rew_mean").steps == Values{2048, 4096, 6144, 8192, 10240});
    CHECK(series(run, "rollout/ep_rew_mean").values[2] == static_cast<double>(20.0F / 3));
    CHECK(std::isnan(series(run, "train/approx_kl").values[2]));
    CHECK(series(run, "time").values.back() == 10);
    CHECK(run.notes.empty());

    const auto json = read_run(data + "sb3/progress.json");
    CHECK(series(json, "train/explained_variance").values[1] ==
          static_cast<double>(static_cast<float>(1 - 1.0 / 3)));
    CHECK(series(run, "train/explained_variance").values[1] == 0.6666667);
    const auto boxes = read_run(data + "sb3/stdout.log");
    CHECK(series(boxes, "rollout/ep_rew_mean").values == Values{20, 10, 6.67, 5, 4});
  }
  GIVEN("Ray: nested results and lists in cells") {
    const auto run = read_run(data + "ray");
    CHECK(run.step_name == "timesteps_total");
    CHECK(series(run, "info/learner/policy_loss").values[2] == -0.03333333333333333);
    CHECK(std::isnan(series(run, "episode_reward_mean").values[0]));
    CHECK(std::get<double>(run.config.at("lr")) == 0.001);
    CHECK(std::get<std::string>(run.config.at("env")) == "CartPole-v1");
  }
}

SCENARIO("what Lightning and the Hugging Face Trainer leave is read") {
  const auto lightning = read_run(data + "lightning");
  CHECK(series(lightning, "train_loss").steps == Values{1, 3, 5, 7, 9, 11});
  CHECK(series(lightning, "train_loss").values[0] == 1.0 / 3);
  CHECK(series(lightning, "val_loss").steps == Values{3, 7, 11});
  CHECK(std::get<std::string>(lightning.config.at("optimizer")) == "adam");
  CHECK(lightning.notes.empty());

  const auto trainer = read_run(data + "huggingface");
  CHECK(series(trainer, "loss").steps == Values{5, 10, 15, 20});
  CHECK(series(trainer, "grad_norm").values[2] == 1.0 / 15);
  CHECK(series(trainer, "eval_loss").steps == Values{10, 20});
  CHECK(trainer.notes.empty());
}

SCENARIO("a folder that holds several runs is not guessed about") {
  const auto run = try_read(data + "keras");
  REQUIRE_FALSE(run.has_value());
  CHECK(run.error().what == "the folder holds 2 runs: fit.log, fit_quiet.log");
  CHECK(run.error().remedy == "name one of them, such as tests/src/readers/data/keras/fit.log");
}
