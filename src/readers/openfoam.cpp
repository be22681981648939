// Logs of OpenFOAM's solvers: blocks of lines for each time step, which end with the execution
// time.

#include <fmt/format.h>

#include <map>

#include "src/readers/format.hpp"
#include "src/readers/log_line.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t most_prose = 20'000;

/// The number behind `key` in `line`.
std::optional<double> after(std::string_view line, std::string_view key) {
  const std::size_t at = line.find(key);
  if (at == std::string_view::npos) return std::nullopt;
  const std::size_t begin = line.find_first_not_of(" =:", at + key.size());
  if (begin == std::string_view::npos) return std::nullopt;
  const std::size_t end = line.find_first_of(" ,\t", begin);
  std::string_view text = line.substr(begin, end == std::string_view::npos ? end : end - begin);
  if (text.ends_with('s')) text.remove_suffix(1);
  return number(text);
}

class Solver {
 public:
  void add(std::string_view line) {
    if (line.starts_with("Time = ")) return begin_step(line);
    if (line.starts_with("ExecutionTime = ")) return end_step(line);
    if (line.find("Solving for ") != std::string_view::npos) return add_solve(line);
    if (line.starts_with("Courant Number ")) {
      put("Courant Number mean", after(line, "mean"));
      return put("Courant Number max", after(line, "max"));
    }
    if (line.starts_with("time step continuity errors")) {
      put("continuity errors/sum local", after(line, "sum local"));
      put("continuity errors/global", after(line, "global"));
      return put("continuity errors/cumulative", after(line, "cumulative"));
    }
    if (line.starts_with("deltaT = ")) return put("deltaT", after(line, "deltaT"));
    if (line.starts_with("bounding ")) return add_bounding(line);
    add_other(line);
  }

  Reading finish() {
    flush();
    for (auto& [name, samples] : samples_) reading_.samples.push_back(std::move(samples));
    reading_.step_name = "Time";
    return std::move(reading_);
  }

  std::size_t left_out() const { return left_out_; }

 private:
  using Cells = std::map<std::string, double, std::less<>>;

  void put(std::string_view name, std::optional<double> value) {
    if (value) cells_.insert_or_assign(std::string(name), *value);
  }

  void begin_step(std::string_view line) {
    if (time_) flush();
    time_ = after(line, "Time");
    started_ = true;
  }

  void end_step(std::string_view line) {
    put("time", after(line, "ExecutionTime"));
    flush();
  }

  /// Within one step a field may be solved several times: its first initial residual tells how far
  /// off the step began, its last final one where it ended; iterations add up.
  void add_solve(std::string_view line) {
    const std::size_t begin = line.find("Solving for ") + 12;
    const std::string field(line.substr(begin, line.find(',', begin) - begin));
    if (const auto initial = after(line, "Initial residual"))
      cells_.emplace("initial_residual/" + field, *initial);
    put("final_residual/" + field, after(line, "Final residual"));
    if (const auto iterations = after(line, "No Iterations")) {
      cells_["iterations/" + field] += *iterations;
      cells_["No Iterations"] += *iterations;
    }
  }

  /// bounding k, min: -1 max: 2 average: 0.5
  void add_bounding(std::string_view line) {
    const std::string field(line.substr(9, line.find(',') - 9));
    put("bounding " + field + "/min", after(line, "min"));
    put("bounding " + field + "/max", after(line, "max"));
  }

  /// What other models print; before the first step only warnings and errors count, with the lines
  /// that explain them.
  void add_other(std::string_view line) {
    constexpr int explained_by = 12;
    if (line.starts_with("--> FOAM")) explaining_ = explained_by;
    if (explaining_ > 0) {
      --explaining_;
      return keep(line);
    }
    if (!started_) return;
    if (const auto outer = after(line, ": iteration")) return put("outer iterations", outer);
    const LineSamples found = samples_in(line);
    for (const auto& [name, value] : found.cells) put(name, value);
    if (found.share < 0.5) keep(line);
  }

  void keep(std::string_view line) {
    if (reading_.facts.log_lines.size() < most_prose) {
      reading_.facts.log_lines.emplace_back(line);
    } else {
      ++left_out_;
    }
  }

  void flush() {
    if (time_) {
      for (const auto& [name, value] : cells_) {
        Samples& samples = samples_[name];
        samples.name = name;
        samples.steps.push_back(*time_);
        samples.values.push_back(value);
      }
    }
    cells_.clear();
    time_.reset();
  }

  bool started_ = false;
  std::size_t left_out_ = 0;  ///< lines of prose
  int explaining_ = 0;        ///< lines that still belong to a warning
  std::optional<double> time_;
  Cells cells_;
  std::map<std::string, Samples> samples_;
  Reading reading_;
};

}  // namespace

bool is_openfoam_log(std::string_view head) {
  const auto holds = [&](std::string_view words) {
    return head.find(words) != std::string_view::npos;
  };
  return (holds("OpenFOAM") && holds("Exec   :")) ||
         (holds("Solving for ") && holds("Initial residual = "));
}

Read read_openfoam_log(Input& input, const DeclaredLines&) {
  Solver solver;
  while (const auto line = input.next_line()) {
    const std::string_view text = trimmed(line->text);
    if (!text.empty()) solver.add(text);
  }
  if (solver.left_out() > 0) {
    input.note(fmt::format("of its warnings and other prose {} lines are kept; {} were left out",
                           most_prose, solver.left_out()));
  }
  return solver.finish();
}

}  // namespace fmx::readers
