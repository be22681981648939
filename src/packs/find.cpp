#include "src/packs/find.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include "dsl/suggest.hpp"

namespace fmx::packs {
namespace {

namespace fs = std::filesystem;

constexpr const char* rule_extension = ".fmrule";
constexpr const char* manifest_name = "fmpack.toml";
constexpr int deepest_folder = 16;

/// The numbers of a version, `1.2` as `1.2.0`; empty where it is none.
std::optional<std::array<unsigned, 3>> numbers_of(std::string_view version) {
  std::array<unsigned, 3> numbers{};
  const char *at = version.data(), *const end = at + version.size();
  for (unsigned& number : numbers) {
    const auto [after, error] = std::from_chars(at, end, number);
    if (error != std::errc()) return std::nullopt;
    if (after == end) return numbers;
    if (*after != '.') return std::nullopt;
    at = after + 1;
  }
  return std::nullopt;
}

/// What a manifest may say. Reports show `version`; `requires` and `edition` are held against the
/// program; the rest is for readers.
constexpr std::array<std::pair<std::string_view, toml::node_type>, 8> fields{
    {{"authors", toml::node_type::array},
     {"dependencies", toml::node_type::table},
     {"description", toml::node_type::string},
     {"edition", toml::node_type::string},
     {"licence", toml::node_type::string},
     {"name", toml::node_type::string},
     {"requires", toml::node_type::string},
     {"version", toml::node_type::string}}};
constexpr std::string_view known_edition = "2026";

std::string place_of(const toml::node& node, const std::string& path) {
  const toml::source_position at = node.source().begin;
  return fmt::format("{}:{}:{}", path, at.line, at.column);
}

/// A field that there is not, or that says what it cannot mean.
std::optional<Problem> misfit(const toml::table& manifest, const std::string& path) {
  for (const auto& [key, node] : manifest) {
    const std::string where = place_of(node, path);
    const auto* known = std::ranges::find(fields, key.str(), [](const auto& f) { return f.first; });
    if (known == fields.end()) {
      std::vector<std::string_view> names;
      for (const auto& field : fields) names.push_back(field.first);
      const std::string meant = dsl::did_you_mean(key.str(), names);
      return Problem{
          where, fmt::format("a pack's manifest has no `{}`", key.str()),
          meant.empty() ? fmt::format("its fields are {}", fmt::join(names, ", ")) : meant};
    }
    if (node.type() != known->second) {
      return Problem{where,
                     fmt::format("`{}` is no {}", key.str(),
                                 known->second == toml::node_type::string  ? "text"
                                 : known->second == toml::node_type::array ? "list"
                                                                           : "table"),
                     known->second == toml::node_type::string
                         ? fmt::format("put it in quotes: {} = \"...\"", key.str())
                         : "docs/authoring.md shows a whole manifest"};
    }
  }
  const toml::node* edition = manifest.get("edition");
  if (edition == nullptr || edition->value_or(std::string_view()) == known_edition) {
    return std::nullopt;
  }
  return Problem{place_of(*edition, path),
                 fmt::format("the pack is of an edition of the language that fmx {} does not know",
                             FMX_VERSION),
                 fmt::format("write edition = \"{}\", or update fmx", known_edition)};
}

/// What a manifest asks of the program that it does not have.
std::optional<Problem> unmet(const toml::table& manifest, const std::string& path) {
  const toml::node* wanted = manifest.get("requires");
  if (wanted == nullptr) return std::nullopt;
  const std::string where = place_of(*wanted, path);
  const auto numbers = numbers_of(wanted->value_or(std::string_view()));
  if (!numbers) {
    return Problem{where, "`requires` is no version of fmx",
                   "name the lowest that will do, such as requires = \"0.1\""};
  }
  if (*numbers <= *numbers_of(FMX_VERSION)) return std::nullopt;
  return Problem{where,
                 fmt::format("the pack requires fmx {}, and this is {}",
                             wanted->value_or(std::string_view()), FMX_VERSION),
                 "update fmx, or take a version of the pack that asks for less"};
}

/// The versions of manifests, each read once.
class Manifests {
 public:
  /// The version of the nearest manifest from `folder` up to `top`.
  Result<std::string, Problem> version_above(fs::path folder, const fs::path& top) {
    while (true) {
      Result<std::optional<std::string>, Problem> found = version_in(folder);
      if (!found) return Unexpected{found.error()};
      if (found->has_value()) return **found;
      if (folder == top || !folder.has_parent_path()) return std::string();
      folder = folder.parent_path();
    }
  }

 private:
  Result<std::optional<std::string>, Problem> version_in(const fs::path& folder) {
    if (const auto known = versions_.find(folder); known != versions_.end()) return known->second;
    const fs::path path = folder / manifest_name;
    std::error_code error;
    if (!fs::is_regular_file(path, error)) return versions_[folder] = std::nullopt;

    try {
      const toml::table manifest = toml::parse_file(path.string());
      for (const auto& look : {misfit, unmet}) {
        if (std::optional<Problem> problem = look(manifest, path.string()))
          return Unexpected{*std::move(problem)};
      }
      return versions_[folder] = manifest["version"].value_or(std::string());
    } catch (const toml::parse_error& error_in_file) {
      const toml::source_position at = error_in_file.source().begin;
      return Unexpected{
          Problem{fmt::format("{}:{}:{}", path.string(), at.line, at.column),
                  std::string(error_in_file.description()),
                  "a pack's manifest is TOML: name = \"my.pack\", version = \"1.0.0\""}};
    }
  }

  std::map<fs::path, std::optional<std::string>> versions_;
};

Problem missing(const std::string& path) {
  return {path, "no such pack file or folder",
          "name a .fmrule file or a folder that holds some; the packs that come with fmx need not "
          "be named (where FMX_PACKS names this one, correct or unset it)"};
}

/// The rule files of one path that the user gave, unsorted.
Result<std::vector<fs::path>, Problem> files_of(const std::string& given) {
  const fs::path path(given);
  std::error_code error;
  const fs::file_status status = fs::status(path, error);
  if (!fs::exists(status)) return Unexpected{missing(given)};
  if (!fs::is_directory(status)) return std::vector<fs::path>{path};

  std::vector<fs::path> files;
  fs::recursive_directory_iterator at(path, fs::directory_options::skip_permission_denied, error);
  for (; !error && at != fs::recursive_directory_iterator(); at.increment(error)) {
    if (at.depth() >= deepest_folder) at.disable_recursion_pending();
    if (at->path().extension() == rule_extension && at->is_regular_file(error)) {
      files.push_back(at->path());
    }
  }
  if (error) {
    return Unexpected{
        Problem{given, "cannot be listed: " + error.message(), "check its permissions"}};
  }
  if (files.empty()) {
    return Unexpected{Problem{
        given, "holds no .fmrule file",
        "name the folder of a pack, or leave the option out to use the packs that come with fmx"}};
  }
  return files;
}

/// What follows the last slash.
std::string_view file_name(std::string_view path) { return path.substr(path.rfind('/') + 1); }

/// The same files by the folder they lie in.
std::map<std::string, std::vector<std::string>> by_folder(const std::vector<fs::path>& files) {
  std::map<std::string, std::vector<std::string>> folders;
  for (const fs::path& file : files) {
    const std::string& path = file.native();
    const std::size_t end = path.rfind('/');
    folders[end == std::string::npos ? std::string() : path.substr(0, end)].push_back(path);
  }
  return folders;
}

/// The folder of the running program; empty where the system does not tell.
fs::path program_folder() {
  std::error_code error;
  return fs::read_symlink("/proc/self/exe", error).parent_path();
}

}  // namespace

Result<std::vector<RuleFile>, Problem> find(const std::vector<std::string>& paths) {
  std::vector<RuleFile> found;
  std::set<std::string> seen;  // canonical paths
  Manifests manifests;
  for (const std::string& given : paths) {
    Result<std::vector<fs::path>, Problem> files = files_of(given);
    if (!files) return Unexpected{files.error()};
    std::error_code error;
    const fs::path top =
        fs::is_directory(given, error) ? fs::path(given) : fs::path(given).parent_path();
    const fs::path canonical_top = fs::weakly_canonical(top.empty() ? "." : top, error);
    // One look-up for a folder, not one for each of its files: there are hundreds.
    for (auto& [folder, in_folder] : by_folder(*files)) {
      Result<std::string, Problem> version = manifests.version_above(folder, top);
      if (!version) return Unexpected{version.error()};
      const fs::path below = fs::path(folder).lexically_relative(top);
      const std::string canonical_folder =
          (below.empty() || below == "." ? canonical_top : canonical_top / below).string();
      for (std::string& file : in_folder) {
        std::string canonical = fmt::format("{}/{}", canonical_folder, file_name(file));
        if (!seen.insert(canonical).second) continue;
        found.push_back({std::move(file), std::move(canonical), *version});
      }
    }
  }
  std::ranges::sort(found, {}, &RuleFile::path);
  return found;
}

std::vector<std::string> default_paths() {
  if (const char* named = std::getenv("FMX_PACKS"); named != nullptr && *named != '\0') {
    std::vector<std::string> paths;
    std::string_view rest(named);
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find(':'), rest.size());
      if (end > 0) paths.emplace_back(rest.substr(0, end));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return paths;
  }
  std::error_code error;
  const fs::path installed = program_folder().parent_path() / "share" / "fmx" / "packs";
  if (fs::is_directory(installed, error)) return {installed.string()};
  return {FMX_PACKS_IN_SOURCE};
}

}  // namespace fmx::packs
