#include "engine/belief/sets.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "engine/belief/likelihood.hpp"

namespace fmx::engine {

namespace {

constexpr std::size_t kept_sets = 10;
constexpr double most_sets = 2e7;  ///< that are weighed: about a second's work
constexpr double largest = 1e300;  ///< products stop here, so that no infinity meets a zero

/// A link to an entangling sign.
struct Tie {
  std::uint32_t sign = 0;
  double kept = 1;  ///< 1 - link
};

/// An entangled cause in flat arrays: its ties to signs of degree above 0.5 come first, then the
/// others.
struct Candidate {
  std::size_t cause = 0;
  bool benign = false;
  double odds = 0, log_odds = 0;  ///< signs known not to be seen are worked in
  double log_alone = 0;           ///< log W({cause})
  std::size_t first = 0, middle = 0, last = 0;
};

/// An entangling sign, given the causes chosen so far. L = degree + slope * unseen.
struct State {
  double degree = 0, slope = 0;
  double unseen = 1;
  double inverse = 1;  ///< 1 / L
};

/// What adding a candidate to the chosen set multiplies its weight by, odds included.
struct Step {
  double up = 1;    ///< odds and signs of degree above 0.5
  double down = 1;  ///< the others; at most 1
};

class Enumeration {
 public:
  /// `visit` may be null.
  Enumeration(const Network& network, const std::vector<double>& log_odds, int max_set,
              const VisitSet* visit);
  Sets run();

 private:
  void add_candidate(const Network& network, std::size_t cause, double log_odds);
  void add_ties(const Network& network, const Network::Cause& cause, bool seen);
  void sort_candidates();

  Step step(const Candidate& candidate) const;
  double log_step(const Candidate& candidate) const;
  void push(std::size_t candidate);
  void pop();
  double log_weight_of_greedy_set();

  double grow(std::size_t from, double log_weight, bool benign);
  double last_level(std::size_t from, double log_weight, bool benign);
  double relative(double log_weight) const;
  void keep(double weight);
  void show(double weight);

  std::vector<Candidate> candidates_;
  std::vector<Tie> ties_;
  std::vector<State> signs_;
  std::vector<std::uint32_t> sign_of_;  ///< by sign of the network: index into signs_

  std::size_t max_set_;
  const VisitSet* visit_;
  std::vector<std::size_t> chosen_;   ///< candidates
  std::vector<std::size_t> visited_;  ///< the causes that they are
  std::vector<std::pair<std::uint32_t, State>>
      saved_;  ///< states to restore, in order of the pushes
  double log_scale_ = 0;
  Sets result_;
};

Enumeration::Enumeration(const Network& network, const std::vector<double>& log_odds, int max_set,
                         const VisitSet* visit)
    : max_set_(static_cast<std::size_t>(std::max(max_set, 1))), visit_(visit) {
  sign_of_.resize(network.signs.size());
  for (std::size_t f = 0; f < network.signs.size(); ++f) {
    const Network::Sign& sign = network.signs[f];
    if (!entangles(sign)) continue;
    sign_of_[f] = static_cast<std::uint32_t>(signs_.size());
    const double degree = sign.degree.value();
    signs_.push_back({.degree = degree,
                      .slope = 1 - 2 * degree,
                      .unseen = unseen_by_leak(sign),
                      .inverse = 1 / likelihood(sign, unseen_by_leak(sign))});
  }
  for (std::size_t i = 0; i < network.causes.size(); ++i) {
    if (entangled(network, network.causes[i])) add_candidate(network, i, log_odds[i]);
  }
  sort_candidates();
  result_.mass.assign(network.causes.size(), 0);
}

void Enumeration::add_candidate(const Network& network, std::size_t index, double log_odds) {
  const Network::Cause& cause = network.causes[index];
  Candidate candidate{.cause = index, .benign = cause.benign, .log_odds = log_odds};
  candidate.first = ties_.size();
  add_ties(network, cause, true);
  candidate.middle = ties_.size();
  add_ties(network, cause, false);
  candidate.last = ties_.size();
  for (const auto& show : cause.shows) {
    const Degree degree = network.signs[show.finding].degree;
    if (degree.known() && degree.value() <= 0) candidate.log_odds += std::log(kept_unseen(show));
  }
  candidate.odds = std::min(std::exp(candidate.log_odds), largest);
  candidate.log_alone = log_step(candidate);
  candidates_.push_back(candidate);
}

void Enumeration::add_ties(const Network& network, const Network::Cause& cause, bool seen) {
  for (const auto& show : cause.shows) {
    const Network::Sign& sign = network.signs[show.finding];
    if (!entangles(sign) || show.probability <= 0) continue;
    if ((sign.degree.value() > 0.5) != seen) continue;
    ties_.push_back({.sign = sign_of_[show.finding], .kept = kept_unseen(show)});
  }
}

void Enumeration::sort_candidates() {
  std::sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return a.log_alone != b.log_alone ? a.log_alone > b.log_alone : a.cause < b.cause;
  });
}

Step Enumeration::step(const Candidate& candidate) const {
  const auto ratio = [this](const Tie& tie) {
    const State& sign = signs_[tie.sign];
    return (sign.degree + sign.slope * sign.unseen * tie.kept) * sign.inverse;
  };
  Step result{.up = candidate.odds, .down = 1};
  for (std::size_t t = candidate.first; t < candidate.middle; ++t) result.up *= ratio(ties_[t]);
  for (std::size_t t = candidate.middle; t < candidate.last; ++t) result.down *= ratio(ties_[t]);
  result.up = std::min(result.up, largest);
  return result;
}

double Enumeration::log_step(const Candidate& candidate) const {
  double sum = candidate.log_odds;
  for (std::size_t t = candidate.first; t < candidate.last; ++t) {
    const State& sign = signs_[ties_[t].sign];
    sum += std::log((sign.degree + sign.slope * sign.unseen * ties_[t].kept) * sign.inverse);
  }
  return sum;
}

void Enumeration::push(std::size_t index) {
  chosen_.push_back(index);
  const Candidate& candidate = candidates_[index];
  for (std::size_t t = candidate.first; t < candidate.last; ++t) {
    State& sign = signs_[ties_[t].sign];
    saved_.emplace_back(ties_[t].sign, sign);
    sign.unseen *= ties_[t].kept;
    sign.inverse = 1 / (sign.degree + sign.slope * sign.unseen);
  }
}

void Enumeration::pop() {
  const Candidate& candidate = candidates_[chosen_.back()];
  chosen_.pop_back();
  for (std::size_t t = candidate.first; t < candidate.last; ++t) {
    signs_[saved_.back().first] = saved_.back().second;
    saved_.pop_back();
  }
}

/// The weight of a set built by always adding the cause that accounts for most of what is left:
/// near enough to the heaviest to be the scale of all weights.
double Enumeration::log_weight_of_greedy_set() {
  double log_weight = 0;
  while (chosen_.size() < std::min(max_set_, candidates_.size())) {
    std::size_t best = 0;
    double gain = 0;
    for (std::size_t k = 0; k < candidates_.size(); ++k) {
      if (std::find(chosen_.begin(), chosen_.end(), k) != chosen_.end()) continue;
      const double log_ratio = log_step(candidates_[k]);
      if (log_ratio > gain) best = k, gain = log_ratio;
    }
    if (gain <= 0) break;
    log_weight += gain;
    push(best);
  }
  while (!chosen_.empty()) pop();
  return log_weight;
}

double Enumeration::relative(double log_weight) const {
  return std::exp(std::min(log_weight - log_scale_, 600.0));
}

void Enumeration::keep(double weight) {
  std::vector<WeightedSet>& best = result_.best;
  if (best.size() == kept_sets && weight <= best.back().weight) return;
  if (best.size() == kept_sets) best.pop_back();
  WeightedSet set{.causes = {}, .weight = weight};
  for (const std::size_t k : chosen_) set.causes.push_back(candidates_[k].cause);
  std::sort(set.causes.begin(), set.causes.end());
  const auto at = std::upper_bound(
      best.begin(), best.end(), set,
      [](const WeightedSet& a, const WeightedSet& b) { return a.weight > b.weight; });
  best.insert(at, std::move(set));
}

/// Shows the chosen set to the visitor.
void Enumeration::show(double weight) {
  visited_.clear();
  for (const std::size_t k : chosen_) visited_.push_back(candidates_[k].cause);
  (*visit_)(visited_, weight);
}

/// Weighs the sets that add candidates from `from` on to the chosen ones; returns their mass. Ends
/// because each level starts behind the candidate that the one above has chosen.
double Enumeration::grow(std::size_t from, double log_weight, bool benign) {
  if (chosen_.size() + 1 == max_set_) return last_level(from, log_weight, benign);
  double sum = 0;
  for (std::size_t k = from; k < candidates_.size(); ++k) {
    const double log_child = log_weight + log_step(candidates_[k]);
    const bool still_benign = benign && candidates_[k].benign;
    const double weight = relative(log_child);
    push(k);
    keep(weight);
    if (visit_ != nullptr) show(weight);
    if (still_benign) result_.benign += weight;
    const double subtree = weight + grow(k + 1, log_child, still_benign);
    pop();
    result_.mass[candidates_[k].cause] += subtree;
    sum += subtree;
  }
  return sum;
}

/// The same for the last cause of a set, without logarithms: this is where the time goes.
double Enumeration::last_level(std::size_t from, double log_weight, bool benign) {
  const double start = relative(log_weight);
  const bool in_range = log_weight - log_scale_ > -600;
  double sum = 0;
  double more = 0;  ///< prod over the candidates after k of (1 + up), minus 1
  for (std::size_t k = candidates_.size(); k-- > from;) {
    const Candidate& candidate = candidates_[k];
    const Step next = step(candidate);
    const double weight = in_range ? start * next.up * next.down
                                   : relative(log_weight + std::log(next.up) + std::log(next.down));
    sum += weight;
    result_.mass[candidate.cause] += weight;
    if (benign && candidate.benign) result_.benign += weight;
    result_.beyond += weight * more;
    more = std::min(more + next.up * (1 + more), largest);
    const bool is_among_best =
        result_.best.size() < kept_sets || weight > result_.best.back().weight;
    if (is_among_best || visit_ != nullptr) {
      chosen_.push_back(k);
      if (is_among_best) keep(weight);
      if (visit_ != nullptr) show(weight);
      chosen_.pop_back();
    }
  }
  return sum;
}

/// How many sets there are of up to `size` of `n` causes.
double number_of_sets(double n, std::size_t size) {
  double all = 1, of_this_size = 1;
  for (std::size_t k = 1; k <= size && static_cast<double>(k) <= n; ++k) {
    of_this_size *= (n - static_cast<double>(k) + 1) / static_cast<double>(k);
    all += of_this_size;
  }
  return all;
}

Sets Enumeration::run() {
  const auto n = static_cast<double>(candidates_.size());
  while (max_set_ > 1 && number_of_sets(n, max_set_) > most_sets) --max_set_;
  log_scale_ = log_weight_of_greedy_set();
  const double nothing = relative(0);
  keep(nothing);
  if (visit_ != nullptr) show(nothing);
  result_.benign = nothing;
  result_.total = nothing + grow(0, 0, true);
  return std::move(result_);
}

}  // namespace

Sets weigh_sets(const Network& network, const std::vector<double>& log_odds, int max_set) {
  return Enumeration(network, log_odds, max_set, nullptr).run();
}

void each_set(const Network& network, const std::vector<double>& log_odds, int max_set,
              const VisitSet& visit) {
  Enumeration(network, log_odds, max_set, &visit).run();
}

}  // namespace fmx::engine
