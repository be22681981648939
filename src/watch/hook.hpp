#pragma once

#include <sys/types.h>

#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace fmx::watch {

/// Runs the user's command (`sh -c`), one call at a time and beside the watching: calls that come
/// meanwhile wait for their turn.
class Hook {
 public:
  using Variables = std::vector<std::pair<std::string, std::string>>;

  explicit Hook(std::string command) : command_(std::move(command)) {}
  ~Hook();
  Hook(const Hook&) = delete;
  Hook& operator=(const Hook&) = delete;

  /// With `input` on its standard input and `variables` in its environment.
  void call(std::string input, Variables variables);

  /// Sees to calls that have ended and starts those that wait; what went wrong, a sentence each.
  std::vector<std::string> tend();

  bool idle() const { return !running_ && waiting_.empty(); }

  /// Waits for the calls that are still to be made.
  std::vector<std::string> finish();

 private:
  struct Call {
    std::string input;
    Variables variables;
  };
  void start(const Call& call);
  void ended(int status);

  std::string command_;
  std::deque<Call> waiting_;
  std::optional<pid_t> running_;
  std::vector<std::string> troubles_;
};

}  // namespace fmx::watch
