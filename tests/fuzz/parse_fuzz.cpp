#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "dsl/format.hpp"
#include "dsl/parse.hpp"

namespace {

using namespace fmx;

void require(bool kept) {
  if (!kept) std::abort();
}

/// The tree is one: subtrees lie inside of their parents, texts inside of the text.
void check_tree(const dsl::Tree& tree, std::size_t size) {
  require(!tree.nodes.empty() && tree.nodes[0].size == tree.nodes.size());
  for (std::uint32_t i = 0; i < tree.nodes.size(); ++i) {
    const dsl::Node& node = tree.nodes[i];
    require(node.begin <= node.end && node.end <= size);
    std::uint32_t covered = 1;
    std::uint32_t last = node.begin;
    for (const std::uint32_t child : dsl::Children(tree, i)) {
      require(tree.nodes[child].begin >= last && tree.nodes[child].end <= node.end);
      last = tree.nodes[child].end;
      covered += tree.nodes[child].size;
    }
    require(covered == node.size);
  }
}

void check_span(Span span, std::size_t size) {
  require(span.begin < span.end || size == 0);
  require(span.end <= size);
}

}  // namespace

/// Any bytes at all give a tree, and diagnostics that point inside the text; what parses without a
/// word can be formatted, says the same then, and is formatted once and for all.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  sources.add({"fuzz.fmrule", std::string(reinterpret_cast<const char*>(data), size)});
  const dsl::Parsed parsed = dsl::parse(sources, 0);
  check_tree(parsed.tree, size);
  for (const Diagnostic& d : parsed.diagnostics) {
    check_span(d.primary.span, size);
    for (const Label& label : d.secondary) check_span(label.span, size);
    require(!render(d, sources).empty());
  }
  if (!parsed.diagnostics.empty()) return 0;

  const std::string once = dsl::format(parsed.tree, sources);
  sources.add({"formatted.fmrule", once});
  const dsl::Parsed again = dsl::parse(sources, 1);
  require(again.diagnostics.empty());
  require(dsl::same_meaning(parsed.tree, sources, again.tree, sources));
  require(dsl::format(again.tree, sources) == once);
  return 0;
}
