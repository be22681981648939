#include "engine/match/datalog.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <vector>

#include "tests/catch.hpp"

using namespace fmx::engine;

namespace {

using Row = std::vector<Symbol>;
using Rows = std::set<Row>;

/// Variables by letter: var('x').
Argument var(char name) { return Argument::variable(static_cast<std::uint32_t>(name - 'a')); }
Argument val(Symbol symbol) { return Argument::constant(symbol); }

Literal holds(std::uint32_t relation, std::vector<Argument> arguments) {
  return {Literal::Kind::holds, relation, std::move(arguments)};
}
Literal absent(std::uint32_t relation, std::vector<Argument> arguments) {
  return {Literal::Kind::absent, relation, std::move(arguments)};
}
Literal test(std::uint32_t number, std::vector<Argument> arguments) {
  return {Literal::Kind::test, number, std::move(arguments)};
}

Rows rows_of(const Relation& relation) {
  Rows rows;
  for (std::size_t i = 0; i < relation.size(); ++i) {
    rows.insert(Row(relation.row(i), relation.row(i) + relation.arity()));
  }
  CHECK(rows.size() == relation.size());
  return rows;
}

/// Edges between `nodes` nodes, the same for one seed.
Rows random_edges(Symbol nodes, int count, unsigned seed) {
  std::mt19937 random(seed);
  Rows edges;
  while (static_cast<int>(edges.size()) < count) {
    edges.insert({static_cast<Symbol>(random() % nodes), static_cast<Symbol>(random() % nodes)});
  }
  return edges;
}

/// By Warshall's algorithm: what the rules for paths must come to.
Rows transitive_closure(const Rows& edges, Symbol nodes) {
  std::vector<std::vector<bool>> path(nodes, std::vector<bool>(nodes, false));
  for (const Row& edge : edges) path[edge[0]][edge[1]] = true;
  for (Symbol k = 0; k < nodes; ++k) {
    for (Symbol i = 0; i < nodes; ++i) {
      for (Symbol j = 0; path[i][k] && j < nodes; ++j) {
        if (path[k][j]) path[i][j] = true;
      }
    }
  }
  Rows rows;
  for (Symbol i = 0; i < nodes; ++i) {
    for (Symbol j = 0; j < nodes; ++j) {
      if (path[i][j]) rows.insert({i, j});
    }
  }
  return rows;
}

struct Graph {
  Datalog datalog;
  std::uint32_t edge = 0, path = 0;

  explicit Graph(const Rows& edges, Datalog::Limits limits = {}) : datalog(limits) {
    edge = datalog.add_relation(2);
    path = datalog.add_relation(2);
    for (const Row& row : edges) datalog.add_fact(edge, row);
    datalog.add_clause({path, {var('x'), var('y')}, {holds(edge, {var('x'), var('y')})}});
  }
};

}  // namespace

TEST_CASE("a relation keeps each row once, however many there are") {
  for (const std::size_t arity : {std::size_t{1}, std::size_t{2}, std::size_t{3}}) {
    for (const Symbol range : {Symbol{100}, Symbol{4000}, Symbol{4'000'000'000}}) {
      CAPTURE(arity, range);
      std::mt19937 random(7);
      Relation relation(arity);
      Rows expected;
      for (int i = 0; i < 30'000; ++i) {
        Row row(arity);
        for (Symbol& cell : row) cell = static_cast<Symbol>(random() % range);
        CHECK(relation.insert(row.data()) == expected.insert(row).second);
      }
      CHECK(rows_of(relation) == expected);
      for (int i = 0; i < 1000; ++i) {
        Row row(arity);
        for (Symbol& cell : row) cell = static_cast<Symbol>(random() % range);
        CHECK(relation.contains(row.data()) == expected.contains(row));
      }
    }
  }
}

TEST_CASE("a dense relation takes rows far outside what it held so far") {
  Relation relation(2);
  Rows expected;
  for (Symbol i = 0; i < 100; ++i) {
    for (Symbol j = 0; j < 100; ++j) {
      const Row row{i, j};
      relation.insert(row.data());
      expected.insert(row);
    }
  }
  for (const Row& row :
       {Row{0, 130}, Row{130, 0}, Row{5'000'000, 3}, Row{3, 4'000'000'000}, Row{130, 0}}) {
    CHECK(relation.insert(row.data()) == expected.insert(row).second);
  }
  const std::vector<Symbol> seconds{5, 1, 200, 2, 100, 3, 4'000'000'000, 4};
  relation.insert_all(7, seconds.data(), 2, 4);
  for (const Symbol second : {5U, 200U, 100U, 4'000'000'000U}) expected.insert({7, second});
  CHECK(rows_of(relation) == expected);
  CHECK_FALSE(relation.contains(Row{131, 0}.data()));
}

TEST_CASE("an index finds the rows of a key while the relation grows") {
  std::mt19937 random(3);
  Relation relation(3);
  RowIndex one(3, {1}), two(3, {0, 2});
  Rows all;
  for (int round = 0; round < 30; ++round) {
    for (int i = 0; i < 40 * round; ++i) {
      const Row row{static_cast<Symbol>(random() % 20), static_cast<Symbol>(random() % 20),
                    static_cast<Symbol>(random() % 20)};
      relation.insert(row.data());
      all.insert(row);
    }
    one.extend(relation);
    two.extend(relation);
    const Row key{static_cast<Symbol>(random() % 21), static_cast<Symbol>(random() % 21)};
    Rows by_one, by_two, expected_one, expected_two;
    const auto into = [](Rows& rows) {
      return [&rows](const Symbol* first, std::size_t count) {
        for (std::size_t i = 0; i < count; ++i)
          CHECK(rows.insert(Row(first + 3 * i, first + 3 * i + 3)).second);
      };
    };
    one.find(key.data(), relation, into(by_one));
    two.find(key.data(), relation, into(by_two));
    for (const Row& row : all) {
      if (row[1] == key[0]) expected_one.insert(row);
      if (row[0] == key[0] && row[2] == key[1]) expected_two.insert(row);
    }
    CHECK(by_one == expected_one);
    CHECK(by_two == expected_two);
    CHECK(one.any(key.data()) == !expected_one.empty());
  }
}

TEST_CASE("paths follow from edges, however the rule is written") {
  const unsigned seed = GENERATE(1U, 2U, 3U);
  const Rows edges = random_edges(120, 300, seed);
  const Rows expected = transitive_closure(edges, 120);
  CAPTURE(seed);

  Graph left(edges), right(edges), both(edges);
  left.datalog.add_clause(
      {left.path,
       {var('x'), var('z')},
       {holds(left.path, {var('x'), var('y')}), holds(left.edge, {var('y'), var('z')})}});
  right.datalog.add_clause(
      {right.path,
       {var('x'), var('z')},
       {holds(right.edge, {var('x'), var('y')}), holds(right.path, {var('y'), var('z')})}});
  both.datalog.add_clause(
      {both.path,
       {var('x'), var('z')},
       {holds(both.path, {var('x'), var('y')}), holds(both.path, {var('y'), var('z')})}});
  CHECK(rows_of(left.datalog.solve(left.path)) == expected);
  CHECK(rows_of(right.datalog.solve(right.path)) == expected);
  CHECK(rows_of(both.datalog.solve(both.path)) == expected);
}

TEST_CASE("relations that depend on each other are worked out together") {
  // even(x) and odd(x) along a chain 0 -> 1 -> ... -> 9
  Datalog datalog;
  const auto next = datalog.add_relation(2), even = datalog.add_relation(1),
             odd = datalog.add_relation(1);
  for (Symbol i = 0; i < 9; ++i) datalog.add_fact(next, {i, i + 1});
  datalog.add_fact(even, {0});
  datalog.add_clause(
      {odd, {var('y')}, {holds(even, {var('x')}), holds(next, {var('x'), var('y')})}});
  datalog.add_clause(
      {even, {var('y')}, {holds(odd, {var('x')}), holds(next, {var('x'), var('y')})}});
  CHECK(rows_of(datalog.solve(odd)) == Rows{{1}, {3}, {5}, {7}, {9}});
  CHECK(rows_of(datalog.solve(even)) == Rows{{0}, {2}, {4}, {6}, {8}});
}

TEST_CASE("the same generation of a tree") {
  Datalog datalog;
  const auto parent = datalog.add_relation(2), same = datalog.add_relation(2);
  for (Symbol child = 1; child < 31; ++child) datalog.add_fact(parent, {child, (child - 1) / 2});
  datalog.answer_tests_with([](std::uint32_t, std::span<const Symbol> v) { return v[0] != v[1]; });
  datalog.add_clause({same,
                      {var('a'), var('b')},
                      {holds(parent, {var('a'), var('p')}), holds(parent, {var('b'), var('p')}),
                       test(0, {var('a'), var('b')})}});
  datalog.add_clause({same,
                      {var('a'), var('b')},
                      {holds(parent, {var('a'), var('x')}), holds(same, {var('x'), var('y')}),
                       holds(parent, {var('b'), var('y')})}});
  // Levels of 2, 4, 8 and 16 nodes; everyone with everyone else.
  CHECK(datalog.solve(same).size() == 2 * 1 + 4 * 3 + 8 * 7 + 16 * 15);
}

TEST_CASE("what does not hold is known once everything that could make it hold is complete") {
  const Rows edges = random_edges(60, 80, 5);
  const Rows paths = transitive_closure(edges, 60);
  Graph graph(edges);
  const auto node = graph.datalog.add_relation(1), apart = graph.datalog.add_relation(2),
             sink = graph.datalog.add_relation(1);
  Rows expected_apart, expected_sinks;
  for (Symbol i = 0; i < 60; ++i) {
    graph.datalog.add_fact(node, {i});
    bool is_sink = true;
    for (Symbol j = 0; j < 60; ++j) {
      if (!paths.contains({i, j})) expected_apart.insert({i, j});
      is_sink = is_sink && !edges.contains({i, j});
    }
    if (is_sink) expected_sinks.insert({i});
  }
  graph.datalog.add_clause({apart,
                            {var('x'), var('y')},
                            {absent(graph.path, {var('x'), var('y')}), holds(node, {var('x')}),
                             holds(node, {var('y')})}});
  graph.datalog.add_clause(
      {sink,
       {var('x')},
       {holds(node, {var('x')}), absent(graph.edge, {var('x'), Argument::any()})}});
  graph.datalog.add_clause(
      {graph.path,
       {var('x'), var('z')},
       {holds(graph.path, {var('x'), var('y')}), holds(graph.edge, {var('y'), var('z')})}});
  CHECK(rows_of(graph.datalog.solve(apart)) == expected_apart);
  CHECK(rows_of(graph.datalog.solve(sink)) == expected_sinks);
}

TEST_CASE("constants, repeated variables and columns that do not matter") {
  Datalog datalog;
  const auto r = datalog.add_relation(3);
  for (const Row& row : {Row{1, 1, 5}, Row{1, 2, 5}, Row{2, 2, 6}, Row{3, 1, 6}})
    datalog.add_fact(r, row);
  const auto ask = [&](std::vector<Argument> head, std::vector<Literal> body) {
    return rows_of(datalog.query({0, std::move(head), std::move(body)}));
  };
  CHECK(ask({var('x')}, {holds(r, {var('x'), var('x'), Argument::any()})}) == Rows{{1}, {2}});
  CHECK(ask({var('x')}, {holds(r, {var('x'), Argument::any(), val(5)})}) == Rows{{1}});
  CHECK(ask({var('x'), val(9)}, {holds(r, {var('x'), val(1), var('y')}),
                                 holds(r, {val(2), Argument::any(), var('y')})}) == Rows{{3, 9}});
  CHECK(ask({}, {holds(r, {val(1), val(2), Argument::any()})}) == Rows{{}});
  CHECK(ask({}, {holds(r, {val(1), val(3), Argument::any()})}).empty());
  CHECK(ask({}, {absent(r, {val(1), val(3), Argument::any()})}) == Rows{{}});
  CHECK(ask({var('x'), var('y')}, {holds(r, {var('x'), Argument::any(), val(6)}),
                                   holds(r, {var('y'), Argument::any(), val(6)})})
            .size() == 4);
}

TEST_CASE("facts that hold of nothing in particular") {
  Datalog datalog;
  const auto r = datalog.add_relation(1), any = datalog.add_relation(0),
             none = datalog.add_relation(0), both = datalog.add_relation(0);
  datalog.add_fact(r, {4});
  datalog.add_clause({any, {}, {holds(r, {Argument::any()})}});
  datalog.add_clause({none, {}, {absent(any, {})}});
  datalog.add_clause({both, {}, {holds(any, {}), absent(none, {})}});
  CHECK(datalog.solve(any).size() == 1);
  CHECK(datalog.solve(none).size() == 0);
  CHECK(datalog.solve(both).size() == 1);
}

TEST_CASE("the order of clauses, literals and facts never matters") {
  std::vector<Row> facts;
  for (const Row& row : random_edges(40, 70, 11)) facts.push_back(row);
  std::mt19937 random(1);
  std::vector<Rows> outcomes;
  for (int round = 0; round < 10; ++round) {
    std::shuffle(facts.begin(), facts.end(), random);
    Datalog datalog;
    const auto edge = datalog.add_relation(2), path = datalog.add_relation(2),
               loop = datalog.add_relation(1);
    for (const Row& row : facts) datalog.add_fact(edge, row);
    std::vector<Clause> clauses = {
        {path, {var('x'), var('y')}, {holds(edge, {var('x'), var('y')})}},
        {path,
         {var('x'), var('z')},
         {holds(path, {var('x'), var('y')}), holds(edge, {var('y'), var('z')}),
          holds(edge, {var('x'), Argument::any()})}},
        {loop, {var('x')}, {holds(path, {var('x'), var('x')})}}};
    std::shuffle(clauses.begin(), clauses.end(), random);
    for (Clause& clause : clauses) {
      std::shuffle(clause.body.begin(), clause.body.end(), random);
      datalog.add_clause(clause);
    }
    outcomes.push_back(rows_of(datalog.solve(loop)));
    const Rows paths = rows_of(datalog.solve(path));
    outcomes.back().insert(paths.begin(), paths.end());
  }
  CHECK(outcomes[0].size() > 10);
  CHECK(std::count(outcomes.begin(), outcomes.end(), outcomes[0]) == 10);
}

TEST_CASE("limits end what would not end in time, and say so") {
  Rows chain;
  for (Symbol i = 0; i < 1000; ++i) chain.insert({i, i + 1});
  Graph graph(chain, {10'000, 1'000'000'000});
  graph.datalog.add_clause(
      {graph.path,
       {var('x'), var('z')},
       {holds(graph.path, {var('x'), var('y')}), holds(graph.edge, {var('y'), var('z')})}});
  const auto after = graph.datalog.add_relation(1);
  graph.datalog.add_clause({after, {var('x')}, {holds(graph.path, {var('x'), val(5)})}});
  graph.datalog.solve(after);
  CHECK(graph.datalog.incomplete(graph.path));
  CHECK(graph.datalog.incomplete(after));
  CHECK_FALSE(graph.datalog.incomplete(graph.edge));
  CHECK(graph.datalog.solve(graph.path).size() < 20'000);
}
