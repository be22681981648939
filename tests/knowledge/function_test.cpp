#include "knowledge/function.hpp"

#include <fstream>
#include <regex>
#include <set>
#include <sstream>

#include "tests/catch.hpp"

using fmx::functions;
using fmx::functions_called;
using fmx::Signature;
using fmx::Type;

namespace {

/// The names in the first cells of the tables between "## Functions" and "## Entities".
std::set<std::string> documented_functions() {
  std::ifstream file("docs/language.md");
  std::set<std::string> names;
  bool inside = false;
  const std::regex word("[a-z_0-9]+"), call("([a-z_0-9]+)\\(");
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("## ")) inside = line == "## Functions";
    if (!inside || !line.starts_with("| `")) continue;
    const std::string cell = line.substr(0, line.find(" | "));
    const bool calls = cell.find('(') != std::string::npos;
    const std::regex& names_in = calls ? call : word;
    for (std::sregex_iterator it(cell.begin(), cell.end(), names_in), end; it != end; ++it) {
      names.insert((*it)[calls ? 1 : 0].str());
    }
  }
  return names;
}

}  // namespace

TEST_CASE("every function that is documented exists, and the other way round") {
  std::set<std::string> known;
  for (const Signature& signature : functions()) known.emplace(signature.name);
  CHECK(known == documented_functions());
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
