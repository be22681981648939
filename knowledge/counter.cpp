#include "knowledge/counter.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace fmx {

namespace {

/// Names of step counters, the ones to prefer first. A tie between counters that tell rows apart
/// equally well is decided by this order.
constexpr std::array step_names = {"global_step",
                                   "step",
                                   "_step",
                                   "steps",
                                   "global_steps",
                                   "num_updates",
                                   "total_timesteps",
                                   "timesteps_total",
                                   "num_timesteps",
                                   "timesteps",
                                   "timestep",
                                   "total_env_steps",
                                   "env_steps",
                                   "env_step",
                                   "num_env_steps_sampled_lifetime",
                                   "num_env_steps_sampled",
                                   "totalenvinteracts",
                                   "total_steps",
                                   "iteration",
                                   "iterations",
                                   "iter",
                                   "iters",
                                   "it",
                                   "niter",
                                   "n_iter",
                                   "num_iter",
                                   "training_iteration",
                                   "train_step",
                                   "training_step",
                                   "optimizer_step",
                                   "n_updates",
                                   "updates",
                                   "update",
                                   "nupdates",
                                   "serial_timesteps",
                                   "batches_seen",
                                   "minibatch",
                                   "batch",
                                   "batch_idx",
                                   "frames",
                                   "total_frames",
                                   "samples_seen",
                                   "consumed_samples",
                                   "consumed_tokens",
                                   "tokens_seen",
                                   "round",
                                   "episode",
                                   "episodes",
                                   "episodes_total",
                                   "generation",
                                   "unnamed:_0",
                                   "index"};

constexpr std::array epoch_names = {"epoch", "epochs", "num_epochs", "epoch_num", "current_epoch"};

constexpr std::array clock_names = {
    "timestamp",    "_timestamp",   "wall_time",         "walltime", "datetime",
    "time_total_s", "time_elapsed", "elapsed_time",      "_runtime", "total_time",
    "elapsed",      "wall",         "time_since_restore"};

/// The last segment of a key, lower case, blanks and dashes as underscores.
std::string leaf(std::string_view key) {
  const std::size_t slash = key.find_last_of('/');
  if (slash != std::string_view::npos) key.remove_prefix(slash + 1);
  std::string plain(key);
  for (char& c : plain) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == ' ' || c == '-') c = '_';
  }
  return plain;
}

template <std::size_t n>
std::optional<Counter> among(const std::array<const char*, n>& names, const std::string& name,
                             Counter::Kind kind) {
  const auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return {};
  return Counter{kind, static_cast<std::size_t>(found - names.begin())};
}

}  // namespace

std::optional<Counter> counter_named(std::string_view key) {
  const std::string name = leaf(key);
  if (const auto step = among(step_names, name, Counter::Kind::step)) return step;
  if (const auto epoch = among(epoch_names, name, Counter::Kind::epoch)) return epoch;
  return among(clock_names, name, Counter::Kind::clock);
}

}  // namespace fmx
