#include "src/readers/log_line.hpp"
#include "tests/src/run_folder.hpp"

namespace {

using Cells = std::vector<std::pair<std::string, double>>;

Cells cells_of(const std::string& line) { return fmx::readers::samples_in(line).cells; }

}  // namespace

TEST_CASE("the numbers of a log line are found under their names") {
  struct Row {
    const char* line;
    Cells cells;
  };
  const auto row = GENERATE(values<Row>({
      {"Epoch 3: Train Loss: 0.5, Val Loss: 0.25",
       {{"Epoch", 3}, {"Train Loss", 0.5}, {"Val Loss", 0.25}}},
      {"Epoch [3/10], Step [100/600], Loss: 0.35", {{"Epoch", 3}, {"Step", 100}, {"Loss", 0.35}}},
      {"[2,  2000] loss: 1.5", {{"epoch", 2}, {"batch", 2000}, {"loss", 1.5}}},
      {"iter 10: loss 3.5, time 28.5ms, mfu -100.00%",
       {{"iter", 10}, {"loss", 3.5}, {"time", 28.5}}},
      {"step:5/100 train_loss:1.5 step_avg:nanms",
       {{"step", 5}, {"train_loss", 1.5}, {"step_avg", NAN}}},
      {"s:3 trl:2.5 lr:0.25", {{"step", 3}, {"trl", 2.5}, {"lr", 0.25}}},
      {"[7]\ttrain-rmse:0.5\teval-rmse:0.75",
       {{"iteration", 7}, {"train-rmse", 0.5}, {"eval-rmse", 0.75}}},
      {"0:\tlearn: 0.5\ttest: 0.75\ttotal: 58ms",
       {{"iteration", 0}, {"learn", 0.5}, {"test", 0.75}, {"total", 58}}},
      {"100/100 - 2s - loss: 0.5 - val_loss: 0.25",
       {{"batch", 100}, {"loss", 0.5}, {"val_loss", 0.25}}},
      {"(epoch: 1, iters: 100, time: 0.5) D_A: 0.25 G_A: 0.75",
       {{"epoch", 1}, {"iters", 100}, {"time", 0.5}, {"D_A", 0.25}, {"G_A", 0.75}}},
      {"train Loss: 0.5 Acc: 0.75", {{"train Loss", 0.5}, {"train/Acc", 0.75}}},
      {"| valid | epoch 001 | valid on 'valid' subset | loss 9.5 | num_updates 7",
       {{"epoch", 1}, {"valid/loss", 9.5}, {"num_updates", 7}}},
      {" iteration 5/  15 | elapsed time per iteration (ms): 439.5 | lm loss: 7.5E+00 | number of "
       "nan iterations: 0 |",
       {{"iteration", 5},
        {"elapsed time per iteration (ms)", 439.5},
        {"lm loss", 7.5},
        {"number of nan iterations", 0}}},
      {" validation loss at iteration 9 | lm loss value: 6.5E+00 |",
       {{"iteration", 9}, {"validation/lm loss value", 6.5}}},
      {"Epoch: [0][14/50]\tTime  0.5 ( 0.75)\tLoss 6.5e+00 (7.0e+00)\tAcc@1   0.25 (  0.5)",
       {{"Epoch", 0}, {"batch", 14}, {"Time", 0.5}, {"Loss", 6.5}, {"Acc@1", 0.25}}},
      {"Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.5", {{"Epoch", 1}, {"batch", 640}, {"Loss", 2.5}}},
      {"Epoch(val) [1][50/50]    accuracy/top1: 45.5",
       {{"Epoch", 1}, {"batch", 50}, {"val/accuracy/top1", 45.5}}},
      {" 7: 1234.5, 1230.25 avg loss, 0.001 rate, 64 images",
       {{"iteration", 7}, {"avg loss", 1230.25}}},
      {"Test set: Average loss: 0.5, Accuracy: 9600/10000 (96%)",
       {{"test/Average loss", 0.5}, {"test/Accuracy", 0.96}}},
      {"reward=0.5±0.25 entropy=1,25", {{"reward", 0.5}, {"entropy", 1.25}}},
      {"2023-03-22 09:31:56 iter 2990: loss 3.5", {{"iter", 2990}, {"loss", 3.5}}},
      {"INFO step:5/100 loss=2.5", {{"step", 5}, {"loss", 2.5}}},
      {"loss: information", {}},
      {"at 12:30:15 on 2024-01-31 with version=1.2.3", {}},
      {"see https://example.org:8080/x", {}},
      {"File \"train.py\", line 10, in <module>", {}},
  }));
  CAPTURE(row.line);
  const Cells found = cells_of(row.line);
  REQUIRE(found.size() == row.cells.size());
  for (std::size_t i = 0; i < found.size(); ++i) {
    CHECK(found[i].first == row.cells[i].first);
    if (!std::isnan(row.cells[i].second)) CHECK(found[i].second == Approx(row.cells[i].second));
  }
}

TEST_CASE("a date at the beginning of a line is a time") {
  CHECK(fmx::readers::time_stamp("2024-02-29 12:00:01,500 - INFO - x") == Approx(1709208001.5));
  CHECK(fmx::readers::time_stamp("[1970-01-01T00:00:10] x") == Approx(10));
  CHECK_FALSE(fmx::readers::time_stamp("12:00:01 x").has_value());
}

SCENARIO("text logs are read whatever program wrote them") {
  GIVEN("a log in which lines count by different words") {
    const auto run = run_of(
        "number of parameters: 10.65M\n"
        "step 0: train loss 4.5, val loss 4.75\n"
        "iter 0: loss 4.5, time 3700.00ms\n"
        "iter 10: loss 3.5, time 28.50ms\n"
        "saving checkpoint to out\n"
        "step 20: train loss 2.5, val loss 2.75\n"
        "iter 20: loss 2.5, time 28.50ms\n");
    CHECK(is_valid(run));
    CHECK(series(run, "loss").steps == Values{0, 10, 20});
    CHECK(series(run, "val loss").steps == Values{0, 20});
    CHECK(std::get<double>(run.config.at("number of parameters")) == 10.65e6);
    CHECK(run.log_lines == std::vector<std::string>{"saving checkpoint to out"});
  }

  GIVEN("printed dicts between progress bars, and a traceback") {
    const auto run = run_of(
        "{'loss': 2.5, 'grad_norm': nan, 'learning_rate': 5e-05, 'epoch': 0.5}\n"
        "  5%|\xe2\x96\x8c  | 500/10000 [01:00<20:00,  7.9it/s]\n"
        "{'eval_loss': 2.25, 'eval_runtime': 5.5, 'epoch': 1.0}\n"
        "{'loss': '1.5', 'grad_norm': 1.5, 'learning_rate': 4.5e-05, 'epoch': 1.0}\n"
        "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB\n");
    CHECK(run.step_name == "epoch");
    CHECK(series(run, "loss").values == Values{2.5, 1.5});
    CHECK(std::isnan(series(run, "grad_norm").values[0]));
    CHECK(series(run, "eval_loss").steps == Values{1});
    CHECK(run.log_lines == std::vector<std::string>{
                               "RuntimeError: CUDA out of memory. Tried to allocate 20.00 MiB"});
  }

  GIVEN("boxes as the loggers of OpenAI baselines draw them") {
    const auto run = run_of(
        "Using cpu device\n"
        "------------------------------\n| rollout/           |       |\n|    ep_rew_mean     | "
        "21.5  |\n"
        "| time/              |       |\n|    total_timesteps | 2048  "
        "|\n------------------------------\n"
        "------------------------------\n| rollout/           |       |\n|    ep_rew_mean     | "
        "25.5  |\n"
        "| time/              |       |\n|    total_timesteps | 4096  |\n| train/             |    "
        "   |\n"
        "|    approx_kl       | 0.125 |\n------------------------------\n");
    CHECK(run.step_name == "time/total_timesteps");
    CHECK(series(run, "rollout/ep_rew_mean").steps == Values{2048, 4096});
    CHECK(series(run, "train/approx_kl").values == Values{0.125});
  }

  GIVEN("a bar an epoch that is drawn over") {
    std::string text;
    for (int epoch = 1; epoch <= 5; ++epoch) {
      const std::string e = std::to_string(epoch);
      text += "Epoch " + e + "/5\n 1/100 [....] - ETA: 5s - loss: 9" + e +
              "\r100/100 [====] - 2s 15ms/step - loss: " + e + ".5\n";
    }
    const auto run = run_of(text);
    THEN("what it showed last counts") {
      CHECK(series(run, "loss").values == Values{1.5, 2.5, 3.5, 4.5, 5.5});
    }
  }

  GIVEN("one bar for the whole run") {
    const auto run = run_of(
        "10%|# | 10/100 [00:10<01:30, 1.0it/s, loss=2.5]\r20%|# | 20/100 [00:20<01:30, 1.0it/s, "
        "loss=2.25]\r\n");
    THEN("every drawing counts") { CHECK(series(run, "loss").steps == Values{10, 20}); }
  }

  GIVEN("a batch that begins again with every epoch, between lines of other kinds") {
    const auto run = run_of(
        "Train Epoch: 1 [0/60000 (0%)]\tLoss: 2.5\nTrain Epoch: 1 [640/60000 (1%)]\tLoss: 2.25\n\n"
        "Test set: Average loss: 0.1, Accuracy: 9660/10000 (97%)\n\n"
        "Train Epoch: 2 [0/60000 (0%)]\tLoss: 0.5\nTrain Epoch: 2 [640/60000 (1%)]\tLoss: 0.25\n");
    CHECK(series(run, "Loss").values == Values{2.5, 2.25, 0.5, 0.25});
    CHECK(series(run, "test/Accuracy").values == Values{0.966});
  }

  GIVEN("a summary of the best step at the end") {
    const auto run = run_of(
        "[10]\ttrain-auc:0.5\n[20]\ttrain-auc:0.6\n[30]\ttrain-auc:0.7\nBest:\n[10]\ttrain-auc:0."
        "5\n");
    CHECK(series(run, "train-auc").steps == Values{10, 20, 30});
    CHECK_FALSE(has_series(run, "restart"));
  }

  GIVEN("a printed Namespace") {
    const auto run = run_of(
        "args: Namespace(lr=0.25, layers=[1, 2], name='x', amp=True, resume=None)\nstep 1: loss "
        "2.5\nstep 2: loss 1.5\n");
    CHECK(std::get<double>(run.config.at("lr")) == 0.25);
    CHECK(std::get<double>(run.config.at("layers/1")) == 2);
    CHECK(std::get<bool>(run.config.at("amp")));
    CHECK(run.config.count("resume") == 0);
  }
}

SCENARIO("the logs of OpenFOAM's solvers are read by time step") {
  const std::string data = "tests/src/readers/data/openfoam/";
  GIVEN("a solver with fixed steps, which tells the Courant number after the time") {
    const auto run = read_run(data + "icoFoam");
    CHECK(is_valid(run));
    CHECK(run.step_name == "Time");
    REQUIRE(series(run, "initial_residual/p").steps.size() == 10);
    CHECK(series(run, "initial_residual/p").steps[1] == 0.01);
    CHECK(series(run, "initial_residual/p").values[1] == 0.187312);  // the first of two solves
    CHECK(series(run, "final_residual/p").values[1] == 0.00386103);  // the last
    CHECK(series(run, "Courant Number max").values[1] == 0.167589);
    CHECK(series(run, "iterations/Ux").values[0] == 7);
    CHECK(series(run, "continuity errors/sum local").values[0] == 0.000160726);
    CHECK_FALSE(has_series(run, "restart"));
  }
  GIVEN("a solver that chooses its steps, which tells the Courant number before the time") {
    const auto run = read_run(data + "pimpleFoam");
    CHECK(series(run, "Courant Number max").steps[1] == 0.0128302);
    CHECK(series(run, "Courant Number max").values[1] == 0.216823);
    CHECK(series(run, "deltaT").values[1] == 0.00683017);
    CHECK(series(run, "outer iterations").values[1] == 1);
  }
  GIVEN("an error before the first step") {
    const auto run = run_of(
        "Build  : 1\nExec   : icoFoam\nOpenFOAM\nCreate mesh\n--> FOAM FATAL ERROR:\nCannot find "
        "patch x\n");
    CHECK(run.log_lines ==
          std::vector<std::string>{"--> FOAM FATAL ERROR:", "Cannot find patch x"});
  }
}

SCENARIO("a solver that warns without end says how much of it was left out") {
  std::string log =
      "Time = 1\nDICPCG:  Solving for p, Initial residual = 1, Final residual = 0.1, "
      "No Iterations 4\n";
  for (int i = 0; i < 20'007; ++i) log += "--> FOAM Warning : out of range\n";
  const auto run = run_of(log);
  CHECK(run.log_lines.size() == 20'000);
  CHECK(notes_mention(run, "lines are kept; 7 were left out"));
}
