#include "src/readers/decode.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <vector>

#include "src/readers/utf8.hpp"

namespace fmx::readers {

namespace {

class FileBytes : public Bytes {
 public:
  explicit FileBytes(int file) : file_(file) {}
  ~FileBytes() override {
    if (file_ != STDIN_FILENO) ::close(file_);
  }
  FileBytes(const FileBytes&) = delete;
  FileBytes& operator=(const FileBytes&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    for (;;) {
      const ssize_t got = ::read(file_, to, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno == EINTR) continue;
      trouble_ = std::string("reading stopped early: ") + std::strerror(errno);
      return 0;
    }
  }
  std::string trouble() const override { return trouble_; }
  std::optional<std::uint64_t> size() const override {
    struct stat status {};
    if (::fstat(file_, &status) != 0 || !S_ISREG(status.st_mode)) return std::nullopt;
    return static_cast<std::uint64_t>(status.st_size);
  }

 private:
  int file_;
  std::string trouble_;
};

class TextBytes : public Bytes {
 public:
  explicit TextBytes(std::string text) : text_(std::move(text)) {}

  std::size_t read(char* to, std::size_t size) override {
    const std::size_t got = std::min(size, text_.size() - at_);
    std::memcpy(to, text_.data() + at_, got);
    at_ += got;
    return got;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

/// What was read to look at it, then the rest.
class Prefixed : public Bytes {
 public:
  Prefixed(std::string prefix, std::unique_ptr<Bytes> rest)
      : prefix_(std::move(prefix)), rest_(std::move(rest)) {}

  std::size_t read(char* to, std::size_t size) override {
    const std::size_t got = prefix_.read(to, size);
    return got > 0 ? got : rest_->read(to, size);
  }
  std::string trouble() const override { return rest_->trouble(); }
  std::optional<std::uint64_t> size() const override { return rest_->size(); }

 private:
  TextBytes prefix_;
  std::unique_ptr<Bytes> rest_;
};

/// The part of a decoder that all share: packed bytes come in by blocks.
class Unpacker : public Bytes {
 public:
  explicit Unpacker(std::unique_ptr<Bytes> packed) : packed_(std::move(packed)), block_(1u << 16) {}
  std::string trouble() const override { return trouble_.empty() ? packed_->trouble() : trouble_; }

 protected:
  std::size_t next_block() { return packed_->read(block_.data(), block_.size()); }

  std::unique_ptr<Bytes> packed_;
  std::vector<char> block_;
  std::string trouble_;
};

class Gunzip : public Unpacker {
 public:
  explicit Gunzip(std::unique_ptr<Bytes> packed) : Unpacker(std::move(packed)) {
    constexpr int gzip_or_zlib = 15 + 32;
    open_ = inflateInit2(&stream_, gzip_or_zlib) == Z_OK;
    if (!open_) trouble_ = "zlib could not be started";
  }
  ~Gunzip() override {
    if (open_) inflateEnd(&stream_);
  }
  Gunzip(const Gunzip&) = delete;
  Gunzip& operator=(const Gunzip&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    size = std::min<std::size_t>(size, 1u << 30);
    stream_.next_out = reinterpret_cast<Bytef*>(to);
    stream_.avail_out = static_cast<uInt>(size);
    while (stream_.avail_out == size && !over_ && open_) step();
    return size - stream_.avail_out;
  }

 private:
  void step() {
    if (stream_.avail_in == 0) {
      stream_.next_in = reinterpret_cast<Bytef*>(block_.data());
      stream_.avail_in = static_cast<uInt>(next_block());
      if (stream_.avail_in == 0) {
        if (!member_ended_) trouble_ = "the compressed data end early; what came before was read";
        over_ = true;
        return;
      }
    }
    if (member_ended_) {  // files of several members are one text
      inflateReset(&stream_);
      member_ended_ = false;
    }
    const int result = inflate(&stream_, Z_NO_FLUSH);
    if (result == Z_STREAM_END) {
      member_ended_ = true;
    } else if (result != Z_OK && result != Z_BUF_ERROR) {
      trouble_ = "the compressed data are damaged; what came before was read";
      over_ = true;
    }
  }

  z_stream stream_{};
  bool open_ = false, over_ = false, member_ended_ = false;
};

class Unzstd : public Unpacker {
 public:
  explicit Unzstd(std::unique_ptr<Bytes> packed)
      : Unpacker(std::move(packed)), stream_(ZSTD_createDStream()) {}
  ~Unzstd() override { ZSTD_freeDStream(stream_); }
  Unzstd(const Unzstd&) = delete;
  Unzstd& operator=(const Unzstd&) = delete;

  std::size_t read(char* to, std::size_t size) override {
    ZSTD_outBuffer out{to, size, 0};
    while (out.pos == 0 && !over_) step(out);
    return out.pos;
  }

 private:
  void step(ZSTD_outBuffer& out) {
    if (in_.pos == in_.size && !more_inside_) {
      in_ = {block_.data(), next_block(), 0};
      if (in_.size == 0) {
        if (mid_frame_) trouble_ = "the compressed data end early; what came before was read";
        over_ = true;
        return;
      }
    }
    const std::size_t hint = ZSTD_decompressStream(stream_, &out, &in_);
    if (ZSTD_isError(hint)) {
      trouble_ = "the compressed data are damaged; what came before was read";
      over_ = true;
      return;
    }
    mid_frame_ = hint != 0;
    more_inside_ = out.pos == out.size;  // the decoder may hold output back
  }

  ZSTD_DStream* stream_;
  ZSTD_inBuffer in_{nullptr, 0, 0};
  bool over_ = false, mid_frame_ = false, more_inside_ = false;
};

class Utf16 : public Unpacker {
 public:
  Utf16(std::unique_ptr<Bytes> units, bool big_endian)
      : Unpacker(std::move(units)), big_endian_(big_endian) {}

  std::size_t read(char* to, std::size_t size) override {
    while (ready_.size() == taken_) {
      ready_.clear();
      taken_ = 0;
      const std::size_t got = next_block();
      if (got == 0) {
        if (half_ || lead_ != 0) trouble_ = "the text ends within a character";
        return 0;
      }
      for (std::size_t i = 0; i < got; ++i) byte(static_cast<unsigned char>(block_[i]));
    }
    const std::size_t got = std::min(size, ready_.size() - taken_);
    std::memcpy(to, ready_.data() + taken_, got);
    taken_ += got;
    return got;
  }

 private:
  void byte(unsigned char next) {
    if (!half_) {
      first_ = next;
      half_ = true;
      return;
    }
    half_ = false;
    unit(big_endian_ ? first_ << 8 | next : next << 8 | first_);
  }

  void unit(std::uint32_t unit) {
    const bool trail = unit >= 0xDC00 && unit < 0xE000;
    if (lead_ != 0) {
      const std::uint32_t lead = lead_;
      lead_ = 0;
      if (trail) return character(0x10000 + ((lead - 0xD800) << 10) + (unit - 0xDC00));
      character(0xFFFD);
    }
    if (unit >= 0xD800 && unit < 0xDC00) {
      lead_ = unit;
    } else {
      character(trail ? 0xFFFD : unit);
    }
  }

  void character(std::uint32_t code) { append_utf8(ready_, code); }

  bool big_endian_, half_ = false;
  unsigned char first_ = 0;
  std::uint32_t lead_ = 0;
  std::string ready_;
  std::size_t taken_ = 0;
};

/// The first `size` bytes; fewer where there are fewer.
std::string first_bytes(Bytes& bytes, std::size_t size) {
  std::string first(size, '\0');
  std::size_t have = 0;
  while (have < size) {
    const std::size_t got = bytes.read(first.data() + have, size - have);
    if (got == 0) break;
    have += got;
  }
  first.resize(have);
  return first;
}

bool begins(const std::string& text, const char* mark, std::size_t size) {
  return text.size() >= size && std::memcmp(text.data(), mark, size) == 0;
}

std::unique_ptr<Bytes> unpacked(std::unique_ptr<Bytes> raw) {
  std::string magic = first_bytes(*raw, 4);
  const bool gzip = begins(magic, "\x1f\x8b", 2);
  const bool zstd = begins(magic, "\x28\xb5\x2f\xfd", 4);
  auto all = std::make_unique<Prefixed>(std::move(magic), std::move(raw));
  if (gzip) return std::make_unique<Gunzip>(std::move(all));
  if (zstd) return std::make_unique<Unzstd>(std::move(all));
  return all;
}

}  // namespace

Result<std::unique_ptr<Bytes>, Problem> open_file(const std::string& path,
                                                  const std::string& name) {
  if (path == "-") return std::unique_ptr<Bytes>(std::make_unique<FileBytes>(STDIN_FILENO));
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    const int error = errno;
    const char* remedy = error == ENOENT   ? "check the path"
                         : error == EACCES ? "make it readable"
                                           : "check the file";
    return Unexpected{Problem{name, std::strerror(error), remedy}};
  }
  return std::unique_ptr<Bytes>(std::make_unique<FileBytes>(file));
}

std::unique_ptr<Bytes> bytes_of(std::string text) {
  return std::make_unique<TextBytes>(std::move(text));
}

std::unique_ptr<Bytes> decoded(std::unique_ptr<Bytes> raw) {
  auto bytes = unpacked(std::move(raw));
  std::string mark = first_bytes(*bytes, 3);
  const bool little = begins(mark, "\xff\xfe", 2), big = begins(mark, "\xfe\xff", 2);
  if (little || big) mark.erase(0, 2);
  if (begins(mark, "\xef\xbb\xbf", 3)) mark.erase(0, 3);
  auto text = std::make_unique<Prefixed>(std::move(mark), std::move(bytes));
  if (little || big) return std::make_unique<Utf16>(std::move(text), big);
  return text;
}

}  // namespace fmx::readers
