#include "engine/learn/fit.hpp"

#include <Eigen/Dense>
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
                           beliefs.posteriors[i].probability >= likely_from);
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

/// The log-odds of a prior, then the logarithms of the risks' factors.
Eigen::VectorXd log_figures(const Pattern& pattern) {
  Eigen::VectorXd result(1 + static_cast<Eigen::Index>(pattern.risks.size()));
  result[0] = logit(inside(pattern.prior));
  for (std::size_t r = 0; r < pattern.risks.size(); ++r) {
    result[1 + static_cast<Eigen::Index>(r)] = std::log(std::max(pattern.risks[r].factor, rarest));
  }
  return result;
}

/// The figures that make `chances` likeliest, the authored ones being worth `strength`, by Newton's
/// method: the log posterior is concave, its gradient
///
///   sum of (present - p) x + (strength of the prior) (authored - p at no risk), and for each risk
///   (its strength) (authored - its own)            p: logistic(figures . x), x: 1, then degrees
///
/// A step is held to one in any figure, so that it cannot run away where p saturates.
Eigen::VectorXd regression(const Eigen::VectorXd& authored, const std::vector<Chance>& chances,
                           const Strength& strength) {
  const Eigen::Index size = authored.size();
  Eigen::VectorXd figures = authored;
  for (int round = 0; round < 50; ++round) {
    const double prior = logistic(figures[0]);
    Eigen::VectorXd gradient = strength.risk * (authored - figures);
    Eigen::MatrixXd curvature = strength.risk * Eigen::MatrixXd::Identity(size, size);
    gradient[0] = strength.prior * (logistic(authored[0]) - prior);
    curvature(0, 0) = strength.prior * prior * (1 - prior);
    Eigen::VectorXd x(size);
    for (const Chance& chance : chances) {
      x[0] = 1;
      for (Eigen::Index r = 1; r < size; ++r)
        x[r] = chance.degrees[static_cast<std::size_t>(r - 1)];
      const double p = logistic(figures.dot(x));
      gradient += ((chance.present ? 1 : 0) - p) * x;
      curvature += p * (1 - p) * x * x.transpose();
    }
    const Eigen::VectorXd step = curvature.ldlt().solve(gradient);
    const double longest = step.cwiseAbs().maxCoeff();
    figures += step / std::max(1.0, longest);
    if (longest < 1e-10) break;
  }
  return figures;
}

void fit_priors(Knowledge& knowledge, const std::vector<Seen>& cases, const Strength& strength) {
  for (Index i = 0; i < knowledge.patterns.size(); ++i) {
    Pattern& pattern = knowledge.patterns[i];
    if (pattern.impact == Impact::none) continue;
    const std::vector<Chance> all = chances(pattern, i, cases);
    if (all.empty()) continue;
    const Eigen::VectorXd figures = regression(log_figures(pattern), all, strength);
    pattern.prior = logistic(figures[0]);
    for (std::size_t r = 0; r < pattern.risks.size(); ++r)
      pattern.risks[r].factor = std::exp(figures[1 + static_cast<Eigen::Index>(r)]);
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
