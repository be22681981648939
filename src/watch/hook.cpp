#include "src/watch/hook.hpp"

#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

extern char** environ;

namespace fmx::watch {
namespace {

/// A file in memory that holds `text`, to be read from its beginning; a pipe could fill up.
/// Negative where there is none to be had that holds all of it; `errno` says why.
int file_with(std::string_view text) {
  const int file = ::memfd_create("fmx-report", MFD_CLOEXEC);
  while (file >= 0 && !text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const int why = errno;
      ::close(file);
      errno = why;
      return -1;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (file >= 0) ::lseek(file, 0, SEEK_SET);
  return file;
}

/// This program's environment with `variables`, in the place of those that had their names.
std::vector<std::string> environment_with(const Hook::Variables& variables) {
  std::vector<std::string> settings;
  for (char** each = environ; *each != nullptr; ++each) {
    const std::string_view setting = *each;
    const std::string_view name = setting.substr(0, setting.find('='));
    const auto is_set = [&](const auto& variable) { return variable.first == name; };
    if (std::ranges::none_of(variables, is_set)) settings.emplace_back(setting);
  }
  for (const auto& [name, value] : variables) settings.push_back(fmt::format("{}={}", name, value));
  return settings;
}

}  // namespace

Hook::~Hook() {
  if (running_) ::waitpid(*running_, nullptr, WNOHANG);
}

void Hook::call(std::string input, Variables variables) {
  waiting_.push_back({std::move(input), std::move(variables)});
}

void Hook::start(const Call& call) {
  std::vector<std::string> settings = environment_with(call.variables);
  std::vector<char*> environment;
  for (std::string& setting : settings) environment.push_back(setting.data());
  environment.push_back(nullptr);

  const int input = file_with(call.input);
  if (input < 0) {
    troubles_.push_back(fmt::format("--exec: not run, as there is no room for the report: {}",
                                    std::strerror(errno)));
    return;
  }
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
  // Our standard output carries the events alone.
  ::posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
  // This program ignores broken pipes (main.cpp) and keeps signals back (commands/watch.cpp); what
  // ends in `| head`, or is to be stopped, must not.
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  sigset_t by_default;
  ::sigemptyset(&by_default);
  ::sigaddset(&by_default, SIGPIPE);
  ::posix_spawnattr_setsigdefault(&attributes, &by_default);
  sigset_t none;
  ::sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  char shell[] = "sh", option[] = "-c";
  char* arguments[] = {shell, option, command_.data(), nullptr};
  pid_t child = 0;
  const int error =
      ::posix_spawn(&child, "/bin/sh", &actions, &attributes, arguments, environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  ::close(input);
  if (error == 0) {
    running_ = child;
  } else {
    troubles_.push_back(fmt::format("--exec: cannot be run: {}", std::strerror(error)));
  }
}

void Hook::ended(int status) {
  running_.reset();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return;
  troubles_.push_back(
      WIFEXITED(status)
          ? fmt::format("--exec: `{}` ended with status {}", command_, WEXITSTATUS(status))
          : fmt::format("--exec: `{}` was killed by signal {}", command_, WTERMSIG(status)));
}

std::vector<std::string> Hook::tend() {
  int status = 0;
  const pid_t gone = running_ ? ::waitpid(*running_, &status, WNOHANG) : 0;
  if (gone > 0) ended(status);
  // Where SIGCHLD is ignored, as some supervisors leave it, nobody knows how it ended.
  if (gone < 0 && errno != EINTR) running_.reset();
  if (!running_ && !waiting_.empty()) {
    const Call next = std::move(waiting_.front());
    waiting_.pop_front();
    start(next);
  }
  return std::exchange(troubles_, {});
}

std::vector<std::string> Hook::finish() {
  while (running_ || !waiting_.empty()) {  // ends: every call is started once and waited for
    int status = 0;
    if (running_) {
      if (::waitpid(*running_, &status, 0) == *running_) {
        ended(status);
      } else if (errno != EINTR) {
        running_.reset();
      }
      continue;
    }
    const Call next = std::move(waiting_.front());
    waiting_.pop_front();
    start(next);
  }
  return std::exchange(troubles_, {});
}

}  // namespace fmx::watch
