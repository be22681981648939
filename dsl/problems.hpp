#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "knowledge/diagnostic.hpp"

namespace fmx::dsl {

/// Collects mistakes, each place and code once: a let that is put in place ten times is wrong once.
class Problems {
 public:
  void add(Diagnostic diagnostic) {
    const Span& at = diagnostic.primary.span;
    if (!seen_.insert({at.source, at.begin, at.end, diagnostic.code}).second) return;
    all_.push_back(std::move(diagnostic));
  }

  std::vector<Diagnostic> take() {
    sort_by_place(all_);
    return std::move(all_);
  }

 private:
  std::set<std::tuple<std::uint32_t, std::uint32_t, std::uint32_t, std::string>> seen_;
  std::vector<Diagnostic> all_;
};

}  // namespace fmx::dsl
