// What do rules over a file of pairs come to? A whole process, to be timed against other engines:
//   datalog_file path FILE              path(x, z) when edge(x, z), or path(x, y) and edge(y, z)
//   datalog_file same_generation FILE   of children and parents, in the order child, parent
// FILE has two whole numbers a line. Prints how many pairs follow. bench/against_clips runs it.

#include <fmt/core.h>

#include <fstream>
#include <span>
#include <string_view>
#include <vector>

#include "engine/match/datalog.hpp"

namespace {

using namespace fmx::engine;

Argument var(char name) { return Argument::variable(static_cast<std::uint32_t>(name - 'a')); }
Literal holds(std::uint32_t relation, char a, char b) {
  return {Literal::Kind::holds, relation, {var(a), var(b)}};
}

std::size_t paths(const std::vector<std::vector<Symbol>>& pairs) {
  Datalog datalog;
  const auto edge = datalog.add_relation(2), path = datalog.add_relation(2);
  datalog.add_facts(edge, pairs);
  datalog.add_clause({path, {var('x'), var('y')}, {holds(edge, 'x', 'y')}});
  datalog.add_clause({path, {var('x'), var('z')}, {holds(path, 'x', 'y'), holds(edge, 'y', 'z')}});
  return datalog.solve(path).size();
}

std::size_t same_generation(const std::vector<std::vector<Symbol>>& pairs) {
  Datalog datalog;
  const auto parent = datalog.add_relation(2), same = datalog.add_relation(2);
  datalog.add_facts(parent, pairs);
  datalog.answer_tests_with([](std::uint32_t, std::span<const Symbol> v) { return v[0] != v[1]; });
  datalog.add_clause({same,
                      {var('a'), var('b')},
                      {holds(parent, 'a', 'p'),
                       holds(parent, 'b', 'p'),
                       {Literal::Kind::test, 0, {var('a'), var('b')}}}});
  datalog.add_clause({same,
                      {var('a'), var('b')},
                      {holds(parent, 'a', 'x'), holds(same, 'x', 'y'), holds(parent, 'b', 'y')}});
  return datalog.solve(same).size();
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view asked = argc == 3 ? argv[1] : "";
  if (asked != "path" && asked != "same_generation") {
    fmt::print(stderr, "usage: datalog_file path|same_generation FILE\n");
    return 2;
  }
  std::ifstream file(argv[2]);
  std::vector<std::vector<Symbol>> pairs;
  for (Symbol a = 0, b = 0; file >> a >> b;) pairs.push_back({a, b});
  fmt::print("{}\n", asked == "path" ? paths(pairs) : same_generation(pairs));
  return 0;
}
