#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/expression.hpp"
#include "knowledge/quality.hpp"
#include "knowledge/source.hpp"

namespace fmx {

/// Index into one of Knowledge's vectors; the field's name says which.
using Index = std::uint32_t;

/// What every named thing has.
struct Entity {
  std::string id;    ///< pack.name, e.g. "ml.optimization.lr_too_high"
  std::string name;  ///< the part after the pack
  std::string pack;
  std::string title;
  std::string about;
  std::vector<Index> cites;   ///< sources
  Span span;                  ///< of the name where it is declared
  Span declaration;           ///< of the whole item, from its keyword to its closing brace
  std::vector<Span> amended;  ///< the names in the items that amend it, by pack
};

struct Advice {
  std::string framework;  ///< empty: for any
  std::string text;
};

enum class Better : std::uint8_t { unsaid, lower, higher };

/// A quantity that runs log, under one canonical name.
struct Metric : Entity {
  std::vector<std::string> labels;   ///< a family's label names; empty for a single series
  std::vector<std::string> aliases;  ///< as trainers spell it; `{label}` stands for a label's value
  std::string unit;
  Quality kind = Quality::unsaid;
  Better better = Better::unsaid;
  std::optional<double> lowest, highest;
  std::vector<Advice> how;  ///< to log it: a line of code for each framework
};

/// A setting of the run's config.
struct Param : Entity {
  std::vector<std::string> aliases;
  std::string unit;
  Quality kind = Quality::unsaid;
  std::optional<double> lowest, highest;
};

/// Something that can be seen in a run.
struct Finding : Entity {
  std::vector<std::string>
      variables;  ///< labels or arguments: one instance for each value they take
  Expression when;
  std::optional<Expression> since;  ///< of type time
  double base = 0.01;               ///< the leak: P(seen | none of the patterns that show it)
  bool direct = true;               ///< measures the mechanism itself (false: circumstantial)
  std::vector<std::string> said;    ///< words in a user's description that speak for it
};

enum class Impact : std::uint8_t { none, low, medium, high, critical };

struct Link {
  Index finding = 0;
  double probability =
      0;           ///< P(finding | pattern); of a `never` link: what the finding leaves of the odds
  int group = -1;  ///< members of one `one of` share a number; -1: on its own
  Span span;
};

struct Risk {
  Expression when;
  double factor = 1;  ///< multiplies the prior odds, to the power of the condition's degree
  Span span;
};

struct Leads {
  Index pattern = 0;
  double probability = 0;
};

struct Resembles {
  Index pattern = 0;
  std::optional<Index> check;  ///< that tells the two apart
  std::string how;
};

/// Why a pattern comes about in practice.
struct RootCause {
  std::string text;
  double likelihood = 0;  ///< share of the pattern's cases; those of one pattern sum to at most 1
};

/// Advice on which sources disagree, and when each holds.
struct Dispute {
  std::string claim, against, because;
};

/// A failure that a run may have, or (impact none) a harmless explanation of what looks like one.
struct Pattern : Entity {
  std::string area;
  Impact impact = Impact::medium;
  std::string impact_because;
  double prior = 0.01;
  double certainty = 1;  ///< what the log-odds of its posterior are multiplied by
  std::string mechanism;
  std::vector<Expression>
      needs;  ///< where one is known not to hold, the pattern is out of the question
  std::vector<Risk> risks;
  std::vector<Link> shows;
  std::vector<Link> never;  ///< seeing the finding multiplies the pattern's odds by `probability`
  std::vector<Leads> leads_to;
  std::vector<Index> instance_of;  ///< phenomena
  std::vector<Index> kind_of;      ///< more general patterns
  std::vector<Resembles> resembles;
  std::vector<RootCause> causes;     ///< likeliest first
  std::vector<std::string> typical;  ///< set-ups in which it is met, in words
  std::vector<std::string> refuted;  ///< observations that would rule it out, in words
  std::vector<Dispute> disputed;
};

/// An abstract mechanism that patterns of several fields share.
struct Phenomenon : Entity {};

struct Cure {
  Index pattern = 0;
  double probability = 0;  ///< P(verify is met | the pattern is the cause)
};

struct Exception {
  std::string text;
  std::optional<Expression> when;
};

struct Contradiction {
  Index fix = 0;
  std::string because;
};

struct ParamChange {
  Index param = 0;
  Expression to;
};

struct Fix : Entity {
  std::vector<Cure> cures;
  std::vector<ParamChange> changes;
  std::string why;
  std::vector<Advice> how;
  double effort_minutes = 10;
  Impact risk = Impact::low;
  std::string risk_because;
  std::string verify_text;
  std::optional<Expression> verify;
  std::optional<Quantity> verify_within;
  std::string leaves;
  std::vector<Expression> when;  ///< offered only where none of these is known not to hold
  std::vector<Exception> unless;
  std::vector<Contradiction> contradicts;
};

/// A measurement that would tell.
struct Check : Entity {
  std::vector<Index> reveals;  ///< findings
  double effort_minutes = 10;
  std::vector<Advice> how;
  std::string reads;         ///< how to read its outcome
  bool last_resort = false;  ///< for any run of its field, where nothing else helps
};

struct Mapping {
  std::string from, to;
};
struct Carried {
  std::optional<Index> fix;       ///< of b, where it is declared
  std::string what, as, because;  ///< what: the fix in the words of b's field
};

struct Analogy : Entity {
  Index a = 0, b = 0;        ///< patterns
  std::optional<Index> via;  ///< phenomenon
  double strength = 0.5;     ///< > 0.8: the equations agree after renaming; < 0.5: a way to think
  std::vector<Mapping> maps;
  std::vector<Carried> carries;  ///< fixes of b that help with a
  std::string breaks;
};

struct SourceWork : Entity {
  std::string kind;  ///< paper, doc, issue, blog, book
  std::string arxiv, url, doi;
  int year = 0;
  std::string problem, cause, fix, establishes;
  std::vector<Mapping> context;
};

struct Delegate : Entity {
  std::vector<Index> patterns;
  std::string asks, looks_at;
};

struct Column {
  std::string name, type;  ///< text, number, time, flag
};
struct Table : Entity {
  std::vector<Column> columns;
};

/// `name(variables) when body`: derives a relation. Several rules of one name are alternatives.
struct Rule : Entity {
  Index relation = 0;
  std::vector<std::string> variables;
  Expression body;
};
/// What tables and rules are about; tables come first, at the same indices.
struct Relation {
  std::string id, name, pack;
  std::size_t arity = 0;
  bool table = false;
};

/// A stretch of a log line: text that stands there, and the value captured after it.
struct LogPiece {
  enum class Kind : std::uint8_t { none, number, text, time, setting };
  std::string text;        ///< blanks stand for any blanks, `...` for anything
  Kind kind = Kind::none;  ///< none: nothing is captured, the line's pattern ends here
  std::string name;        ///< of the captured value
  double factor = 1;       ///< makes a number one of its base unit: 0.001 for ms
};
struct LogLine {
  std::vector<LogPiece> pieces;
  Span span;
};
/// How lines of a text log become samples, settings, counts and rows of a table; see
/// docs/language.md, "Logs".
struct LogFormat : Entity {
  std::vector<LogLine> lines;
  std::optional<Index> counts;  ///< a metric that grows by one with each line
  std::optional<Index> into;    ///< a table that each line is a row of
};

/// A made-up series of a rule test; see docs/language.md, "Tests".
struct Shape {
  enum class Kind : std::uint8_t { linear, decay, step, walk, constant, values, repeat, nan };
  struct Part {
    Kind kind = Kind::constant;
    double from = 0, to = 0, steps = 0;
    std::vector<double> values;
    double at = 0;       ///< step: where it goes from `from` to `to`, counted from the part's begin
    double scatter = 0;  ///< walk: standard deviation from sample to sample, as a share of `from`
  };
  struct Point {
    double value = 0, at = 0;
  };
  std::vector<Part> parts;
  std::vector<Point> points;  ///< `spike V at N`; NaN for `nan at N`
  double noise = 0;           ///< standard deviation as a share of the local value
  double wave_amplitude = 0, wave_period = 0;
  double every = 1;  ///< steps between samples
};

struct Given {
  enum class Kind : std::uint8_t { series, param, symptom, tried, code, fact, log };
  Kind kind = Kind::series;
  std::string name;  ///< metric with its labels as path (`grad_norm/layer1`), param, fix or table
  std::optional<Index> metric, param, table;
  std::vector<std::string> labels;
  Shape shape;
  std::string text;
  std::optional<double> number;
  std::vector<std::string> values;  ///< of a fact
};

struct Expectation {
  enum class Kind : std::uint8_t {
    pattern,
    finding,
    unknown_finding,
    fix,
    check,
    healthy,
    insufficient,
    benign
  };
  Kind kind = Kind::pattern;
  bool negated = false;
  Index index = 0;
  std::vector<std::string> arguments;  ///< of a finding: which instance; empty: the strongest
  std::optional<std::size_t> among;    ///< rank at least as good as this; 1 is `first`
  std::optional<double> above, below;  ///< of confidence or degree
  bool between = false;                ///< `above` and `below` themselves are included
  std::optional<double> since_from, since_to;  ///< steps at which a finding began, both included
  std::vector<Index> because;                  ///< findings that must speak for a pattern
  std::string reason;                          ///< why a finding is unknown, as described
  Span span;
};

struct Test : Entity {
  std::vector<Given> given;
  std::vector<Expectation> expect;
};

/// Labelled runs that are tests too: `cases "title" from "path"`.
struct Cases {
  std::string title, pack;
  std::string from;  ///< a folder, relative to the rule file
  Span span;         ///< of `from`
};

struct PackInfo {
  std::string name, version;
  std::vector<std::string> imports;
  Span span;
};

/// All that the loaded packs say, with every name resolved. Immutable once lowered: everything else
/// reads it, nobody changes it. Within each vector the order is that of ids, so that the order of
/// files and declarations never shows.
struct Knowledge {
  Sources sources;
  std::vector<PackInfo> packs;
  std::vector<std::string>
      prefixes,  ///< segments loggers put before a name that do not change its meaning
      suffixes;  ///< the same behind it
  std::vector<Metric> metrics;
  std::vector<Param> params;
  std::vector<Finding> findings;
  std::vector<Pattern> patterns;
  std::vector<Phenomenon> phenomena;
  std::vector<Fix> fixes;
  std::vector<Check> checks;
  std::vector<Analogy> analogies;
  std::vector<SourceWork> works;
  std::vector<Delegate> delegates;
  std::vector<Table> tables;
  std::vector<Relation> relations;
  std::vector<Rule> rules;
  std::vector<LogFormat> logs;
  std::vector<Test> tests;
  std::vector<Cases> cases;
};

/// The entity whose id or, where only one has it, whose name is `name`. Null where there is none.
template <class T>
const T* find(const std::vector<T>& entities, std::string_view name) {
  const T* by_name = nullptr;
  int same_name = 0;
  for (const T& entity : entities) {
    if (entity.id == name) return &entity;
    if (entity.name == name) {
      by_name = &entity;
      ++same_name;
    }
  }
  return same_name == 1 ? by_name : nullptr;
}

}  // namespace fmx
