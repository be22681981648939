#include "src/rule_tests/alterations.hpp"

#include <fmt/format.h>

#include <array>
#include <optional>
#include <utility>

#include "src/rule_tests/rule_text.hpp"

namespace fmx::rule_tests {
namespace {

using Kind = Expression::Kind;
using Path = std::vector<std::size_t>;  ///< operands from the root down; then bounds of the window

Expression& at(Expression& root, const Path& path) {
  Expression* e = &root;
  for (const std::size_t i : path) {
    const std::size_t operands = e->operands.size();
    e = i < operands ? &e->operands[i] : &e->window->bounds[i - operands];
  }
  return *e;
}

bool is_comparison(const Expression& e) {
  return e.kind == Kind::operation && e.op >= Operator::less && e.op <= Operator::not_equal;
}

bool is_connective(const Expression& e) {
  return e.kind == Kind::operation &&
         (e.op == Operator::logical_and || e.op == Operator::logical_or);
}

/// Whether `e` is always a whole number.
bool counts(const Expression& e) {
  if (e.kind == Kind::aggregate) return e.aggregate == Expression::Aggregate::count;
  if (e.kind != Kind::call) return false;
  switch (e.function) {
    case Function::count:
    case Function::samples:
    case Function::distinct:
    case Function::longest:
    case Function::nonfinite:
    case Function::finite: return true;
    default: return false;
  }
}

struct Turned {
  Operator op;
  std::string_view sign;
};

Turned turned(Operator op) {
  switch (op) {
    case Operator::less: return {Operator::greater, ">"};
    case Operator::less_equal: return {Operator::greater_equal, ">="};
    case Operator::greater: return {Operator::less, "<"};
    case Operator::greater_equal: return {Operator::less_equal, "<="};
    case Operator::equal: return {Operator::not_equal, "!="};
    default: return {Operator::equal, "=="};
  }
}

bool is_since(const Expression& e) { return e.kind == Kind::call && e.function == Function::since; }

void deny(Expression& e) {
  Expression denied;
  denied.kind = Kind::operation;
  denied.op = Operator::logical_not;
  denied.type = e.type;
  denied.span = e.span;
  denied.operands.push_back(std::move(e));
  e = std::move(denied);
}

class Walk {
 public:
  explicit Walk(const Sources& sources) : sources_(sources) {}

  std::vector<Alteration> of(const Expression& root) {
    visit(root, false);
    return std::move(found_);
  }

 private:
  /// `counted`: the expression is a number that a count is compared with; `asked_when`: it is the
  /// finding of a `since(...)`, which asks when and not whether.
  void visit(const Expression& e, bool counted, bool asked_when = false) {
    const bool ramp = has_plain_ramp(e);
    if (ramp) move_ramp(e);
    if (is_connective(e)) alter_connective(e);
    if (e.kind == Kind::number) move_number(e, counted);
    if (is_comparison(e)) turn_comparison(e);
    if (e.kind == Kind::above || e.kind == Kind::below) turn_ramp(e);
    if (e.kind == Kind::before || e.kind == Kind::after) turn_order(e);
    if (e.kind == Kind::operation && e.op == Operator::logical_not) affirm(e);
    if (is_claim(e) && !asked_when) deny_claim(e);
    if (e.window) alter_window(e);
    if (e.within.value > 0) alter_duration(e);

    const bool of_count = (is_comparison(e) || e.kind == Kind::above || e.kind == Kind::below) &&
                          !e.operands.empty() && counts(e.operands[0]);
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      if (ramp && i > 0) continue;
      path_.push_back(i);
      visit(e.operands[i], of_count && i == 1, is_since(e));
      path_.pop_back();
    }
    if (!e.window) return;
    for (std::size_t i = 0; i < e.window->bounds.size(); ++i) {
      path_.push_back(e.operands.size() + i);
      visit(e.window->bounds[i], false);
      path_.pop_back();
    }
  }

  std::string_view text(const Expression& e) const { return sources_.text(e.span); }

  /// `stretch` of the expression's text.
  static Span part(const Expression& e, Stretch stretch) {
    return {e.span.source, e.span.begin + static_cast<std::uint32_t>(stretch.begin),
            e.span.begin + static_cast<std::uint32_t>(stretch.end)};
  }

  void add(std::string what, Span span, std::string replacement,
           std::function<void(Expression&)> change) {
    found_.push_back(
        {std::move(what), span, std::move(replacement),
         [path = path_, change = std::move(change)](Expression& root) { change(at(root, path)); }});
  }

  // --- numbers

  void move_number(const Expression& e, bool counted) {
    const std::string_view written = text(e);
    const auto literal = literal_at(written, 0);
    if (!literal || literal->begin != 0 || literal->end != written.size()) return;
    if (counted) {
      for (const double by : {1.0, -1.0}) {
        if (e.number + by < 0) continue;
        add(by > 0 ? "one more" : "one less", e.span, moved(written, by),
            [by](Expression& n) { n.number += by; });
      }
      return;
    }
    if (e.number == 0) return;
    for (const double by : {2.0, 0.5}) {
      add(by > 1 ? "number doubled" : "number halved", e.span, scaled(written, by),
          [by](Expression& n) { n.number *= by; });
    }
  }

  /// `x above 2 .. 4` with both ends written out.
  static bool has_plain_ramp(const Expression& e) {
    return (e.kind == Kind::above || e.kind == Kind::below || e.kind == Kind::between) &&
           e.operands.size() == 3 && e.operands[1].kind == Kind::number &&
           e.operands[2].kind == Kind::number &&
           (e.operands[1].number != 0 || e.operands[2].number != 0);
  }

  void move_ramp(const Expression& e) {
    const Span low = e.operands[1].span, high = e.operands[2].span;
    if (low.source != high.source || low.end > high.begin) return;
    const std::string_view between = sources_.text({low.source, low.end, high.begin});
    const Span both{low.source, low.begin, high.end};
    for (const double by : {2.0, 0.5}) {
      add(by > 1 ? "threshold doubled" : "threshold halved", both,
          fmt::format("{}{}{}", scaled(sources_.text(low), by), between,
                      scaled(sources_.text(high), by)),
          [by](Expression& ramp) {
            ramp.operands[1].number *= by;
            ramp.operands[2].number *= by;
          });
    }
  }

  // --- comparisons

  void turn_comparison(const Expression& e) {
    const auto [op, sign] = turned(e.op);
    const auto signs = outermost(text(e), {"<", "<=", ">", ">=", "==", "!="});
    if (signs.size() != 1) return;
    add("comparison turned", part(e, signs[0]), std::string(sign),
        [op = op](Expression& c) { c.op = op; });
  }

  void turn_ramp(const Expression& e) {
    const std::string_view written = text(e);
    const bool above = e.kind == Kind::above;
    const auto words = outermost(written, {above ? "above" : "below"});
    if (words.size() != 1) return;
    const std::string_view other = above ? "below" : "above";
    const auto dots = outermost(written, {".."});
    if (dots.empty()) {
      add("comparison turned", part(e, words[0]), std::string(other),
          [](Expression& c) { c.kind = c.kind == Kind::above ? Kind::below : Kind::above; });
      return;
    }
    const std::string_view first =
        trimmed(written.substr(words[0].end, dots[0].begin - words[0].end));
    const std::string_view second = trimmed(written.substr(dots[0].end));
    add("comparison turned", part(e, {words[0].begin, written.size()}),
        fmt::format("{} {} .. {}", other, second, first), [](Expression& c) {
          c.kind = c.kind == Kind::above ? Kind::below : Kind::above;
          std::swap(c.operands[1], c.operands[2]);
        });
  }

  void turn_order(const Expression& e) {
    const bool before = e.kind == Kind::before;
    const auto words = outermost(text(e), {before ? "before" : "after"});
    if (words.size() != 1) return;
    add("order turned", part(e, words[0]), before ? "after" : "before",
        [](Expression& c) { c.kind = c.kind == Kind::before ? Kind::after : Kind::before; });
  }

  /// What is true or false as it stands.
  static bool is_claim(const Expression& e) {
    if (e.type != Type::degree) return false;
    return e.kind == Kind::finding || e.kind == Kind::one_of || e.kind == Kind::matches ||
           e.kind == Kind::between || e.kind == Kind::atom ||
           (e.kind == Kind::call && e.function >= Function::missing);
  }

  void deny_claim(const Expression& e) {
    add("denied", e.span, fmt::format("not {}", text(e)), deny);
  }

  void affirm(const Expression& e) {
    const auto words = outermost(text(e), {"not"});
    if (words.empty() || words[0].begin != 0) return;
    add("`not` dropped", e.span, std::string(trimmed(text(e).substr(words[0].end))),
        [](Expression& c) {
          Expression inner = std::move(c.operands[0]);
          c = std::move(inner);
        });
  }

  // --- and, or

  void alter_connective(const Expression& e) {
    const bool all = e.op == Operator::logical_and;
    const std::string_view written = text(e), word = all ? "and" : "or";
    const auto words = outermost(written, {word});
    if (words.size() + 1 != e.operands.size()) return;
    for (std::size_t i = 0; i < e.operands.size(); ++i) {
      const Stretch dropped =
          i == 0 ? Stretch{0, words[0].end}
                 : Stretch{words[i - 1].begin, i < words.size() ? words[i].begin : written.size()};
      add("condition dropped", part(e, dropped), "", [i](Expression& c) {
        c.operands.erase(c.operands.begin() + static_cast<std::ptrdiff_t>(i));
        if (c.operands.size() > 1) return;
        Expression rest = std::move(c.operands[0]);
        c = std::move(rest);
      });
    }
    std::string swapped;
    std::size_t copied = 0;
    for (const Stretch& each : words) {
      swapped += written.substr(copied, each.begin - copied);
      swapped += all ? "or" : "and";
      copied = each.end;
    }
    swapped += written.substr(copied);
    add(all ? "`or` for `and`" : "`and` for `or`", e.span, std::move(swapped), [](Expression& c) {
      c.op = c.op == Operator::logical_and ? Operator::logical_or : Operator::logical_and;
    });
  }

  // --- windows, durations

  void alter_window(const Expression& e) {
    if (!(e.window->extent.value > 0)) return;
    const auto over = outermost(text(e), {"over"});
    if (over.empty()) return;
    const auto literal = literal_behind_words(text(e), over.back().end, 1);
    if (!literal) return;
    scale(e, *literal, "window", [](Expression& w, double by) { w.window->extent.value *= by; });
  }

  void alter_duration(const Expression& e) {
    const bool sustained = e.kind == Kind::sustained;
    const auto words = outermost(text(e), {sustained ? "for" : "within"});
    if (words.empty()) return;
    const auto literal = literal_at(text(e), words.back().end);
    if (!literal) return;
    scale(e, *literal, sustained ? "duration" : "limit",
          [](Expression& c, double by) { c.within.value *= by; });
  }

  /// The literal behind the next `count` words.
  static std::optional<Stretch> literal_behind_words(std::string_view written, std::size_t from,
                                                     int count) {
    while (count-- > 0) {
      while (from < written.size() && written[from] == ' ') ++from;
      while (from < written.size() && written[from] >= 'a' && written[from] <= 'z') ++from;
    }
    return literal_at(written, from);
  }

  void scale(const Expression& e, Stretch literal, std::string_view what,
             void (*change)(Expression&, double)) {
    const std::string_view written = text(e).substr(literal.begin, literal.end - literal.begin);
    for (const double by : {2.0, 0.5}) {
      add(fmt::format("{} {}", what, by > 1 ? "doubled" : "halved"), part(e, literal),
          scaled(written, by), [by, change](Expression& c) { change(c, by); });
    }
  }

  const Sources& sources_;
  std::vector<Alteration> found_;
  Path path_;
};

}  // namespace

std::vector<Alteration> alterations(const Expression& condition, const Sources& sources) {
  return Walk(sources).of(condition);
}

}  // namespace fmx::rule_tests
