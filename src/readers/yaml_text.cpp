#include "src/readers/yaml_text.hpp"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

#include "src/readers/config.hpp"

namespace fmx::readers {

namespace {

/// Aliases can make a small file an endless tree.
constexpr std::size_t most_values = 20'000, deepest = 64;

Json scalar(const YAML::Node& node) {
  if (node.Tag() == "!") return node.Scalar();  // in quotes
  const engine::Setting setting = setting_of(node.Scalar());
  if (const auto* number = std::get_if<double>(&setting)) return *number;
  if (const auto* flag = std::get_if<bool>(&setting)) return *flag;
  return node.Scalar();
}

/// False where there is too much of it.
bool convert(const YAML::Node& node, std::size_t depth, std::size_t& values, Json& to) {
  if (depth > deepest || ++values > most_values) return false;
  if (node.IsMap()) {
    to = Json::object();
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) continue;
      if (!convert(entry.second, depth + 1, values, to[entry.first.Scalar()])) return false;
    }
  } else if (node.IsSequence()) {
    to = Json::array();
    for (const auto& entry : node) {
      if (!convert(entry, depth + 1, values, to.emplace_back())) return false;
    }
  } else if (node.IsScalar()) {
    to = scalar(node);
  }
  return true;
}

}  // namespace

Result<Json, Problem> parse_yaml(std::string_view text, const std::string& name) {
  try {
    Json json;
    std::size_t values = 0;
    if (convert(YAML::Load(std::string(text)), 0, values, json)) return json;
    return Unexpected{Problem{
        name,
        fmt::format("it holds more than {} values, or more than {} levels", most_values, deepest),
        "leave out what is not needed"}};
  } catch (const YAML::Exception& error) {
    const auto line = static_cast<std::size_t>(std::max(error.mark.line, 0)) + 1;
    return Unexpected{Problem{fmt::format("{}:{}", name, line), "this is no YAML: " + error.msg,
                              "mend the line, or write JSON"}};
  }
}

}  // namespace fmx::readers
