#include "src/packs/load.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <iterator>
#include <set>

#include "dsl/lint.hpp"
#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "knowledge/parallel.hpp"
#include "src/descriptor.hpp"
#include "src/packs/cache.hpp"

namespace fmx::packs {
namespace {

constexpr std::size_t largest_file = 16 << 20;  // bytes: no person writes more
constexpr std::size_t most_shown = 10;

/// Parses every source. The result does not depend on how they are spread over threads.
std::vector<dsl::Parsed> parse_all(const Sources& sources) {
  std::vector<dsl::Parsed> parsed(sources.size());
  for_each_in_parallel(parsed.size(), [&](std::size_t i) {
    parsed[i] = dsl::parse(sources, static_cast<std::uint32_t>(i));
  });
  return parsed;
}

/// The name that a file's `pack` line gives; empty where it has none.
std::string_view pack_name(const dsl::Tree& tree, const Sources& sources) {
  if (tree.nodes.empty()) return {};
  for (const std::uint32_t item : dsl::Children(tree, 0)) {
    if (tree.nodes[item].kind != dsl::Kind::pack) continue;
    for (const std::uint32_t path : dsl::Children(tree, item)) {
      return sources.text({tree.source, tree.nodes[path].begin, tree.nodes[path].end});
    }
  }
  return {};
}

Result<Sources, Problem> read_all(const std::vector<RuleFile>& files, const Texts& unsaved = {}) {
  std::vector<Result<std::string, Problem>> texts(files.size(), std::string());
  for_each_in_parallel(files.size(), [&](std::size_t i) {
    const auto found = unsaved.find(files[i].path);
    texts[i] = found != unsaved.end() ? found->second : text_of(files[i].path);
  });
  Sources sources;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (!texts[i]) return Unexpected{texts[i].error()};
    sources.add({files[i].path, *std::move(texts[i])});
  }
  return sources;
}

/// A pack whose rules do not give its version has that of its fmpack.toml.
void set_versions(Knowledge& knowledge, const std::vector<RuleFile>& files) {
  for (PackInfo& pack : knowledge.packs) {
    if (pack.version.empty()) pack.version = files[pack.span.source].version;
  }
}

/// Parses all `sources`, the texts of `files`, then lowers those for which `keeps(parsed, sources)`
/// says so.
template <class Keeps>
dsl::Lowered understand(Sources sources, const std::vector<RuleFile>& files, Keeps keeps) {
  std::vector<dsl::Parsed> parsed = parse_all(sources);
  const std::vector<bool> kept = keeps(parsed, sources);
  std::vector<dsl::Tree> trees;
  std::vector<Diagnostic> unread;
  for (std::size_t i = 0; i < parsed.size(); ++i) {
    if (!kept[i]) continue;
    std::ranges::move(parsed[i].diagnostics, std::back_inserter(unread));
    trees.push_back(std::move(parsed[i].tree));
  }

  dsl::Lowered lowered = dsl::lower(std::move(sources), trees);
  std::ranges::move(unread, std::back_inserter(lowered.diagnostics));
  sort_by_place(lowered.diagnostics);
  set_versions(lowered.knowledge, files);
  return lowered;
}

/// What is allowed but rarely meant in the files for which `shows(index)` says so. Nothing where
/// there are errors: what they leave out would be missed.
template <class Shows>
std::vector<Diagnostic> warnings(const dsl::Lowered& lowered, Shows shows) {
  if (has_errors(lowered.diagnostics)) return {};
  std::vector<Diagnostic> found = dsl::lint(lowered);
  std::erase_if(found, [&](const Diagnostic& d) { return !shows(d.primary.span.source); });
  return found;
}

/// What is wrong in files that nobody asked for, because an own pack took the place of one that
/// they build upon, is said of that pack.
template <class Asked>
void blame_replacing_packs(const std::set<std::string, std::less<>>& replaced, Asked asked,
                           dsl::Lowered& lowered) {
  const std::size_t not_found = std::erase_if(lowered.diagnostics, [&](const Diagnostic& d) {
    return d.code == "unknown-name" && !asked(d.primary.span.source);
  });
  if (not_found == 0) return;
  for (const PackInfo& pack : lowered.knowledge.packs) {
    if (!replaced.contains(pack.name)) continue;
    lowered.diagnostics.push_back(
        {.code = "pack-replaced",
         .message = fmt::format("`{}` takes the place of a pack that others build upon", pack.name),
         .primary = {pack.span, "the name of a pack that comes with fmx"},
         .hint = "choose another name: what they take from it cannot be found"});
  }
}

}  // namespace

Result<std::string, Problem> text_of(const std::string& path) {
  // Hundreds of small files are read at every start: a stream for each would cost more than the
  // reading.
  const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat status {};
  if (!file.is_open() || ::fstat(file.get(), &status) != 0) {
    return Unexpected{Problem{path, std::string("cannot be opened: ") + std::strerror(errno),
                              "check its permissions"}};
  }
  std::string text;
  std::size_t got = 0;
  // A pipe has no size: what it gives decides.
  for (text.resize(
           static_cast<std::size_t>(std::clamp<off_t>(status.st_size, 0, off_t{largest_file})) + 1);
       ; text.resize(2 * text.size())) {
    while (got < text.size()) {
      const ssize_t more = ::read(file.get(), text.data() + got, text.size() - got);
      if (more < 0 && errno == EINTR) continue;
      if (more < 0) {
        return Unexpected{Problem{path, std::string("cannot be read: ") + std::strerror(errno),
                                  "name a .fmrule file"}};
      }
      if (more == 0) {
        text.resize(got);
        return text;
      }
      got += static_cast<std::size_t>(more);
    }
    if (got > largest_file) {
      return Unexpected{Problem{
          path, fmt::format("has more than the {} bytes a rule file may have", largest_file),
          "name a .fmrule file, or split it"}};
    }
  }
}

Result<Loaded, Problem> load(const std::vector<RuleFile>& files) {
  const Cache cache(files);  // before the files are read: a change behind this is another key
  if (std::optional<Knowledge> known = cache.find()) return Loaded{*std::move(known), {}, {}};
  Result<Sources, Problem> sources = read_all(files);
  if (!sources) return Unexpected{sources.error()};
  dsl::Lowered lowered = understand(*std::move(sources), files,
                                    [](const std::vector<dsl::Parsed>& parsed, const Sources&) {
                                      return std::vector<bool>(parsed.size(), true);
                                    });
  if (lowered.diagnostics.empty()) cache.keep(lowered.knowledge);
  return Loaded{std::move(lowered.knowledge), std::move(lowered.diagnostics), {}};
}

Result<Loaded, Problem> load_with_defaults(const std::vector<std::string>& extra_paths) {
  std::vector<std::string> paths = default_paths();
  paths.insert(paths.end(), extra_paths.begin(), extra_paths.end());
  Result<std::vector<RuleFile>, Problem> files = find(paths);
  if (!files) return Unexpected{files.error()};
  return load(*files);
}

Result<Loaded, Problem> load_for_authors(const std::vector<std::string>& paths,
                                         const Texts& unsaved) {
  Result<std::vector<RuleFile>, Problem> defaults = find(default_paths());
  if (!defaults) return Unexpected{defaults.error()};
  std::set<std::string> by_default;
  for (const RuleFile& file : *defaults) by_default.insert(file.canonical);

  Result<std::vector<RuleFile>, Problem> own = find(paths);
  if (!own) return Unexpected{own.error()};
  std::set<std::string> own_files;
  for (const RuleFile& file : *own) own_files.insert(file.canonical);

  std::vector<RuleFile> files = *std::move(own);
  std::ranges::copy_if(*defaults, std::back_inserter(files),
                       [&](const RuleFile& file) { return !own_files.contains(file.canonical); });
  std::ranges::sort(files, {}, &RuleFile::path);

  Result<Sources, Problem> read = read_all(files, unsaved);
  if (!read) return Unexpected{read.error()};
  std::vector<bool> asked;
  for (const RuleFile& file : files) asked.push_back(own_files.contains(file.canonical));
  std::set<std::string, std::less<>> own_packs, replaced;
  dsl::Lowered lowered = understand(
      *std::move(read), files, [&](const std::vector<dsl::Parsed>& parsed, const Sources& sources) {
        const auto is_default = [&](std::size_t i) {
          return by_default.contains(files[i].canonical);
        };
        for (std::size_t i = 0; i < parsed.size(); ++i) {
          if (!is_default(i)) own_packs.emplace(pack_name(parsed[i].tree, sources));
        }
        std::vector<bool> kept(parsed.size());
        for (std::size_t i = 0; i < parsed.size(); ++i) {
          const std::string_view pack = pack_name(parsed[i].tree, sources);
          kept[i] = !is_default(i) || !own_packs.contains(pack);
          if (!kept[i]) replaced.emplace(pack);
        }
        return kept;
      });
  if (!replaced.empty()) {
    blame_replacing_packs(
        replaced, [&](std::size_t i) { return bool(asked[i]); }, lowered);
  }
  std::ranges::move(warnings(lowered, [&](std::size_t i) { return asked[i]; }),
                    std::back_inserter(lowered.diagnostics));
  sort_by_place(lowered.diagnostics);
  return Loaded{std::move(lowered.knowledge), std::move(lowered.diagnostics), std::move(asked)};
}

const Loaded& kept(Loaded loaded) {
  static std::vector<const Loaded*>& all = *new std::vector<const Loaded*>;
  return *all.emplace_back(new Loaded(std::move(loaded)));
}

std::string render(const std::vector<Diagnostic>& diagnostics, const Sources& sources) {
  std::string out;
  const std::size_t shown = std::min(diagnostics.size(), most_shown);
  for (std::size_t i = 0; i < shown; ++i) {
    if (i > 0) out += '\n';
    out += fmx::render(diagnostics[i], sources);
  }
  if (shown < diagnostics.size()) out += fmt::format("\nand {} more\n", diagnostics.size() - shown);
  return out;
}

}  // namespace fmx::packs
