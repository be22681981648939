#pragma once

#include <map>
#include <string>
#include <string_view>

#include "engine/run.hpp"
#include "src/readers/input.hpp"
#include "src/readers/json_text.hpp"

namespace fmx::readers {

using Settings = std::map<std::string, engine::Setting>;

/// What a text means as a setting: a number, a flag (true, false), else the text itself.
engine::Setting setting_of(std::string_view text);

/// A setting as it would be written.
std::string in_words(const engine::Setting& setting);

/// Adds the leaves of `json`, keys joined by '/'; entries of lists count as keys 0, 1, ...; null is
/// absent. The form {"value": x} that W&B wraps around settings is taken off.
void settings_of(const Json& json, Settings& settings);
Settings settings_in(const Json& json);

/// A config file: JSON, YAML or TOML, told apart by content. What is left out is noted in `input`.
Result<Settings, Problem> read_config(Input& input);

/// Whether an object of settings is a training config: at least two keys that configs have.
bool looks_like_config(const Json& json);
bool looks_like_config(const Settings& settings);

}  // namespace fmx::readers
