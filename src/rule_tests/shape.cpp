#include "src/rule_tests/shape.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

namespace fmx::rule_tests {
namespace {

constexpr std::size_t most_samples = 1'000'000;

/// SplitMix64 (Steele, Lea & Flood 2014): small, seeded by any number, the same on every machine.
class Noise {
 public:
  explicit Noise(std::string_view seed) {
    state_ = 0xcbf29ce484222325;  // FNV-1a
    for (const char c : seed) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }

  /// Standard normal, by Box and Muller.
  double normal() {
    const double radius = std::sqrt(-2 * std::log(uniform()));
    return radius * std::cos(2 * std::numbers::pi * uniform());
  }

 private:
  /// In (0, 1].
  double uniform() {
    state_ += 0x9e3779b97f4a7c15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
    z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
    z ^= z >> 31;
    return (static_cast<double>(z >> 11) + 1) * 0x1p-53;
  }

  std::uint64_t state_ = 0;
};

double extent(const Shape::Part& part, double every) {
  return part.kind == Shape::Kind::values ? static_cast<double>(part.values.size()) * every
                                          : part.steps;
}

/// The value of a part `at` steps after its begin. Pre: it is no walk.
double value_at(const Shape::Part& part, double at, double every) {
  const double share = part.steps > 0 ? std::min(at / part.steps, 1.0) : 1;
  switch (part.kind) {
    case Shape::Kind::linear: return part.from + (part.to - part.from) * share;
    case Shape::Kind::decay: return part.from * std::pow(part.to / part.from, share);
    case Shape::Kind::step: return at < part.at ? part.from : part.to;
    case Shape::Kind::walk:
    case Shape::Kind::constant: return part.from;
    case Shape::Kind::values: {
      const auto index = static_cast<std::size_t>(std::lround(at / every));
      return part.values[std::min(index, part.values.size() - 1)];
    }
    case Shape::Kind::repeat: {
      const auto index = static_cast<std::size_t>(std::lround(at / every));
      return part.values[index % part.values.size()];
    }
    case Shape::Kind::nan: return std::numeric_limits<double>::quiet_NaN();
  }
  return 0;
}

/// Puts each point in place of the sample that lies nearest to it.
void put_points(const Shape& shape, engine::Series& series) {
  for (const Shape::Point& point : shape.points) {
    if (series.steps.empty()) return;
    const auto nearest = std::ranges::min_element(series.steps, {},
                                                  [&](double s) { return std::abs(s - point.at); });
    series.values[static_cast<std::size_t>(nearest - series.steps.begin())] = point.value;
  }
}

}  // namespace

engine::Series synthesize(const Shape& shape, std::string_view seed) {
  engine::Series series;
  Noise noise(seed);
  const double every = shape.every > 0 ? shape.every : 1;
  const auto add = [&](double step, double value) {
    double shaped = value;
    if (shape.wave_amplitude != 0 && shape.wave_period > 0) {
      shaped *=
          1 + shape.wave_amplitude * std::sin(2 * std::numbers::pi * step / shape.wave_period);
    }
    if (shape.noise != 0) shaped *= 1 + shape.noise * noise.normal();
    series.steps.push_back(step);
    series.values.push_back(shaped);
  };

  double begin = 0;
  for (std::size_t i = 0; i < shape.parts.size(); ++i) {
    const Shape::Part& part = shape.parts[i];
    const double end = begin + extent(part, every);
    double walked = part.from;
    const bool closes = i + 1 == shape.parts.size() && part.kind != Shape::Kind::values;
    while (series.steps.size() < most_samples) {
      const double step = static_cast<double>(series.steps.size()) * every;
      if (closes ? step > end : step >= end) break;
      if (part.kind == Shape::Kind::walk) {
        add(step, walked);
        walked += part.scatter * std::abs(part.from) * noise.normal();
      } else {
        add(step, value_at(part, step - begin, every));
      }
    }
    begin = end;
  }
  put_points(shape, series);
  return series;
}

}  // namespace fmx::rule_tests
