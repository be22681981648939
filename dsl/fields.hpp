#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/declare.hpp"
#include "dsl/part.hpp"
#include "dsl/problems.hpp"
#include "knowledge/expression.hpp"

namespace fmx::dsl {

/// The lets of one entity, by name.
using LocalLets = std::map<std::string, Part, std::less<>>;

/// The value of a parameter; empty where it was wrong and has been reported.
using Argument = std::optional<Expression>;
using Arguments = std::map<std::string, Argument, std::less<>>;

/// A template that an entity is made like: its fields become the entity's where that has none.
struct Template {
  Part part;
  const std::string* pack = nullptr;
  Arguments arguments;
  Span used_at;
};

/// A field of an entity: where it stands, and in which pack its names are looked up. An amend of
/// another pack brings fields with names of its own.
struct Field {
  Part part;
  const std::string* pack = nullptr;
  const LocalLets* lets = nullptr;
  const Template* of = nullptr;  ///< the template it stands in; null where there is none
};

/// The words that begin the fields of an item, by the item's keyword: "prior" of "pattern". Empty
/// where it is no item with fields of its own.
std::vector<std::string_view> field_words_of(std::string_view item);

/// All fields of one entity: those of its templates, its own in the order of the file, then those
/// of its amends. What stands once and was amended is given by the amend alone. A view of items,
/// which outlive it.
class Body {
 public:
  /// Reports fields that this kind of entity does not take, that stand twice though they may once,
  /// that two amends give, and that are missing.
  Body(const Declaration& entity, std::vector<Template> templates,
       const std::vector<const Item*>& amends, const Sources& sources, Problems& problems);
  Body(const Body&) = delete;
  Body& operator=(const Body&) = delete;

  std::optional<Field> one(Kind kind) const;
  /// Where the amends name the entity.
  const std::vector<Span>& amended() const { return amended_; }
  std::vector<Field> all(Kind kind) const;

 private:
  void take(Part item, const std::string& pack, const Template* of = nullptr);
  void check_given_once() const;
  void take_let(Part let, LocalLets& lets);
  void report_not_here(Part field);
  void report_twice(Part again, Part first, std::string hint);
  void check_amended_once() const;
  void check_required() const;

  struct Taken {
    Field field;
    std::size_t source = 0;  ///< 0: the entity itself, then its amends
  };

  const Declaration* entity_;
  std::vector<Template> templates_;
  Problems* problems_;
  std::vector<Taken> taken_;
  std::vector<Span> amended_;
  std::vector<LocalLets> lets_;  ///< of the entity, then of its amends; fields point to them
};

}  // namespace fmx::dsl
