#pragma once

#include <signal.h>

#include <chrono>
#include <set>
#include <string>
#include <vector>

namespace fmx::watch {

/// Waits until something below some paths may have changed. Uses inotify where the system has it;
/// beside it, and without it, everything is looked at again at least every `fallback`, since
/// network file systems tell nothing.
class Changes {
 public:
  explicit Changes(std::vector<std::string> paths);
  ~Changes();
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  /// Ends with the first change, after `fallback`, or where a signal came that `awake`, the mask
  /// of signals meanwhile, lets through; also one that came before and was kept back till now.
  void wait(std::chrono::milliseconds fallback, const sigset_t& awake);

 private:
  void watch_folders();
  void watch_folder(const std::string& folder);
  void drain();

  std::vector<std::string> paths_;
  std::set<std::string> watched_;
  int descriptor_ = -1;
  bool new_folders_ = true;
};

}  // namespace fmx::watch
