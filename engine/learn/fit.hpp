#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/learn/labelled_case.hpp"

namespace fmx::engine {

/// How many cases the authors' figures are worth. The fewer cases there are, the more the authors
/// decide.
struct Strength {
  double prior = 30;
  double base = 30;
  double link = 10;
  double risk = 4;  ///< standard error of a risk's logarithm is 1 / sqrt(risk)
};

/// `knowledge` with priors, bases, links and risks fitted to `cases` by maximum a posteriori; each
/// figure's prior is a Beta distribution around what the authors wrote (a normal one around the
/// logarithm of a risk), worth `strength` cases.
///
/// base    of a finding: over the cases in which no present pattern shows it, degrees are
///         fractional counts:
///         (strength * authored + sum of degrees) / (strength + number of cases).
/// link    of a pattern to a finding: over the cases in which the pattern is present, the l that
///         maximizes
///           sum of d log(1 - u (1 - l)) + (1 - d) log(u (1 - l))
///         with u = (1 - base) * prod of what else is present, plus the Beta term. Concave in l, so
///         halving an interval finds it.
/// prior,  risks: logistic regression of "present" on the degrees of the risks, over the cases in
///         which the pattern's needs are not known to fail, by Newton's method.
///
/// Unknown findings count nowhere; a case counts neither for nor against patterns that are merely
/// accepted; benign patterns are never labelled, so they are not fitted, and a finding that a
/// likely benign pattern shows is not counted towards its base. Source: noisy-OR with leak as in
/// belief.hpp; D. Spiegelhalter & S. Lauritzen, Sequential updating of conditional probabilities on
/// directed graphical structures, 1990 (authors' figures as Beta pseudo-counts).
Knowledge fitted(Knowledge knowledge, std::span<const LabelledCase> cases,
                 const Strength& strength = {});

/// A figure that fitting has changed.
struct FittedFigure {
  enum class Kind { prior, base, link, risk };
  Kind kind = Kind::prior;
  Index pattern = 0;  ///< prior, link, risk
  Index finding = 0;  ///< base, link
  Index risk = 0;     ///< into Pattern::risks
  double authored = 0, fitted = 0;
};

/// The figures in which two states of the same knowledge differ by more than a hundredth of their
/// size; by kind, pattern, finding.
std::vector<FittedFigure> changed_figures(const Knowledge& authored, const Knowledge& fitted);

}  // namespace fmx::engine
