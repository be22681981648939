#include <algorithm>
#include <random>

#include "src/readers/assemble.hpp"
#include "src/readers/format.hpp"
#include "tests/src/run_folder.hpp"

// Whatever happened to a file: no crash, and what is read is a valid run.

namespace {

using fmx::readers::Assembly;
using fmx::readers::Input;

std::vector<std::string> fixtures() {
  std::vector<std::string> paths;
  for (const auto& entry :
       std::filesystem::recursive_directory_iterator("tests/src/readers/data")) {
    const auto type = entry.path().extension();
    if (entry.is_regular_file() && type != ".py" && type != ".sh" && type != ".md")
      paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool reads_as_valid(std::string bytes) {
  Input input = Input::of_bytes(std::move(bytes), "file");
  auto reading = fmx::readers::read_input(input);
  if (!reading) return !reading.error().what.empty() && !reading.error().remedy.empty();
  Assembly assembly;
  assembly.add(std::move(*reading), "file");
  return is_valid(assembly.finish("file"));
}

}  // namespace

TEST_CASE("a file that is cut off at any byte is read as far as it goes") {
  for (const std::string& path : fixtures()) {
    const std::string whole = bytes_of_file(path);
    CAPTURE(path);
    const std::size_t stride = std::max<std::size_t>(1, whole.size() / 400);
    for (std::size_t size = 0; size <= whole.size(); size += stride) {
      CAPTURE(size);
      if (!reads_as_valid(whole.substr(0, size))) FAIL("the run is not valid");
    }
  }
}

TEST_CASE("a file with damaged bytes is read without harm") {
  std::minstd_rand random(1);
  for (const std::string& path : fixtures()) {
    const std::string whole = bytes_of_file(path);
    if (whole.empty()) continue;
    CAPTURE(path);
    for (int trial = 0; trial < 60; ++trial) {
      CAPTURE(trial);
      std::string damaged = whole;
      for (std::size_t hits = 1 + random() % 4; hits > 0; --hits) {
        damaged[random() % damaged.size()] = static_cast<char>(random() % 256);
      }
      if (!reads_as_valid(std::move(damaged))) FAIL("the run is not valid");
    }
  }
}
