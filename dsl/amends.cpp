#include "dsl/amends.hpp"

#include <fmt/format.h>

#include "dsl/unread.hpp"

namespace fmx::dsl {
namespace {

/// The kind of entity that the keyword after `amend` says.
std::optional<Kind> amended_kind(std::string_view word) {
  for (const Kind kind : {Kind::metric, Kind::param, Kind::finding, Kind::pattern, Kind::fix,
                          Kind::check, Kind::source}) {
    if (noun(kind) == word) return kind;
  }
  return {};
}

}  // namespace

Amends amends_by_target(const Declarations& declared, const Sources& sources, Names& names,
                        Problems& problems) {
  Amends amends;
  for (const Item& item : declared.amends) {
    const auto word = item.part.child(Kind::word), path = item.part.child(Kind::path);
    const auto kind = word ? amended_kind(word->text()) : std::nullopt;
    if (!kind || !path) continue;
    const Declaration* target = names.find(*path, item.pack, {*kind});
    if (target == nullptr) continue;
    if (item.part.count() == 2 && unread(item.part, sources).empty()) {
      problems.add({.code = "empty-amend",
                    .message = fmt::format("this amend of `{}` changes nothing", path->text()),
                    .primary = {path->span(), "no field follows"},
                    .hint = "write the fields that are to be replaced or added"});
      continue;
    }
    amends[target->id].push_back(&item);
  }
  return amends;
}

}  // namespace fmx::dsl
