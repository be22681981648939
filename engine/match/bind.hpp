#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/run.hpp"
#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// One member of a metric: the series that carries it.
struct Member {
  std::vector<std::string> labels;  ///< values of the metric's labels; empty for the single series
  std::size_t series = 0;           ///< index into Run::series
  bool guessed = false;             ///< by a prefix or spelling that no alias names exactly
};

/// Which series of a run carries which metric, which setting which param.
struct Binding {
  std::vector<std::vector<Member>> metrics;        ///< by metric index, members ordered by labels
  std::vector<std::optional<std::string>> params;  ///< by param index: the config key
  std::vector<std::size_t> unused;                 ///< series that carry no known metric
};

/// The comparable form of a name: camelCase split, lower case, every other character an underscore:
/// `Loss/train` and `loss.train` are `loss_train`.
std::string normal_form(std::string_view name);

/// An alias that is spelt exactly so wins over one that is equal in normal form, that one over one
/// that is equal after a known prefix was taken off; earlier aliases over later ones. A series of
/// one sample, such as a summary written at the end of a run, gives way to any that is a curve.
Binding bind(const Knowledge& knowledge, const Run& run);

}  // namespace fmx::engine
