// How fast are rules over tables? Least processor time of five runs, facts loaded included, of the
// programs that Datalog systems are compared by: paths in a random graph and along a chain, the
// same generation of a tree, and points-to analysis. `datalog_bench FOLDER` reads rand.tsv,
// alloc.facts, assign.facts, load.facts and store.facts from there instead of making its own.

#include <fmt/core.h>

#include <algorithm>
#include <cstddef>
#include <ctime>
#include <fstream>
#include <functional>
#include <random>
#include <span>
#include <sstream>
#include <string>
#include <vector>

#include "engine/match/datalog.hpp"

namespace {

using namespace fmx::engine;
using Row = std::vector<Symbol>;
using Rows = std::vector<Row>;

Argument var(char name) { return Argument::variable(static_cast<std::uint32_t>(name - 'a')); }
Literal holds(std::uint32_t relation, std::vector<Argument> arguments) {
  return {Literal::Kind::holds, relation, std::move(arguments)};
}

Rows random_rows(std::size_t count, std::vector<Symbol> ranges) {
  std::mt19937 random(1);
  Rows rows(count);
  for (Row& row : rows) {
    for (const Symbol range : ranges) row.push_back(static_cast<Symbol>(random() % range));
  }
  return rows;
}

Rows from_file(const std::string& path) {
  std::ifstream file(path);
  Rows rows;
  for (std::string line; std::getline(file, line);) {
    std::istringstream cells(line);
    Row& row = rows.emplace_back();
    for (Symbol cell = 0; cells >> cell;) row.push_back(cell);
  }
  return rows;
}

std::uint32_t table(Datalog& datalog, const Rows& rows) {
  const std::uint32_t relation = datalog.add_relation(rows.front().size());
  for (const Row& row : rows) datalog.add_fact(relation, row);
  return relation;
}

std::size_t paths(const Rows& edges) {
  Datalog datalog;
  const auto edge = table(datalog, edges), path = datalog.add_relation(2);
  datalog.add_clause({path, {var('x'), var('y')}, {holds(edge, {var('x'), var('y')})}});
  datalog.add_clause({path,
                      {var('x'), var('z')},
                      {holds(path, {var('x'), var('y')}), holds(edge, {var('y'), var('z')})}});
  return datalog.solve(path).size();
}

std::size_t same_generation(const Rows& parents) {
  Datalog datalog;
  const auto parent = table(datalog, parents), same = datalog.add_relation(2);
  datalog.answer_tests_with([](std::uint32_t, std::span<const Symbol> v) { return v[0] != v[1]; });
  datalog.add_clause({same,
                      {var('a'), var('b')},
                      {holds(parent, {var('a'), var('p')}),
                       holds(parent, {var('b'), var('p')}),
                       {Literal::Kind::test, 0, {var('a'), var('b')}}}});
  datalog.add_clause({same,
                      {var('a'), var('b')},
                      {holds(parent, {var('a'), var('x')}), holds(same, {var('x'), var('y')}),
                       holds(parent, {var('b'), var('y')})}});
  return datalog.solve(same).size();
}

struct Program {
  Rows alloc, assign, load, store;
};

std::size_t points_to(const Program& program) {
  Datalog datalog;
  const auto alloc = table(datalog, program.alloc), assign = table(datalog, program.assign);
  const auto load = table(datalog, program.load), store = table(datalog, program.store);
  const auto variable = datalog.add_relation(2), heap = datalog.add_relation(3);
  datalog.add_clause({variable, {var('v'), var('o')}, {holds(alloc, {var('v'), var('o')})}});
  datalog.add_clause(
      {variable,
       {var('t'), var('o')},
       {holds(assign, {var('t'), var('f')}), holds(variable, {var('f'), var('o')})}});
  datalog.add_clause(
      {variable,
       {var('t'), var('o')},
       {holds(load, {var('t'), var('b'), var('f')}), holds(variable, {var('b'), var('p')}),
        holds(heap, {var('p'), var('f'), var('o')})}});
  datalog.add_clause(
      {heap,
       {var('p'), var('f'), var('o')},
       {holds(store, {var('b'), var('f'), var('s')}), holds(variable, {var('b'), var('p')}),
        holds(variable, {var('s'), var('o')})}});
  return datalog.solve(variable).size() + datalog.solve(heap).size();
}

void report(const char* what, const std::function<std::size_t()>& run) {
  double least = 0;
  std::size_t rows = 0;
  for (int i = 0; i < 5; ++i) {
    const std::clock_t start = std::clock();
    rows = run();
    const double taken = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
    least = i == 0 ? taken : std::min(least, taken);
  }
  fmt::print("{:<32} {:>9} rows {:>8.1f} ms\n", what, rows, 1e3 * least);
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "";
  const auto facts = [&](const char* name, std::size_t count, std::vector<Symbol> ranges) {
    return folder.empty() ? random_rows(count, std::move(ranges)) : from_file(folder + "/" + name);
  };
  const Rows graph = facts("rand.tsv", 10'000, {2000, 2000});
  Rows chain, tree;
  for (Symbol i = 0; i + 1 < 2000; ++i) chain.push_back({i, i + 1});
  for (Symbol child = 1; child < 2047; ++child) tree.push_back({child, (child - 1) / 2});
  const Program program{
      facts("alloc.facts", 1000, {4000, 2000}), facts("assign.facts", 4000, {4000, 4000}),
      facts("load.facts", 1000, {4000, 4000, 16}), facts("store.facts", 1000, {4000, 16, 4000})};

  report("paths, random 2000 nodes", [&] { return paths(graph); });
  report("paths, chain of 2000", [&] { return paths(chain); });
  report("same generation, tree of 2047", [&] { return same_generation(tree); });
  report("points-to, 4000 variables", [&] { return points_to(program); });
}
