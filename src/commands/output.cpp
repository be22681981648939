#include "src/commands/output.hpp"

#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace fmx::commands {
namespace {

constexpr int narrowest = 40, widest = 100;  // columns that a report is laid out for

/// Writes all of `text` to a descriptor; the error number of what stopped it, or 0.
int write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptor, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

Problem cannot_write(const std::string& path, int error) {
  return {path, std::string("cannot be written: ") + std::strerror(error),
          "check that its folder exists and may be written to"};
}

/// Into what is no file of its own: a device, a pipe.
std::optional<Problem> write_through(const std::string& path, std::string_view text) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_write(path, errno);
  const int error = write_all(descriptor, text);
  ::close(descriptor);
  if (error != 0 && error != EPIPE) return cannot_write(path, error);
  return std::nullopt;
}

bool is_set(const char* variable) {
  const char* value = std::getenv(variable);
  return value != nullptr && *value != '\0';
}

}  // namespace

std::optional<Problem> print(std::string_view text, int status) {
  const int error = write_all(STDOUT_FILENO, text);
  if (error == EPIPE) std::_Exit(status);
  if (error == 0) return std::nullopt;
  return Problem{"standard output", std::string("cannot be written: ") + std::strerror(error),
                 "check where it is sent to, and the space left there"};
}

int finish(std::string_view text, int status) {
  const std::optional<Problem> problem = print(text, status);
  return problem ? fail(*problem) : status;
}

std::optional<Problem> write_file(const std::string& path, std::string_view text) {
  struct stat status {};
  const bool special = ::stat(path.c_str(), &status) == 0 && !S_ISREG(status.st_mode);
  if (special) return write_through(path, text);

  std::string beside = path + ".XXXXXX";
  const int descriptor = ::mkstemp(beside.data());
  if (descriptor < 0) return cannot_write(path, errno);
  int error = write_all(descriptor, text);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  if (error == 0 && ::fchmod(descriptor, 0666 & ~mask) != 0) error = errno;
  if (::close(descriptor) != 0 && error == 0) error = errno;
  if (error == 0 && std::rename(beside.c_str(), path.c_str()) != 0) error = errno;
  if (error == 0) return std::nullopt;
  ::unlink(beside.c_str());
  return cannot_write(path, error);
}

ExitStatus fail(const Problem& problem) {
  const std::string text = render(problem);
  std::fwrite(text.data(), 1, text.size(), stderr);
  return unusable;
}

ExitStatus fail(const packs::Loaded& broken) {
  const std::string text = packs::render(broken.diagnostics, broken.knowledge.sources);
  std::fwrite(text.data(), 1, text.size(), stderr);
  return unusable;
}

Screen screen() {
  Screen shown;
  if (::isatty(STDOUT_FILENO) == 0) return shown;
  shown.colour = !is_set("NO_COLOR");
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) {
    shown.width = std::clamp<int>(size.ws_col, narrowest, widest);
  }
  return shown;
}

}  // namespace fmx::commands
