#pragma once

#include <cstdint>
#include <vector>

#include "engine/match/program.hpp"

namespace fmx::engine {

/// What may change in a run, as far as conditions can see it.
struct Changes {
  std::vector<Index> metrics;  ///< samples came, or other series carry it
  std::vector<Index> params;
  std::vector<Index> tables;  ///< rows went or changed, or the table came or went
  std::vector<Index> grown;   ///< tables whose rows are as before, and more behind them
  bool symptoms = false, log_lines = false, code = false;
};

/// All that rests on what changed, each by its index.
struct Affected {
  std::vector<bool> nodes, findings, relations, patterns;
};

/// Who rests on whom in a program. Knows what could be looked at, not what was: a condition on a
/// family rests on all its members, an `otherwise` on all its alternatives, and what counts epochs,
/// tokens or time on anything that changes, since any series may be what counts them.
class Dependents {
 public:
  /// Pre: program.add_all() was called, and nothing is added after. Looks at neither later.
  Dependents(const Program& program, const Knowledge& knowledge);

  Affected of(const Changes& changes) const;

 private:
  /// Everything that can rest on something, and what a run gives, numbered one after the other.
  struct Places {
    std::uint32_t findings, relations, patterns, metrics, params, symptoms, log_lines, code, clocks,
        end;
  };

  Places at_;
  std::vector<std::uint32_t> begin_;  ///< by place: where its users begin in users_
  std::vector<std::uint32_t> users_;
};

}  // namespace fmx::engine
