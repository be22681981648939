#include "tests/dsl/dump.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace fmx {
namespace {

using Kind = Expression::Kind;

std::string_view sign(Operator op) {
  switch (op) {
    case Operator::add: return "+";
    case Operator::subtract: return "-";
    case Operator::multiply: return "*";
    case Operator::divide: return "/";
    case Operator::power: return "^";
    case Operator::negate: return "-";
    case Operator::less: return "<";
    case Operator::less_equal: return "<=";
    case Operator::greater: return ">";
    case Operator::greater_equal: return ">=";
    case Operator::equal: return "==";
    case Operator::not_equal: return "!=";
    case Operator::logical_and: return "and";
    case Operator::logical_or: return "or";
    case Operator::logical_not: return "not";
    case Operator::otherwise: return "else";
  }
  return "";
}

std::string_view word(Expression::Aggregate aggregate) {
  constexpr std::string_view words[] = {"count", "sum", "min",   "max",    "mean",    "median",
                                        "any",   "all", "share", "spread", "quantile"};
  return words[static_cast<std::size_t>(aggregate)];
}

std::string_view word(Unit unit) {
  constexpr std::string_view words[] = {"",   "share", " steps", " samples", " epochs", " tokens",
                                        " s", " B",    "x",      " mad",     " sd"};
  return words[static_cast<std::size_t>(unit)];
}

std::string text(const Quantity& quantity) {
  return fmt::format("{}{}", quantity.value, word(quantity.unit));
}

std::string window_text(const Window& window, const Knowledge& knowledge) {
  constexpr std::string_view words[] = {"last", "first", "between", "before", "after", "per"};
  std::string all(words[static_cast<std::size_t>(window.kind)]);
  if (window.bounds.empty()) all += " " + text(window.extent);
  for (const Expression& bound : window.bounds) all += " " + dump(bound, knowledge);
  return all;
}

std::string head(const Expression& e, const Knowledge& knowledge) {
  switch (e.kind) {
    case Kind::call: return std::string(signature_of(e.function).name);
    case Kind::operation: return std::string(sign(e.op));
    case Kind::above: return "above";
    case Kind::below: return "below";
    case Kind::between: return "between";
    case Kind::before: return "before";
    case Kind::after: return "after";
    case Kind::near: return "near";
    case Kind::sustained: return "sustained";
    case Kind::then: return "then";
    case Kind::during: return "during";
    case Kind::overlaps: return "overlaps";
    case Kind::until: return "until";
    case Kind::listed: return fmt::format("{}[]", word(e.aggregate));
    case Kind::one_of: return "in";
    case Kind::matches: return "matches";
    case Kind::windowed: return "over " + window_text(*e.window, knowledge);
    case Kind::aggregate:
      return fmt::format("{}[{}]", word(e.aggregate), fmt::join(e.variables, ","));
    case Kind::atom: return knowledge.relations.at(e.index).name;
    default: return "";
  }
}

std::string labelled(const std::string& name, const Expression& e) {
  return e.labels.empty() ? name : fmt::format("{}[{}]", name, fmt::join(e.labels, ","));
}

}  // namespace

std::string dump(const Expression& e, const Knowledge& knowledge) {
  switch (e.kind) {
    case Kind::number: return fmt::format("{}", e.number);
    case Kind::text: return fmt::format("\"{}\"", e.text);
    case Kind::metric: return labelled(knowledge.metrics.at(e.index).name, e);
    case Kind::parameter:
      return fmt::format("{}:{}", knowledge.params.at(e.index).name, name_of(e.type));
    case Kind::finding: return labelled(knowledge.findings.at(e.index).name, e);
    case Kind::variable: return fmt::format("?{}", e.text);
    default: break;
  }
  std::string all = "(" + head(e, knowledge);
  for (const Expression& operand : e.operands) all += " " + dump(operand, knowledge);
  if (e.within != Quantity{}) all += " within " + text(e.within);
  return fmt::format("{}):{}", all, name_of(e.type));
}

namespace {

/// Collects the lines of one dump.
class Lines {
 public:
  explicit Lines(const Knowledge& knowledge) : knowledge_(knowledge) {}

  void begin(std::string_view kind, const Entity& e) {
    text_ += fmt::format("{} {} | {} | {} | {} | {} | cites {}\n", kind, e.id, e.name, e.pack,
                         e.title, e.about, fmt::join(e.cites, ","));
  }
  template <class... Values>
  void add(fmt::format_string<Values...> format, Values&&... values) {
    text_ += "  " + fmt::format(format, std::forward<Values>(values)...) + "\n";
  }
  std::string of(const Expression& e) const { return dump(e, knowledge_); }
  std::string of(const std::optional<Expression>& e) const { return e ? of(*e) : "-"; }
  std::string take() { return std::move(text_); }

 private:
  const Knowledge& knowledge_;
  std::string text_;
};

void dump_links(Lines& lines, std::string_view word, const std::vector<Link>& links) {
  for (const Link& link : links) {
    lines.add("{} {} {} group {}", word, link.finding, link.probability, link.group);
  }
}

void dump_pattern(Lines& lines, const Pattern& p) {
  lines.begin("pattern", p);
  lines.add("{} {} {} {} {}", p.area, static_cast<int>(p.impact), p.impact_because, p.prior,
            p.mechanism);
  for (const Expression& need : p.needs) lines.add("needs {}", lines.of(need));
  for (const Risk& risk : p.risks) lines.add("risk {} {}", lines.of(risk.when), risk.factor);
  dump_links(lines, "shows", p.shows);
  dump_links(lines, "never", p.never);
  for (const Leads& leads : p.leads_to) lines.add("leads {} {}", leads.pattern, leads.probability);
  lines.add("instance {} kind {}", fmt::join(p.instance_of, ","), fmt::join(p.kind_of, ","));
  for (const Resembles& r : p.resembles) {
    lines.add("resembles {} {} {}", r.pattern, r.check ? static_cast<int>(*r.check) : -1, r.how);
  }
  for (const RootCause& cause : p.causes) lines.add("cause {} {}", cause.text, cause.likelihood);
  lines.add("typical {} refuted {}", fmt::join(p.typical, ";"), fmt::join(p.refuted, ";"));
  for (const Dispute& d : p.disputed) lines.add("disputed {} {} {}", d.claim, d.against, d.because);
}

void dump_fix(Lines& lines, const Fix& f) {
  lines.begin("fix", f);
  for (const Cure& cure : f.cures) lines.add("cures {} {}", cure.pattern, cure.probability);
  for (const ParamChange& change : f.changes)
    lines.add("change {} {}", change.param, lines.of(change.to));
  for (const Advice& how : f.how) lines.add("how {} {}", how.framework, how.text);
  lines.add("{} {} {} {}", f.why, f.effort_minutes, static_cast<int>(f.risk), f.risk_because);
  lines.add("verify {} {} {}", f.verify_text, lines.of(f.verify),
            f.verify_within ? text(*f.verify_within) : "-");
  for (const Expression& when : f.when) lines.add("when {}", lines.of(when));
  for (const Exception& e : f.unless) lines.add("unless {} {}", e.text, lines.of(e.when));
  for (const Contradiction& c : f.contradicts) lines.add("contradicts {} {}", c.fix, c.because);
  lines.add("leaves {}", f.leaves);
}

void dump_test(Lines& lines, const Test& t) {
  lines.begin("test", t);
  for (const Given& g : t.given) {
    lines.add("given {} {} [{}] {} {} ({})", static_cast<int>(g.kind), g.name,
              fmt::join(g.labels, ","), g.text, g.number.value_or(-1), fmt::join(g.values, ","));
    for (const Shape::Part& part : g.shape.parts) {
      lines.add("  part {} {} {} {} {}", static_cast<int>(part.kind), part.from, part.to,
                part.steps, fmt::join(part.values, ","));
    }
    for (const Shape::Point& point : g.shape.points)
      lines.add("  point {} {}", point.value, point.at);
    lines.add("  {} {} {} {}", g.shape.noise, g.shape.wave_amplitude, g.shape.wave_period,
              g.shape.every);
  }
  for (const Expectation& e : t.expect) {
    lines.add("expect {} {} {} ({}) {} {} {} {}", static_cast<int>(e.kind), e.negated, e.index,
              fmt::join(e.arguments, ","), e.among.value_or(0), e.above.value_or(-1),
              e.below.value_or(-1), e.between);
    lines.add("  since {} {} because {} {}", e.since_from.value_or(-1), e.since_to.value_or(-1),
              fmt::join(e.because, ","), e.reason);
  }
}

}  // namespace

std::string dump(const Knowledge& k) {
  Lines lines(k);
  for (const PackInfo& pack : k.packs)
    lines.add("pack {} imports {}", pack.name, fmt::join(pack.imports, ","));
  lines.add("prefixes {}", fmt::join(k.prefixes, ","));
  lines.add("suffixes {}", fmt::join(k.suffixes, ","));
  for (const Metric& m : k.metrics) {
    lines.begin("metric", m);
    lines.add("[{}] {} {} {} {} {} {}", fmt::join(m.labels, ","), fmt::join(m.aliases, ","), m.unit,
              name_of(m.kind), static_cast<int>(m.better), m.lowest.value_or(-1),
              m.highest.value_or(-1));
  }
  for (const Param& p : k.params) {
    lines.begin("param", p);
    lines.add("{} {}", fmt::join(p.aliases, ","), p.unit);
  }
  for (const Finding& f : k.findings) {
    lines.begin("finding", f);
    lines.add("[{}] {} since {} base {} direct {} said {}", fmt::join(f.variables, ","),
              lines.of(f.when), lines.of(f.since), f.base, f.direct, fmt::join(f.said, ";"));
  }
  for (const Pattern& p : k.patterns) dump_pattern(lines, p);
  for (const Phenomenon& p : k.phenomena) lines.begin("phenomenon", p);
  for (const Fix& f : k.fixes) dump_fix(lines, f);
  for (const Check& c : k.checks) {
    lines.begin("check", c);
    lines.add("{} {} {}", fmt::join(c.reveals, ","), c.effort_minutes, c.reads);
    for (const Advice& how : c.how) lines.add("how {} {}", how.framework, how.text);
  }
  for (const Analogy& a : k.analogies) {
    lines.begin("analogy", a);
    lines.add("{} {} {} {} {}", a.a, a.b, a.via ? static_cast<int>(*a.via) : -1, a.strength,
              a.breaks);
    for (const Mapping& m : a.maps) lines.add("maps {} {}", m.from, m.to);
    for (const Carried& c : a.carries) {
      lines.add("carries {} {} {} {}", c.fix ? static_cast<int>(*c.fix) : -1, c.what, c.as,
                c.because);
    }
  }
  for (const SourceWork& w : k.works) {
    lines.begin("source", w);
    lines.add("{} {} {} {} {} {} {} {} {}", w.kind, w.arxiv, w.url, w.doi, w.year, w.problem,
              w.cause, w.fix, w.establishes);
    for (const Mapping& m : w.context) lines.add("context {} {}", m.from, m.to);
  }
  for (const Delegate& d : k.delegates) {
    lines.begin("delegate", d);
    lines.add("{} {} {}", fmt::join(d.patterns, ","), d.asks, d.looks_at);
  }
  for (const Table& t : k.tables) {
    lines.begin("table", t);
    for (const Column& c : t.columns) lines.add("{} {}", c.name, c.type);
  }
  for (const Relation& r : k.relations) lines.add("relation {} {} {}", r.id, r.arity, r.table);
  for (const Rule& r : k.rules) {
    lines.begin("rule", r);
    lines.add("{} ({}) {}", r.relation, fmt::join(r.variables, ","), lines.of(r.body));
  }
  for (const LogFormat& l : k.logs) {
    lines.begin("log", l);
    lines.add("{} {}", l.counts ? *l.counts + 1 : 0, l.into ? *l.into + 1 : 0);
    for (const LogLine& line : l.lines) {
      for (const LogPiece& piece : line.pieces) {
        lines.add("  {}|{} {} {}", piece.text, static_cast<int>(piece.kind), piece.name,
                  piece.factor);
      }
    }
  }
  for (const Test& t : k.tests) dump_test(lines, t);
  return lines.take();
}

}  // namespace fmx
