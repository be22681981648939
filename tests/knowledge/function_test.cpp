#include "knowledge/function.hpp"

#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>

#include "tests/catch.hpp"

using fmx::functions;
using fmx::functions_called;
using fmx::Signature;
using fmx::Type;

namespace {

/// What the tables between "## Functions" and "## Entities" say: the functions in their first
/// cells, each with the samples that it needs.
std::map<std::string, std::size_t> documented_functions() {
  std::ifstream file("docs/language.md");
  std::map<std::string, std::size_t> found;
  bool inside = false;
  const std::regex word("[a-z_0-9]+"), call("([a-z_0-9]+)\\("), need("needs? ([0-9]+)");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) inside = line == "## Functions";
    if (!inside || !line.starts_with("| `")) continue;
    std::smatch needs;
    const bool says = std::regex_search(line, needs, need);
    const std::string cell = line.substr(0, line.find(" | "));
    const bool calls = cell.find('(') != std::string::npos;
    const std::regex& names_in = calls ? call : word;
    for (std::sregex_iterator it(cell.begin(), cell.end(), names_in), end; it != end; ++it) {
      found.emplace((*it)[calls ? 1 : 0].str(), says ? std::stoul(needs[1].str()) : 1);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("every function that is documented exists, and the other way round") {
  std::set<std::string> known, documented;
  for (const Signature& signature : functions()) known.emplace(signature.name);
  for (const auto& [name, needs] : documented_functions()) documented.insert(name);
  CHECK(known == documented);
}

TEST_CASE("the reference says how many samples a function needs") {
  const auto documented = documented_functions();
  for (const Signature& signature : functions()) {
    if (signature_of(signature.function).name != signature.name) continue;  // as PromQL calls it
    CAPTURE(signature.name);
    CHECK(documented.at(std::string(signature.name)) == signature.needs);
  }
}

TEST_CASE("all forms of a function need as many samples and give the same unit") {
  for (const Signature& signature : functions()) {
    const Signature& first = signature_of(signature.function);
    CAPTURE(signature.name);
    CHECK(signature.needs == first.needs);
    CHECK(signature.gives == first.gives);
    CHECK(signature.range.low == first.range.low);
    CHECK(signature.range.high == first.range.high);
  }
}

TEST_CASE("`first` of a series is a value, of a mask or of events a time") {
  const auto signatures = functions_called("first");
  REQUIRE(signatures.size() == 3);
  CHECK(signatures[0]->result == Type::number);
  CHECK(signatures[1]->result == Type::time);
  CHECK(signatures[2]->result == Type::time);
}

TEST_CASE("overloads differ in the type of their first parameter") {
  for (const Signature& a : functions()) {
    for (const Signature* b : functions_called(a.name)) {
      if (b == &a) continue;
      CAPTURE(a.name);
      CHECK(a.parameters.front().types != b->parameters.front().types);
    }
  }
}

TEST_CASE("parameters that may be left out come last") {
  for (const Signature& signature : functions()) {
    bool left_out = false;
    for (const auto& parameter : signature.parameters) {
      CAPTURE(signature.name, parameter.name);
      CHECK_FALSE((left_out && !parameter.default_value));
      left_out = left_out || parameter.default_value.has_value();
      CHECK_FALSE(parameter.types.empty());
    }
  }
}

TEST_CASE("nobody is called by a name that is not there") {
  CHECK(functions_called("frist").empty());
}
