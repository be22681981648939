#include "src/readers/follow.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "src/descriptor.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t block = 1u << 20;
constexpr std::size_t compared = 4096;       ///< bytes by which a beginning is known again
constexpr std::uint64_t settled = 1u << 14;  ///< bytes from which on a format is sure

/// Text that can be taken as it is: neither packed nor in UTF-16.
bool is_plain(std::string_view head) {
  const auto begins = [&](std::string_view bytes) { return head.substr(0, bytes.size()) == bytes; };
  return !begins("\x1f\x8b") && !begins("\x28\xb5\x2f\xfd") && !begins("\xff\xfe") &&
         !begins("\xfe\xff") && !begins("\xef\xbb\xbf") && !begins("\x78\x01") &&
         !begins("\x78\x9c") && !begins("\x78\xda");
}

}  // namespace

class Followed::File {
 public:
  File(const DeclaredLines& declared, std::optional<std::size_t> window)
      : declared_(declared), window_(window) {}

  std::optional<Read> look(Wanted wanted, const std::string& path, const std::string& name,
                           std::uint64_t& taken) {
    Descriptor now(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    const bool known = last_ || (left_out_ && wanted != nullptr);
    if (!now.is_open()) {
      if (known) return last_;
      return Unexpected{Problem{name, std::strerror(errno), "name a file that can be read"}};
    }
    const struct stat status = now.status();
    if (growing_ != nullptr && same_file(status)) {
      const bool cut = static_cast<std::uint64_t>(status.st_size) < offset_;
      if (cut) begin_anew();
    } else if (growing_ != nullptr) {
      read_on(taken);  // what was written before it was replaced
      begin_anew();
    } else if (known && same_file(status) && same_time(status)) {
      return last_;
    }
    open_ = std::move(now);
    status_ = status;
    if (growing_ == nullptr) return read_whole(wanted, path, name, taken);
    if (read_on(taken)) keep(name);
    return last_;
  }

 private:
  bool same_file(const struct stat& now) const {
    return open_.is_open() && now.st_ino == status_.st_ino && now.st_dev == status_.st_dev;
  }
  bool same_time(const struct stat& now) const {
    return now.st_size == status_.st_size && now.st_mtim.tv_sec == status_.st_mtim.tv_sec &&
           now.st_mtim.tv_nsec == status_.st_mtim.tv_nsec;
  }

  void begin_anew() {
    offset_ = 0;
    growing_->drop_partial();
    anew_ = true;
  }

  /// Takes what was appended; whether there was any.
  bool read_on(std::uint64_t& taken) {
    buffer_.resize(block);
    bool any = false;
    while (true) {
      const std::string_view bytes = open_.read(offset_, buffer_);
      if (bytes.empty()) return any;
      if (anew_) {
        anew_ = false;
        const std::size_t size = std::min({bytes.size(), beginning_.size(), compared});
        const bool rewritten =
            bytes.substr(0, size) == std::string_view(beginning_).substr(0, size);
        if (rewritten) growing_ = format_->grow(declared_);
        beginning_.clear();
      }
      if (beginning_.size() < compared) beginning_ += bytes.substr(0, compared - beginning_.size());
      growing_->take(bytes);
      if (window_) growing_->keep_last(*window_);
      offset_ += bytes.size();
      taken += bytes.size();
      any = true;
    }
  }

  /// What is not sure of its format yet, or has to be read whole.
  std::optional<Read> read_whole(Wanted wanted, const std::string& path, const std::string& name,
                                 std::uint64_t& taken) {
    buffer_.resize(block);
    const std::string_view head = open_.read(0, buffer_);
    taken += head.size() + 1;
    last_.reset();
    const bool plain = is_plain(head);
    left_out_ = plain && wanted != nullptr && !wanted(head);
    if (left_out_) return std::nullopt;
    const Format* format = trimmed(head).empty() || !plain ? nullptr : format_of(head);
    if (format == nullptr || format->grow == nullptr) {
      auto input = Input::open(path, name);
      if (!input) return Unexpected{input.error()};
      left_out_ = !plain && wanted != nullptr && !wanted(input->head());
      if (!left_out_) last_ = read_input(*input, declared_);
      return last_;
    }
    format_ = format;
    growing_ = format->grow(declared_);
    offset_ = 0;
    beginning_.clear();
    anew_ = false;
    read_on(taken);
    keep(name);
    if (offset_ < settled && format->recognizes != is_event_file) growing_.reset();
    return last_;
  }

  void keep(const std::string& name) {
    Reading reading = growing_->reading(name);
    reading.format = format_->name;
    last_ = std::move(reading);
  }

  const DeclaredLines& declared_;
  std::optional<std::size_t> window_;
  Descriptor open_;
  struct stat status_ {};
  const Format* format_ = nullptr;
  std::unique_ptr<Growing> growing_;  ///< null: read again where it has changed
  std::uint64_t offset_ = 0;
  std::string beginning_;  ///< what the file begins with
  bool anew_ = false;      ///< it was cut off or replaced; what it begins with now decides
  std::vector<char> buffer_;
  std::optional<Read> last_;
  bool left_out_ = false;  ///< it was not wanted when it was last looked at
};

Followed::Followed(const Knowledge* knowledge, std::optional<std::size_t> window)
    : declared_(knowledge), window_(window) {}
Followed::~Followed() = default;

std::optional<Read> Followed::read_if(Wanted wanted, const std::string& path,
                                      const std::string& name) {
  std::unique_ptr<File>& file = files_[path];
  if (file == nullptr) file = std::make_unique<File>(declared_, window_);
  return file->look(wanted, path, name, taken_);
}

}  // namespace fmx::readers
