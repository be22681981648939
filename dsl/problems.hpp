#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// Collects what is wrong or rarely meant, each place and code once: a let that is put in place ten
/// times is wrong once.
class Problems {
 public:
  void add(Diagnostic diagnostic) {
    const Span& at = diagnostic.primary.span;
    if (!seen_.insert({at.source, at.begin, at.end, diagnostic.code}).second) return;
    all_.push_back(std::move(diagnostic));
  }

  /// Adds what others collected.
  void take_over(Problems others) {
    for (Diagnostic& diagnostic : others.all_) add(std::move(diagnostic));
  }

  std::vector<Diagnostic> take() {
    sort_by_place(all_);
    return std::move(all_);
  }

 private:
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>> seen_;
  std::vector<Diagnostic> all_;
};

/// What is wrong with a name wherever it is used in a pack: said once, of the first place.
class FirstUses {
 public:
  using Name = std::pair<std::string, std::string>;  ///< pack, name

  /// Whether no use before `at` is known.
  bool is_first(const Name& name, Span at) const {
    const auto known = uses_.find(name);
    return known == uses_.end() || before(at, known->second.primary.span);
  }

  /// Keeps the diagnostic if it is of the first place.
  void add(Name name, Diagnostic diagnostic) {
    const auto [known, is_new] = uses_.try_emplace(std::move(name), diagnostic);
    if (!is_new && before(diagnostic.primary.span, known->second.primary.span)) {
      known->second = std::move(diagnostic);
    }
  }

  void take_over(FirstUses& others) {
    for (auto& [name, diagnostic] : others.uses_) add(name, std::move(diagnostic));
  }

  void report(Problems& problems) {
    for (auto& [name, diagnostic] : uses_) problems.add(std::move(diagnostic));
    uses_.clear();
  }

 private:
  static bool before(Span a, Span b) {
    return std::tie(a.source, a.begin) < std::tie(b.source, b.begin);
  }

  std::map<Name, Diagnostic> uses_;
};

}  // namespace fmx::dsl
