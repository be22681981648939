#include "dsl/parse.hpp"

#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "dsl/grammar.hpp"
#include "tests/catch.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

std::string read(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  REQUIRE(file);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the sample file holds every kind of node and parses without a word") {
  Sources sources;
  sources.add({"every_kind.fmrule", read("tests/dsl/samples/every_kind.fmrule")});
  const Parsed parsed = parse(sources, 0);
  for (const Diagnostic& d : parsed.diagnostics) FAIL_CHECK(render(d, sources));

  std::set<Kind> seen;
  for (const Node& node : parsed.tree.nodes) seen.insert(node.kind);
  for (int k = 0; k <= static_cast<int>(Kind::bound); ++k) {
    const auto kind = static_cast<Kind>(k);
    CAPTURE(name_of(kind));
    CHECK(seen.contains(kind));
  }
}

TEST_CASE("the grammar can neither loop nor recurse without reading on") {
  CHECK(tao::pegtl::analyze<grammar::file>(1) == 0);
}
