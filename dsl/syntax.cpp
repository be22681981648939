#include "dsl/syntax.hpp"

#include <array>

namespace fmx::dsl {
namespace {

constexpr auto names = std::to_array<std::string_view>({
    "file",
    "name",
    "path",
    "string",
    "text",
    "number",
    "unit",
    "word",
    "nan_word",
    "wildcard",
    "pack",
    "import",
    "prefix",
    "suffix",
    "certainty",
    "let",
    "parameters",
    "metric",
    "labels",
    "param",
    "phenomenon",
    "finding",
    "pattern",
    "fix",
    "check",
    "analogy",
    "source",
    "delegate",
    "table",
    "column",
    "rule",
    "log",
    "family",
    "test",
    "cases",
    "amend",
    "field_title",
    "field_about",
    "field_unit",
    "field_kind",
    "field_better",
    "field_range",
    "field_aliases",
    "field_when",
    "field_since",
    "field_base",
    "field_said",
    "field_evidence",
    "field_area",
    "field_severity",
    "field_prior",
    "field_mechanism",
    "field_needs",
    "field_risk",
    "field_risk_level",
    "field_shows",
    "group",
    "member",
    "field_never",
    "field_leads",
    "field_instance",
    "field_kind_of",
    "field_typical",
    "field_refuted",
    "field_disputed",
    "field_resembles",
    "field_cites",
    "field_cures",
    "field_change",
    "field_why",
    "field_how",
    "field_effort",
    "field_verify",
    "field_leaves",
    "field_unless",
    "field_contradicts",
    "field_reveals",
    "field_reads",
    "field_via",
    "field_strength",
    "field_maps",
    "field_carries",
    "field_breaks",
    "field_work",
    "field_arxiv",
    "field_url",
    "field_doi",
    "field_year",
    "field_problem",
    "field_cause",
    "field_fix",
    "field_establishes",
    "field_context",
    "field_for",
    "field_asks",
    "field_looks_at",
    "field_like",
    "field_counts",
    "field_into",
    "field_line",
    "disjunction",
    "conjunction",
    "negation",
    "above",
    "below",
    "between",
    "before",
    "after",
    "near",
    "then",
    "during",
    "overlaps",
    "compare",
    "comparator",
    "in",
    "matches",
    "until",
    "sustained",
    "otherwise",
    "add",
    "multiply",
    "operator_word",
    "negate",
    "power",
    "call",
    "reference",
    "grouped",
    "argument",
    "for_each",
    "quantity",
    "window_last",
    "window_first",
    "window_steps",
    "window_before",
    "window_after",
    "window_per",
    "given",
    "given_symptom",
    "given_tried",
    "given_code",
    "given_log",
    "given_fact",
    "given_value",
    "values",
    "signed_number",
    "shape",
    "shape_linear",
    "shape_decay",
    "shape_hold",
    "shape_step",
    "shape_walk",
    "shape_repeat",
    "shape_nan",
    "shape_spike",
    "shape_noise",
    "shape_wave",
    "shape_every",
    "expect",
    "expect_not",
    "expect_pattern",
    "expect_finding",
    "expect_unknown",
    "expect_fix",
    "expect_check",
    "expect_state",
    "expect_benign",
    "among",
    "began",
    "by_findings",
    "bound",
});
static_assert(names.size() == static_cast<std::size_t>(Kind::bound) + 1);

void dump(const Tree& tree, const Sources& sources, std::uint32_t at, std::string& out) {
  const Node& node = tree.nodes[at];
  out += '(';
  out += name_of(node.kind);
  if (node.size == 1 && node.end > node.begin) {
    out += ' ';
    out += text_of(tree, sources, at);
  }
  for (const std::uint32_t child : Children(tree, at)) {
    out += ' ';
    dump(tree, sources, child, out);
  }
  out += ')';
}

}  // namespace

std::string_view name_of(Kind kind) { return names[static_cast<std::size_t>(kind)]; }

std::string_view text_of(const Tree& tree, const Sources& sources, std::uint32_t at) {
  const Node& node = tree.nodes[at];
  return sources.text({tree.source, node.begin, node.end});
}

std::string dump(const Tree& tree, const Sources& sources, std::uint32_t at) {
  std::string out;
  dump(tree, sources, at, out);
  return out;
}

}  // namespace fmx::dsl
