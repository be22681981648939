#include "src/cases/read.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <optional>

#include "knowledge/parallel.hpp"
#include "src/cases/label.hpp"
#include "src/readers/read.hpp"

namespace fmx::cases {
namespace {

namespace fs = std::filesystem;

/// The folders below `root` that hold a label, sorted. Links to folders are not followed.
Result<std::vector<fs::path>, Problem> labelled_folders(const fs::path& root) {
  std::error_code error;
  if (!fs::is_directory(root, error)) {
    const bool exists = fs::exists(root, error);
    return Unexpected{Problem{root.string(), exists ? "it is no folder" : "no such folder",
                              "give a folder with one folder for each labelled run"}};
  }
  std::vector<fs::path> folders;
  constexpr auto passing_over = fs::directory_options::skip_permission_denied;
  for (fs::recursive_directory_iterator at(root, passing_over, error), end; at != end;
       at.increment(error)) {
    if (error) break;
    if (at->path().filename() == label_file) folders.push_back(at->path().parent_path());
  }
  if (error) {
    return Unexpected{Problem{root.string(), "cannot be looked through: " + error.message(),
                              "check its permissions"}};
  }
  if (folders.empty()) {
    return Unexpected{
        Problem{root.string(), fmt::format("no folder below it holds a {}", label_file),
                "put {\"label\": \"lr_too_high\"} (or \"healthy\") beside each run's metrics"}};
  }
  std::ranges::sort(folders);
  return folders;
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
