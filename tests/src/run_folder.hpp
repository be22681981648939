#pragma once

#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "src/readers/read.hpp"
#include "tests/catch.hpp"

/// A folder of a test's own that goes away with it.
class RunFolder {
 public:
  RunFolder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() /
            ("fmx_run_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  ~RunFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  RunFolder(const RunFolder&) = delete;
  RunFolder& operator=(const RunFolder&) = delete;

  /// Writes a file and returns its path.
  std::string write(const std::string& name, const std::string& text) const {
    const std::filesystem::path path = path_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << text;
    return path.string();
  }

  std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

inline fmx::Result<fmx::engine::Run, fmx::readers::Problem> try_read(const std::string& path) {
  return fmx::readers::read({.inputs = {path}, .config = {}, .context = {}});
}

inline fmx::engine::Run read_run(const std::string& path) {
  auto run = try_read(path);
  if (!run) FAIL(run.error().where + ": " + run.error().what);
  return *run;
}

/// The run that a file of that text is.
inline fmx::engine::Run run_of(const std::string& text, const std::string& name = "log") {
  const RunFolder folder;
  return read_run(folder.write(name, text));
}

inline fmx::readers::Problem problem_of(const std::string& text, const std::string& name = "log") {
  const RunFolder folder;
  auto run = try_read(folder.write(name, text));
  REQUIRE_FALSE(run.has_value());
  return run.error();
}

inline std::string bytes_of_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) FAIL("cannot open " + path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

inline const fmx::engine::Series& series(const fmx::engine::Run& run, const std::string& name) {
  for (const auto& one : run.series) {
    if (one.name == name) return one;
  }
  std::string known;
  for (const auto& one : run.series) known += " " + one.name;
  FAIL("no series " + name + " among" + known);
  return run.series.front();
}

inline bool has_series(const fmx::engine::Run& run, const std::string& name) {
  for (const auto& one : run.series) {
    if (one.name == name) return true;
  }
  return false;
}

inline bool notes_mention(const fmx::engine::Run& run, const std::string& words) {
  for (const std::string& note : run.notes) {
    if (note.find(words) != std::string::npos) return true;
  }
  return false;
}

using Values = std::vector<double>;

/// What every run promises, whatever was read.
inline bool is_valid(const fmx::engine::Run& run) {
  for (std::size_t s = 0; s < run.series.size(); ++s) {
    const auto& one = run.series[s];
    if (one.steps.size() != one.values.size() || one.steps.empty()) return false;
    if (s > 0 && !(run.series[s - 1].name < one.name)) return false;
    if (!std::isfinite(one.steps.front()) || !std::isfinite(one.steps.back())) return false;
    for (std::size_t i = 1; i < one.steps.size(); ++i) {
      if (!(one.steps[i] > one.steps[i - 1])) return false;
    }
  }
  return true;
}
