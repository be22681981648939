#include "src/packs/archive.hpp"

#include <cstring>
#include <type_traits>
#include <utility>
#include <vector>

namespace fmx::packs {
namespace {

/// Writes values one after the other. `fields(archive, value)` below names what a value consists
/// of, for writing and reading alike, so that the two cannot drift apart.
class Writer {
 public:
  std::string take() { return std::move(bytes_); }

  template <class... Values>
  void operator()(const Values&... values) {
    (write(values), ...);
  }

 private:
  template <class T>
  void write(const T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      bytes_.append(reinterpret_cast<const char*>(&value), sizeof value);
    } else {
      // fields() takes its value by reference, for the reader's sake; the writer only reads it.
      fields(*this, const_cast<T&>(value));
    }
  }
  void write(const std::string& text) {
    write(static_cast<std::uint32_t>(text.size()));
    bytes_ += text;
  }
  template <class T>
  void write(const std::vector<T>& values) {
    write(static_cast<std::uint32_t>(values.size()));
    for (const T& value : values) write(value);
  }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }

  std::string bytes_;
};

class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool whole() const { return whole_ && rest_.empty(); }

  template <class... Values>
  void operator()(Values&... values) {
    (read(values), ...);
  }

 private:
  static constexpr int deepest = 400;  // levels of expressions, twice what the parser lets through

  template <class T>
  void read(T& value) {
    if constexpr (std::is_arithmetic_v<T> || std::is_enum_v<T>) {
      if (rest_.size() < sizeof value) return fail();
      std::memcpy(&value, rest_.data(), sizeof value);
      rest_.remove_prefix(sizeof value);
    } else {
      if (++depth_ > deepest) fail();
      if (whole_) fields(*this, value);
      --depth_;
    }
  }
  void read(std::string& text) {
    const std::uint32_t size = length();
    text = std::string(rest_.substr(0, size));  // cheaper than assign(), which makes room in steps
    rest_.remove_prefix(size);
  }
  template <class T>
  void read(std::vector<T>& values) {
    values.resize(length());
    for (T& value : values) read(value);
  }
  template <class T>
  void read(std::optional<T>& value) {
    bool there = false;
    read(there);
    if (there && whole_) read(value.emplace());
  }

  /// A count of things that take at least a byte each.
  std::uint32_t length() {
    std::uint32_t size = 0;
    read(size);
    if (size <= rest_.size()) return size;
    fail();
    return 0;
  }

  void fail() {
    whole_ = false;
    rest_ = {};
  }

  std::string_view rest_;
  bool whole_ = true;
  int depth_ = 0;
};

template <class A>
void fields(A& a, Span& x) {
  a(x.source, x.begin, x.end);
}
template <class A>
void fields(A& a, Quantity& x) {
  a(x.value, x.unit);
}
template <class A>
void fields(A& a, Window& x) {
  a(x.kind, x.extent, x.bounds);
}
template <class A>
void fields(A& a, Expression& x) {
  a(x.kind, x.type, x.span, x.number, x.unit, x.text, x.index, x.labels, x.function, x.op,
    x.aggregate, x.variables, x.within, x.window, x.operands);
}
template <class A>
void fields(A& a, Entity& x) {
  a(x.id, x.name, x.pack, x.title, x.about, x.cites, x.span, x.declaration, x.amended);
}
template <class A>
void fields(A& a, Metric& x) {
  a(static_cast<Entity&>(x), x.labels, x.aliases, x.unit, x.kind, x.better, x.lowest, x.highest,
    x.how);
}
template <class A>
void fields(A& a, Param& x) {
  a(static_cast<Entity&>(x), x.aliases, x.unit, x.kind, x.lowest, x.highest);
}
template <class A>
void fields(A& a, Finding& x) {
  a(static_cast<Entity&>(x), x.variables, x.when, x.since, x.base, x.direct, x.said);
}
template <class A>
void fields(A& a, Link& x) {
  a(x.finding, x.probability, x.group, x.span);
}
template <class A>
void fields(A& a, Risk& x) {
  a(x.when, x.factor, x.span);
}
template <class A>
void fields(A& a, Leads& x) {
  a(x.pattern, x.probability);
}
template <class A>
void fields(A& a, Resembles& x) {
  a(x.pattern, x.check, x.how);
}
template <class A>
void fields(A& a, RootCause& x) {
  a(x.text, x.likelihood);
}
template <class A>
void fields(A& a, Dispute& x) {
  a(x.claim, x.against, x.because);
}
template <class A>
void fields(A& a, Pattern& x) {
  a(static_cast<Entity&>(x), x.area, x.impact, x.impact_because, x.prior, x.certainty, x.mechanism,
    x.needs, x.risks, x.shows, x.never, x.leads_to, x.instance_of, x.kind_of, x.resembles, x.causes,
    x.typical, x.refuted, x.disputed);
}
template <class A>
void fields(A& a, Phenomenon& x) {
  a(static_cast<Entity&>(x));
}
template <class A>
void fields(A& a, Advice& x) {
  a(x.framework, x.text);
}
template <class A>
void fields(A& a, Cure& x) {
  a(x.pattern, x.probability);
}
template <class A>
void fields(A& a, Exception& x) {
  a(x.text, x.when);
}
template <class A>
void fields(A& a, Contradiction& x) {
  a(x.fix, x.because);
}
template <class A>
void fields(A& a, ParamChange& x) {
  a(x.param, x.to);
}
template <class A>
void fields(A& a, Fix& x) {
  a(static_cast<Entity&>(x), x.cures, x.changes, x.why, x.how, x.effort_minutes, x.risk,
    x.risk_because, x.verify_text, x.verify, x.verify_within, x.leaves, x.when, x.unless,
    x.contradicts);
}
template <class A>
void fields(A& a, Check& x) {
  a(static_cast<Entity&>(x), x.reveals, x.effort_minutes, x.how, x.reads, x.last_resort);
}
template <class A>
void fields(A& a, Mapping& x) {
  a(x.from, x.to);
}
template <class A>
void fields(A& a, Carried& x) {
  a(x.fix, x.what, x.as, x.because);
}
template <class A>
void fields(A& a, Analogy& x) {
  a(static_cast<Entity&>(x), x.a, x.b, x.via, x.strength, x.maps, x.carries, x.breaks);
}
template <class A>
void fields(A& a, SourceWork& x) {
  a(static_cast<Entity&>(x), x.kind, x.arxiv, x.url, x.doi, x.year, x.problem, x.cause, x.fix,
    x.establishes, x.context);
}
template <class A>
void fields(A& a, Delegate& x) {
  a(static_cast<Entity&>(x), x.patterns, x.asks, x.looks_at);
}
template <class A>
void fields(A& a, Column& x) {
  a(x.name, x.type);
}
template <class A>
void fields(A& a, Table& x) {
  a(static_cast<Entity&>(x), x.columns);
}
template <class A>
void fields(A& a, Rule& x) {
  a(static_cast<Entity&>(x), x.relation, x.variables, x.body);
}
template <class A>
void fields(A& a, Relation& x) {
  a(x.id, x.name, x.pack, x.arity, x.table);
}
template <class A>
void fields(A& a, LogPiece& x) {
  a(x.text, x.kind, x.name, x.factor);
}
template <class A>
void fields(A& a, LogLine& x) {
  a(x.pieces, x.span);
}
template <class A>
void fields(A& a, LogFormat& x) {
  a(static_cast<Entity&>(x), x.lines, x.counts, x.into);
}
template <class A>
void fields(A& a, PackInfo& x) {
  a(x.name, x.version, x.imports, x.span);
}

/// All but the tests, which only authors run, and they read the text.
template <class A>
void fields(A& a, Knowledge& x) {
  a(x.packs, x.prefixes, x.suffixes, x.metrics, x.params, x.findings, x.patterns, x.phenomena,
    x.fixes, x.checks, x.analogies, x.works, x.delegates, x.tables, x.relations, x.rules, x.logs);
}

}  // namespace

std::string pack_bytes(const Knowledge& knowledge) {
  Writer writer;
  writer(knowledge);
  return writer.take();
}

std::optional<Knowledge> unpack_bytes(std::string_view bytes, Sources sources) {
  Reader reader(bytes);
  Knowledge knowledge;
  reader(knowledge);
  if (!reader.whole()) return std::nullopt;
  knowledge.sources = std::move(sources);
  return knowledge;
}

}  // namespace fmx::packs
