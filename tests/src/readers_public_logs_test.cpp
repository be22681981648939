#include "src/packs/find.hpp"
#include "src/packs/load.hpp"
#include "tests/src/run_folder.hpp"

// Lines that programs wrote for others (tests/src/readers/data/public/README.md), read with what
// the packs declare of such lines.

namespace {

const fmx::Knowledge& knowledge() {
  static const auto loaded = fmx::packs::load_with_defaults({});
  REQUIRE(loaded.has_value());
  return loaded->knowledge;
}

fmx::engine::Run published(const std::string& file) {
  fmx::readers::Request request;
  request.inputs = {"tests/src/readers/data/public/" + file};
  request.knowledge = &knowledge();
  auto run = fmx::readers::read(request);
  if (!run) FAIL(run.error().what);
  CHECK(is_valid(*run));
  return *run;
}

}  // namespace

SCENARIO("logs of trainers that print lines are read") {
  GIVEN("fairseq, a line an epoch") {
    const auto run = published("fairseq.log");
    CHECK(run.step_name == "num_updates");
    CHECK(series(run, "loss").steps == Values{17604, 17971, 18338});
    CHECK(series(run, "loss").values == Values{3.633, 3.630, 3.626});
    CHECK(series(run, "gnorm").values == Values{0.366, 0.363, 0.361});
    CHECK(series(run, "valid_loss").values == Values{3.70898, 3.70973, 3.70251});
  }
  GIVEN("an older fairseq") {
    const auto run = published("fairseq_epochs.log");
    CHECK(series(run, "gnorm").values.front() == 2.7374);
  }
  GIVEN("Megatron") {
    const auto run = published("megatron.log");
    CHECK(series(run, "lm loss").steps == Values{201, 202, 203});
    CHECK(series(run, "lm loss").values == Values{2.373574, 2.413736, 2.383620});
    CHECK(series(run, "grad norm").values == Values{0.811, 0.567, 0.155});
  }
  GIVEN("nanoGPT") {
    const auto run = published("nanogpt.log");
    CHECK(series(run, "loss").steps == Values{2990, 3000, 3010, 3020});
    CHECK(series(run, "loss").values[1] == 4.2490);
    CHECK(std::isnan(series(run, "loss").values[2]));
    CHECK(series(run, "val loss").steps == Values{3000});
  }
  GIVEN("Darknet, whose numbers come before their names") {
    const auto run = published("darknet.log");
    CHECK(series(run, "loss").steps == Values{75, 76, 77});
    CHECK(series(run, "loss").values == Values{625.195312, 623.505066, 623.507935});
    CHECK(series(run, "avg_loss").values[2] == 537.748169);
    CHECK(series(run, "step_time").values[0] == 351.314560);
    CHECK(series(published("darknet_regions.log"), "learning_rate").values == Values{0.000839});
  }
  GIVEN("Caffe, new and old") {
    const auto run = published("caffe.log");
    CHECK(series(run, "loss").steps == Values{360, 370});
    CHECK(series(run, "loss").values == Values{0.0140731, 0.0196515});
    CHECK(series(run, "learning_rate").values == Values{7.8125e-07, 7.8125e-07});
    const auto old = published("caffe_2014.log");
    CHECK(series(old, "loss").steps == Values{180, 200, 220});
    CHECK(std::isnan(series(old, "loss").values[2]));
  }
  GIVEN("MMDetection") {
    const auto run = published("mmdetection.log");
    CHECK(series(run, "loss").values == Values{0.0394, 0.0403, 0.0408});
    CHECK(series(run, "acc").values[0] == 99.0479);
  }
}

SCENARIO("tables and JSON that frameworks leave are read to the last bit") {
  GIVEN("detectron2's metrics.json, which is JSON lines") {
    const auto run = published("detectron2_metrics.json");
    CHECK(series(run, "total_loss").steps == Values{19, 39, 59});
    CHECK(series(run, "total_loss").values ==
          Values{2.725107299629599, 2.903622692450881, 2.742712726816535});
    CHECK(series(run, "lr").values[0] == 1.9310000000000002e-06);
  }
  GIVEN("Ultralytics' results.csv with its blanks") {
    const auto run = published("ultralytics_results.csv");
    CHECK(run.step_name == "epoch");
    CHECK(series(run, "train/box_loss").values == Values{1.6878, 1.267, 1.1897});
    CHECK(series(run, "lr/pg0").values[2] == 0.0097583);
  }
  GIVEN("all_results.json of a Trainer") {
    const auto run = published("all_results.json");
    CHECK(series(run, "train_loss").values == Values{0.2447784274419149});
  }
}
