#include "src/readers/config.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <array>
#include <sstream>

#include "src/readers/letters.hpp"
#include "src/readers/number.hpp"

namespace fmx::readers {

namespace {

/// YAML aliases can make a small file an endless tree.
constexpr std::size_t most_settings = 20'000;
constexpr std::size_t deepest = deepest_json;

/// Keys by which a config is known, whatever its file is called.
constexpr std::array config_keys = {"lr",
                                    "learning_rate",
                                    "batch_size",
                                    "optimizer",
                                    "optim",
                                    "weight_decay",
                                    "epochs",
                                    "num_epochs",
                                    "num_train_epochs",
                                    "max_steps",
                                    "max_epochs",
                                    "seed",
                                    "momentum",
                                    "dropout",
                                    "hidden_size",
                                    "num_layers",
                                    "per_device_train_batch_size",
                                    "gradient_accumulation_steps",
                                    "warmup_steps",
                                    "lr_scheduler",
                                    "lr_scheduler_type",
                                    "gamma",
                                    "model",
                                    "dataset",
                                    "n_layer",
                                    "n_head",
                                    "n_embd",
                                    "max_grad_norm",
                                    "precision",
                                    "fp16",
                                    "bf16",
                                    "loss",
                                    "num_classes",
                                    "env",
                                    "env_id",
                                    "algo",
                                    "total_timesteps",
                                    "n_epochs",
                                    "n_steps",
                                    "hidden_dim",
                                    "num_workers",
                                    "device"};

bool is_config_key(const std::string& key) {
  return std::find(config_keys.begin(), config_keys.end(), key) != config_keys.end();
}

std::string joined(const std::string& prefix, const std::string& key) {
  return prefix.empty() ? key : prefix + "/" + key;
}

/// Takes the leaves of a tree as settings, keys joined by '/'.
class Leaves {
 public:
  explicit Leaves(Settings& settings) : settings_(settings) {}

  void add(const Json& json, const std::string& prefix = "", std::size_t depth = 0) {
    if (is_too_deep(prefix, depth)) return;
    if (json.is_object()) {
      const auto value = json.find("value");
      const bool wrapped = value != json.end() && !prefix.empty() &&
                           (json.size() == 1 || (json.size() == 2 && json.contains("desc")));
      if (wrapped) return add(*value, prefix, depth + 1);
      for (const auto& [key, entry] : json.items()) add(entry, joined(prefix, key), depth + 1);
    } else if (json.is_array()) {
      for (std::size_t i = 0; i < json.size(); ++i) {
        add(json[i], joined(prefix, std::to_string(i)), depth + 1);
      }
    } else if (json.is_boolean()) {
      put(prefix, json.get<bool>());
    } else if (json.is_number()) {
      put(prefix, json.get<double>());
    } else if (json.is_string()) {
      put(prefix, setting_of(json.get_ref<const std::string&>()));
    }
  }

  void add(const YAML::Node& node, const std::string& prefix = "", std::size_t depth = 0) {
    if (is_too_deep(prefix, depth) || too_many_) return;
    if (node.IsMap()) {
      const bool wrapped = !prefix.empty() && node["value"] &&
                           (node.size() == 1 || (node.size() == 2 && node["desc"]));
      if (wrapped) return add(node["value"], prefix, depth + 1);
      for (const auto& entry : node) {
        // `{lr: 0.1,, seed: 1}`: YAML takes the gap for an entry without a key.
        if (entry.first.IsNull()) throw YAML::Exception(entry.first.Mark(), "an entry is missing");
        if (!entry.first.IsScalar()) continue;
        add(entry.second, joined(prefix, entry.first.Scalar()), depth + 1);
      }
    } else if (node.IsSequence()) {
      std::size_t i = 0;
      for (const auto& entry : node) add(entry, joined(prefix, std::to_string(i++)), depth + 1);
    } else if (node.IsScalar()) {
      put(prefix, setting_of(node.Scalar()));
    }
  }

  void add(const toml::node& node, const std::string& prefix = "", std::size_t depth = 0) {
    if (is_too_deep(prefix, depth)) return;
    if (const auto* table = node.as_table()) {
      for (const auto& [key, entry] : *table)
        add(entry, joined(prefix, std::string(key.str())), depth + 1);
    } else if (const auto* array = node.as_array()) {
      for (std::size_t i = 0; i < array->size(); ++i) {
        add(*array->get(i), joined(prefix, std::to_string(i)), depth + 1);
      }
    } else if (const auto* text = node.as_string()) {
      put(prefix, setting_of(text->get()));
    } else if (const auto* flag = node.as_boolean()) {
      put(prefix, flag->get());
    } else if (const auto value = node.value<double>()) {
      put(prefix, *value);
    }
  }

  void note_into(Input& input) const {
    if (too_deep_ > 0) {
      input.note(
          fmt::format("{} settings nested more than {} deep were left out, the first below {}",
                      too_deep_, deepest, first_too_deep_));
    }
    if (too_many_) input.note(fmt::format("only the first {} settings were read", most_settings));
  }

 private:
  bool is_too_deep(const std::string& key, std::size_t depth) {
    if (depth <= deepest) return false;
    if (too_deep_++ == 0) first_too_deep_ = key.substr(0, key.find('/'));
    return true;
  }

  void put(const std::string& key, engine::Setting setting) {
    if (settings_.size() < most_settings) {
      settings_[key.empty() ? "value" : key] = std::move(setting);
    } else {
      too_many_ = true;
    }
  }

  Settings& settings_;
  std::size_t too_deep_ = 0;
  std::string first_too_deep_;
  bool too_many_ = false;
};

Result<Settings, Problem> read_yaml(std::string_view text, Input& input) {
  const std::string& name = input.name();
  try {
    Settings settings;
    const YAML::Node node = YAML::Load(std::string(text));
    if (node.IsDefined() && !node.IsMap() && !node.IsNull()) {
      return Unexpected{
          Problem{name, "it holds no settings", "write `key: value` lines, JSON or TOML"}};
    }
    Leaves leaves(settings);
    leaves.add(node);
    leaves.note_into(input);
    return settings;
  } catch (const YAML::Exception& error) {
    const auto line = static_cast<std::size_t>(std::max(error.mark.line, 0)) + 1;
    return Unexpected{Problem{fmt::format("{}:{}", name, line), "this is no YAML: " + error.msg,
                              "mend the line, or write the config as JSON"}};
  }
}

std::optional<Settings> read_toml(std::string_view text, Input& input) {
  try {
    Settings settings;
    Leaves leaves(settings);
    leaves.add(toml::parse(text));
    leaves.note_into(input);
    return settings;
  } catch (const toml::parse_error&) {
    return std::nullopt;
  }
}

}  // namespace

engine::Setting setting_of(std::string_view text) {
  text = trimmed(text);
  if (const auto value = number(text); value && text.back() != '%') return *value;
  const std::string plain = lower(text);
  if (plain == "true") return true;
  if (plain == "false") return false;
  return std::string(text);
}

std::string in_words(const engine::Setting& setting) {
  if (const auto* value = std::get_if<double>(&setting)) return fmt::format("{}", *value);
  if (const auto* flag = std::get_if<bool>(&setting)) return *flag ? "true" : "false";
  return std::get<std::string>(setting);
}

void settings_of(const Json& json, Settings& settings) { Leaves(settings).add(json); }

Settings settings_in(const Json& json) {
  Settings settings;
  settings_of(json, settings);
  return settings;
}

Result<Settings, Problem> read_config(Input& input) {
  constexpr std::size_t longest = 16u << 20;
  if (input.head(longest + 1).size() > longest) {
    return Unexpected{
        Problem{input.name(), "it is too large for a config", "name the config file"}};
  }
  const auto whole = input.whole();
  if (!whole) return Unexpected{whole.error()};
  const std::string_view text = trimmed(*whole);
  if (text.empty())
    return Unexpected{Problem{input.name(), "the file is empty", "write the settings into it"}};
  if (text.front() == '{') {
    const auto json = parse_json(text);
    if (json) {
      Settings settings;
      Leaves leaves(settings);
      leaves.add(*json);
      leaves.note_into(input);
      return settings;
    }
    const auto yaml = read_yaml(text, input);  // YAML's braces need no quotes
    if (yaml) return *yaml;
    return Unexpected{
        Problem{input.at(json.error().line), json.error().what, "mend the JSON at this line"}};
  }
  if (auto toml = read_toml(text, input); toml && !toml->empty()) return std::move(*toml);
  return read_yaml(text, input);
}

bool looks_like_config(const Settings& settings) {
  std::size_t known = 0;
  for (const auto& [key, setting] : settings) {
    const std::string first = key.substr(0, key.find('/'));
    known += is_config_key(first) || is_config_key(key.substr(key.find_last_of('/') + 1)) ? 1 : 0;
  }
  return known >= 2;
}

bool looks_like_config(const Json& json) {
  if (!json.is_object()) return false;
  std::size_t known = 0;
  for (const auto& [key, entry] : json.items()) known += is_config_key(key) ? 1 : 0;
  return known >= 2;
}

}  // namespace fmx::readers
