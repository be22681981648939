#include "engine/belief/ends.hpp"

#include <cmath>
#include <optional>

#include "engine/belief/likelihood.hpp"
#include "engine/belief/sets.hpp"

namespace fmx::engine {

namespace {

using Both = std::array<double, 2>;  ///< at degree 0 and at degree 1

/// The likelihood of a sign at one of the ends of its degree.
double likelihood_at(std::size_t end, double unseen) { return end == 0 ? unseen : 1 - unseen; }

/// How a cause bears on a sign that is asked for.
struct Touch {
  std::size_t asked = 0;
  double kept = 1;     ///< P(the cause does not bring the sign about)
  Both odds = {1, 1};  ///< by which its own odds change from what they are now
};

/// The cause in question where it is independent of the sets.
struct Apart {
  Both probability{};
  double kept = 1;
};

/// A sign that is asked for.
struct Asked {
  const Network::Sign* sign = nullptr;
  Both unseen{};                 ///< P(unseen) without any cause of a set
  std::optional<Apart> apart{};  ///< where the cause in question is
  Ends sum{};                    ///< beyond those without any cause that touches the sign
};

class Summing {
 public:
  Summing(const Network& network, std::size_t cause, const std::vector<std::size_t>& asked);

  std::vector<Ends> ends();

 private:
  std::vector<Touch> touches_of(const Network::Cause& cause, double log_odds);
  void stand_apart(std::size_t cause);
  Masses masses(const Asked& asked, std::size_t end, double unseen, double with, double all) const;
  void add(const std::vector<std::size_t>& causes, double weight);

  const Network& network_;
  const std::size_t cause_;
  std::vector<Asked> asked_;
  std::vector<std::optional<std::size_t>> place_;  ///< by sign: in asked_
  std::vector<double> log_odds_;                   ///< by cause, as `alone` has them
  std::vector<std::vector<Touch>> touches_;        ///< by cause
  Masses now_;                                     ///< of all sets
  // Of the set that is looked at, by asked sign, and which of them any of its causes touches.
  std::vector<double> kept_;
  std::vector<Both> odds_;
  std::vector<std::size_t> touched_;
};

Summing::Summing(const Network& network, std::size_t cause, const std::vector<std::size_t>& asked)
    : network_(network),
      cause_(cause),
      place_(network.signs.size()),
      kept_(asked.size(), 1),
      odds_(asked.size(), {1, 1}) {
  for (const std::size_t f : asked) {
    place_[f] = asked_.size();
    const double leak = unseen_by_leak(network.signs[f]);
    asked_.push_back({.sign = &network.signs[f], .unseen = {leak, leak}});
  }
  for (std::size_t i = 0; i < network.causes.size(); ++i) {
    log_odds_.push_back(alone(network.signs, network.causes[i]).log_odds);
    touches_.push_back(touches_of(network.causes[i], log_odds_.back()));
    if (!entangled(network, network.causes[i])) stand_apart(i);
  }
}

std::vector<Touch> Summing::touches_of(const Network::Cause& cause, double log_odds) {
  std::vector<Touch> touches;
  if (cause.prior <= 0) return touches;
  const auto touch = [&](std::size_t finding) -> Touch& {
    const std::size_t asked = *place_[finding];
    for (Touch& known : touches) {
      if (known.asked == asked) return known;
    }
    return touches.emplace_back(Touch{.asked = asked});
  };
  const auto follow_odds = [&](std::size_t finding, Touch& of) {
    std::vector<Network::Sign> signs = network_.signs;
    for (const std::size_t end : {0, 1}) {
      signs[finding].degree = Degree(static_cast<double>(end));
      of.odds[end] = std::exp(alone(signs, cause).log_odds - log_odds);
    }
  };
  for (const auto& show : cause.shows) {
    if (!place_[show.finding]) continue;
    Touch& of = touch(show.finding);
    of.kept *= kept_unseen(show);
    if (show.group >= 0) follow_odds(show.finding, of);
  }
  for (const auto& never : cause.never) {
    if (place_[never.finding]) follow_odds(never.finding, touch(never.finding));
  }
  return touches;
}

/// What a cause that nothing entangles leaves unseen of the signs that it touches.
void Summing::stand_apart(std::size_t index) {
  const Network::Cause& cause = network_.causes[index];
  double log_odds = log_odds_[index];
  for (const auto& show : cause.shows) {
    const Degree degree = network_.signs[show.finding].degree;
    if (degree.known() && degree.value() <= 0) log_odds += std::log(kept_unseen(show));
  }
  const auto probability = [](double odds) { return 1 - 1 / (1 + odds); };
  if (index == cause_) {
    const double as_it_is = probability(std::exp(log_odds));
    for (Asked& asked : asked_) asked.apart = {.probability = {as_it_is, as_it_is}};
  }
  for (const Touch& touch : touches_[index]) {
    Asked& asked = asked_[touch.asked];
    const bool is_unseen = asked.sign->degree.known() && asked.sign->degree.value() <= 0;
    const double odds = std::exp(log_odds) / (is_unseen ? touch.kept : 1);
    Apart apart{.kept = touch.kept};
    for (const std::size_t end : {0, 1})
      apart.probability[end] = probability(odds * touch.odds[end]);
    if (index == cause_) {
      asked.apart = apart;
      continue;
    }
    for (const std::size_t end : {0, 1}) {
      asked.unseen[end] *= 1 - apart.probability[end] * (1 - apart.kept);
    }
  }
}

/// The masses that sets of weight `all`, `with` of it with the cause in question, have where they
/// leave a sign unseen with probability `unseen`.
Masses Summing::masses(const Asked& asked, std::size_t end, double unseen, double with,
                       double all) const {
  if (!asked.apart) {
    return {with * likelihood_at(end, unseen), all * likelihood_at(end, unseen)};
  }
  const double probability = asked.apart->probability[end];
  const double holds = probability * likelihood_at(end, unseen * asked.apart->kept);
  return {all * holds, all * (holds + (1 - probability) * likelihood_at(end, unseen))};
}

void Summing::add(const std::vector<std::size_t>& causes, double weight) {
  double with = 0;
  touched_.clear();
  for (const std::size_t cause : causes) {
    if (cause == cause_) with = weight;
    for (const Touch& touch : touches_[cause]) {
      if (kept_[touch.asked] == 1 && odds_[touch.asked] == Both{1, 1})
        touched_.push_back(touch.asked);
      kept_[touch.asked] *= touch.kept;
      for (const std::size_t end : {0, 1}) odds_[touch.asked][end] *= touch.odds[end];
    }
  }
  now_.with += with;
  now_.all += weight;
  for (const std::size_t at : touched_) {
    Asked& asked = asked_[at];
    double without = 1;  // what the sign as it is now weighs, taken out
    if (asked.sign->degree.known()) {
      const double leak = unseen_by_leak(*asked.sign);
      without = likelihood(*asked.sign, leak) / likelihood(*asked.sign, leak * kept_[at]);
    }
    for (const std::size_t end : {0, 1}) {
      const double factor = without * odds_[at][end];
      const Masses there =
          masses(asked, end, asked.unseen[end] * kept_[at], with * factor, weight * factor);
      const Masses idle = masses(asked, end, asked.unseen[end], with, weight);
      asked.sum[end].with += there.with - idle.with;
      asked.sum[end].all += there.all - idle.all;
    }
    kept_[at] = 1;
    odds_[at] = {1, 1};
  }
}

std::vector<Ends> Summing::ends() {
  each_set(network_, log_odds_, usual_set,
           [&](const std::vector<std::size_t>& causes, double weight) { add(causes, weight); });
  std::vector<Ends> result(asked_.size());
  for (std::size_t i = 0; i < asked_.size(); ++i) {
    const Asked& asked = asked_[i];
    for (const std::size_t end : {0, 1}) {
      const Masses idle = masses(asked, end, asked.unseen[end], now_.with, now_.all);
      result[i][end] = {idle.with + asked.sum[end].with, idle.all + asked.sum[end].all};
    }
  }
  return result;
}

}  // namespace

std::vector<Ends> ends(const Network& network, std::size_t cause,
                       const std::vector<std::size_t>& asked) {
  return Summing(network, cause, asked).ends();
}

}  // namespace fmx::engine
