#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/match/match.hpp"
#include "knowledge/knowledge.hpp"

/// Knowledge and observations made in C++, so that inference is tested without the language.
namespace fmx::engine::test {

template <class T>
T named(const std::string& name) {
  T entity;
  entity.name = name;
  entity.id = "made." + name;
  entity.pack = "made";
  entity.title = "The " + name;
  return entity;
}

inline Pattern pattern(const std::string& name, double prior, std::vector<Link> shows = {}) {
  auto made = named<Pattern>(name);
  made.prior = prior;
  made.shows = std::move(shows);
  return made;
}

inline Pattern benign(const std::string& name, double prior, std::vector<Link> shows = {}) {
  Pattern made = pattern(name, prior, std::move(shows));
  made.impact = Impact::none;
  return made;
}

inline Link link(Index finding, double probability, int group = -1) {
  return {.finding = finding, .probability = probability, .group = group, .span = {}};
}

inline Finding finding(const std::string& name, double base = 0.01) {
  auto made = named<Finding>(name);
  made.base = base;
  return made;
}

inline Fix fix(const std::string& name, std::vector<Cure> cures, double minutes = 10) {
  auto made = named<Fix>(name);
  made.cures = std::move(cures);
  made.effort_minutes = minutes;
  return made;
}

inline Check check(const std::string& name, std::vector<Index> reveals, double minutes = 10) {
  auto made = named<Check>(name);
  made.reveals = std::move(reveals);
  made.effort_minutes = minutes;
  return made;
}

/// `name` of the config, known by that alias.
inline Param param(const std::string& name) {
  auto made = named<Param>(name);
  made.aliases = {name};
  return made;
}

inline Expression number(double value) {
  Expression made;
  made.kind = Expression::Kind::number;
  made.number = value;
  return made;
}

inline Expression parameter(Index index) {
  Expression made;
  made.kind = Expression::Kind::parameter;
  made.index = index;
  return made;
}

inline Expression operation(Operator op, Type type, Expression a, Expression b) {
  Expression made;
  made.kind = Expression::Kind::operation;
  made.type = type;
  made.op = op;
  made.operands = {std::move(a), std::move(b)};
  return made;
}

inline Expression is_below(Index param, double threshold) {
  return operation(Operator::less, Type::degree, parameter(param), number(threshold));
}

/// Observations in which finding i has degree `degrees[i]` and no pattern has conditions of its
/// own.
inline Observations observed(const Knowledge& knowledge, std::vector<Degree> degrees) {
  Observations made;
  made.strongest = std::move(degrees);
  for (Index i = 0; i < made.strongest.size(); ++i) {
    made.strongest_at.push_back(i);
    made.all.push_back({.finding = i,
                        .arguments = {},
                        .title = {},
                        .degree = made.strongest[i],
                        .since = {},
                        .readings = {}});
  }
  made.circumstances.resize(knowledge.patterns.size());
  return made;
}

inline const Degree seen{1.0};
inline const Degree not_seen{0.0};
inline const Degree unknown{Unknown::not_logged};

}  // namespace fmx::engine::test
