#include <cstring>

#include "tests/src/run_folder.hpp"

// One table as pandas and pyarrow write it in several layouts; tests/src/readers/data/README.md.

namespace {

const std::string data = "tests/src/readers/data/parquet/";

/// A number as Thrift's compact protocol writes it.
std::string varint(std::uint64_t value) {
  std::string bytes;
  for (; value > 127; value /= 128) bytes += static_cast<char>(value % 128 + 128);
  return bytes + static_cast<char>(value);
}
std::string integer(std::uint64_t value) { return varint(2 * value); }

std::string four_bytes(std::size_t value) {
  const auto size = static_cast<std::uint32_t>(value);
  std::string bytes(sizeof size, '\0');
  std::memcpy(bytes.data(), &size, sizeof size);
  return bytes;
}

std::string file_with(const std::string& pages, const std::string& footer) {
  return "PAR1" + pages + footer + four_bytes(footer.size()) + "PAR1";
}

const std::string stop(1, '\0');

/// A data page of that many values, not packed.
std::string page(std::uint64_t values, const std::string& content) {
  return "\x15" + integer(0) + "\x15" + integer(content.size()) + "\x15" + integer(content.size()) +
         "\x2C\x15" + integer(values) + "\x15" + integer(0) + stop + stop + content;
}

/// A column of doubles in the schema, and where its one page lies.
std::string leaf(const std::string& name, bool optional) {
  return "\x15" + integer(5) + "\x25" + integer(optional ? 1 : 0) + "\x18" + varint(name.size()) +
         name + stop;
}
std::string chunk(std::uint64_t values, std::size_t at, std::size_t size) {
  return "\x3C\x45" + integer(0) + "\x16" + integer(values) + "\x26" + integer(size) + "\x26" +
         integer(at) + stop + stop;
}

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

SCENARIO("a few bytes that stand for more values than memory holds are left out") {
  std::string numbers;
  for (const double value : {4.0, 3.0, 2.0, 1.0}) {
    numbers.append(sizeof value, '\0');
    std::memcpy(numbers.data() + numbers.size() - sizeof value, &value, sizeof value);
  }
  const std::uint64_t far_too_many = 3'000'000'000'000;
  const std::string levels = varint(2 * 2'000'000'000ull) + stop;  // one run, all absent
  const std::string good = page(4, numbers);
  const std::string bad = page(2'000'000'000, four_bytes(levels.size()) + levels);
  const std::string schema = "\x55" + integer(2) + stop + leaf("loss", false) + leaf("x", true);
  const std::string group = "\x19\x2C" + chunk(4, 4, good.size()) +
                            chunk(far_too_many, 4 + good.size(), bad.size()) + stop;
  const auto run = run_of(file_with(good + bad, "\x29\x3C" + schema + "\x29\x1C" + group + stop));
  CHECK(series(run, "loss").values == Values{4, 3, 2, 1});
  CHECK(notes_mention(run, "column `x`: the file holds more values than are read"));
}

SCENARIO("a Parquet file that tells of a column by each byte is not believed") {
  const std::size_t columns = 200'000;
  const std::string footer = "\x29\xFC" + varint(columns) + std::string(columns, '\0') + stop;
  CHECK(problem_of(file_with("", footer)).what.find("damaged") != std::string::npos);
}
