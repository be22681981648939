#include "dsl/reads.hpp"

#include <algorithm>

#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

bool share_one(const std::set<Index>& a, const std::set<Index>& b) {
  return std::any_of(a.begin(), a.end(), [&](Index i) { return b.contains(i); });
}

std::size_t size(const Reads& reads) {
  return reads.metrics.size() + reads.params.size() + reads.findings.size() +
         reads.relations.size() + (reads.words ? 1 : 0) + (reads.absence ? 1 : 0);
}

}  // namespace

void Reads::add(const Reads& other) {
  metrics.insert(other.metrics.begin(), other.metrics.end());
  params.insert(other.params.begin(), other.params.end());
  findings.insert(other.findings.begin(), other.findings.end());
  relations.insert(other.relations.begin(), other.relations.end());
  words = words || other.words;
  absence = absence || other.absence;
}

bool Reads::meets(const Reads& other) const {
  return (words && other.words) || share_one(metrics, other.metrics) ||
         share_one(params, other.params) || share_one(findings, other.findings) ||
         share_one(relations, other.relations);
}

Reading::Reading(const Knowledge& knowledge)
    : knowledge_(knowledge),
      findings_(knowledge.findings.size()),
      relations_(knowledge.relations.size()) {
  // What rests on another's reads grows until nothing is new; chains are short.
  for (bool grown = true; grown;) {
    grown = false;
    const auto grow = [&](Reads& reads, const Expression& e) {
      const std::size_t before = size(reads);
      add(e, reads);
      grown = grown || size(reads) != before;
    };
    for (const Rule& rule : knowledge.rules) grow(relations_[rule.relation], rule.body);
    for (std::size_t i = 0; i < findings_.size(); ++i) {
      const Finding& finding = knowledge.findings[i];
      grow(findings_[i], finding.when);
      if (finding.since) grow(findings_[i], *finding.since);
      findings_[i].words = findings_[i].words || !finding.said.empty();
    }
  }
}

Reads Reading::of(const Expression& e) const {
  Reads reads;
  add(e, reads);
  return reads;
}

void Reading::add(const Expression& e, Reads& reads) const {
  each_part(e, [&](const Expression& part) {
    switch (part.kind) {
      case Expression::Kind::metric: reads.metrics.insert(part.index); break;
      case Expression::Kind::parameter: reads.params.insert(part.index); break;
      case Expression::Kind::finding:
        reads.findings.insert(part.index);
        reads.add(findings_[part.index]);
        break;
      case Expression::Kind::atom:
        reads.relations.insert(part.index);
        reads.add(relations_[part.index]);
        break;
      case Expression::Kind::call:
        if (part.function == Function::missing) reads.absence = true;
        if (part.function == Function::code || part.function == Function::said ||
            part.function == Function::log_line) {
          reads.words = true;
        }
        break;
      case Expression::Kind::operation:
        if (part.op == Operator::logical_not) reads.absence = true;
        break;
      case Expression::Kind::aggregate: reads.absence = true; break;  // of nothing, too
      default: break;
    }
  });
}

Reads Reading::pattern(Index index) const {
  const Pattern& pattern = knowledge_.patterns[index];
  Reads reads;
  for (const auto* links : {&pattern.shows, &pattern.never}) {
    for (const Link& link : *links) {
      reads.findings.insert(link.finding);
      reads.add(findings_[link.finding]);
    }
  }
  for (const Expression& need : pattern.needs) add(need, reads);
  for (const Risk& risk : pattern.risks) add(risk.when, reads);
  return reads;
}

}  // namespace fmx::dsl
