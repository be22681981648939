#include "engine/explain/readings.hpp"

#include <fmt/format.h>

#include <cmath>

namespace fmx::engine {

namespace {

/// "train/loss, steps 80 to 100", "setting lr", or nothing.
std::string where(const Reading& reading) {
  if (!reading.series.empty()) {
    return fmt::format(" ({}, steps {:.6g} to {:.6g})", reading.series, reading.first_step,
                       reading.last_step);
  }
  return reading.config_key.empty() ? "" : fmt::format(" (setting {})", reading.config_key);
}

std::string outcome(const Reading& reading) {
  if (!reading.degree.known()) return fmt::format("unknown: {}", describe(reading.degree.reason()));
  if (!reading.value.known()) return reading.degree.value() >= 0.5 ? "holds" : "does not hold";
  const double degree = reading.degree.value();
  std::string result = fmt::format("{:.6g}{}", reading.value.value(), where(reading));
  if (degree > 0 && degree < 1) {
    result += fmt::format(", holds to {}", percent(degree));
  } else {
    result += degree >= 1 ? ", holds" : ", fails";
    if (reading.distance != 0) result += fmt::format(" by {:.3g}", std::abs(reading.distance));
  }
  return result;
}

}  // namespace

std::string percent(double probability) {
  const double hundredths = 100 * probability;
  if (hundredths >= 1 && hundredths <= 99) return fmt::format("{:.0f} %", hundredths);
  if (hundredths > 99)
    return hundredths >= 99.95 ? "over 99.9 %" : fmt::format("{:.1f} %", hundredths);
  return hundredths <= 0 ? "0 %" : fmt::format("{:.1g} %", hundredths);
}

std::string seen_to(double degree) {
  if (degree >= 1) return "seen";
  return degree <= 0 ? "not seen" : fmt::format("seen to {:.3g} %", 100 * degree);
}

std::string shift(double weight) {
  const double factor = std::exp(std::abs(weight));
  if (factor < 1.005) return "makes no difference";
  const char* way = weight > 0 ? "likelier" : "less likely";
  return factor < 9.95 ? fmt::format("{:.2g} times {}", factor, way)
                       : fmt::format("{:.0f} times {}", factor, way);
}

std::vector<Reason> reasons_of(const std::vector<Reading>& readings) {
  std::vector<Reason> result;
  for (const Reading& reading : readings) {
    Reason reason{.statement = fmt::format("{}: {}", reading.text, outcome(reading)),
                  .figures = {},
                  .rule = reading.span,
                  .because = {}};
    if (reading.degree.known()) reason.figures.push_back({"degree", reading.degree.value()});
    if (reading.value.known()) {
      reason.figures.push_back({"value", reading.value.value()});
      reason.figures.push_back({"distance", reading.distance});
    }
    if (reading.low) reason.figures.push_back({"low", *reading.low});
    if (reading.high) reason.figures.push_back({"high", *reading.high});
    if (!reading.series.empty()) {
      reason.figures.push_back({"first_step", reading.first_step});
      reason.figures.push_back({"last_step", reading.last_step});
    }
    result.push_back(std::move(reason));
  }
  return result;
}

std::vector<Reason> sources(const Knowledge& knowledge, const Entity& entity) {
  std::vector<Reason> result;
  for (const Index work : entity.cites) {
    const SourceWork& source = knowledge.works[work];
    const std::string year = source.year > 0 ? fmt::format(" ({})", source.year) : "";
    result.push_back({.statement = fmt::format("source: {}{}", source.title, year),
                      .figures = {},
                      .rule = source.span,
                      .because = {}});
  }
  return result;
}

}  // namespace fmx::engine
