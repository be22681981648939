#include "src/packs/cache.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <xxhash.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string_view>
#include <system_error>
#include <vector>

#include "src/packs/archive.hpp"

namespace fmx::packs {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kept_at_most = 4;
constexpr std::size_t checksum_size = 16;

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

/// Stands behind an archive: what is damaged is not to be unpacked.
std::string checksum(std::string_view bytes) {
  return fmt::format("{:016x}", XXH3_64bits(bytes.data(), bytes.size()));
}

std::optional<std::string> contents(const std::string& path) {
  std::ifstream file(path, std::ios::binary | std::ios::ate);
  if (!file) return std::nullopt;
  std::string bytes(static_cast<std::size_t>(file.tellg()), '\0');
  file.seekg(0);
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (!file) return std::nullopt;
  return bytes;
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

Cache::Cache(const Sources& sources) {
  const fs::path in = folder();
  const std::optional<std::string> build = build_of_program();
  if (in.empty() || !build) return;
  // Nobody gains by making two texts collide in his own cache: a fast hash will do.
  const std::unique_ptr<XXH3_state_t, decltype(&XXH3_freeState)> state(XXH3_createState(),
                                                                       &XXH3_freeState);
  XXH3_128bits_reset(state.get());
  const auto take = [&](std::string_view bytes) {
    XXH3_128bits_update(state.get(), bytes.data(), bytes.size());
  };
  take(*build);
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const Source& source = sources.at(i);
    take(fmt::format("\n{} {} {}\n", source.path.size(), source.path, source.text.size()));
    take(source.text);
  }
  const XXH128_hash_t hash = XXH3_128bits_digest(state.get());
  file_ = (in / fmt::format("{:016x}{:016x}.knowledge", hash.high64, hash.low64)).string();
}

std::optional<Knowledge> Cache::find() const {
  if (file_.empty()) return std::nullopt;
  const std::optional<std::string> bytes = contents(file_);
  if (!bytes || bytes->size() < checksum_size) return std::nullopt;
  const std::string_view whole(*bytes);
  const std::string_view archive = whole.substr(0, whole.size() - checksum_size);
  if (whole.substr(archive.size()) != checksum(archive)) return std::nullopt;
  return unpack_bytes(archive, {});
}

void Cache::keep(const Knowledge& knowledge) const {
  if (file_.empty()) return;
  std::error_code error;
  const fs::path in = fs::path(file_).parent_path();
  fs::create_directories(in, error);
  const std::string unfinished = fmt::format("{}.{}", file_, ::getpid());
  {
    std::ofstream file(unfinished, std::ios::binary);
    const std::string archive = pack_bytes(knowledge);
    file << archive << checksum(archive);
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
