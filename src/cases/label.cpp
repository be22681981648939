#include "src/cases/label.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string_view>

#include "dsl/suggest.hpp"
#include "src/readers/input.hpp"
#include "src/readers/json_text.hpp"

namespace fmx::cases {
namespace {

using readers::Json;

constexpr std::string_view healthy = "healthy";

/// `LR-too-high` as packs would write it.
std::string as_name(std::string word) {
  for (char& c : word) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    if (c == '-') c = '_';
  }
  return word;
}

/// A text, or a list of texts. Empty where it is neither.
std::optional<std::vector<std::string>> names_in(const Json& json) {
  std::vector<std::string> names;
  if (json.is_string()) names.push_back(as_name(json.get<std::string>()));
  if (!json.is_string() && !json.is_array()) return std::nullopt;
  if (json.is_array()) {
    for (const Json& entry : json) {
      if (!entry.is_string()) return std::nullopt;
      names.push_back(as_name(entry.get<std::string>()));
    }
  }
  std::erase(names, "");
  return names;
}

Problem not_names(const std::string& name, std::string_view key) {
  return {name, fmt::format("`{}` is no name and no list of names", key),
          fmt::format("write \"{}\": \"lr_too_high\", or a list of such names", key)};
}

Result<Label, Problem> label_in(const Json& json, const std::string& name) {
  const auto says = json.find("label");
  if (says == json.end()) {
    return Unexpected{
        Problem{name, "it has no `label`", "write {\"label\": \"lr_too_high\"}, or \"healthy\""}};
  }
  Label label;
  const auto present = names_in(*says);
  if (!present) return Unexpected{not_names(name, "label")};
  if (present->empty()) {
    return Unexpected{Problem{name, "its `label` is empty", "name a pattern, or \"healthy\""}};
  }
  label.says = *present;
  const bool is_healthy = std::erase(label.says, healthy) > 0;
  if (is_healthy && !label.says.empty()) {
    return Unexpected{
        Problem{name, fmt::format("its `label` is both \"healthy\" and \"{}\"", label.says.front()),
                "keep one of them"}};
  }
  if (const auto accept = json.find("accept"); accept != json.end() && !accept->is_null()) {
    const auto names = names_in(*accept);
    if (!names) return Unexpected{not_names(name, "accept")};
    label.accepts = *names;
  }
  if (const auto group = json.find("group"); group != json.end() && group->is_string()) {
    label.group = group->get<std::string>();
  }
  return label;
}

Problem nothing_called(const Knowledge& knowledge, const std::string& word,
                       const std::string& where) {
  const auto called = std::ranges::count(knowledge.patterns, word, &Pattern::name);
  if (called > 1) {
    return {where, fmt::format("{} patterns are called `{}`", called, word),
            "give the full id, as in pack.name"};
  }
  std::vector<std::string_view> names = {healthy};
  for (const Pattern& pattern : knowledge.patterns) {
    names.push_back(pattern.name);
    names.push_back(pattern.id);
  }
  const std::string meant = dsl::did_you_mean(word, names);
  return {where, fmt::format("no pattern is called `{}`", word),
          meant.empty() ? "name a pattern of the loaded packs, or \"healthy\"" : meant};
}

}  // namespace

Result<Label, Problem> read_label(const std::string& path, const std::string& name) {
  auto input = readers::Input::open(path, name);
  if (!input) {
    const readers::Problem& why = input.error();
    return Unexpected{Problem{why.where, why.what, why.remedy}};
  }
  const auto text = input->whole();
  if (!text) return Unexpected{Problem{name, text.error().what, text.error().remedy}};
  const auto json = readers::parse_json(*text);
  if (!json) {
    return Unexpected{
        Problem{input->at(json.error().line), json.error().what, "mend the JSON at this line"}};
  }
  if (!json->is_object()) {
    return Unexpected{Problem{name, "it is no JSON object", "write {\"label\": \"lr_too_high\"}"}};
  }
  return label_in(*json, name);
}

Result<Truth, Problem> truth(const Knowledge& knowledge, const Label& label,
                             const std::string& where) {
  Truth truth;
  const auto index_of = [&](const std::string& word) -> std::optional<Index> {
    const Pattern* found = find(knowledge.patterns, word);
    if (found == nullptr) return std::nullopt;
    return static_cast<Index>(found - knowledge.patterns.data());
  };
  for (const std::string& word : label.says) {
    const std::optional<Index> index = index_of(word);
    if (!index) return Unexpected{nothing_called(knowledge, word, where)};
    const bool benign = knowledge.patterns[*index].impact == Impact::none;
    (benign ? truth.accepted : truth.present).push_back(*index);
  }
  for (const std::string& word : label.accepts) {
    if (const std::optional<Index> index = index_of(word)) {
      truth.accepted.push_back(*index);
    } else if (word != healthy) {
      Problem problem = nothing_called(knowledge, word, where);
      problem.what = "its `accept`: " + problem.what;
      truth.not_used.push_back(std::move(problem));
    }
  }
  return truth;
}

}  // namespace fmx::cases
