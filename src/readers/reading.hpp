#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/result.hpp"
#include "src/readers/read.hpp"

namespace fmx::readers {

/// The samples of one name in the order in which they were logged: steps may repeat or go back.
struct Samples {
  std::string name;
  engine::StepColumn steps;
  std::vector<double> values;  ///< as many as steps
};

/// What one file held.
struct Reading {
  std::string_view format;  ///< the name of the format that it was read in
  std::size_t rows = 0;     ///< of a table; 0 where the format has none
  std::vector<Samples> samples;
  std::string
      step_name;  ///< what the steps count, as the file calls it; "row" where rows were counted
  std::optional<std::size_t> not_utf8;  ///< the first line with a byte that is not UTF-8
  engine::Run facts;  ///< all that is not a series: config, words, tables, log lines, notes
};

using Read = Result<Reading, Problem>;

}  // namespace fmx::readers
