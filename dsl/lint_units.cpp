// Units that look like a known one, misspelt.

#include <fmt/format.h>

#include <array>

#include "dsl/lints.hpp"
#include "dsl/suggest.hpp"

namespace fmx::dsl {
namespace {

constexpr auto known = std::to_array<std::string_view>(
    {"s",        "ms",        "us",     "ns",    "min",     "h",       "d",    "steps",
     "samples",  "epochs",    "tokens", "share", "percent", "nats",    "bits", "B",
     "kB",       "MB",        "GB",     "TB",    "KiB",     "MiB",     "GiB",  "TiB",
     "Hz",       "kHz",       "MHz",    "GHz",   "dB",      "deg",     "rad",  "m",
     "mm",       "cm",        "km",     "kg",    "g",       "N",       "Nm",   "W",
     "kW",       "J",         "V",      "A",     "C",       "K",       "Pa",   "m/s",
     "m_s2",     "rad/s",     "reward", "sd",    "mad",     "flops",   "1/s",  "steps/s",
     "tokens/s", "samples/s", "it/s",   "items", "images",  "images/s"});

/// Where the word stands in the declaration, or the entity's name.
Span unit_span(const Entity& entity, const std::string& unit, const Sources& sources) {
  const std::string_view text = sources.text(entity.declaration);
  const std::size_t field = text.find("unit");
  const std::size_t word = field == text.npos ? text.npos : text.find(unit, field + 4);
  if (word == text.npos) return entity.span;
  const auto begin = entity.declaration.begin + static_cast<std::uint32_t>(word);
  return {entity.declaration.source, begin, begin + static_cast<std::uint32_t>(unit.size())};
}

void look_at(const Entity& entity, const std::string& unit, const Sources& sources,
             Warnings& warnings) {
  for (const std::string_view one : known) {
    if (one == unit) return;
  }
  const std::string_view meant = nearest(unit, known);
  if (meant.empty()) return;  // a field of its own has units of its own
  const Span span = unit_span(entity, unit, sources);
  warnings.push_back(warning("odd-unit", fmt::format("`{}` is not a unit that others use", unit),
                             {span, "not known"}, did_you_mean(unit, known)));
  if (!only_near(unit, known).empty()) warnings.back().edit = Edit{span, std::string(meant)};
}

}  // namespace

void lint_units(const Knowledge& knowledge, Warnings& warnings) {
  const Sources& sources = knowledge.sources;
  for (const Metric& metric : knowledge.metrics) look_at(metric, metric.unit, sources, warnings);
  for (const Param& param : knowledge.params) look_at(param, param.unit, sources, warnings);
}

}  // namespace fmx::dsl
