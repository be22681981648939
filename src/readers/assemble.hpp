#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/run.hpp"
#include "src/readers/config.hpp"
#include "src/readers/reading.hpp"

namespace fmx::readers {

/// Puts what several files held together into one run.
class Assembly {
 public:
  /// What is added from here on comes from an input of its own.
  void begin_input(std::string path, bool is_folder);

  /// Takes a file's reading; `origin` is the file's name.
  void add(Reading reading, const std::string& origin);

  /// Settings from a config file; with `force` they win over those already there.
  void add_config(Settings settings, bool force);

  void add_code(std::string text) { run_.code.push_back(std::move(text)); }
  /// Says that a file without series was read, and as what.
  void add_file(std::string name, std::string format) {
    run_.files.push_back({std::move(name), std::move(format)});
  }
  void add_log_lines(std::vector<std::string> lines);
  void note(std::string sentence) { run_.notes.push_back(std::move(sentence)); }

  const std::vector<std::string>& notes() const { return run_.notes; }
  bool has_series() const { return !run_.series.empty(); }
  bool has_anything() const;

  /// Inputs that are folders of runs of their own: the same kind of file says other things of the
  /// same series. Their paths, in the order in which they were begun.
  std::vector<std::string> rivals() const;

  /// The run that `input` names: series ordered by name, all text valid UTF-8.
  engine::Run finish(std::string input);

 private:
  void add_series(engine::Series series);
  void add_facts(engine::Run facts);
  void note_disagreements();

  struct Input {
    std::string path;
    bool is_folder = false, is_rival = false;
  };
  struct Source {
    std::size_t input = 0;
    std::string_view format;
  };
  bool tell_of_two_runs(const Source& a, const Source& b) const;

  std::vector<Input> inputs_{1};
  Source source_;                ///< of what is being added
  std::vector<Source> sources_;  ///< of run_.series
  engine::Run run_;
  std::map<std::string, std::size_t> by_name_;  ///< place in run_.series
  std::map<std::pair<std::string, std::string>, std::size_t>
      disagreements_;             ///< series, by two files
  std::size_t most_samples_ = 0;  ///< of the reading that named the steps
};

}  // namespace fmx::readers
