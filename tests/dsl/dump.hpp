#pragma once

#include <string>

#include "knowledge/knowledge.hpp"

namespace fmx {

/// An expression on one line, operator first: `(> (slope (over last 20% train_loss)):number 0)`.
/// Every operator and call says its type.
std::string dump(const Expression& e, const Knowledge& knowledge);

/// All that is known, one entity a line, without places: what two readings of the same must share.
std::string dump(const Knowledge& knowledge);

}  // namespace fmx
