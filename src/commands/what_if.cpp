#include "src/commands/what_if.hpp"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <optional>
#include <string_view>

#include "dsl/suggest.hpp"

namespace fmx::commands {
namespace {

std::optional<double> as_number(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

engine::Setting as_setting(const std::string& text) {
  if (text == "true" || text == "false") return text == "true";
  if (const std::optional<double> number = as_number(text)) return *number;
  return text;
}

std::optional<Degree> as_degree(std::string_view text) {
  if (text == "seen") return Degree(1.0);
  if (text == "unseen") return Degree(0.0);
  if (text == "unknown") return Degree(Unknown::not_given);
  const std::optional<double> number = as_number(text);
  if (!number || !(*number >= 0 && *number <= 1)) return std::nullopt;
  return Degree(*number);
}

/// The key under which the run has, or would have, a param.
std::string key_of(const Knowledge& knowledge, const engine::Binding& binding, const Param& param) {
  const auto& bound = binding.params[static_cast<std::size_t>(&param - knowledge.params.data())];
  if (bound) return *bound;
  return param.aliases.empty() ? param.name : param.aliases.front();
}

Problem unknown_name(const Knowledge& knowledge, const std::string& wish, const std::string& name) {
  std::vector<std::string_view> names;
  for (const Param& param : knowledge.params) names.push_back(param.name);
  for (const Finding& finding : knowledge.findings) names.push_back(finding.name);
  const std::string meant = dsl::did_you_mean(name, names);
  return {"--what-if " + wish, fmt::format("`{}` is no setting and no finding", name),
          meant.empty() ? "name a param, a key of the run's config, or a finding" : meant};
}

/// Whether only a number makes sense there: the rules say so, or the run has one.
bool takes_number(const Param* param, const engine::Setting* now) {
  if (param != nullptr && (param->kind == Quality::text || param->kind == Quality::flag))
    return false;
  if (now != nullptr) return std::holds_alternative<double>(*now);
  return param != nullptr && (param->kind != Quality::unsaid || !param->unit.empty() ||
                              param->lowest || param->highest);
}

/// The param that the config's `key` is bound to; null if none is.
const Param* param_of(const Knowledge& knowledge, const engine::Binding& binding,
                      const std::string& key) {
  for (std::size_t i = 0; i < binding.params.size(); ++i) {
    if (binding.params[i] == key) return &knowledge.params[i];
  }
  return nullptr;
}

std::optional<Problem> put_setting(const std::string& wish, const std::string& key,
                                   const Param* param, const std::string& value, engine::Run& run) {
  const auto now = run.config.find(key);
  const bool is_set = now != run.config.end();
  engine::Setting wanted = as_setting(value);
  if (takes_number(param, is_set ? &now->second : nullptr) &&
      !std::holds_alternative<double>(wanted)) {
    return Problem{"--what-if " + wish, fmt::format("`{}` is no number", value),
                   fmt::format("write a number: `{}` is one", key)};
  }
  run.config[key] = std::move(wanted);
  return std::nullopt;
}

using Degrees = std::map<Index, Degree>;

/// Puts one wish into `run` or into `degrees`.
std::optional<Problem> put(const Knowledge& knowledge, const engine::Binding& binding,
                           const std::string& wish, engine::Run& run, Degrees& degrees) {
  const std::size_t equals = wish.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == wish.size()) {
    return Problem{"--what-if " + wish, "no value is given", "write NAME=VALUE"};
  }
  const std::string name = wish.substr(0, equals), value = wish.substr(equals + 1);
  if (run.config.contains(name)) {
    return put_setting(wish, name, param_of(knowledge, binding, name), value, run);
  } else if (const Param* param = find(knowledge.params, name)) {
    return put_setting(wish, key_of(knowledge, binding, *param), param, value, run);
  } else if (const Finding* finding = find(knowledge.findings, name)) {
    const std::optional<Degree> degree = as_degree(value);
    if (!degree) {
      return Problem{"--what-if " + wish, fmt::format("`{}` is no degree", value),
                     "write seen, unseen, unknown, or a number from 0 to 1"};
    }
    degrees[static_cast<Index>(finding - knowledge.findings.data())] = *degree;
  } else {
    return unknown_name(knowledge, wish, name);
  }
  return std::nullopt;
}

}  // namespace

Result<Supposed, Problem> suppose(const Knowledge& knowledge, engine::Run run,
                                  const std::vector<std::string>& wishes) {
  const engine::Binding as_it_is = engine::bind(knowledge, run);
  Degrees degrees;
  for (const std::string& wish : wishes) {
    if (std::optional<Problem> problem = put(knowledge, as_it_is, wish, run, degrees)) {
      return Unexpected{*std::move(problem)};
    }
  }
  engine::Binding binding = engine::bind(knowledge, run);
  engine::Observations observations = engine::match(knowledge, run, binding);
  for (const auto& [finding, degree] : degrees) {
    observations.strongest[finding] = degree;
    engine::Observation& observation = observations.all[observations.strongest_at[finding]];
    observation.degree = degree;
    observation.readings.clear();  // they would tell of the run as it is
  }
  engine::Diagnosis diagnosis =
      engine::conclude(knowledge, run, std::move(binding), std::move(observations));
  return Supposed{std::move(run), std::move(diagnosis)};
}

}  // namespace fmx::commands
