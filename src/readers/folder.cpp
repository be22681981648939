#include "src/readers/folder.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>

namespace fmx::readers {

namespace {

namespace fs = std::filesystem;

constexpr int deepest = 6;
constexpr std::size_t most_files = 20'000;

/// Folders that hold no logs but may hold very many files.
bool is_left_out(const std::string& name) {
  if (name == ".hydra") return false;
  return name.starts_with(".") || name == "node_modules" || name == "__pycache__";
}

class Walk {
 public:
  Walk(const std::string& folder, std::vector<std::string>& notes) : notes_(notes) {
    std::error_code error;
    root_ = fs::canonical(folder, error);
  }

  void enter(const fs::path& folder, const std::string& prefix, int depth) {
    std::error_code error;
    const fs::path real = fs::canonical(folder, error);
    if (error || !seen_.insert(real.string()).second) return;
    folders_.push_back(folder.string());
    auto entries =
        fs::directory_iterator(folder, fs::directory_options::skip_permission_denied, error);
    if (error) {
      notes_.push_back(fmt::format("{}: the folder cannot be read: {}", prefix, error.message()));
      return;
    }
    std::vector<fs::directory_entry> here;
    for (; !error && entries != fs::directory_iterator(); entries.increment(error))
      here.push_back(*entries);
    if (error) {
      notes_.push_back(
          fmt::format("{}: the folder was read only in part: {}", prefix, error.message()));
    }
    std::sort(here.begin(), here.end());
    std::vector<fs::path> below;
    for (const fs::directory_entry& entry : here) take(entry, prefix, below);
    for (const fs::path& path : below) {
      if (depth == deepest) {
        notes_.push_back(
            fmt::format("{}: folders more than {} deep were not entered", prefix, deepest));
        return;
      }
      enter(path, prefix + path.filename().string() + "/", depth + 1);
    }
  }

  std::vector<std::string> take_folders() { return std::move(folders_); }

  std::vector<Entry> take_files() {
    std::sort(files_.begin(), files_.end(),
              [](const Entry& a, const Entry& b) { return a.name < b.name; });
    return std::move(files_);
  }

 private:
  void take(const fs::directory_entry& entry, const std::string& prefix,
            std::vector<fs::path>& below) {
    std::error_code error;
    if (entry.is_symlink(error) && is_met_elsewhere(entry)) return;
    const std::string name = entry.path().filename().string();
    if (entry.is_directory(error)) {
      if (!is_left_out(name)) below.push_back(entry.path());
    } else if (entry.is_regular_file(error)) {
      if (files_.size() < most_files) {
        files_.push_back({entry.path().string(), prefix + name});
      } else if (!full_) {
        full_ = true;
        notes_.push_back(
            fmt::format("{}: only the first {} files were looked at", prefix, most_files));
      }
    }
  }

  /// A link to what the walk meets under its own name: wandb/latest-run.
  bool is_met_elsewhere(const fs::directory_entry& link) const {
    std::error_code error;
    const fs::path target = fs::canonical(link.path(), error);
    if (error || root_.empty()) return false;
    const fs::path below = target.lexically_relative(root_);
    return !below.empty() && std::none_of(below.begin(), below.end(), [](const fs::path& part) {
      return part == "." || part == ".." || is_left_out(part.string());
    });
  }

  fs::path root_;
  std::vector<std::string>& notes_;
  std::set<std::string> seen_;
  std::vector<std::string> folders_;
  std::vector<Entry> files_;
  bool full_ = false;
};

}  // namespace

Result<std::vector<Entry>, Problem> files_below(const std::string& folder,
                                                std::vector<std::string>& notes) {
  std::error_code error;
  fs::directory_iterator probe(folder, error);
  if (error) return Unexpected{Problem{folder, error.message(), "make the folder readable"}};
  Walk walk(folder, notes);
  walk.enter(folder, "", 0);
  return walk.take_files();
}

std::vector<std::string> folders_below(const std::string& folder) {
  std::vector<std::string> ignored;
  Walk walk(folder, ignored);
  walk.enter(folder, "", 0);
  return walk.take_folders();
}

}  // namespace fmx::readers
