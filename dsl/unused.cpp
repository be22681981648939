#include "dsl/unused.hpp"

#include <fmt/format.h>

#include "dsl/removal.hpp"

namespace fmx::dsl {
namespace {

void look_at_lets(Part parent, const Context& context, std::vector<Diagnostic>& warnings) {
  for (const Part child : parent) {
    if (child.is(Kind::let)) {
      const auto name = child.child(Kind::name);
      if (!name || context.expressions.used(child)) continue;
      warnings.push_back({.severity = Severity::warning,
                          .code = "unused-let",
                          .message = fmt::format("nothing uses `{}`", name->text()),
                          .primary = {name->span(), "named, but not used"},
                          .hint = "leave it out",
                          .edit = removal(child.span(), context.sources)});
    } else if (parent.is(Kind::file) && !child.leaf()) {
      look_at_lets(child, context, warnings);
    }
  }
}

void look_at_imports(Part file, const Context& context, std::vector<Diagnostic>& warnings) {
  const auto pack = file.child(Kind::pack);
  const auto own = pack ? pack->child(Kind::path) : std::nullopt;
  if (!own) return;
  for (const Part item : file) {
    const auto path = item.is(Kind::import) ? item.child(Kind::path) : std::nullopt;
    if (!path || context.declared.pack(path->text()) == nullptr) continue;
    if (context.names.import_used(std::string(own->text()), std::string(path->text()))) continue;
    warnings.push_back({.severity = Severity::warning,
                        .code = "unused-import",
                        .message = fmt::format("no name of `{}` is used", path->text()),
                        .primary = {path->span(), "imported, but not used"},
                        .hint = "leave it out",
                        .edit = removal(item.span(), context.sources)});
  }
}

}  // namespace

std::vector<Diagnostic> unused_names(const std::vector<Tree>& trees, const Context& context) {
  std::vector<Diagnostic> warnings;
  for (const Tree& tree : trees) {
    if (tree.nodes.empty()) continue;
    const Part file(context.sources, tree, 0);
    look_at_lets(file, context, warnings);
    look_at_imports(file, context, warnings);
  }
  return warnings;
}

}  // namespace fmx::dsl
