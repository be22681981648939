#include "src/rule_tests/mutate.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <map>
#include <memory>
#include <numeric>
#include <set>

#include "engine/belief/likelihood.hpp"
#include "engine/match/matcher.hpp"
#include "knowledge/parallel.hpp"
#include "src/rule_tests/judge.hpp"

namespace fmx::rule_tests {
namespace {

using Clock = std::chrono::steady_clock;

/// Mutants that are compiled into one program: more would take more memory than they save time.
constexpr std::size_t most_at_once = 6000;

void redirect(Expression& e, const std::map<Index, Index>& findings) {
  if (e.kind == Expression::Kind::finding) {
    if (const auto it = findings.find(e.index); it != findings.end()) e.index = it->second;
  }
  for (Expression& part : e.operands) redirect(part, findings);
  if (!e.window) return;
  for (Expression& part : e.window->bounds) redirect(part, findings);
}

/// The knowledge with the findings of mutants beside its own, and which stands for which.
class Extended {
 public:
  Extended(const Knowledge& knowledge, const std::vector<Mutant>& mutants,
           const std::vector<std::size_t>& chosen)
      : originals_(knowledge.findings.size()), knowledge_(knowledge) {
    find_dependents();
    for (const std::size_t i : chosen) add(mutants[i]);
    program_ = std::make_unique<engine::Program>(knowledge_);
    program_->add_all();
    for (Changes& each : changes_) {
      for (auto& [pattern, conditions] : each.conditions) {
        for (const Expression& need : conditions.needs)
          conditions.need_nodes.push_back(program_->add(need));
        for (const Risk& risk : conditions.risks)
          conditions.risk_nodes.push_back(program_->add(risk.when));
      }
    }
  }

  struct Conditions {
    std::vector<Expression> needs;
    std::vector<Risk> risks;
    std::vector<engine::NodeId> need_nodes, risk_nodes;
  };
  /// What is different with a mutant.
  struct Changes {
    std::map<Index, Index> findings;         ///< original to the one that stands for it
    std::map<Index, Conditions> conditions;  ///< of patterns
  };

  const Knowledge& knowledge() const { return knowledge_; }
  const engine::Program& program() const { return *program_; }
  const Changes& changes(std::size_t i) const { return changes_[i]; }
  std::size_t originals() const { return originals_; }

 private:
  void find_dependents() {
    finding_users_.resize(originals_);
    pattern_users_.resize(originals_);
    for (Index i = 0; i < originals_; ++i) {
      const Finding& finding = knowledge_.findings[i];
      note_users(finding.when, finding_users_, i);
      if (finding.since) note_users(*finding.since, finding_users_, i);
    }
    for (Index i = 0; i < knowledge_.patterns.size(); ++i) {
      for (const Expression& need : knowledge_.patterns[i].needs)
        note_users(need, pattern_users_, i);
      for (const Risk& risk : knowledge_.patterns[i].risks)
        note_users(risk.when, pattern_users_, i);
    }
  }

  static void note_users(const Expression& e, std::vector<std::set<Index>>& users, Index user) {
    if (e.kind == Expression::Kind::finding) users[e.index].insert(user);
    for (const Expression& part : e.operands) note_users(part, users, user);
    if (!e.window) return;
    for (const Expression& part : e.window->bounds) note_users(part, users, user);
  }

  void add(const Mutant& mutant) {
    Changes changes;
    std::vector<Index> open;
    const auto stand_in = [&](Index finding) {
      const auto [it, is_new] =
          changes.findings.emplace(finding, static_cast<Index>(knowledge_.findings.size()));
      if (is_new) {
        Finding copy;
        copy.variables = knowledge_.findings[finding].variables;
        copy.when = knowledge_.findings[finding].when;
        copy.since = knowledge_.findings[finding].since;
        knowledge_.findings.push_back(std::move(copy));
        open.push_back(finding);
      }
      return it->second;
    };
    const auto conditions_of = [&](Index pattern) -> Conditions& {
      const auto [it, is_new] = changes.conditions.try_emplace(pattern);
      if (is_new) {
        it->second.needs = knowledge_.patterns[pattern].needs;
        it->second.risks = knowledge_.patterns[pattern].risks;
      }
      return it->second;
    };
    for (const auto& [site, condition] : mutant.conditions) {
      switch (site.of) {
        case Site::Of::finding_when:
          knowledge_.findings[stand_in(site.owner)].when = condition;
          break;
        case Site::Of::finding_since:
          knowledge_.findings[stand_in(site.owner)].since = condition;
          break;
        case Site::Of::need: conditions_of(site.owner).needs[site.item] = condition; break;
        case Site::Of::risk: conditions_of(site.owner).risks[site.item].when = condition; break;
      }
    }
    while (!open.empty()) {  // ends: every finding is opened once
      const Index changed = open.back();
      open.pop_back();
      for (const Index user : finding_users_[changed]) stand_in(user);
      for (const Index user : pattern_users_[changed]) conditions_of(user);
    }
    if (mutant.changed && (mutant.changed->without_need || mutant.changed->without_risk)) {
      Conditions& conditions = conditions_of(mutant.changed->pattern);
      if (const auto i = mutant.changed->without_need)
        conditions.needs.erase(conditions.needs.begin() + static_cast<std::ptrdiff_t>(*i));
      if (const auto i = mutant.changed->without_risk)
        conditions.risks.erase(conditions.risks.begin() + static_cast<std::ptrdiff_t>(*i));
    }
    for (const auto& [original, copy] : changes.findings) {
      Finding& finding = knowledge_.findings[copy];
      redirect(finding.when, changes.findings);
      if (finding.since) redirect(*finding.since, changes.findings);
    }
    for (auto& [pattern, conditions] : changes.conditions) {
      for (Expression& need : conditions.needs) redirect(need, changes.findings);
      for (Risk& risk : conditions.risks) redirect(risk.when, changes.findings);
    }
    changes_.push_back(std::move(changes));
  }

  std::size_t originals_;
  Knowledge knowledge_;
  std::unique_ptr<engine::Program> program_;
  std::vector<Changes> changes_;
  std::vector<std::set<Index>> finding_users_, pattern_users_;
};

/// What a test expects, in the ways that tell what it can notice.
struct Interest {
  std::set<Index> patterns;   ///< named in an expectation
  std::set<Index> looked_at;  ///< findings whose begin, instances or reason is expected
  bool state = false, steps = false;
  bool beliefs = false;  ///< anything but findings

  explicit Interest(const Test& test) : beliefs(asks_for_beliefs(test)) {
    for (const Expectation& e : test.expect) {
      switch (e.kind) {
        case Expectation::Kind::pattern:
        case Expectation::Kind::benign: patterns.insert(e.index); break;
        case Expectation::Kind::finding:
        case Expectation::Kind::unknown_finding:
          if (e.since_from || !e.arguments.empty() || !e.reason.empty()) looked_at.insert(e.index);
          break;
        case Expectation::Kind::fix:
        case Expectation::Kind::check: steps = true; break;
        case Expectation::Kind::healthy:
        case Expectation::Kind::insufficient: state = true; break;
      }
    }
  }
};

/// One test, and what it makes of mutants.
class Bench {
 public:
  Bench(const Extended& extended, const Knowledge& knowledge, const Trial& trial)
      : extended_(extended),
        knowledge_(knowledge),
        trial_(trial),
        interest_(*trial.test),
        evaluator_(extended.program(), extended.knowledge(), trial.run, trial.binding) {
    diagnosis_.binding = trial.binding;
    observe();
    diagnosis_.network = engine::network(knowledge, trial.run, diagnosis_.observations);
    weigh();
  }

  bool passes_as_it_is() const { return passes(*trial_.test, diagnosis_); }

  enum class Answer { same, unmoved, failed };

  Answer judge(const Mutant& mutant, const Extended::Changes& changes) {
    bool moved = false;
    for (const auto& [original, copy] : changes.findings) moved |= replace(original, copy);
    for (const auto& [pattern, conditions] : changes.conditions)
      moved |= replace(pattern, conditions);
    if (mutant.changed && mutant.changed->prior) moved |= replace_prior(*mutant.changed);
    for (const Mutant::Links& links : mutant.links) moved |= replace(links);
    if (!moved) {
      undo();
      return Answer::same;
    }
    weigh();
    const bool passed = passes(*trial_.test, diagnosis_);
    undo();
    return passed ? Answer::unmoved : Answer::failed;
  }

 private:
  struct Kept {
    std::size_t at = 0;
    engine::Observation observation;
  };

  /// As engine::match, of the knowledge's own findings only.
  void observe() {
    engine::Observations& seen = diagnosis_.observations;
    for (Index finding = 0; finding < knowledge_.findings.size(); ++finding) {
      const std::size_t first = seen.all.size();
      for (const engine::Observation& one : evaluator_.observations(finding)) {
        seen.all.push_back(one);
        seen.all.back().readings.clear();
      }
      const std::size_t strongest = strongest_of(seen.all, first);
      seen.strongest.push_back(seen.all[strongest].degree);
      seen.strongest_at.push_back(strongest);
    }
    for (Index pattern = 0; pattern < knowledge_.patterns.size(); ++pattern) {
      const engine::Program::PatternNodes& nodes = extended_.program().pattern(pattern);
      seen.circumstances.push_back(
          circumstance(nodes.needs, nodes.risks, knowledge_.patterns[pattern].risks));
    }
  }

  static std::size_t strongest_of(const std::vector<engine::Observation>& all, std::size_t first) {
    std::size_t strongest = first;
    for (std::size_t i = first; i < all.size(); ++i) {
      const Degree a = all[i].degree, b = all[strongest].degree;
      if (a.known() && (!b.known() || a.value() > b.value())) strongest = i;
    }
    return strongest;
  }

  engine::Circumstance circumstance(const std::vector<engine::NodeId>& needs,
                                    const std::vector<engine::NodeId>& risks,
                                    const std::vector<Risk>& factors) {
    engine::Circumstance circumstance;
    for (const engine::NodeId need : needs)
      circumstance.needs = circumstance.needs && evaluator_.degree(need);
    for (std::size_t i = 0; i < risks.size(); ++i) {
      const Degree degree = evaluator_.degree(risks[i]);
      if (degree.known()) circumstance.risk_factor *= std::pow(factors[i].factor, degree.value());
    }
    return circumstance;
  }

  void weigh() {
    if (!interest_.beliefs) return;
    engine::weigh(knowledge_, trial_.run, diagnosis_);
    if (!interest_.steps) return;
    diagnosis_.plan = engine::plan(knowledge_, trial_.run, trial_.binding, diagnosis_.observations,
                                   diagnosis_.network, diagnosis_.beliefs);
  }

  /// The finding `copy` in the place of `original`. Whether that makes a difference.
  bool replace(Index original, Index copy) {
    engine::Observations& seen = diagnosis_.observations;
    const Finding& finding = knowledge_.findings[original];
    const bool closely = interest_.looked_at.contains(original);
    if (closely) return replace_closely(original, copy);
    const Degree now = finding.variables.empty()
                           ? evaluator_.degree(extended_.program().finding(copy).when)
                           : strongest_degree(copy);
    const Degree before = seen.strongest[original];
    if (same(before, now)) return false;
    put_degree(original, now);
    return true;
  }

  Degree strongest_degree(Index copy) {
    const std::vector<engine::Observation>& all = evaluator_.observations(copy);
    return all[strongest_of(all, 0)].degree;
  }

  static bool same(Degree a, Degree b) {
    if (a.known() != b.known()) return false;
    return !a.known() || a.value() == b.value();
  }

  void put_degree(Index finding, Degree degree) {
    engine::Observations& seen = diagnosis_.observations;
    const std::size_t at = seen.strongest_at[finding];
    kept_.push_back({at, seen.all[at]});
    strongest_.emplace_back(finding, seen.strongest[finding]);
    signs_.emplace_back(finding, diagnosis_.network.signs[finding].degree);
    seen.all[at].degree = degree;
    seen.strongest[finding] = degree;
    diagnosis_.network.signs[finding].degree =
        engine::degree_with_words(knowledge_.findings[finding], degree, trial_.run);
  }

  /// Also when it began and which instances there are.
  bool replace_closely(Index original, Index copy) {
    engine::Observations& seen = diagnosis_.observations;
    const std::vector<engine::Observation>& now = evaluator_.observations(copy);
    const engine::Observation& strongest = now[strongest_of(now, 0)];
    const Degree before = seen.strongest[original];
    bool moved = before.known() != strongest.degree.known() || before != strongest.degree;
    put_degree(original, strongest.degree);
    engine::Observation& first = seen.all[seen.strongest_at[original]];
    moved |= first.since != strongest.since;
    first.since = strongest.since;
    for (std::size_t i = 0; i < seen.all.size(); ++i) {
      if (seen.all[i].finding != original || seen.all[i].arguments.empty()) continue;
      const auto instance =
          std::ranges::find(now, seen.all[i].arguments, &engine::Observation::arguments);
      const Degree degree = instance == now.end() ? Degree(Unknown::not_logged) : instance->degree;
      moved |= seen.all[i].degree != degree;
      kept_.push_back({i, seen.all[i]});
      seen.all[i].degree = degree;
      seen.all[i].since = instance == now.end() ? std::nullopt : instance->since;
    }
    return moved;
  }

  bool replace(Index pattern, const Extended::Conditions& conditions) {
    const engine::Circumstance now =
        circumstance(conditions.need_nodes, conditions.risk_nodes, conditions.risks);
    const engine::Circumstance& before = diagnosis_.observations.circumstances[pattern];
    return replace_prior(pattern, engine::prior_odds(knowledge_.patterns[pattern], now),
                         engine::prior_odds(knowledge_.patterns[pattern], before));
  }

  bool replace_prior(const Mutant::Changed& changed) {
    const engine::Circumstance& seen = diagnosis_.observations.circumstances[changed.pattern];
    Pattern pattern;
    pattern.prior = *changed.prior;
    return replace_prior(changed.pattern, engine::prior_odds(pattern, seen),
                         engine::prior_odds(knowledge_.patterns[changed.pattern], seen));
  }

  /// Other odds before the evidence; what is left of them after fixes that failed stays.
  bool replace_prior(Index pattern, double odds, double odds_before) {
    if (odds == odds_before) return false;
    engine::Network::Cause& cause = diagnosis_.network.causes[pattern];
    const double whole_before = cause.prior / (1 - cause.prior);
    const double left = odds_before > 0 ? whole_before / odds_before : 1;
    engine::Network::Cause now = cause;
    now.prior = odds * left / (1 + odds * left);
    return replace(pattern, std::move(now));
  }

  bool replace(const Mutant::Links& links) {
    engine::Network::Cause now = diagnosis_.network.causes[links.pattern];
    now.shows = links.shows;
    now.never = links.never;
    return replace(links.pattern, std::move(now));
  }

  bool replace(Index pattern, engine::Network::Cause now) {
    engine::Network::Cause& cause = diagnosis_.network.causes[pattern];
    if (!interest_.beliefs) return false;
    const bool noticed = interest_.patterns.contains(pattern) || interest_.state ||
                         engine::entangled(diagnosis_.network, cause) ||
                         engine::entangled(diagnosis_.network, now);
    if (!noticed || now == cause) return false;
    causes_.emplace_back(pattern, std::move(cause));
    cause = std::move(now);
    return true;
  }

  void undo() {
    engine::Observations& seen = diagnosis_.observations;
    while (!kept_.empty()) {
      seen.all[kept_.back().at] = std::move(kept_.back().observation);
      kept_.pop_back();
    }
    for (; !strongest_.empty(); strongest_.pop_back())
      seen.strongest[strongest_.back().first] = strongest_.back().second;
    for (; !signs_.empty(); signs_.pop_back())
      diagnosis_.network.signs[signs_.back().first].degree = signs_.back().second;
    for (; !causes_.empty(); causes_.pop_back())
      diagnosis_.network.causes[causes_.back().first] = std::move(causes_.back().second);
  }

  const Extended& extended_;
  const Knowledge& knowledge_;
  const Trial& trial_;
  Interest interest_;
  engine::Evaluator evaluator_;
  engine::Diagnosis diagnosis_;

  // What undo() puts back, last first.
  std::vector<Kept> kept_;
  std::vector<std::pair<Index, Degree>> strongest_, signs_;
  std::vector<std::pair<Index, engine::Network::Cause>> causes_;
};

void lower(std::atomic<std::size_t>& least, std::size_t value) {
  for (std::size_t now = least; value < now && !least.compare_exchange_weak(now, value);) {
  }
}

/// Judges `chosen` of the mutants.
void judge_some(const Knowledge& knowledge, const std::vector<Trial>& trials,
                const std::vector<Mutant>& mutants, const std::vector<std::size_t>& chosen,
                std::vector<Verdict>& verdicts) {
  const Extended extended(knowledge, mutants, chosen);
  std::vector<std::atomic<std::size_t>> killer(chosen.size()), unmoved(chosen.size());
  for (auto& each : killer) each = trials.size();
  for_each_in_parallel(trials.size(), [&](std::size_t t) {
    Bench bench(extended, knowledge, trials[t]);
    if (!bench.passes_as_it_is()) return;  // it tells nothing of a mutant
    for (std::size_t i = 0; i < chosen.size(); ++i) {
      if (killer[i] < t) continue;
      switch (bench.judge(mutants[chosen[i]], extended.changes(i))) {
        case Bench::Answer::same: break;
        case Bench::Answer::unmoved: ++unmoved[i]; break;
        case Bench::Answer::failed: lower(killer[i], t); break;
      }
    }
  });
  for (std::size_t i = 0; i < chosen.size(); ++i) {
    Verdict& verdict = verdicts[chosen[i]];
    verdict.killed = killer[i] < trials.size();
    (verdict.killed ? verdict.by : verdict.unmoved) = verdict.killed ? killer[i] : unmoved[i];
  }
}

/// SplitMix64, as for noise: the same on every machine.
std::uint64_t next_random(std::uint64_t& state) {
  state += 0x9e3779b97f4a7c15;
  std::uint64_t z = state;
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

/// The order in which `count` mutants are judged: a shuffle where not all may be.
std::vector<std::size_t> order_of(std::size_t count, const MutationLimits& limits) {
  std::vector<std::size_t> order(count);
  std::iota(order.begin(), order.end(), std::size_t{0});
  if (!limits.sample && !limits.time) return order;
  std::uint64_t state = limits.seed;
  for (std::size_t i = count; i > 1; --i) std::swap(order[i - 1], order[next_random(state) % i]);
  if (limits.sample && *limits.sample < order.size()) order.resize(*limits.sample);
  return order;
}

}  // namespace

MutationOutcome judge_mutants(const Knowledge& knowledge, const std::vector<Trial>& trials,
                              std::vector<Mutant> mutants, const MutationLimits& limits) {
  const Clock::time_point begin = Clock::now();
  MutationOutcome outcome;
  outcome.all = mutants.size();
  const std::vector<std::size_t> order = order_of(mutants.size(), limits);
  const std::size_t at_once = limits.time ? most_at_once / 6 : most_at_once;
  std::vector<Verdict> verdicts(mutants.size());
  std::vector<std::size_t> judged;
  for (std::size_t first = 0; first < order.size(); first += at_once) {
    if (limits.time && first > 0 && Clock::now() - begin > *limits.time) {
      outcome.out_of_time = true;
      break;
    }
    const std::size_t last = std::min(first + at_once, order.size());
    const std::vector<std::size_t> chosen(order.begin() + static_cast<std::ptrdiff_t>(first),
                                          order.begin() + static_cast<std::ptrdiff_t>(last));
    judge_some(knowledge, trials, mutants, chosen, verdicts);
    judged.insert(judged.end(), chosen.begin(), chosen.end());
  }
  std::ranges::sort(judged);
  for (const std::size_t i : judged) {
    outcome.mutants.push_back(std::move(mutants[i]));
    outcome.verdicts.push_back(verdicts[i]);
  }
  return outcome;
}

}  // namespace fmx::rule_tests
