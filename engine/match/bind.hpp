#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// How closely a series' name agrees with a spelling of its metric, best first.
enum class Agreement {
  exact,     ///< letter for letter
  normal,    ///< in another case, with other separators
  stripped,  ///< after a known prefix or suffix was taken off
  guessed,   ///< close, and close to nothing else: guess.hpp
};

/// One member of a metric: the series that carries it.
struct Member {
  std::vector<std::string> labels;  ///< values of the metric's labels; empty for the single series
  std::size_t series = 0;           ///< index into Run::series
  Agreement agreement = Agreement::exact;
  std::string alias;  ///< the spelling that it agrees with; with its placeholders, of a family
};

/// Which series of a run carries which metric, which setting which param.
struct Binding {
  std::vector<std::vector<Member>> metrics;        ///< by metric index, members ordered by labels
  std::vector<std::optional<std::string>> params;  ///< by param index: the config key
  std::vector<std::size_t> unused;                 ///< series that carry no known metric
};

/// Closer agreement wins over less close, earlier aliases over later ones. A series of one sample,
/// such as a summary written at the end of a run, gives way to any that is a curve. What is left
/// over may be guessed for metrics that nothing carries. Of the samples, only whether there are two
/// and what the first two are plays a part.
Binding bind(const Knowledge& knowledge, const Run& run);

}  // namespace fmx::engine
