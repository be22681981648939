#pragma once

#include <optional>
#include <string>
#include <vector>

namespace fmx::commands {

struct EvaluateOptions {
  std::string cases;                   ///< folder of labelled runs
  std::vector<std::string> packs;      ///< beside the default ones
  std::string format;                  ///< text, md, json
  std::optional<std::string> save;     ///< file to keep the result in
  std::optional<std::string> against;  ///< a result that was kept
};

/// Says how well the packs do on labelled runs. `failed` where a case that was right in the saved
/// result is wrong now.
int evaluate(const EvaluateOptions& options);

}  // namespace fmx::commands
