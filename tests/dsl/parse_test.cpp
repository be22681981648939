#include "dsl/parse.hpp"

#include <set>
#include <string>
#include <tao/pegtl/contrib/analyze.hpp>

#include "dsl/grammar.hpp"
#include "tests/catch.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

TEST_CASE("the sample file holds every kind of node and parses without a word") {
  const Read read(every_kind());
  CHECK(read.shown() == "");

  std::set<Kind> seen;
  for (const Node& node : read.tree().nodes) seen.insert(node.kind);
  for (int k = 0; k <= static_cast<int>(Kind::bound); ++k) {
    const auto kind = static_cast<Kind>(k);
    CAPTURE(name_of(kind));
    CHECK(seen.contains(kind));
  }
}

TEST_CASE("the grammar can neither loop nor recurse without reading on") {
  CHECK(tao::pegtl::analyze<grammar::file>(1) == 0);
}
