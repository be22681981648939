#include <algorithm>
#include <cstddef>

#include "engine/signal/signal.hpp"

namespace fmx::engine {

Aligned align(Window x, Window y) {
  if (std::ranges::equal(x.steps, y.steps)) {
    return {{x.steps.begin(), x.steps.end()},
            {x.values.begin(), x.values.end()},
            {y.values.begin(), y.values.end()}};
  }
  const bool on_x = x.size() <= y.size();
  const Window& sparse = on_x ? x : y;
  const Window& dense = on_x ? y : x;
  Aligned result;
  std::vector<double>& kept = on_x ? result.x : result.y;
  std::vector<double>& held = on_x ? result.y : result.x;
  std::size_t next = 0;  // the first sample of `dense` after the step looked at
  for (std::size_t i = 0; i < sparse.size(); ++i) {
    while (next < dense.size() && dense.steps[next] <= sparse.steps[i]) ++next;
    if (next == 0) continue;
    result.steps.push_back(sparse.steps[i]);
    kept.push_back(sparse.values[i]);
    held.push_back(dense.values[next - 1]);
  }
  return result;
}

}  // namespace fmx::engine
