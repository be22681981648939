#include "src/watch/changes.hpp"

#include <poll.h>
#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "src/readers/folder.hpp"

namespace fmx::watch {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_folders = 1'000;  // what the system lets one watch is not without end

}  // namespace

Changes::Changes(std::vector<std::string> paths)
    : paths_(std::move(paths)), descriptor_(::inotify_init1(IN_NONBLOCK | IN_CLOEXEC)) {}

Changes::~Changes() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

void Changes::wait(std::chrono::milliseconds fallback, const sigset_t& awake) {
  if (descriptor_ >= 0 && new_folders_) watch_folders();
  pollfd asked{descriptor_, POLLIN, 0};
  const timespec longest{fallback.count() / 1000, fallback.count() % 1000 * 1'000'000};
  ::ppoll(&asked, descriptor_ >= 0 ? 1 : 0, &longest, &awake);
  drain();
}

/// Of a file its folder is watched, so that its replacement shows; of what is not there yet, the
/// nearest folder above it that is.
void Changes::watch_folders() {
  new_folders_ = false;
  for (const std::string& path : paths_) {
    std::error_code error;
    fs::path at = fs::absolute(path, error);
    if (fs::is_directory(at, error)) {
      for (const std::string& folder : readers::folders_below(at.string())) watch_folder(folder);
      continue;
    }
    do {
      new_folders_ = new_folders_ || !fs::exists(at, error);  // look for it again
      at = at.parent_path();
    } while (!at.empty() && at != at.root_path() && !fs::is_directory(at, error));
    watch_folder(at.string());
  }
}

void Changes::watch_folder(const std::string& folder) {
  if (watched_.size() >= most_folders || watched_.contains(folder)) return;
  constexpr std::uint32_t wanted =
      IN_MODIFY | IN_CREATE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_CLOSE_WRITE | IN_ATTRIB;
  if (::inotify_add_watch(descriptor_, folder.c_str(), wanted) >= 0) watched_.insert(folder);
}

void Changes::drain() {
  if (descriptor_ < 0) return;
  alignas(inotify_event) std::array<char, 16384> buffer{};
  while (true) {
    const ssize_t got = ::read(descriptor_, buffer.data(), buffer.size());
    if (got <= 0) return;
    for (ssize_t at = 0; at < got;) {
      const auto* event = reinterpret_cast<const inotify_event*>(buffer.data() + at);
      if ((event->mask & IN_ISDIR) != 0 || (event->mask & IN_IGNORED) != 0) {
        new_folders_ = true;
        watched_.clear();  // adding one again changes nothing
      }
      at += static_cast<ssize_t>(sizeof(inotify_event) + event->len);
    }
  }
}

}  // namespace fmx::watch
