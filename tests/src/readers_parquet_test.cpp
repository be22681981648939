#include "tests/src/run_folder.hpp"

// One table as pandas and pyarrow write it in several layouts; tests/src/readers/data/README.md.

namespace {

const std::string data = "tests/src/readers/data/parquet/";

}  // namespace

SCENARIO("Parquet is read to the last bit, however it is packed") {
  const std::string name = GENERATE("pandas", "zstd_v2", "gzip_plain", "none_small_pages");
  CAPTURE(name);
  const auto run = read_run(data + name + ".parquet");
  CHECK(is_valid(run));
  CHECK(run.step_name == "step");
  const auto& loss = series(run, "train/loss");
  REQUIRE(loss.values.size() == 39);  // pandas writes NaN as absent
  for (std::size_t i = 0; i < 39; ++i) {
    const double row = static_cast<double>(i < 5 ? i : i + 1);
    CHECK(loss.steps[i] == 10 * row);
    CHECK(loss.values[i] == 1.0 / (row + 3));
  }
  CHECK(series(run, "val/loss").steps == Values{90, 190, 290, 390});
  CHECK(series(run, "val/loss").values == Values{0.1, 0.05, 1.0 / 30, 0.025});
  CHECK(series(run, "lr").values[7] == static_cast<double>(0.1F));
  CHECK(series(run, "skipped").values[7] == 1);
  CHECK(series(run, "skipped").values[8] == 0);
  CHECK(series(run, "time").values[3] == Approx(1700000003));
  if (name != "pandas") {
    CHECK(series(run, "nested/a").steps.front() == 10);
    CHECK(series(run, "nested/a").values[1] == 3.0 / 7);
  }
}

SCENARIO("a Parquet file that was never closed says what is missing") {
  const std::string bytes = bytes_of_file(data + "pandas.parquet");
  CHECK(problem_of(bytes.substr(0, bytes.size() - 3))
            .what.starts_with("the Parquet file is cut off"));
  std::string damaged = bytes;
  damaged[60] = static_cast<char>(damaged[60] ^ 0x55);
  const auto run = run_of(damaged);
  CHECK(is_valid(run));
  CHECK(notes_mention(run, "column `step`"));
}
