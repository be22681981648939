// How fast are metrics read, and how much memory does it take? `read_bench FILE [REPETITIONS]`
//
// Reads FILE as `fmx infer` does, in turn with what else reads such files into columns of doubles:
// simdjson's on-demand parser and nlohmann/json for lines of JSON, a loop around fast_float for
// comma-separated numbers. The others get the file in memory; fmx reads it from the file system.
// Prints medians, and the sum of all values, which must agree. Memory is what fmx alone had added
// at its peak, against the columns it keeps, steps that series share counted once.
// bench/read_bench.py makes such files and asks what else people read them with, in Python.

#include <fast_float/fast_float.h>
#include <fmt/core.h>
#include <sys/resource.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#if __has_include(<simdjson.h>)
#include <simdjson.h>
#define FMX_HAS_SIMDJSON 1
#endif

#include "src/readers/read.hpp"

namespace {

struct Sum {
  double values = 0;
  std::size_t count = 0;
  std::size_t kept = 0;  ///< numbers in memory
};

double seconds() {
  using Clock = std::chrono::steady_clock;
  return std::chrono::duration<double>(Clock::now().time_since_epoch()).count();
}

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// The step axis was a column of the file: it is counted once.
Sum with_fmx(const std::string& path) {
  const auto run = fmx::readers::read({{path}, {}, {}});
  if (!run) return {};
  Sum sum;
  const fmx::engine::StepColumn* steps = nullptr;
  std::set<const double*> columns;
  for (const fmx::engine::Series& series : run->series) {
    for (const double value : series.values) sum.values += value;
    sum.count += series.values.size();
    sum.kept += series.values.size();
    if (columns.insert(series.steps.data()).second) sum.kept += series.steps.size();
    if (steps == nullptr || series.steps.size() > steps->size()) steps = &series.steps;
  }
  if (steps != nullptr && run->step_name != "row") {
    for (const double step : *steps) sum.values += step;
    sum.count += steps->size();
  }
  return sum;
}

/// Columns by name, as every reader of lines of JSON has to fill them.
class Columns {
 public:
  void put(std::size_t place, std::string_view name, double value) {
    if (place >= order_.size() || names_[order_[place]] != name) {
      const auto [at, is_new] = by_name_.try_emplace(std::string(name), columns_.size());
      if (is_new) {
        columns_.emplace_back();
        names_.emplace_back(name);
      }
      order_.resize(std::max(order_.size(), place + 1));
      order_[place] = at->second;
    }
    columns_[order_[place]].push_back(value);
  }
  Sum sum() const {
    Sum sum;
    for (const auto& column : columns_) {
      for (const double value : column) sum.values += value;
      sum.count += column.size();
    }
    return sum;
  }

 private:
  std::unordered_map<std::string, std::size_t> by_name_;
  std::vector<std::string> names_;
  std::vector<std::vector<double>> columns_;
  std::vector<std::size_t> order_;
};

#ifdef FMX_HAS_SIMDJSON
Sum with_simdjson(const simdjson::padded_string& text) {
  Columns columns;
  simdjson::ondemand::parser parser;
  simdjson::ondemand::document_stream stream;
  if (parser.iterate_many(text, 1 << 20).get(stream)) return {};
  for (auto document : stream) {
    std::size_t place = 0;
    simdjson::ondemand::object row = document.get_object();
    for (auto field : row) {
      const std::string_view name = field.unescaped_key();
      columns.put(place++, name, field.value().get_double());
    }
  }
  return columns.sum();
}
#endif

Sum with_nlohmann(const std::string& text) {
  Columns columns;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const auto row = nlohmann::json::parse(text.data() + begin, text.data() + end);
    std::size_t place = 0;
    for (const auto& [name, value] : row.items()) columns.put(place++, name, value.get<double>());
    begin = end + 1;
  }
  return columns.sum();
}

Sum with_fast_float(const std::string& text) {
  const char* at = std::strchr(text.data(), '\n');
  const char* const end = text.data() + text.size();
  const auto commas = std::count(text.data(), at, ',');
  std::vector<std::vector<double>> columns(static_cast<std::size_t>(commas) + 1);
  ++at;
  while (at < end) {
    for (auto& column : columns) {
      double value = 0;
      at = fast_float::from_chars(at, end, value).ptr + 1;
      column.push_back(value);
    }
  }
  Sum sum;
  for (const auto& column : columns) {
    for (const double value : column) sum.values += value;
    sum.count += column.size();
  }
  return sum;
}

struct Reader {
  std::string name;
  std::function<Sum()> read;
  std::vector<double> times = {};
  Sum sum = {};
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print("usage: read_bench FILE [REPETITIONS]\n"), 2;
  const std::string path = argv[1];
  const int repetitions = argc > 2 ? std::atoi(argv[2]) : 5;

  const double before = peak_megabytes();
  const Sum kept = with_fmx(path);
  const double added = peak_megabytes() - before;
  const double columns = static_cast<double>(kept.kept) * sizeof(double) / 1e6;

  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
#ifdef FMX_HAS_SIMDJSON
  const simdjson::padded_string padded(text);
#endif
  std::vector<Reader> readers{{"fmx", [&] { return with_fmx(path); }}};
  if (!text.empty() && text.front() == '{') {
#ifdef FMX_HAS_SIMDJSON
    readers.push_back({"simdjson on demand", [&] { return with_simdjson(padded); }});
#endif
    readers.push_back({"nlohmann/json", [&] { return with_nlohmann(text); }});
  } else if (path.find("tfevents") == std::string::npos) {
    readers.push_back({"fast_float loop", [&] { return with_fast_float(text); }});
  }
  for (int i = 0; i < repetitions; ++i) {
    for (Reader& reader : readers) {
      const double began = seconds();
      reader.sum = reader.read();
      reader.times.push_back(seconds() - began);
    }
  }

  double own = 0;
  for (Reader& reader : readers) {
    std::ranges::sort(reader.times);
    const double median = reader.times[reader.times.size() / 2];
    if (own == 0) own = median;
    fmt::print("{:20} {:7.3f} s  {:6.0f} MB/s  {:5.2f} x fmx's time   {} values, sum {:.10g}\n",
               reader.name, median, static_cast<double>(text.size()) / median / 1e6, median / own,
               reader.sum.count, reader.sum.values);
  }
  fmt::print(
      "memory added by fmx at its peak: {:.0f} MB for {:.0f} MB of steps and values ({:.2f} x)\n",
      1.048576 * added, columns, 1.048576 * added / columns);
}
