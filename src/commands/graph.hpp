#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace fmx::commands {

struct GraphOptions {
  std::vector<std::string> packs;
  std::string format = "dot";  ///< dot, json
  std::string around;          ///< only what lies near this entity; empty: all
  std::size_t within = 2;      ///< how many edges away that is
};

/// Prints the knowledge graph of the loaded packs.
int graph(const GraphOptions& options);

}  // namespace fmx::commands
