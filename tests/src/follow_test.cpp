// Files that are written while they are read.

#include "src/readers/follow.hpp"

#include <algorithm>
#include <bit>
#include <cstdint>
#include <filesystem>
#include <fstream>

#include "src/readers/format.hpp"
#include "src/readers/read.hpp"
#include "tests/catch.hpp"
#include "tests/src/followed_run.hpp"

using namespace fmx;
using namespace fmx::readers;

namespace {

void append(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::binary | std::ios::app) << text;
}

std::string json_row(int step, double loss) {
  return "{\"step\": " + std::to_string(step) + ", \"loss\": " + std::to_string(loss) + "}\n";
}

std::string json_rows(int from, int to, double loss = 1) {
  std::string rows;
  for (int step = from; step < to; ++step) rows += json_row(step, loss + step);
  return rows;
}

/// No pack declares lines.
const DeclaredLines declared;

}  // namespace

TEST_CASE("what is read piece by piece is what is read at once") {
  const std::string data = "tests/src/readers/data/";
  const auto file = GENERATE_COPY(values<std::string>(
      {data + "sb3/progress.json", data + "sb3/progress.csv", data + "sb3/stdout.log",
       data + "keras/fit.log", data + "lightgbm/train.log", data + "keras/training.csv",
       data + "catboost/catboost_info/learn_error.tsv",
       data + "tensorboard/simple/events.out.tfevents.1700000000.host.1.0",
       data + "tensorboard/tensors/events.out.tfevents.1700000000.host.1.0.v2"}));
  const auto piece = GENERATE(as<std::size_t>{}, 7, 100, 4000);
  CAPTURE(file, piece);
  const std::string bytes = bytes_of_file(file);
  const Format* format = format_of(bytes.substr(0, 1u << 16));
  REQUIRE(format != nullptr);
  REQUIRE(format->grow != nullptr);

  const auto growing = format->grow(declared);
  for (std::size_t at = 0; at < bytes.size(); at += piece) growing->take(bytes.substr(at, piece));
  Input input = Input::of_bytes(bytes, "log");
  const Read whole = format->read(input, declared);
  REQUIRE(whole);
  const Reading reading = growing->reading("log");
  REQUIRE(reading.samples.size() == whole->samples.size());
  for (std::size_t s = 0; s < reading.samples.size(); ++s) {
    CAPTURE(reading.samples[s].name);
    CHECK(reading.samples[s].name == whole->samples[s].name);
    CHECK(reading.samples[s].steps == whole->samples[s].steps);
    const auto& values = reading.samples[s].values;
    CHECK(std::equal(values.begin(), values.end(), whole->samples[s].values.begin(),
                     whole->samples[s].values.end(), [](double a, double b) {
                       return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
                     }));
  }
  CHECK(reading.facts.config == whole->facts.config);
  CHECK(reading.facts.log_lines == whole->facts.log_lines);
  CHECK(reading.step_name == whole->step_name);
}

SCENARIO("rows that are appended are read, a row that is not whole yet waits") {
  const RunFolder folder;
  const std::string path = folder.write("metrics.jsonl", json_rows(0, 1000));
  Followed files(nullptr);
  CHECK(series(follow(path, files), "loss").values.size() == 1000);
  append(path, "{\"step\": 1000, \"lo");
  CHECK(series(follow(path, files), "loss").values.size() == 1000);
  append(path, "ss\": 5}\n" + json_rows(1001, 1100));
  const engine::Run run = follow(path, files);
  check_same(run, read_run(path));
  CHECK(series(run, "loss").values.size() == 1100);
  const std::uint64_t taken = files.taken();
  follow(path, files);
  CHECK(files.taken() == taken);  // nothing new: nothing read
}

SCENARIO("a log that is moved away goes on in the new file") {
  const RunFolder folder;
  const std::string path = folder.write("metrics.jsonl", json_rows(0, 1000));
  Followed files(nullptr);
  follow(path, files);
  append(path, json_rows(1000, 1010));  // not read before it is moved
  std::filesystem::rename(path, path + ".1");
  CHECK(series(follow(path, files), "loss").values.size() == 1000);  // gone: what was said stands
  append(path + ".1", json_rows(1010, 1020));
  folder.write("metrics.jsonl", json_rows(1020, 1030));
  const engine::Run run = follow(path, files);
  CHECK(series(run, "loss").values.size() == 1030);
  CHECK(series(run, "loss").steps.back() == 1029);
}

SCENARIO("a log that is cut off and begins again was resumed") {
  const RunFolder folder;
  const std::string path = folder.write("metrics.jsonl", json_rows(0, 1000));
  Followed files(nullptr);
  follow(path, files);
  folder.write("metrics.jsonl", json_rows(500, 510, 7));  // truncates
  const engine::Run run = follow(path, files);
  CHECK(series(run, "loss").values.size() == 510);
  CHECK(series(run, "restart").steps == Values{500});
}

SCENARIO("a file that is written anew as a whole is read anew") {
  const RunFolder folder;
  const std::string path = folder.write("metrics.jsonl", json_rows(0, 1000));
  Followed files(nullptr);
  follow(path, files);
  folder.write("next", json_rows(0, 1200));
  std::filesystem::rename(folder.path() + "/next", path);
  const engine::Run run = follow(path, files);
  check_same(run, read_run(path));
  CHECK_FALSE(has_series(run, "restart"));
}

SCENARIO("a document that has to be read whole is read again where it has changed") {
  const RunFolder folder;
  const std::string path = folder.write("history.json", R"({"loss": [3, 2]})");
  Followed files(nullptr);
  CHECK(series(follow(path, files), "loss").values == Values{3, 2});
  folder.write("history.json", R"({"loss": [3, 2, 1]})");
  CHECK(series(follow(path, files), "loss").values == Values{3, 2, 1});
}

SCENARIO("a folder is followed: files that come later belong to the run") {
  const RunFolder folder;
  folder.write("metrics.jsonl", json_rows(0, 100));
  Followed files(nullptr);
  CHECK(follow(folder.path(), files).config.empty());
  folder.write("config.yaml", "learning_rate: 0.1\nbatch_size: 8\n");
  CHECK(follow(folder.path(), files).config.size() == 2);
}

SCENARIO("with a window only the last samples are kept, where they stood") {
  const RunFolder folder;
  const std::string path = folder.write("metrics.jsonl", "");
  Followed files(nullptr, 200);
  std::string rows;
  for (int step = 0; step < 5000; ++step) {
    rows += json_row(step, step);
    if (step % 50 == 0) rows += "{\"step\": " + std::to_string(step) + ", \"val_loss\": 2}\n";
  }
  append(path, rows);
  follow(path, files);
  append(path, json_rows(5000, 5010, 0));
  const engine::Run run = follow(path, files);
  const engine::Series& loss = series(run, "loss");
  CHECK(loss.values.size() >= 200);
  CHECK(loss.values.size() <= 400);
  CHECK(loss.steps.back() == 5009);
  CHECK(loss.steps == loss.values);  // as they were written
  CHECK(series(run, "val_loss").steps.back() == 4950);
  CHECK(series(run, "val_loss").steps.front() == 0);
}

SCENARIO("rows that are only counted keep their numbers in a window") {
  const RunFolder folder;
  std::string rows = "loss,other\n";
  for (int row = 0; row < 5000; ++row) rows += std::to_string(row) + ",1\n";
  const std::string path = folder.write("log.csv", rows);
  Followed files(nullptr, 200);
  const engine::Run run = follow(path, files);
  CHECK(series(run, "loss").steps == series(run, "loss").values);
  CHECK(series(run, "loss").steps.back() == 4999);
}
