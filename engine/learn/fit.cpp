#include "engine/learn/fit.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

#include "engine/belief/likelihood.hpp"
#include "engine/belief/network.hpp"

namespace fmx::engine {

namespace {

using Cases = std::span<const LabelledCase>;

bool holds(const std::vector<Index>& patterns, Index pattern) {
  return std::find(patterns.begin(), patterns.end(), pattern) != patterns.end();
}

/// Where a falling function crosses zero between `low` and `high`. Ends after fifty halvings.
double root(double low, double high, const std::function<double(double)>& slope) {
  for (int halving = 0; halving < 50; ++halving) {
    const double middle = (low + high) / 2;
    (slope(middle) > 0 ? low : high) = middle;
  }
  return (low + high) / 2;
}

double logit(double p) { return std::log(p / (1 - p)); }
double logistic(double x) { return 1 / (1 + std::exp(-x)); }
double inside(double p) { return std::clamp(p, rarest, 1 - rarest); }

/// One case as the network sees it.
struct Seen {
  const LabelledCase* labelled = nullptr;
  Network network;
  std::vector<bool> benign;  ///< by cause: a benign pattern that is likely here
};

std::vector<Seen> seen(const Knowledge& knowledge, Cases cases) {
  std::vector<Seen> result;
  for (const LabelledCase& each : cases) {
    Seen one{.labelled = &each,
             .network = network(knowledge, each.run, each.observations),
             .benign = {}};
    const Beliefs beliefs = believe(one.network);
    for (std::size_t i = 0; i < one.network.causes.size(); ++i) {
      one.benign.push_back(one.network.causes[i].benign &&
                           beliefs.posteriors[i].probability >= 0.5);
    }
    result.push_back(std::move(one));
  }
  return result;
}

/// P(finding unseen) that each cause leaves, by cause of the network; 1 where it does not show it.
double kept(const Network& network, std::size_t cause, Index finding) {
  double result = 1;
  for (const auto& show : network.causes[cause].shows) {
    if (show.finding == finding) result *= kept_unseen(show);
  }
  return result;
}

/// Whether something may have brought the finding about that is known, or suspected, to be there.
bool accounted_for(const Seen& one, Index finding) {
  const LabelledCase& labelled = *one.labelled;
  for (std::size_t i = 0; i < one.network.causes.size(); ++i) {
    const auto pattern = static_cast<Index>(i);
    const bool there =
        holds(labelled.present, pattern) || holds(labelled.accepted, pattern) || one.benign[i];
    if (there && kept(one.network, i, finding) < 1) return true;
  }
  return false;
}

void fit_bases(Knowledge& knowledge, const std::vector<Seen>& cases, const Strength& strength) {
  for (Index f = 0; f < knowledge.findings.size(); ++f) {
    double sum = 0, count = 0;
    for (const Seen& one : cases) {
      const Degree degree = one.network.signs[f].degree;
      if (!degree.known() || accounted_for(one, f)) continue;
      sum += degree.value();
      count += 1;
    }
    double& base = knowledge.findings[f].base;
    if (count > 0) base = inside((strength.base * base + sum) / (strength.base + count));
  }
}

/// A case in which a pattern is present, as one of its links sees it.
struct Trial {
  double degree = 0;
  double unseen = 1;  ///< P(finding unseen) but for the link
};

std::vector<Trial> trials(const Knowledge& knowledge, const std::vector<Seen>& cases, Index pattern,
                          const Link& link) {
  std::vector<Trial> result;
  for (const Seen& one : cases) {
    const Degree degree = one.network.signs[link.finding].degree;
    if (!holds(one.labelled->present, pattern) || !degree.known()) continue;
    Trial trial{.degree = degree.value(),
                .unseen = 1 - inside(knowledge.findings[link.finding].base)};
    for (const Index other : one.labelled->present) {
      const double left = kept(one.network, other, link.finding);
      const double own =
          other == pattern ? 1 - inside(link.probability) : 1;  // the rest is indirect
      trial.unseen *= std::min(left / own, 1.0);
    }
    result.push_back(trial);
  }
  return result;
}

/// The l that makes the trials likeliest, with `authored` worth `strength` of them.
double fitted_link(double authored, const std::vector<Trial>& trials, double strength) {
  return root(rarest, 1 - rarest, [&](double l) {
    double slope = strength * (authored / l - (1 - authored) / (1 - l));
    for (const Trial& trial : trials) {
      slope +=
          trial.degree * trial.unseen / (1 - trial.unseen * (1 - l)) - (1 - trial.degree) / (1 - l);
    }
    return slope;
  });
}

void fit_links(Knowledge& knowledge, const std::vector<Seen>& cases, const Strength& strength) {
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    for (Link& link : knowledge.patterns[i].shows) {
      const std::vector<Trial> all = trials(knowledge, cases, i, link);
      if (!all.empty())
        link.probability = fitted_link(inside(link.probability), all, strength.link);
    }
  }
}

/// A case to which a pattern's needs apply, as its prior and its risks see it.
struct Chance {
  bool present = false;
  std::vector<double> degrees;  ///< by risk; 0 where unknown
};

std::vector<Chance> chances(const Pattern& pattern, Index index, const std::vector<Seen>& cases) {
  std::vector<Chance> result;
  for (const Seen& one : cases) {
    const Circumstance& circumstance = one.labelled->observations.circumstances[index];
    if (circumstance.needs.known() && circumstance.needs.value() <= 0) continue;
    if (holds(one.labelled->accepted, index)) continue;
    Chance chance{.present = holds(one.labelled->present, index),
                  .degrees = std::vector<double>(pattern.risks.size())};
    for (const auto& met : circumstance.risks) {
      if (met.degree.known()) chance.degrees[met.risk] = met.degree.value();
    }
    result.push_back(std::move(chance));
  }
  return result;
}

/// What remains to be explained by one figure: sum over cases of (present - P(present)), weighted.
class Regression {
 public:
  Regression(const Pattern& pattern, std::vector<Chance> chances)
      : chances_(std::move(chances)), prior_(logit(inside(pattern.prior))) {
    for (const Risk& risk : pattern.risks)
      factors_.push_back(std::log(std::max(risk.factor, rarest)));
    authored_prior_ = inside(pattern.prior);
    authored_factors_ = factors_;
  }

  void fit(const Strength& strength) {
    for (int round = 0; round < 30; ++round) {
      prior_ = root(-12, 12, [&](double value) {
        const double pull = strength.prior * (authored_prior_ - logistic(value));
        return pull + residual(value, factors_, [](const Chance&) { return 1.0; });
      });
      for (std::size_t r = 0; r < factors_.size(); ++r) {
        factors_[r] = root(-6, 6, [&](double value) {
          std::vector<double> tried = factors_;
          tried[r] = value;
          const double pull = strength.risk * (authored_factors_[r] - value);
          return pull +
                 residual(prior_, tried, [r](const Chance& chance) { return chance.degrees[r]; });
        });
      }
    }
  }

  double prior() const { return logistic(prior_); }
  double factor(std::size_t risk) const { return std::exp(factors_[risk]); }

 private:
  double residual(double prior, const std::vector<double>& factors,
                  const std::function<double(const Chance&)>& weight) const {
    double sum = 0;
    for (const Chance& chance : chances_) {
      double log_odds = prior;
      for (std::size_t r = 0; r < factors.size(); ++r) log_odds += factors[r] * chance.degrees[r];
      sum += weight(chance) * ((chance.present ? 1 : 0) - logistic(log_odds));
    }
    return sum;
  }

  std::vector<Chance> chances_;
  double prior_ = 0, authored_prior_ = 0;
  std::vector<double> factors_, authored_factors_;  ///< logarithms
};

void fit_priors(Knowledge& knowledge, const std::vector<Seen>& cases, const Strength& strength) {
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    Pattern& pattern = knowledge.patterns[i];
    if (pattern.impact == Impact::none) continue;
    std::vector<Chance> all = chances(pattern, i, cases);
    if (all.empty()) continue;
    Regression regression(pattern, std::move(all));
    regression.fit(strength);
    pattern.prior = regression.prior();
    for (std::size_t r = 0; r < pattern.risks.size(); ++r)
      pattern.risks[r].factor = regression.factor(r);
  }
}

bool differ(double a, double b) {
  return std::abs(a - b) > 0.01 * std::max(std::abs(a), std::abs(b));
}

}  // namespace

Knowledge fitted(Knowledge knowledge, Cases cases, const Strength& strength) {
  const std::vector<Seen> all = seen(knowledge, cases);
  fit_bases(knowledge, all, strength);
  fit_links(knowledge, all, strength);
  fit_priors(knowledge, all, strength);
  return knowledge;
}

std::vector<FittedFigure> changed_figures(const Knowledge& authored, const Knowledge& fitted) {
  using Kind = FittedFigure::Kind;
  std::vector<FittedFigure> result;
  const auto note = [&](FittedFigure figure) {
    if (differ(figure.authored, figure.fitted)) result.push_back(figure);
  };
  for (Index i = 0; i < authored.patterns.size(); ++i) {
    note({.kind = Kind::prior,
          .pattern = i,
          .authored = authored.patterns[i].prior,
          .fitted = fitted.patterns[i].prior});
  }
  for (Index f = 0; f < authored.findings.size(); ++f) {
    note({.kind = Kind::base,
          .finding = f,
          .authored = authored.findings[f].base,
          .fitted = fitted.findings[f].base});
  }
  for (Index i = 0; i < authored.patterns.size(); ++i) {
    const Pattern &before = authored.patterns[i], &after = fitted.patterns[i];
    for (std::size_t l = 0; l < before.shows.size(); ++l) {
      note({.kind = Kind::link,
            .pattern = i,
            .finding = before.shows[l].finding,
            .authored = before.shows[l].probability,
            .fitted = after.shows[l].probability});
    }
  }
  for (Index i = 0; i < authored.patterns.size(); ++i) {
    for (Index r = 0; r < authored.patterns[i].risks.size(); ++r) {
      note({.kind = Kind::risk,
            .pattern = i,
            .risk = r,
            .authored = authored.patterns[i].risks[r].factor,
            .fitted = fitted.patterns[i].risks[r].factor});
    }
  }
  return result;
}

}  // namespace fmx::engine
