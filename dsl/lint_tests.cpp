// Tests that cannot fail, or say what another one says.

#include <fmt/format.h>

#include <map>
#include <set>
#include <unordered_map>

#include "dsl/lints.hpp"
#include "dsl/mention.hpp"
#include "dsl/reads.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expectation::Kind;

/// What a test gives, in the terms of conditions. A log or a fact may give anything.
struct Supplied {
  Reads reads;
  bool anything = false;
};

Supplied supplied(const Test& test) {
  Supplied all;
  for (const Given& given : test.given) {
    switch (given.kind) {
      case Given::Kind::series:
        if (given.metric) all.reads.metrics.insert(*given.metric);
        break;
      case Given::Kind::param:
        if (given.param) all.reads.params.insert(*given.param);
        break;
      case Given::Kind::symptom:
      case Given::Kind::code: all.reads.words = true; break;
      case Given::Kind::fact:
        if (given.table) all.reads.relations.insert(*given.table);
        break;
      case Given::Kind::tried:
      case Given::Kind::log: all.anything = true; break;
    }
  }
  return all;
}

std::string_view noun(EKind kind) { return kind == EKind::finding ? "finding" : "pattern"; }

class Look {
 public:
  Look(const Knowledge& knowledge, Warnings& warnings)
      : knowledge_(knowledge), warnings_(warnings), reading_(knowledge) {
    for (Index i = 0; i < knowledge.patterns.size(); ++i) {
      for (const Leads& leads : knowledge.patterns[i].leads_to) causes_[leads.pattern].insert(i);
    }
    each_condition(knowledge, [&](const Expression& e) { asked_.add(reading_.of(e)); });
    for (const Fix& fix : knowledge.fixes) {
      for (const ParamChange& change : fix.changes) asked_.params.insert(change.param);
    }
  }

  void at(const Test& test) {
    const Supplied given = supplied(test);
    if (test.given.empty()) {
      warnings_.push_back(warning("test-gives-nothing",
                                  "this test gives nothing for its rules to look at",
                                  {test.span, "no `given`"},
                                  "make up a run: `given train_loss = 2 -> 0.5 over 100 steps`"));
      return;
    }
    for (const Expectation& e : test.expect) {
      if (!given.anything) unfed(e, given.reads);
    }
    contradictions(test);
    unread(test);
  }

 private:
  /// What could make the expected thing true of a run. Each thing is looked up once: many tests
  /// expect the same.
  const Reads& feeds(const Expectation& e) {
    auto& known = e.kind == EKind::finding ? feeds_finding_ : feeds_pattern_;
    const auto [at, is_new] = known.try_emplace(e.index);
    if (is_new) at->second = e.kind == EKind::finding ? of_finding(e.index) : of_pattern(e.index);
    return at->second;
  }

  Reads of_finding(Index finding) const {
    Reads reads = reading_.finding(finding);
    reads.findings.clear();
    return reads;
  }

  /// What shows a pattern or a cause of it.
  Reads of_pattern(Index index) const {
    Reads reads;
    std::set<Index> seen;
    const auto add = [&](const auto& self, Index pattern, int depth) -> void {
      if (!seen.insert(pattern).second || depth > 4) return;
      reads.add(reading_.pattern(pattern));
      const auto found = causes_.find(pattern);
      if (found == causes_.end()) return;
      for (const Index cause : found->second) self(self, cause, depth + 1);
    };
    add(add, index, 0);
    return reads;
  }

  const Entity& entity(const Expectation& e) const {
    return e.kind == EKind::finding ? static_cast<const Entity&>(knowledge_.findings[e.index])
                                    : knowledge_.patterns[e.index];
  }

  /// Below its prior a pattern is by what the run lacks: what it needs.
  bool is_less_than_a_guess(const Expectation& e) const {
    const bool is_pattern = e.kind == EKind::pattern || e.kind == EKind::benign;
    return is_pattern && !e.negated && e.below && *e.below < knowledge_.patterns[e.index].prior;
  }

  void unfed(const Expectation& e, const Reads& given) {
    if (e.kind != EKind::finding && e.kind != EKind::pattern && e.kind != EKind::benign) return;
    if (is_less_than_a_guess(e)) return;
    const Reads& wanted = feeds(e);
    if (wanted.absence || wanted.meets(given)) return;
    const Entity& named = entity(e);
    warnings_.push_back(warning(
        "expectation-unfed",
        fmt::format("nothing that is given bears on {} `{}`", noun(e.kind), named.name),
        {e.span, e.negated ? "cannot fail" : "cannot be met"},
        e.negated ? "give the look-alike: a run that comes near it" : "give what it is told by"));
    warnings_.back().secondary.push_back({named.span, "declared here"});
  }

  void contradictions(const Test& test) {
    for (std::size_t i = 0; i < test.expect.size(); ++i) {
      const Expectation& b = test.expect[i];
      if (excludes(b, b)) clash(b, b);
      for (std::size_t j = 0; j < i; ++j) {
        const Expectation& a = test.expect[j];
        if (a.kind != b.kind || a.index != b.index || a.arguments != b.arguments) continue;
        if (a.negated != b.negated || excludes(a, b) || excludes(b, a)) {
          clash(a, b);
        } else if (says_the_same(a, b)) {
          warnings_.push_back(warning("expectation-repeated", "this is expected already",
                                      {b.span, "again"}, "leave one out"));
          warnings_.back().secondary.push_back({a.span, "first expected here"});
        }
      }
    }
  }

  /// What is above the one's bound is not below the other's.
  static bool excludes(const Expectation& a, const Expectation& b) {
    if (!a.above || !b.below) return false;
    return *a.above > *b.below || (*a.above == *b.below && !(a.between && b.between));
  }

  static bool says_the_same(const Expectation& a, const Expectation& b) {
    return a.among == b.among && a.above == b.above && a.below == b.below &&
           a.since_from == b.since_from && a.since_to == b.since_to && a.because == b.because &&
           a.reason == b.reason;
  }

  void clash(const Expectation& a, const Expectation& b) {
    warnings_.push_back(warning("expectations-clash", "no report meets both expectations",
                                {b.span, "this one"}, "keep the one that is meant"));
    if (&a != &b) warnings_.back().secondary.push_back({a.span, "and this one"});
  }

  /// What is given and no condition of any pack looks at.
  void unread(const Test& test) {
    for (const Given& given : test.given) {
      const bool metric = given.metric && !asked_.metrics.contains(*given.metric);
      const bool param = given.param && !asked_.params.contains(*given.param);
      if (!metric && !param) continue;
      const std::string& name =
          metric ? knowledge_.metrics[*given.metric].name : knowledge_.params[*given.param].name;
      warnings_.push_back(
          warning("given-unread", fmt::format("no condition looks at `{}`", name),
                  {mention(test, "given", name, knowledge_.sources), "given for nothing"},
                  "leave it out, or write what should look at it"));
    }
  }

  const Knowledge& knowledge_;
  Warnings& warnings_;
  Reading reading_;
  Reads asked_;
  std::map<Index, std::set<Index>> causes_;
  std::map<Index, Reads> feeds_finding_, feeds_pattern_;
};

/// The block of a test without comments, its blanks made one.
std::string block(const Test& test, const Sources& sources) {
  const std::string_view text = sources.text(test.declaration);
  std::string all;
  all.reserve(text.size());
  bool comment = false, blank = false;
  for (const char c : text.substr(std::min(text.find('{'), text.size()))) {
    if (c == '#') comment = true;
    if (c == '\n') comment = false;
    const bool space = comment || c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (!space && blank) all += ' ';
    blank = space;
    if (!space) all += c;
  }
  return all;
}

void lint_same(const Knowledge& knowledge, Warnings& warnings) {
  std::unordered_map<std::string, const Test*> first;  // by pack and block
  for (const Test& test : knowledge.tests) {
    const auto [earlier, is_new] =
        first.try_emplace(test.pack + block(test, knowledge.sources), &test);
    if (is_new) continue;
    warnings.push_back(warning("test-duplicated", "this test is another one under a new name",
                               {test.span, "gives and expects the same"},
                               "leave one out, or change what it gives"));
    warnings.back().secondary.push_back({earlier->second->span, "as this one"});
  }
}

/// A pattern that resembles others is tested for what it is; nothing tests that the others are not
/// taken for it.
void lint_lookalikes_untested(const Knowledge& knowledge, Warnings& warnings) {
  std::set<Index> expected, refused;
  for (const Test& test : knowledge.tests) {
    for (const Expectation& e : test.expect) {
      if (e.kind != EKind::pattern && e.kind != EKind::benign) {
        continue;
      }
      (e.negated || (e.below && *e.below <= 0.5) ? refused : expected).insert(e.index);
    }
  }
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    const Pattern& pattern = knowledge.patterns[i];
    if (!expected.contains(i) || refused.contains(i) || pattern.resembles.empty()) continue;
    bool other = false;
    for (const Resembles& pair : pattern.resembles)
      other = other || expected.contains(pair.pattern);
    if (other) continue;
    warnings.push_back(warning(
        "lookalike-untested",
        fmt::format("no test holds `{}` against what it resembles", pattern.name),
        {pattern.span, "expected by tests, never refused"},
        fmt::format("write a test with a run of its look-alike: `expect not {}`", pattern.name)));
  }
}

}  // namespace

void lint_tests(const Knowledge& knowledge, Warnings& warnings) {
  Look look(knowledge, warnings);
  for (const Test& test : knowledge.tests) look.at(test);
  lint_same(knowledge, warnings);
  lint_lookalikes_untested(knowledge, warnings);
}

}  // namespace fmx::dsl
