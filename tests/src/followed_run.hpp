#pragma once

#include <string>

#include "src/readers/follow.hpp"
#include "tests/src/run_folder.hpp"

/// The run at `path` as far as it is written, read on from where `files` were.
inline fmx::engine::Run follow(const std::string& path, fmx::readers::Followed& files) {
  fmx::readers::Request request;
  request.inputs = {path};
  request.files = &files;
  const auto run = fmx::readers::read(request);
  if (!run) FAIL(run.error().where + ": " + run.error().what);
  return *run;
}

inline void check_same(const fmx::engine::Run& a, const fmx::engine::Run& b) {
  REQUIRE(a.series.size() == b.series.size());
  for (std::size_t s = 0; s < a.series.size(); ++s) {
    CAPTURE(a.series[s].name);
    CHECK(a.series[s].name == b.series[s].name);
    CHECK(a.series[s].steps == b.series[s].steps);
    CHECK(a.series[s].values == b.series[s].values);
  }
  CHECK(a.config == b.config);
  CHECK(a.log_lines == b.log_lines);
  CHECK(a.step_name == b.step_name);
  CHECK(a.notes == b.notes);
}
