#include "src/cases/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>
#include <set>
#include <system_error>
#include <utility>
#include <vector>

#include "knowledge/parallel.hpp"
#include "src/cases/label.hpp"
#include "src/readers/read.hpp"

namespace fmx::cases {
namespace {

namespace fs = std::filesystem;

/// The folders that hold a label, found below a root. Links to folders are followed once those that
/// are no links were gone through; no folder counts twice, so links that lead back end.
class LabelledFolders {
 public:
  /// The error that stopped it, if one did.
  std::error_code look_through(const fs::path& root) {
    std::vector<fs::path> open = {root};
    while (!open.empty()) {  // ends: every folder is opened once, by its true path
      std::ranges::sort(open);
      std::vector<fs::path> links;
      for (const fs::path& folder : open) {
        if (const std::error_code error = look_into(folder, links)) return error;
      }
      open = std::move(links);
    }
    std::ranges::sort(found_);
    return {};
  }

  std::vector<fs::path>& found() { return found_; }

 private:
  std::error_code look_into(const fs::path& folder, std::vector<fs::path>& links) {
    std::error_code error;
    if (!seen_.insert(fs::canonical(folder, error)).second) return {};
    std::vector<fs::path> below;
    constexpr auto passing_over = fs::directory_options::skip_permission_denied;
    for (fs::directory_iterator at(folder, passing_over, error), end; !error && at != end;
         at.increment(error)) {
      std::error_code ignored;  // a link that leads nowhere is no folder
      if (at->path().filename() == label_file) found_.push_back(folder);
      if (at->is_directory(ignored))
        (at->is_symlink(ignored) ? links : below).push_back(at->path());
    }
    for (std::size_t i = 0; i < below.size() && !error; ++i) error = look_into(below[i], links);
    return error;
  }

  std::vector<fs::path> found_;
  std::set<fs::path> seen_;
};

/// The folders at or below `root` that hold a label, sorted.
Result<std::vector<fs::path>, Problem> labelled_folders(const fs::path& root) {
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    const bool exists = fs::exists(root, error);
    return Unexpected{Problem{root.string(), exists ? "it is no folder" : "no such folder",
                              "give a folder with one folder for each labelled run"}};
  }
  LabelledFolders folders;
  if (const std::error_code stopped = folders.look_through(root)) {
    return Unexpected{Problem{root.string(), "cannot be looked through: " + stopped.message(),
                              "check its permissions"}};
  }
  if (folders.found().empty()) {
    return Unexpected{
        Problem{root.string(), fmt::format("no folder below it holds a {}", label_file),
                "put {\"label\": \"lr_too_high\"} (or \"healthy\") beside each run's metrics"}};
  }
  return std::move(folders.found());
}

std::string name_of(const fs::path& folder, const fs::path& root) {
  const std::string name = folder.lexically_relative(root).generic_string();
  return name == "." ? fs::weakly_canonical(folder).filename().string() : name;
}

struct Read {
  engine::LabelledCase labelled;
  std::vector<Problem> not_used;
};

Result<Read, Problem> read_case(const Knowledge& knowledge, const fs::path& folder,
                                const std::string& name) {
  const std::string where = name + "/" + label_file;
  const Result<Label, Problem> label = read_label((folder / label_file).string(), where);
  if (!label) return Unexpected{label.error()};
  Result<Truth, Problem> meant = truth(knowledge, *label, where);
  if (!meant) return Unexpected{meant.error()};
  Result<engine::Run, readers::Problem> run = readers::read(
      {.inputs = {folder.string()}, .config = {}, .context = {}, .knowledge = &knowledge});
  if (!run) return Unexpected{Problem{name, run.error().what, run.error().remedy}};
  run->input = name;
  return Read{.labelled = {.name = name,
                           .group = label->group.empty() ? name : label->group,
                           .run = *std::move(run),
                           .observations = {},
                           .present = std::move(meant->present),
                           .accepted = std::move(meant->accepted)},
              .not_used = std::move(meant->not_used)};
}

}  // namespace

Result<Cases, Problem> read(const Knowledge& knowledge, const std::string& path) {
  const fs::path root(path);
  const Result<std::vector<fs::path>, Problem> folders = labelled_folders(root);
  if (!folders) return Unexpected{folders.error()};

  std::vector<std::optional<Result<Read, Problem>>> each(folders->size());
  for_each_in_parallel(each.size(), [&](std::size_t i) {
    const fs::path& folder = (*folders)[i];
    each[i].emplace(read_case(knowledge, folder, name_of(folder, root)));
  });

  Cases cases;
  for (auto& read : each) {
    if (read->has_value()) {
      std::ranges::move((*read)->not_used, std::back_inserter(cases.not_used));
      cases.runs.push_back(std::move((*read)->labelled));
    } else {
      cases.not_used.push_back(read->error());
    }
  }
  if (cases.runs.empty()) {
    Problem none = cases.not_used.front();
    if (cases.not_used.size() > 1) {
      none.what +=
          fmt::format(", and {} other cases are of no use either", cases.not_used.size() - 1);
    }
    return Unexpected{std::move(none)};
  }
  return cases;
}

}  // namespace fmx::cases
