#include "tests/src/json_schema.hpp"

#include <algorithm>
#include <cmath>
#include <set>

namespace fmx::test {
namespace {

using Json = nlohmann::json;

bool has_type(const Json& value, const std::string& type) {
  if (type == "integer") return value.is_number_integer();
  if (type == "number") return value.is_number();
  if (type == "string") return value.is_string();
  if (type == "boolean") return value.is_boolean();
  if (type == "array") return value.is_array();
  if (type == "object") return value.is_object();
  return type == "null" && value.is_null();
}

class Validator {
 public:
  explicit Validator(const Json& root) : root_(root) {}

  void validate(const Json& schema, const Json& value, const std::string& at) {
    for (const auto& [keyword, rule] : schema.items()) apply(keyword, rule, schema, value, at);
  }
  std::vector<std::string> take() { return std::move(found_); }

 private:
  void apply(const std::string& keyword, const Json& rule, const Json& schema, const Json& value,
             const std::string& at) {
    static const std::set<std::string> words = {"$schema", "$id", "$defs", "title", "description"};
    if (words.contains(keyword)) return;
    if (keyword == "$ref") {
      validate(root_.at(Json::json_pointer(rule.get<std::string>().substr(1))), value, at);
    } else if (keyword == "type") {
      const Json types = rule.is_array() ? rule : Json::array({rule});
      const bool fits = std::any_of(types.begin(), types.end(),
                                    [&](const Json& t) { return has_type(value, t); });
      if (!fits) add(at, "is not of type " + rule.dump());
    } else if (keyword == "const") {
      if (value != rule) add(at, "is not " + rule.dump());
    } else if (keyword == "enum") {
      if (std::find(rule.begin(), rule.end(), value) == rule.end())
        add(at, value.dump() + " is none of " + rule.dump());
    } else if (keyword == "minimum") {
      if (value.is_number() && value.get<double>() < rule.get<double>())
        add(at, "is below " + rule.dump());
    } else if (keyword == "maximum") {
      if (value.is_number() && value.get<double>() > rule.get<double>())
        add(at, "is above " + rule.dump());
    } else if (keyword == "minItems") {
      if (value.is_array() && value.size() < rule.get<std::size_t>())
        add(at, "has too few elements");
    } else if (keyword == "maxItems") {
      if (value.is_array() && value.size() > rule.get<std::size_t>())
        add(at, "has too many elements");
    } else if (keyword == "required") {
      for (const Json& name : rule) {
        if (value.is_object() && !value.contains(name)) add(at, "lacks " + name.dump());
      }
    } else if (keyword == "properties") {
      properties(rule, value, at);
    } else if (keyword == "items") {
      for (std::size_t i = 0; value.is_array() && i < value.size(); ++i) {
        validate(schema.at("items"), value[i], at + "/" + std::to_string(i));
      }
    } else {
      add(at, "the schema uses `" + keyword + "`, which this test does not know");
    }
  }

  /// The report promises more than the schema asks: no key that the schema does not describe.
  void properties(const Json& described, const Json& value, const std::string& at) {
    if (!value.is_object()) return;
    for (const auto& [name, member] : value.items()) {
      if (described.contains(name)) {
        validate(described.at(name), member, at + "/" + name);
      } else {
        add(at, "has the key `" + name + "`, which the schema does not describe");
      }
    }
  }

  void add(const std::string& at, const std::string& what) {
    found_.push_back((at.empty() ? "/" : at) + " " + what);
  }

  const Json& root_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> violations(const Json& schema, const Json& document) {
  Validator validator(schema);
  validator.validate(schema, document, "");
  return validator.take();
}

}  // namespace fmx::test
