#include "src/reports/literature.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string>
#include <variant>

#include "knowledge/spelling.hpp"
#include "src/reports/figure.hpp"

namespace fmx::reports {
namespace {

std::string link_of(const SourceWork& work) {
  if (!work.url.empty()) return work.url;
  if (!work.arxiv.empty()) return "https://arxiv.org/abs/" + work.arxiv;
  if (!work.doi.empty()) return "https://doi.org/" + work.doi;
  return "";
}

/// What the run says of `key` in its config or environment; empty where it says nothing.
std::string said_of(const engine::Run& run, const std::string& key) {
  const std::string wanted = normal_form(key);
  for (const auto& [name, value] : run.environment) {
    if (normal_form(name) == wanted) return value;
  }
  for (const auto& [name, value] : run.config) {
    const auto* text = std::get_if<std::string>(&value);
    if (text != nullptr && normal_form(name) == wanted) return *text;
  }
  return "";
}

/// Whether one of two descriptions contains the other, spelling aside.
bool alike(const std::string& a, const std::string& b) {
  const std::string x = normal_form(a), y = normal_form(b);
  return x.find(y) != std::string::npos || y.find(x) != std::string::npos;
}

/// How far the set-up of `work` is the run's own: high where all that both state agrees, low where
/// something differs, medium where nothing can be compared.
void judge_applicability(const engine::Run& run, const SourceWork& work, Cited& cited) {
  std::vector<std::string> same, different;
  for (const Mapping& stated : work.context) {
    const std::string here = said_of(run, stated.from);
    if (here.empty()) continue;
    if (alike(here, stated.to)) {
      same.push_back(fmt::format("{} {}", stated.from, stated.to));
    } else {
      different.push_back(fmt::format("{} {} there, {} here", stated.from, stated.to, here));
    }
  }
  if (!different.empty()) {
    cited.applicability = same.empty() ? "low" : "medium";
    cited.applicability_because = fmt::format("{}", fmt::join(different, "; "));
  } else if (!same.empty()) {
    cited.applicability = "high";
    cited.applicability_because = fmt::format("same {}", fmt::join(same, ", "));
  } else {
    cited.applicability = "medium";
    cited.applicability_because = "nothing tells how alike the set-ups are";
  }
}

Cited cite(const Case& facts, Index index) {
  const SourceWork& work = facts.knowledge.works[index];
  Cited cited{.id = work.id,
              .title = work.title,
              .kind = work.kind,
              .url = link_of(work),
              .problem = work.problem,
              .cause = work.cause,
              .fix = work.fix,
              .establishes = work.establishes,
              .applicability = {},
              .applicability_because = {},
              .year = work.year};
  judge_applicability(facts.run, work, cited);
  return cited;
}

/// Whether a fix that is known to cure `pattern` is `carried`.
bool is_listed(const Knowledge& knowledge, Index pattern, const Carried& carried) {
  for (Index i = 0; i < knowledge.fixes.size(); ++i) {
    const Fix& fix = knowledge.fixes[i];
    const bool cures = std::ranges::find(fix.cures, pattern, &Cure::pattern) != fix.cures.end();
    if (!cures) continue;
    if (carried.fix == i || alike(fix.title, carried.as.empty() ? carried.what : carried.as))
      return true;
  }
  return false;
}

/// "numerical methods" for an area or pack named `numerical_methods`.
std::string field(std::string name) {
  std::ranges::replace(name, '_', ' ');
  return name;
}

std::string insight_text(const Knowledge& knowledge, const Analogy& analogy,
                         const Carried& carried) {
  const Pattern& there = knowledge.patterns[analogy.b];
  std::string text =
      analogy.via ? knowledge.phenomena[*analogy.via].title : knowledge.patterns[analogy.a].title;
  text += fmt::format(" is known in {} as \"{}\"",
                      field(there.area.empty() ? there.pack : there.area), there.title);
  for (std::size_t i = 0; i < analogy.maps.size(); ++i) {
    text += fmt::format("{}{} there is {} here", i == 0 ? ": " : ", ", analogy.maps[i].to,
                        analogy.maps[i].from);
  }
  const std::string helps =
      carried.what.empty() && carried.fix ? knowledge.fixes[*carried.fix].title : carried.what;
  text += fmt::format(". What helps there: {}", helps);
  if (!carried.as.empty()) text += fmt::format("; here: {}", carried.as);
  if (!carried.because.empty()) text += fmt::format(", because {}", carried.because);
  text += ".";
  if (!analogy.breaks.empty()) text += fmt::format(" The likeness ends here: {}.", analogy.breaks);
  return text;
}

}  // namespace

std::vector<Cited> literature(const Case& facts, const std::vector<Index>& patterns) {
  std::vector<Index> order;
  const auto add = [&](const std::vector<Index>& works) {
    for (const Index work : works) {
      if (std::ranges::find(order, work) == order.end()) order.push_back(work);
    }
  };
  for (const Index pattern : patterns) add(facts.knowledge.patterns[pattern].cites);
  for (const engine::Step& step : facts.diagnosis.plan.steps) {
    const bool fix = step.kind == engine::Step::Kind::fix;
    add(fix ? facts.knowledge.fixes[step.index].cites : facts.knowledge.checks[step.index].cites);
  }
  std::vector<Cited> cited;
  for (const Index work : order) cited.push_back(cite(facts, work));
  return cited;
}

std::vector<Insight> insights(const Case& facts, const std::vector<Index>& patterns) {
  std::vector<Insight> found;
  for (const Index pattern : patterns) {
    for (const Analogy& analogy : facts.knowledge.analogies) {
      if (analogy.a != pattern) continue;
      for (const Carried& carried : analogy.carries) {
        if (is_listed(facts.knowledge, pattern, carried)) continue;
        found.push_back(
            {analogy.id, insight_text(facts.knowledge, analogy, carried), analogy.strength});
      }
    }
  }
  std::ranges::stable_sort(found, std::ranges::greater{}, &Insight::strength);
  return found;
}

std::vector<Delegation> delegations(const Case& facts, const std::vector<Index>& patterns) {
  std::vector<Delegation> found;
  for (const Delegate& delegate : facts.knowledge.delegates) {
    for (const Index pattern : patterns) {
      if (std::ranges::find(delegate.patterns, pattern) == delegate.patterns.end()) continue;
      const double probability = facts.diagnosis.beliefs.posteriors[pattern].probability;
      found.push_back({.id = delegate.id,
                       .to = delegate.title,
                       .asks = delegate.asks,
                       .looks_at = delegate.looks_at,
                       .hypothesis = fmt::format("{} ({})", facts.knowledge.patterns[pattern].title,
                                                 percent(probability))});
      break;
    }
  }
  return found;
}

}  // namespace fmx::reports
