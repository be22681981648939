#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "dsl/parse.hpp"
#include "tests/catch.hpp"

namespace fmx::dsl {

/// The text of a file of the project.
inline std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  INFO(path);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// At least one node of every kind.
inline std::string every_kind() { return read_file("tests/dsl/samples/every_kind.fmrule"); }

/// A text, parsed.
struct Read {
  explicit Read(std::string text, std::string path = "a.fmrule") {
    sources.add({std::move(path), std::move(text)});
    parsed = parse(sources, 0);
  }
  const Tree& tree() const { return parsed.tree; }
  std::string shown() const {
    std::string all;
    for (const Diagnostic& d : parsed.diagnostics) all += render(d, sources);
    return all;
  }

  Sources sources;
  Parsed parsed;
};

}  // namespace fmx::dsl
