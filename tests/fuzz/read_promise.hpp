#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "src/readers/assemble.hpp"
#include "src/readers/format.hpp"
#include "src/readers/utf8.hpp"

// What every reader promises about any bytes at all: a Problem that says what is wrong and what to
// do, or a run whose series have columns of one length, strictly increasing finite steps and names
// in order, and whose texts are UTF-8.

inline void require(bool kept) {
  if (!kept) std::abort();
}

inline void check_run(const fmx::engine::Run& run) {
  const std::string* before = nullptr;
  for (const fmx::engine::Series& series : run.series) {
    require(!before || *before < series.name);
    before = &series.name;
    require(!series.steps.empty() && series.steps.size() == series.values.size());
    require(fmx::readers::is_utf8(series.name));
    for (std::size_t i = 0; i < series.steps.size(); ++i) {
      require(std::isfinite(series.steps[i]) && (i == 0 || series.steps[i] > series.steps[i - 1]));
    }
  }
  for (const std::string& note : run.notes) require(!note.empty() && fmx::readers::is_utf8(note));
  for (const std::string& line : run.log_lines) require(fmx::readers::is_utf8(line));
}

inline void check_reading(fmx::readers::Read reading) {
  if (!reading) {
    require(!reading.error().where.empty() && !reading.error().what.empty() &&
            !reading.error().remedy.empty());
    return;
  }
  fmx::readers::Assembly assembly;
  assembly.add(std::move(*reading), "file");
  check_run(assembly.finish("file"));
}

inline fmx::readers::Input input_of(const std::uint8_t* data, std::size_t size) {
  return fmx::readers::Input::of_bytes(std::string(reinterpret_cast<const char*>(data), size),
                                       "file");
}
