#include "tests/src/run_folder.hpp"

namespace {

const std::string data = "tests/src/readers/data/tensorboard/";

/// As a writer of single precision keeps it.
double single(double value) { return static_cast<double>(static_cast<float>(value)); }

}  // namespace

SCENARIO("TensorBoard event files are read to the last bit") {
  GIVEN("two files of one run, the second resumed from step 30") {
    const auto run = read_run(data + "simple");
    CHECK(is_valid(run));
    CHECK(series(run, "train/loss").steps == Values{0, 10, 20, 30, 40, 50, 60, 70});
    CHECK(series(run, "train/loss").values ==
          Values{single(1.0 / 3), 0.25, single(0.2), 103, 104, 105, 106, 107});
    CHECK(series(run, "val/loss").steps == Values{0, 20, 40});
    CHECK(std::isnan(series(run, "val/loss").values[2]));
    CHECK(series(run, "restart").steps == Values{30});
    CHECK(series(run, "time").values.front() == 1700000000.5);
    CHECK(std::get<double>(run.config.at("learning_rate")) == 0.00025);
    CHECK(std::get<std::string>(run.config.at("env_id")) == "CartPole-v1");
    CHECK(std::get<bool>(run.config.at("cuda")));
  }

  GIVEN("scalars that are kept as tensors of several types") {
    const auto run = read_run(data + "tensors");
    CHECK(series(run, "epoch_loss").values ==
          Values{single(1.0 / 3), 0.25, single(0.2), single(1.0 / 6), single(1.0 / 7)});
    CHECK(series(run, "double").values == Values{0, 1.0 / 3, 2.0 / 3, 1, 4.0 / 3});
    CHECK(series(run, "half").values ==
          Values{0, 0.333251953125, 0.66650390625, 1.0, 1.3330078125});
    CHECK(series(run, "count").values == Values{0, 0, 0, 1, 1});
    CHECK(series(run, "small").values == Values{0, 0, 0, 1, 1});
    CHECK(series(run, "flag").values == Values{0, 1, 1, 1, 1});
  }
}

SCENARIO("damaged event files give what is intact") {
  const std::string whole =
      bytes_of_file(data + "tensors/events.out.tfevents.1700000000.host.1.0.v2");

  GIVEN("a byte of a record that is changed") {
    std::string damaged = whole;
    damaged[whole.find("epoch_loss") + 20] ^= 1;
    const auto run = run_of(damaged, "events.out.tfevents.1.host");
    CHECK(series(run, "epoch_loss").steps == Values{1, 2, 3, 4});
    CHECK(series(run, "double").values.size() == 5);
    CHECK(notes_mention(run, "1 damaged record was left out"));
  }
  GIVEN("a length that is changed") {
    std::string damaged = whole;
    damaged[whole.find("epoch_loss") - 30] ^= 64;
    const auto run = run_of(damaged, "events.out.tfevents.1.host");
    CHECK(series(run, "double").values.size() == 5);
    CHECK(notes_mention(run, "damaged"));
  }
  GIVEN("a record that is said to be as long as anything can be") {
    const std::string length = "\xf0\xff\xff\xff\xff\xff\xff\xff";  // 2^64 - 16
    const std::string checksum = "\xe2\xca\xb6\x36";
    const auto run = run_of(whole + length + checksum + whole, "events.out.tfevents.1.host");
    CHECK(series(run, "double").values.size() == 5);
    CHECK(notes_mention(run, "1 records of more than 64 MB were left out"));
    CHECK(notes_mention(run, "the last record is cut off"));
  }
  GIVEN("an end that is still being written") {
    const auto run = run_of(whole.substr(0, whole.size() - 3), "events.out.tfevents.1.host");
    CHECK(series(run, "epoch_loss").values.size() == 5);
    CHECK(series(run, "flag").values.size() == 4);
    CHECK(notes_mention(run, "the last record is cut off"));
  }
}
