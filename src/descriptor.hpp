#pragma once

#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace fmx {

/// An open file, closed with this.
class Descriptor {
 public:
  explicit Descriptor(int number = -1) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() {
    if (is_open()) ::close(number_);
  }
  bool is_open() const { return number_ >= 0; }
  int get() const { return number_; }

  /// All zero where the system does not tell.
  struct stat status() const {
    struct stat status {};
    if (::fstat(number_, &status) != 0) status = {};
    return status;
  }

  /// Bytes from `offset` on, as many as there are, at most `to`'s size.
  std::string_view read(std::uint64_t offset, std::vector<char>& to) const {
    const ssize_t got = ::pread(number_, to.data(), to.size(), static_cast<off_t>(offset));
    return {to.data(), got > 0 ? static_cast<std::size_t>(got) : 0};
  }

 private:
  int number_;
};

}  // namespace fmx
