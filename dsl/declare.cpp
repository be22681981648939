#include "dsl/declare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>

#include "dsl/expressions.hpp"
#include "dsl/literal.hpp"
#include "dsl/suggest.hpp"
#include "dsl/unread.hpp"

namespace fmx::dsl {
namespace {

struct File {
  std::string pack;
  Part part;
};

std::vector<File> files_by_pack(const Sources& sources, const std::vector<Tree>& trees) {
  std::vector<File> files;
  for (const Tree& tree : trees) {
    if (tree.nodes.empty()) continue;
    const Part file(sources, tree, 0);
    const auto pack = file.child(Kind::pack);
    const auto path = pack ? pack->child(Kind::path) : std::nullopt;
    files.push_back({path ? std::string(path->text()) : std::string(), file});
  }
  std::stable_sort(files.begin(), files.end(), [](const File& a, const File& b) {
    return std::tie(a.pack, a.part.path()) < std::tie(b.pack, b.part.path());
  });
  return files;
}

std::string_view last_name(std::string_view path) { return path.substr(path.rfind('.') + 1); }

/// The name that an item is known by, and where it stands.
struct Name {
  std::string text;
  Span span;
};

std::optional<Name> name_of(Part item) {
  if (item.is(Kind::analogy)) {
    const auto a = item.at(0), b = item.at(1);
    if (!a || !b || !a->is(Kind::path) || !b->is(Kind::path)) return {};
    const Span span{a->span().source, a->span().begin, b->span().end};
    return Name{fmt::format("{}~{}", last_name(a->text()), last_name(b->text())), span};
  }
  const auto part = item.child(item.is(Kind::test) ? Kind::string : Kind::name);
  if (!part) return {};
  return Name{item.is(Kind::test) ? text_of(*part) : std::string(part->text()), part->span()};
}

bool is_named(Kind kind) {
  switch (kind) {
    case Kind::let:
    case Kind::metric:
    case Kind::param:
    case Kind::phenomenon:
    case Kind::finding:
    case Kind::pattern:
    case Kind::fix:
    case Kind::check:
    case Kind::analogy:
    case Kind::source:
    case Kind::delegate:
    case Kind::table:
    case Kind::rule:
    case Kind::log:
    case Kind::family:
    case Kind::test: return true;
    default: return false;
  }
}

/// The labels, parameters or columns of an item must differ.
void refuse_same_columns(Part item, Problems& problems) {
  std::map<std::string_view, Span> seen;
  for (const Part list : item) {
    const bool column = list.is(Kind::column);
    if (!column && !list.is(Kind::labels) && !list.is(Kind::parameters)) continue;
    for (const Part name : list) {
      if (!name.is(Kind::name)) continue;
      const auto [first, is_new] = seen.insert({name.text(), name.span()});
      if (is_new) continue;
      problems.add({.code = "duplicate-name",
                    .message = fmt::format("`{}` stands twice in one list", name.text()),
                    .primary = {name.span(), "named again"},
                    .secondary = {{first->second, "first named here"}},
                    .hint = "give one of them another name"});
    }
  }
}

/// What is called like a function would hide it, or be hidden by it.
void refuse_function_names(Part item, const Name& name, Problems& problems) {
  const bool called = item.is(Kind::let) || item.is(Kind::table) || item.is(Kind::rule);
  if (!called || (functions_called(name.text).empty() && !aggregate_called(name.text))) return;
  problems.add({.code = "duplicate-name",
                .message = fmt::format("`{}` is a function of the language", name.text),
                .primary = {name.span, "declared again"},
                .hint = "give it another name"});
}

/// What could not be read may have declared names: they count as known.
void remember_broken(const File& file, const Sources& sources, Declarations& declared) {
  for (const std::string_view text : unread(file.part, sources)) {
    for (const std::string_view name : names_declared_in(text)) {
      declared.broken.insert(fmt::format("{}.{}", file.pack, name));
    }
  }
}

void declare_items(const File& file, Declarations& declared, Problems& problems) {
  for (const Part item : file.part) {
    if (item.is(Kind::rule)) declared.rules.push_back({file.pack, item});
    if (item.is(Kind::prefix)) declared.prefixes.push_back({file.pack, item});
    if (item.is(Kind::certainty)) declared.certainties.push_back({file.pack, item});
    if (item.is(Kind::suffix)) declared.suffixes.push_back({file.pack, item});
    if (item.is(Kind::amend)) declared.amends.push_back({file.pack, item});
    if (item.is(Kind::cases)) declared.cases.push_back({file.pack, item});
    if (!is_named(item.kind())) continue;
    const auto name = name_of(item);
    if (!name) continue;
    refuse_same_columns(item, problems);
    refuse_function_names(item, *name, problems);
    declared.named.push_back({.kind = item.kind(),
                              .id = fmt::format("{}.{}", file.pack, name->text),
                              .name = name->text,
                              .pack = file.pack,
                              .part = item,
                              .span = name->span});
  }
}

/// Keeps the first of those that share an id. Rules of one name are alternatives, not rivals; the
/// title of a test is no name, and comes behind what has it as one.
void refuse_duplicates(std::vector<Declaration>& named, Problems& problems) {
  const auto is_test = [](const Declaration& d) { return d.kind == Kind::test; };
  std::stable_sort(named.begin(), named.end(), [&](const auto& a, const auto& b) {
    return std::tuple(std::string_view(a.id), is_test(a)) <
           std::tuple(std::string_view(b.id), is_test(b));
  });
  std::vector<Declaration> kept;
  for (Declaration& declaration : named) {
    if (kept.empty() || kept.back().id != declaration.id ||
        is_test(kept.back()) != is_test(declaration)) {
      kept.push_back(std::move(declaration));
      continue;
    }
    const Declaration& first = kept.back();
    if (first.kind == Kind::rule && declaration.kind == Kind::rule) continue;
    problems.add(
        {.code = "duplicate-name",
         .message =
             fmt::format("`{}` is declared twice in pack `{}`", declaration.name, declaration.pack),
         .primary = {declaration.span, "declared again"},
         .secondary = {{first.span, fmt::format("first declared here, as a {}", noun(first.kind))}},
         .hint = "give one of them another name"});
  }
  named = std::move(kept);
}

/// Indices in the order of ids. Tables come before what rules derive: both are relations.
void number(std::vector<Declaration>& named) {
  std::map<Kind, Index> next;
  for (Declaration& declaration : named) declaration.index = next[declaration.kind]++;
  for (Declaration& declaration : named) {
    if (declaration.kind == Kind::rule) declaration.index += next[Kind::table];
  }
}

void collect_packs(const std::vector<File>& files, Declarations& declared) {
  for (const File& file : files) {
    const auto pack = file.part.child(Kind::pack);
    if (!pack) continue;
    if (declared.packs.empty() || declared.packs.back().name != file.pack) {
      const auto path = pack->child(Kind::path);
      declared.packs.push_back({.name = file.pack,
                                .version = {},
                                .imports = {},
                                .span = path ? path->span() : pack->span()});
    }
    for (const Part item : file.part) {
      if (!item.is(Kind::import)) continue;
      if (const auto path = item.child(Kind::path)) {
        declared.packs.back().imports.emplace_back(path->text());
      }
    }
  }
  for (PackInfo& pack : declared.packs) {
    std::sort(pack.imports.begin(), pack.imports.end());
    pack.imports.erase(std::unique(pack.imports.begin(), pack.imports.end()), pack.imports.end());
  }
}

void check_imports(const std::vector<File>& files, const Declarations& declared,
                   Problems& problems) {
  std::vector<std::string_view> names;
  for (const PackInfo& pack : declared.packs) names.push_back(pack.name);
  for (const File& file : files) {
    for (const Part item : file.part) {
      const auto path = item.is(Kind::import) ? item.child(Kind::path) : std::nullopt;
      if (!path || declared.pack(path->text()) != nullptr) continue;
      const std::string meant = did_you_mean(path->text(), names);
      problems.add({.code = "unknown-pack",
                    .message = fmt::format("no pack called `{}` is loaded", path->text()),
                    .primary = {path->span(), "imported here"},
                    .hint = meant.empty() ? "load it beside this one with `--pack`" : meant});
    }
  }
}

}  // namespace

const Declaration* Declarations::find(std::string_view id) const {
  const auto at =
      std::lower_bound(named.begin(), named.end(), id,
                       [](const Declaration& d, std::string_view i) { return d.id < i; });
  return at != named.end() && at->id == id ? &*at : nullptr;
}

const PackInfo* Declarations::pack(std::string_view name) const {
  const auto at = std::find_if(packs.begin(), packs.end(),
                               [&](const PackInfo& pack) { return pack.name == name; });
  return at != packs.end() ? &*at : nullptr;
}

std::string_view noun(Kind item) {
  switch (item) {
    case Kind::let: return "let";
    case Kind::metric: return "metric";
    case Kind::param: return "param";
    case Kind::phenomenon: return "phenomenon";
    case Kind::finding: return "finding";
    case Kind::pattern: return "pattern";
    case Kind::fix: return "fix";
    case Kind::check: return "check";
    case Kind::analogy: return "analogy";
    case Kind::source: return "source";
    case Kind::delegate: return "delegate";
    case Kind::table: return "table";
    case Kind::rule: return "rule";
    case Kind::log: return "log";
    case Kind::family: return "template";
    case Kind::test: return "test";
    default: return "item";
  }
}

Declarations declare(const Sources& sources, const std::vector<Tree>& trees, Problems& problems) {
  const std::vector<File> files = files_by_pack(sources, trees);
  Declarations declared;
  for (const File& file : files) {
    remember_broken(file, sources, declared);
    declare_items(file, declared, problems);
  }
  refuse_duplicates(declared.named, problems);
  number(declared.named);
  collect_packs(files, declared);
  check_imports(files, declared, problems);
  return declared;
}

}  // namespace fmx::dsl
