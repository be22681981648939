#include "dsl/names.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "dsl/suggest.hpp"

namespace fmx::dsl {
namespace {

bool among(Kind kind, std::initializer_list<Kind> kinds) {
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

std::string a(std::string_view noun) {
  const bool vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

}  // namespace

std::string either_of(std::initializer_list<Kind> kinds) {
  std::string text;
  std::size_t left = kinds.size();
  for (const Kind kind : kinds) {
    text += noun(kind);
    --left;
    if (left > 0) text += left == 1 ? " or " : ", ";
  }
  return text;
}

const Names::Local& Names::local(std::string_view name, const std::string& pack) const {
  std::string id = pack;
  id += '.';
  id += name;
  const auto [at, is_new] = locals_.try_emplace(std::move(id));
  Local& here = at->second;
  if (!is_new) return here;
  here.own = declared_->find(at->first);
  const PackInfo* info = declared_->pack(pack);
  if (info == nullptr) return here;
  for (const std::string& imported : info->imports) {
    const Declaration* there = declared_->find(fmt::format("{}.{}", imported, name));
    if (there != nullptr && imported != pack) here.imported.push_back(there);
  }
  return here;
}

std::vector<const Declaration*> Names::matches(std::string_view path, const std::string& pack,
                                               Kinds kinds) const {
  const auto wanted = [&](const Declaration* d) { return d != nullptr && among(d->kind, kinds); };
  if (path.find('.') != path.npos) {
    const Declaration* full = declared_->find(path);
    return wanted(full) ? std::vector{full} : std::vector<const Declaration*>{};
  }
  const Local& here = local(path, pack);
  if (wanted(here.own)) return {here.own};
  std::vector<const Declaration*> found;
  std::ranges::copy_if(here.imported, std::back_inserter(found), wanted);
  return found;
}

const Declaration* Names::peek(std::string_view path, const std::string& pack, Kinds kinds) {
  const auto found = matches(path, pack, kinds);
  if (found.size() != 1) return nullptr;
  if (found.front()->pack != pack) used_imports_.insert({pack, found.front()->pack});
  return found.front();
}

const Declaration* Names::find(Part path, const std::string& pack, Kinds kinds) {
  if (const Declaration* one = peek(path.text(), pack, kinds)) return one;
  const auto found = matches(path.text(), pack, kinds);
  if (!found.empty()) {
    report_ambiguous(path, found);
  } else if (!may_be_elsewhere(path.text(), pack)) {
    remember_unknown(path, pack, kinds);
  }
  return nullptr;
}

/// A pack that is imported but not loaded has been reported, and so has an item that could not be
/// read: what is looked for may be in there.
bool Names::may_be_elsewhere(std::string_view path, const std::string& pack) const {
  const PackInfo* info = declared_->pack(pack);
  if (info == nullptr) return true;  // a file without its pack, which has been reported
  const auto broken = [&](const std::string& in) {
    return declared_->broken.contains(fmt::format("{}.{}", in, path));
  };
  if (broken(pack) || declared_->broken.contains(path)) return true;
  if (std::any_of(info->imports.begin(), info->imports.end(), broken)) return true;
  const std::size_t dot = path.rfind('.');
  return std::any_of(info->imports.begin(), info->imports.end(), [&](const std::string& imported) {
    const bool concerned = dot == path.npos || path.substr(0, dot) == imported;
    return concerned && declared_->pack(imported) == nullptr;
  });
}

void Names::remember_unknown(Part path, const std::string& pack, Kinds kinds) {
  std::pair<std::string, std::string> name(pack, path.text());
  if (unknown_.is_first(name, path.span())) {
    unknown_.add(std::move(name), unknown(path, pack, kinds));
  }
}

void Names::take_over(Names other) {
  used_imports_.merge(other.used_imports_);
  unknown_.take_over(other.unknown_);
}

void Names::report_unknown_names() { unknown_.report(*problems_); }

std::vector<std::string_view> Names::visible(const std::string& pack, Kinds kinds,
                                             bool dotted) const {
  const PackInfo* info = declared_->pack(pack);
  std::vector<std::string_view> names;
  for (const Declaration& d : declared_->named) {
    if (!among(d.kind, kinds)) continue;
    const bool imported =
        info != nullptr && std::binary_search(info->imports.begin(), info->imports.end(), d.pack);
    if (dotted) {
      names.push_back(d.id);
    } else if (d.pack == pack || imported) {
      names.push_back(d.name);
    }
  }
  return names;
}

Diagnostic Names::unknown(Part path, const std::string& pack, Kinds kinds) const {
  const std::string_view name = path.text();
  const bool dotted = name.find('.') != name.npos;
  const Kinds any = {Kind::let,      Kind::metric,     Kind::param, Kind::finding, Kind::pattern,
                     Kind::fix,      Kind::check,      Kind::table, Kind::rule,    Kind::source,
                     Kind::delegate, Kind::phenomenon, Kind::log};
  const auto others = matches(name, pack, any);
  if (!others.empty()) {
    const Declaration& other = *others.front();
    return {.code = "wrong-kind",
            .message =
                fmt::format("`{}` is {}, not {}", name, a(noun(other.kind)), a(either_of(kinds))),
            .primary = {path.span(), fmt::format("expected {}", a(either_of(kinds)))},
            .secondary = {{other.span, "declared here"}}};
  }
  auto candidates = visible(pack, kinds, dotted);
  const bool value = std::ranges::find(kinds, Kind::param) != kinds.end();
  if (value && !dotted)
    std::ranges::copy(visible(pack, {Kind::let}), std::back_inserter(candidates));
  std::string_view meant = only_near(name, candidates);
  std::string hint = did_you_mean(name, candidates);
  if (!dotted) {
    std::size_t elsewhere = 0;
    for (const Declaration& d : declared_->named) {
      if (d.name != name || !among(d.kind, kinds)) continue;
      if (elsewhere++ > 0) continue;
      hint = fmt::format("it is declared in `{0}`: write `import {0}`, or `{1}` in full", d.pack,
                         d.id);
      meant = d.id;
    }
    if (elsewhere > 1) meant = {};
  }
  Diagnostic diagnostic{
      .code = "unknown-name",
      .message = fmt::format("no {} is called `{}`", either_of(kinds), name),
      .primary = {path.span(), dotted ? "not declared in any loaded pack"
                                      : "not declared in this pack or its imports"},
      .hint = hint};
  if (!meant.empty()) diagnostic.edit = Edit{path.span(), std::string(meant)};
  return diagnostic;
}

void Names::report_ambiguous(Part path, const std::vector<const Declaration*>& found) {
  std::vector<Label> places;
  for (const Declaration* d : found) places.push_back({d->span, fmt::format("`{}`", d->id)});
  problems_->add(
      {.code = "ambiguous-name",
       .message = fmt::format("`{}` may be `{}` or `{}`", path.text(), found[0]->id, found[1]->id),
       .primary = {path.span(), "two imported packs have it"},
       .secondary = places,
       .hint = fmt::format("write `{}` in full", found[0]->id)});
}

}  // namespace fmx::dsl
