#include "engine/learn/degrade.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <random>
#include <string_view>
#include <utility>

namespace fmx::engine {

namespace {

constexpr std::size_t kept_every = 4;
constexpr double kept_share = 0.6;

/// FNV-1a: the same on every machine, which std::hash does not promise.
std::uint32_t seed(std::string_view name) {
  std::uint32_t hash = 2166136261u;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
  return hash;
}

/// Half of the series, rounded up, in their order.
void drop_metrics(Run& run, std::string_view name) {
  std::mt19937 random(seed(name));
  std::vector<std::size_t> order(run.series.size());
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
  for (std::size_t i = order.size(); i > 1; --i) std::swap(order[i - 1], order[random() % i]);
  order.resize((order.size() + 1) / 2);
  std::sort(order.begin(), order.end());
  std::vector<Series> kept;
  for (const std::size_t i : order) kept.push_back(std::move(run.series[i]));
  run.series = std::move(kept);
}

/// Keeps the samples for which `keeps(index, step)` says so.
template <class Keeps>
void keep_samples(Run& run, Keeps keeps) {
  for (Series& series : run.series) {
    std::vector<double>& steps = series.steps.own();
    std::size_t kept = 0;
    for (std::size_t i = 0; i < steps.size(); ++i) {
      if (!keeps(i, steps[i])) continue;
      steps[kept] = steps[i];
      series.values[kept] = series.values[i];
      ++kept;
    }
    steps.resize(kept);
    series.values.resize(kept);
  }
}

void cut_the_end(Run& run) {
  double first = 0, last = 0;
  bool any = false;
  for (const Series& series : run.series) {
    if (series.steps.empty()) continue;
    first = any ? std::min(first, series.steps.front()) : series.steps.front();
    last = any ? std::max(last, series.steps.back()) : series.steps.back();
    any = true;
  }
  const double cut = first + kept_share * (last - first);
  keep_samples(run, [cut](std::size_t, double step) { return step <= cut; });
}

}  // namespace

LabelledCase degraded(const LabelledCase& labelled, Lack lack) {
  LabelledCase copy = labelled;
  copy.observations = {};
  switch (lack) {
    case Lack::metrics: drop_metrics(copy.run, copy.name); break;
    case Lack::samples:
      keep_samples(copy.run, [](std::size_t i, double) { return i % kept_every == 0; });
      break;
    case Lack::end: cut_the_end(copy.run); break;
    case Lack::settings: copy.run.config.clear(); break;
  }
  return copy;
}

std::vector<LabelledCase> with_degraded(const std::vector<LabelledCase>& cases) {
  std::vector<LabelledCase> all;
  for (const LabelledCase& each : cases) {
    all.push_back(each);
    for (const Lack lack : {Lack::metrics, Lack::samples, Lack::end, Lack::settings}) {
      all.push_back(degraded(each, lack));
    }
  }
  return all;
}

}  // namespace fmx::engine
