// Parts of an `and` or an `or` that contradict, settle or repeat one another.

#include <fmt/format.h>

#include <algorithm>

#include "dsl/bounds.hpp"
#include "dsl/lints.hpp"

namespace fmx::dsl {
namespace {

using EKind = Expression::Kind;

bool is(const Expression& e, Operator op) { return e.kind == EKind::operation && e.op == op; }

/// The operands of nested `and`s (or `or`s), as one list.
void flatten(const Expression& e, Operator op, std::vector<const Expression*>& parts) {
  for (const Expression& operand : e.operands) {
    if (is(operand, op)) {
      flatten(operand, op, parts);
    } else {
      parts.push_back(&operand);
    }
  }
}

/// One part, with what it asks of which value.
struct Asked {
  const Expression* part = nullptr;
  std::string key;    ///< of the part
  std::string value;  ///< key of the value; empty where nothing is known of it
  std::optional<Demand> demand = {};
};

std::vector<Asked> parts_of(const Expression& junction) {
  std::vector<const Expression*> parts;
  flatten(junction, junction.op, parts);
  std::vector<Asked> all;
  for (const Expression* part : parts) {
    Asked asked{part, key_of(*part), {}, demand(*part)};
    if (asked.demand) asked.value = key_of(*asked.demand->value);
    all.push_back(std::move(asked));
  }
  return all;
}

/// -1 the lowest of the samples, 1 the highest, 0 between; empty where it is none of them.
std::optional<int> rank(const Expression& e) {
  if (e.kind != EKind::call) return {};
  switch (e.function) {
    case Function::min: return -1;
    case Function::max: return 1;
    case Function::first:
    case Function::last:
    case Function::initial:
    case Function::final:
    case Function::mean:
    case Function::median: return 0;
    default: return {};
  }
}

/// What a demand on `a` says of `b`: that the lowest sample is above 3 says so of all of them.
std::optional<Interval> carried_over(const Demand& a, const Expression& b) {
  const auto from = rank(*a.value), to = rank(b);
  if (!from || !to || *from == *to || key_of(a.value->operands[0]) != key_of(b.operands[0])) {
    return {};
  }
  Interval in = a.some;
  const Interval all;
  if (*from < *to) {
    in.high = all.high;
    in.high_open = false;
  } else {
    in.low = all.low;
    in.low_open = false;
  }
  return in;
}

/// What `a` says of the value that `b` asks about, if anything.
std::optional<Interval> said_of(const Asked& a, const Asked& b) {
  if (!a.demand || !b.demand) return {};
  if (a.value == b.value) return a.demand->some;
  return carried_over(*a.demand, *b.demand->value);
}

std::string_view text(const Expression& e, const Knowledge& knowledge) {
  return knowledge.sources.text(e.span);
}

void contradiction(const Asked& a, const Asked& b, const Knowledge& knowledge, Warnings& warnings) {
  const Interval possible = both(a.demand->some, values_of(*a.demand->value, knowledge));
  const double value = some_value(possible.empty() ? a.demand->some : possible);
  const std::string shown = witness(*a.demand->value, value, knowledge);
  warnings.push_back(warning(
      "condition-unsatisfiable", "no run can be both: this never holds",
      {b.part->span,
       fmt::format("needs `{}` {}", text(*b.demand->value, knowledge), words(b.demand->some))},
      shown.empty()
          ? fmt::format("where the other part holds, such as at {:g}, this one does not", value)
          : fmt::format("with {} the other part holds, and this one does not", shown)));
  warnings.back().secondary.push_back(
      {a.part->span,
       fmt::format("needs `{}` {}", text(*a.demand->value, knowledge), words(a.demand->some))});
}

void tautology(const Asked& a, const Asked& b, const Knowledge& knowledge, Warnings& warnings) {
  const Interval shared = both(a.demand->full, b.demand->full);
  const double value = shared.empty() ? a.demand->full.low : some_value(shared);
  const std::string shown = witness(*a.demand->value, value, knowledge);
  warnings.push_back(
      warning("condition-always-true", "every run is one or the other: this always holds",
              {b.part->span, fmt::format("holds where it is {}", words(b.demand->full))},
              shown.empty() ? "one of the two holds for any value"
                            : fmt::format("it holds with {}, and with any other value", shown)));
  warnings.back().secondary.push_back(
      {a.part->span, fmt::format("holds where it is {}", words(a.demand->full))});
}

/// The texts that a part allows a value to be, in small letters.
struct Allowed {
  std::string value;  ///< its key
  std::vector<std::string> texts;
};

std::string small(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

std::optional<Allowed> allowed(const Expression& e) {
  if (e.kind != EKind::one_of && !is(e, Operator::equal)) return {};
  if (e.operands.size() < 2 || e.operands.front().kind == EKind::text) return {};
  Allowed some{key_of(e.operands.front()), {}};
  for (std::size_t i = 1; i < e.operands.size(); ++i) {
    if (e.operands[i].kind != EKind::text) return {};
    some.texts.push_back(small(e.operands[i].text));
  }
  return some;
}

/// `x == "adam"` beside `x in {"sgd"}`.
bool texts_differ(const Asked& a, const Asked& b, Warnings& warnings) {
  const auto one = allowed(*a.part), other = allowed(*b.part);
  if (!one || !other || one->value != other->value) return false;
  const bool shared = std::ranges::any_of(one->texts, [&](const std::string& text) {
    return std::ranges::find(other->texts, text) != other->texts.end();
  });
  if (shared) return false;
  warnings.push_back(warning("condition-unsatisfiable", "no run can be both: this never holds",
                             {b.part->span, "one of these texts"},
                             "join the two by `or`, or leave one out"));
  warnings.back().secondary.push_back({a.part->span, "none of them"});
  return true;
}

/// What a part says is not there, or is there.
struct Presence {
  const Expression* of = nullptr;
  bool missing = false;
};

std::optional<Presence> presence(const Expression& e) {
  if (is(e, Operator::logical_not)) {
    auto inner = presence(e.operands.front());
    if (inner) inner->missing = !inner->missing;
    return inner;
  }
  if (e.kind != EKind::call) return {};
  const bool missing = e.function == Function::missing;
  if (!missing && e.function != Function::logged && e.function != Function::given) return {};
  return Presence{&e.operands.front(), missing};
}

/// Whether a condition cannot be known where what `key` says is not there.
bool looks_at(const Expression& e, const std::string& key) {
  if (presence(e) || e.kind == EKind::aggregate || is(e, Operator::otherwise) ||
      is(e, Operator::logical_or) || e.kind == EKind::listed) {
    return false;
  }
  if (e.kind == EKind::call && signature_of(e.function).needs == 0) return false;
  return key_of(e) == key ||
         std::ranges::any_of(e.operands, [&](const Expression& o) { return looks_at(o, key); });
}

/// `missing(x)` beside what looks at x, or beside `logged(x)`.
bool settled_by_presence(const Asked& a, const Asked& b, bool conjunction, Warnings& warnings) {
  const auto one = presence(*a.part), other = presence(*b.part);
  if (!one) return false;
  const std::string key = key_of(*one->of);
  const bool opposed = other && one->missing != other->missing && key_of(*other->of) == key;
  const bool unseen = conjunction && one->missing && !other && looks_at(*b.part, key);
  if (!opposed && !unseen) return false;
  warnings.push_back(
      conjunction
          ? warning("condition-unsatisfiable", "no run can be both: this never holds",
                    {b.part->span, "needs what the other part says is missing"},
                    "join the two by `or`, or leave one out")
          : warning("condition-always-true", "every run is one or the other: this always holds",
                    {b.part->span, "holds where the other part does not"}, "leave both out"));
  warnings.back().secondary.push_back({a.part->span, "the other part"});
  return true;
}

/// `idle` changes nothing beside `other`.
void without_effect(const Asked& idle, const Asked& other, bool conjunction, Warnings& warnings) {
  warnings.push_back(warning("condition-implied",
                             conjunction ? "this part always holds where the other one does"
                                         : "this part never holds where the other one does not",
                             {idle.part->span, "changes nothing"},
                             "leave it out, or mend the other one"));
  warnings.back().secondary.push_back({other.part->span, "settles it"});
}

bool crisp(const Asked& a) { return a.demand && a.demand->crisp(); }

/// `a` holds only where `b` does.
bool implies(const Asked& a, const Asked& b) {
  return crisp(a) && crisp(b) && a.value == b.value && inside(a.demand->some, b.demand->some);
}

void compare(const Asked& a, const Asked& b, bool conjunction, const Knowledge& knowledge,
             Warnings& warnings) {
  if (a.key == b.key) {
    warnings.push_back(warning("condition-repeated", "this part stands twice",
                               {b.part->span, "says it again"},
                               "leave one out, or say what was meant"));
    warnings.back().secondary.push_back({a.part->span, "said here"});
    return;
  }
  if (settled_by_presence(a, b, conjunction, warnings) ||
      (!presence(*a.part) && settled_by_presence(b, a, conjunction, warnings))) {
    return;
  }
  if (conjunction && texts_differ(a, b, warnings)) return;
  if (conjunction) {
    const auto known = said_of(a, b);
    if (known && both(*known, b.demand->some).empty()) {
      contradiction(a, b, knowledge, warnings);
      return;
    }
  } else if (a.demand && b.demand && a.value == b.value &&
             covers(a.demand->full, b.demand->full, values_of(*a.demand->value, knowledge))) {
    tautology(a, b, knowledge, warnings);
    return;
  }
  if (implies(a, b)) {
    without_effect(conjunction ? b : a, conjunction ? a : b, conjunction, warnings);
  } else if (implies(b, a)) {
    without_effect(conjunction ? a : b, conjunction ? b : a, conjunction, warnings);
  }
}

void look_at(const Expression& e, const Knowledge& knowledge, Warnings& warnings) {
  for (const Operator op : {Operator::logical_and, Operator::logical_or}) {
    if (!is(e, op)) continue;
    const std::vector<Asked> parts = parts_of(e);
    for (std::size_t i = 0; i < parts.size(); ++i) {
      for (std::size_t j = i + 1; j < parts.size(); ++j) {
        compare(parts[i], parts[j], op == Operator::logical_and, knowledge, warnings);
      }
    }
  }
  if (is(e, Operator::logical_not) && is(e.operands.front(), Operator::logical_not)) {
    const Expression& inner = e.operands.front().operands.front();
    warnings.push_back(warning("double-negation", "what is not not so is so",
                               {e.span, "negated twice"},
                               fmt::format("write `{}`", text(inner, knowledge))));
    warnings.back().edit = Edit{e.span, std::string(text(inner, knowledge))};
  }
}

}  // namespace

void lint_junctions(const Knowledge& knowledge, Warnings& warnings) {
  each_condition(knowledge, [&](const Expression& condition) {
    // Once for each chain: from its outermost `and` or `or`.
    const auto visit = [&](const auto& self, const Expression& e,
                           const Expression* parent) -> void {
      const bool inner = parent != nullptr && e.kind == EKind::operation &&
                         parent->kind == EKind::operation && e.op == parent->op &&
                         e.op != Operator::logical_not;
      // `count(x[m] < 3 or x[m] >= 3 for each m)` counts what is known: always true, and meant so.
      const bool known =
          parent != nullptr && parent->kind == EKind::aggregate && is(e, Operator::logical_or);
      if (!inner && !known) look_at(e, knowledge, warnings);
      for (const Expression& operand : e.operands) self(self, operand, &e);
    };
    visit(visit, condition, nullptr);
  });
}

}  // namespace fmx::dsl
