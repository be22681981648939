#include "src/packs/cache.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>
#include <vector>

#include "src/descriptor.hpp"
#include "src/packs/archive.hpp"

namespace fmx::packs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept_at_most = 4;
constexpr std::time_t settled_after = 2;  // seconds: the coarsest times that file systems keep

// What a file of the cache holds, numbers as 64 bits each:
//   checksum   of all that follows but the texts
//   sizes      bytes of the archive, number of texts, bytes of each text
//   archive    the knowledge without its sources
//   texts      one behind the other; damage to them is seen, but breaks nothing
using Number = std::uint64_t;

fs::path folder() {
  if (const char* named = std::getenv("FMX_CACHE")) return named;
  if (const char* cache = std::getenv("XDG_CACHE_HOME"); cache != nullptr && *cache != '\0') {
    return fs::path(cache) / "fmx";
  }
  if (const char* home = std::getenv("HOME"); home != nullptr && *home != '\0') {
    return fs::path(home) / ".cache" / "fmx";
  }
  return {};
}

/// Tells one build of the program from another: what an archive's bytes mean is known to one build
/// only.
std::optional<std::string> build_of_program() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  if (error) return std::nullopt;
  const std::uintmax_t size = fs::file_size(program, error);
  if (error) return std::nullopt;
  const fs::file_time_type time = fs::last_write_time(program, error);
  if (error) return std::nullopt;
  return fmt::format("{} {} {} {}", FMX_VERSION, program.string(), size,
                     time.time_since_epoch().count());
}

void append(std::string& to, Number number) {
  to.append(reinterpret_cast<const char*>(&number), sizeof number);
}

/// Takes a number off the front; 0 where too few bytes are left.
Number take(std::string_view& from) {
  Number number = 0;
  if (from.size() < sizeof number) {
    from = {};
    return 0;
  }
  std::memcpy(&number, from.data(), sizeof number);
  from.remove_prefix(sizeof number);
  return number;
}

/// Takes bytes off the front; nothing where fewer are left.
std::optional<std::string_view> take(std::string_view& from, Number size) {
  if (size > from.size()) return std::nullopt;
  const std::string_view taken = from.substr(0, size);
  from.remove_prefix(size);
  return taken;
}

/// A file's bytes as they lie in the system's own memory: of the texts few are ever looked at.
struct Mapped {
  std::shared_ptr<const void> owner;
  std::string_view bytes;
};

std::optional<Mapped> mapped(const std::string& path) {
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!file.is_open()) return std::nullopt;
  const auto size = static_cast<std::size_t>(file.status().st_size);
  if (size == 0) return std::nullopt;
  void* const bytes = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file.get(), 0);
  if (bytes == MAP_FAILED) return std::nullopt;
  return Mapped{std::shared_ptr<const void>(bytes, [size](void* at) { ::munmap(at, size); }),
                {static_cast<const char*>(bytes), size}};
}

void drop_all_but_latest(const fs::path& in) {
  std::vector<std::pair<fs::file_time_type, fs::path>> files;
  std::error_code error;
  // Another fmx may be at it as well: what has gone meanwhile is nothing to stumble over.
  for (fs::directory_iterator at(in, error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != ".knowledge") continue;
    std::error_code gone;
    const fs::file_time_type written = at->last_write_time(gone);
    if (!gone) files.emplace_back(written, at->path());
  }
  std::ranges::sort(files, std::greater<>{});
  for (std::size_t i = kept_at_most; i < files.size(); ++i) fs::remove(files[i].second, error);
}

}  // namespace

Cache::Cache(const std::vector<RuleFile>& files, std::time_t now) : files_(files) {
  const fs::path in = folder();
  const std::optional<std::string> build = build_of_program();
  if (in.empty() || !build) return;
  std::string key = *build;
  for (const RuleFile& file : files) {
    struct stat status {};
    if (::stat(file.path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return;
    key += fmt::format("\n{} {} {} ", file.path.size(), file.path, file.version);
    append(key, status.st_dev);
    append(key, status.st_ino);
    for (const auto number : {status.st_size, status.st_mtim.tv_sec, status.st_mtim.tv_nsec,
                              status.st_ctim.tv_sec, status.st_ctim.tv_nsec}) {
      append(key, static_cast<Number>(number));
    }
    if (status.st_ctim.tv_sec + settled_after >= now) settled_ = false;
  }
  // Nobody gains by making two keys collide in his own cache: a fast hash will do.
  const XXH128_hash_t hash = XXH3_128bits(key.data(), key.size());
  file_ = (in / fmt::format("{:016x}{:016x}.knowledge", hash.high64, hash.low64)).string();
}

std::optional<Knowledge> Cache::find() const {
  if (file_.empty()) return std::nullopt;
  const std::optional<Mapped> file = mapped(file_);
  if (!file) return std::nullopt;
  std::string_view rest = file->bytes;
  const Number checksum = take(rest);
  const std::string_view checked = rest;
  const Number archive_size = take(rest);
  if (take(rest) != files_.size()) return std::nullopt;
  std::vector<Number> sizes(files_.size());
  for (Number& size : sizes) size = take(rest);
  const std::optional<std::string_view> archive = take(rest, archive_size);
  if (!archive || XXH3_64bits(checked.data(), checked.size() - rest.size()) != checksum) {
    return std::nullopt;
  }
  Sources sources;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const std::optional<std::string_view> text = take(rest, sizes[i]);
    if (!text) return std::nullopt;
    sources.share({files_[i].path, *text, file->owner});
  }
  return unpack_bytes(*archive, std::move(sources));
}

void Cache::keep(const Knowledge& knowledge) const {
  if (file_.empty() || !settled_) return;
  std::error_code error;
  const fs::path in = fs::path(file_).parent_path();
  fs::create_directories(in, error);
  const std::string unfinished = fmt::format("{}.{}", file_, ::getpid());
  {
    const std::string archive = pack_bytes(knowledge);
    std::string checked;
    append(checked, archive.size());
    append(checked, knowledge.sources.size());
    for (std::uint32_t i = 0; i < knowledge.sources.size(); ++i) {
      append(checked, knowledge.sources.at(i).text.size());
    }
    checked += archive;
    std::string checksum;
    append(checksum, XXH3_64bits(checked.data(), checked.size()));
    std::ofstream file(unfinished, std::ios::binary);
    file << checksum << checked;
    for (std::uint32_t i = 0; i < knowledge.sources.size(); ++i) {
      file << knowledge.sources.at(i).text;
    }
    if (!file.flush()) {
      fs::remove(unfinished, error);
      return;
    }
  }
  fs::rename(unfinished, file_, error);
  if (error) {
    fs::remove(unfinished, error);
    return;
  }
  drop_all_but_latest(in);
}

}  // namespace fmx::packs
