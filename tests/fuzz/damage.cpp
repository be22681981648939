// Damages files that real programs wrote, in every way that disks and pipes do, and reads them:
//   damage FOLDER [CORRUPTIONS] [SEED]
// Each file is cut at every byte (of a file beyond 64 kB, at so many places) and corrupted at
// random so many times (10,000). A broken promise aborts; what was tried last is written to the
// folder of the run.

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "tests/fuzz/read_promise.hpp"

namespace {

namespace fs = std::filesystem;
using fmx::readers::Input;

std::vector<fs::path> files_of(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    const auto type = entry.path().extension();
    const bool written_by_hand = type == ".py" || type == ".sh" || type == ".md";
    if (entry.is_regular_file() && !written_by_hand) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

std::string bytes_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// Kept where a crash can be looked into.
void remember(const std::string& bytes) {
  std::ofstream("damaged.last", std::ios::binary) << bytes;
}

fmx::readers::Read read(const std::string& bytes) {
  Input input = Input::of_bytes(bytes, "file");
  return fmx::readers::read_input(input);
}

std::size_t samples_in(const fmx::readers::Read& reading) {
  std::size_t samples = 0;
  if (reading) {
    for (const auto& series : reading->samples) samples += series.values.size();
  }
  return samples;
}

/// Rows that ended before the cut are read as they are without what was cut.
void check_cut(const std::string& whole, std::size_t size) {
  const std::string cut = whole.substr(0, size);
  auto reading = read(cut);
  const bool by_lines =
      reading && (reading->format == "JSON lines" || reading->format == "CSV or TSV");
  if (by_lines) {
    const std::size_t end = cut.find_last_of('\n');
    if (end != std::string::npos && std::count(cut.begin(), cut.end(), '\n') > 2) {
      const bool kept = samples_in(reading) >= samples_in(read(cut.substr(0, end + 1)));
      if (!kept) remember(cut);
      require(kept);
    }
  }
  check_reading(std::move(reading));
}

/// One to four blows: bytes changed, removed, put in, repeated or zeroed.
std::string corrupted(std::string bytes, std::minstd_rand& random) {
  for (unsigned blows = 1 + random() % 4; blows > 0 && !bytes.empty(); --blows) {
    const std::size_t at = random() % bytes.size();
    const std::size_t length = std::min<std::size_t>(1 + random() % 16, bytes.size() - at);
    switch (random() % 6) {
      case 0: bytes[at] = static_cast<char>(random() % 256); break;
      case 1: bytes[at] = static_cast<char>(bytes[at] ^ (1 << random() % 8)); break;
      case 2: bytes.erase(at, length); break;
      case 3: bytes.insert(at, length, static_cast<char>(random() % 256)); break;
      case 4: bytes.insert(at, bytes.substr(random() % bytes.size(), length)); break;
      default: std::fill_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), length, '\0'); break;
    }
  }
  return bytes;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const int corruptions = argc > 2 ? std::atoi(argv[2]) : 10'000;
  const unsigned seed = argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1;
  std::size_t files = 0, cuts = 0;
  for (const fs::path& path : files_of(argv[1])) {
    const std::string whole = bytes_of(path);
    const std::size_t places = corruptions < 10'000 ? 200 : 65'536;
    const std::size_t stride = std::max<std::size_t>(1, whole.size() / places);
    for (std::size_t size = 0; size <= whole.size(); size += stride, ++cuts) check_cut(whole, size);
    std::minstd_rand random(seed);
    for (int i = 0; i < corruptions; ++i) {
      const std::string damaged = corrupted(whole, random);
      if (corruptions >= 10'000 && i % 100 == 0) remember(damaged);
      check_reading(read(damaged));
    }
    ++files;
  }
  fmt::print("{} files: cut at {} places, {} corruptions each\n", files, cuts, corruptions);
  return 0;
}
