// A spelling belongs to one metric, and to one param: else which one a run logs would be chance.

#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include "dsl/entities.hpp"
#include "knowledge/spelling.hpp"

namespace fmx::dsl {

Claim claim(const Declaration& of, std::string text, Span span) {
  // `{label}` stands for any value: two families differ by what they spell out around it.
  std::string form;
  std::string_view rest = text;
  while (true) {
    const std::size_t open = rest.find('{');
    const std::size_t close = open == rest.npos ? rest.npos : rest.find('}', open);
    form += normal_form(rest.substr(0, close == rest.npos ? rest.npos : open));
    if (close == rest.npos) break;
    form += '*';
    rest.remove_prefix(close + 1);
  }
  return {std::move(form), of.kind, of.id, std::move(text), span};
}

void check_claims(std::vector<Claim> claims, Problems& problems) {
  std::stable_sort(claims.begin(), claims.end(), [](const Claim& a, const Claim& b) {
    return std::tie(a.kind, a.form, a.id) < std::tie(b.kind, b.form, b.id);
  });
  for (std::size_t i = 1; i < claims.size(); ++i) {
    const Claim& a = claims[i - 1];
    const Claim& b = claims[i];
    if (a.kind != b.kind || a.form != b.form || a.id == b.id) continue;
    // What stands in no pack has been reported as that.
    if (a.id.starts_with('.') || b.id.starts_with('.')) continue;
    problems.add(
        {.code = "alias-clash",
         .message = fmt::format("`{}` and `{}` both claim the spelling `{}`", a.id, b.id, b.text),
         .primary = {b.span, fmt::format("claimed by `{}`", b.id)},
         .secondary = {{a.span, fmt::format("claimed by `{}`", a.id)}},
         .hint = "leave it to one of them: a run that logs it must mean one thing"});
  }
}

}  // namespace fmx::dsl
