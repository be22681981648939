#include "engine/match/match.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/engine/expressions.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::engine;
using namespace fmx::testing;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

// What the tests know: metrics and params by these indices.
constexpr Index loss = 0, val_loss = 1, grad_norm = 2, attention = 3;
constexpr Index lr = 0, optimizer = 1, amp = 2;

Metric metric_called(std::string name, std::vector<std::string> labels = {}) {
  Metric metric;
  metric.id = "test." + name;
  metric.name = std::move(name);
  metric.labels = std::move(labels);
  return metric;
}

Param param_called(std::string name) {
  Param param;
  param.id = "test." + name;
  param.name = std::move(name);
  return param;
}

Knowledge vocabulary() {
  Knowledge knowledge;
  knowledge.metrics = {metric_called("loss"), metric_called("val_loss"),
                       metric_called("grad_norm", {"module"}),
                       metric_called("attention", {"layer", "head"})};
  knowledge.params = {param_called("lr"), param_called("optimizer"), param_called("amp")};
  return knowledge;
}

Index declare(Knowledge& knowledge, std::string name, Expression when,
              std::vector<std::string> variables = {}, std::optional<Expression> since = {}) {
  Finding finding;
  finding.id = "test." + name;
  finding.title = "The " + name;
  for (const std::string& variable : variables) finding.title += " of {" + variable + "}";
  finding.name = std::move(name);
  finding.variables = std::move(variables);
  finding.when = std::move(when);
  finding.since = std::move(since);
  knowledge.findings.push_back(std::move(finding));
  return static_cast<Index>(knowledge.findings.size() - 1);
}

Series series(std::string name, std::vector<double> values, double every = 1) {
  Series made{std::move(name), {}, std::move(values), "log"};
  for (std::size_t i = 0; i < made.values.size(); ++i)
    made.steps.push_back(static_cast<double>(i) * every);
  return made;
}

/// 0, 1, 2, ... n - 1
Series counting(std::string name, std::size_t n, double every = 1) {
  std::vector<double> values(n);
  for (std::size_t i = 0; i < n; ++i) values[i] = static_cast<double>(i);
  return series(std::move(name), values, every);
}

Run run_of(std::vector<Series> all) {
  Run run;
  run.series = std::move(all);
  return run;
}

Observation ask(const Run& run, const Expression& condition,
                const Knowledge& knowledge = vocabulary()) {
  return evaluate(knowledge, run, bind(knowledge, run), condition);
}

Number number_for(const Run& run, const Expression& expression,
                  const Knowledge& knowledge = vocabulary()) {
  return evaluate_number(knowledge, run, bind(knowledge, run), expression);
}

Observations match(const Knowledge& knowledge, const Run& run) {
  return fmx::engine::match(knowledge, run, bind(knowledge, run));
}

Expression last_of(Index metric_index) { return call(Function::last, {metric(metric_index)}); }

bool is_unknown(const Number& number, Unknown reason) {
  return !number.known() && number.reason() == reason;
}

}  // namespace

TEST_CASE("a graded comparison is 0 at one end of its ramp, 1 at the other, linear between") {
  const auto [value, up, down] = GENERATE(table<double, double, double>(
      {{0.5, 0, 1}, {1, 0, 1}, {1.5, 0.25, 0.75}, {2, 0.5, 0.5}, {3, 1, 0}, {9, 1, 0}}));
  CAPTURE(value);
  const Run run = run_of({series("loss", {value})});
  CHECK(ask(run, above(last_of(loss), 1, 3)).degree == Degree(up));
  CHECK(ask(run, below(last_of(loss), 3, 1)).degree == Degree(down));
}

TEST_CASE("a comparison is read with its value, threshold, distance and window") {
  Knowledge knowledge = vocabulary();
  const std::string rule = "last(loss over\n   last 50%) > 3";
  const auto source = knowledge.sources.add({"a.fmrule", "when " + rule});
  Expression condition =
      greater(call(Function::last, {over_last(metric(loss), 0.5, Unit::fraction)}), number(3));
  condition.span = {source, 5, static_cast<std::uint32_t>(5 + rule.size())};

  const Observation seen = ask(run_of({series("loss", {0, 1, 2, 3, 5}, 10)}), condition, knowledge);
  REQUIRE(seen.readings.size() == 1);
  const Reading& reading = seen.readings[0];
  CHECK(reading.text == "last(loss over last 50%) > 3");
  CHECK(reading.degree == Degree(1.0));
  CHECK(reading.value.value() == 5);
  CHECK(reading.low == 3.0);
  CHECK_FALSE(reading.high);
  CHECK(reading.distance == 2);
  CHECK(reading.series == "loss");
  CHECK(reading.first_step == 20);
  CHECK(reading.last_step == 40);
}

TEST_CASE("what decided is read first: the lowest of an and, the highest of an or") {
  const Run run = run_of({series("loss", {1}), series("val_loss", {2})});
  const Expression weak = above(last_of(loss), 0, 4), strong = above(last_of(val_loss), 0, 4);
  CHECK(ask(run, both(strong, weak)).readings[0].series == "loss");
  CHECK(ask(run, both(weak, strong)).readings[0].series == "loss");
  CHECK(ask(run, either(weak, strong)).readings[0].series == "val_loss");
  CHECK(ask(run, both(strong, weak)).readings.size() == 2);
}

TEST_CASE("connectives are Kleene's: an unknown stays unless the other decides") {
  const Run run = run_of({series("loss", {1})});
  const Expression yes = greater(last_of(loss), number(0)), no = greater(last_of(loss), number(5));
  const Expression unknown = greater(last_of(val_loss), number(0));
  CHECK(ask(run, both(no, unknown)).degree == Degree(0.0));
  CHECK(ask(run, both(yes, unknown)).degree == Degree(Unknown::not_logged));
  CHECK(ask(run, either(yes, unknown)).degree == Degree(1.0));
  CHECK(ask(run, either(no, unknown)).degree == Degree(Unknown::not_logged));
  CHECK(ask(run, negation(unknown)).degree == Degree(Unknown::not_logged));
}

TEST_CASE("nothing is concluded from what was not logged, but that it is missing") {
  const Run run = run_of({series("grad_norm/a", {1})});
  CHECK(ask(run, greater(last_of(loss), number(0))).degree == Degree(Unknown::not_logged));
  CHECK(ask(run, call(Function::missing, {metric(loss)}, Type::degree)).degree == Degree(1.0));
  CHECK(ask(run, call(Function::logged, {metric(loss)}, Type::degree)).degree == Degree(0.0));
  CHECK(ask(run, call(Function::logged, {metric(grad_norm)}, Type::degree)).degree == Degree(1.0));
  CHECK(ask(run, call(Function::logged, {metric(grad_norm, {"\"b\""})}, Type::degree)).degree ==
        Degree(0.0));
  CHECK(ask(run, call(Function::given, {param(lr)}, Type::degree)).degree == Degree(0.0));
  CHECK(number_for(run, call(Function::samples, {metric(loss)})).value() == 0);
  CHECK(is_unknown(number_for(run, call(Function::finite, {metric(loss)})), Unknown::not_logged));
}

TEST_CASE("without any run nobody knows what is logged") {
  const Knowledge knowledge = test::rules(R"(
metric loss { aliases "loss" }
param lr { aliases "lr" }
finding lacking "Lacking" { when missing(loss) }
finding there "There" { when logged(loss) }
finding unset "Unset" { when missing(lr) }
)");
  Run run;
  run.symptoms = {"the loss explodes"};
  const auto degrees = [&] { return match(knowledge, run, bind(knowledge, run)).strongest; };
  CHECK_FALSE(degrees()[0].known());
  CHECK_FALSE(degrees()[1].known());
  CHECK(degrees()[2] == Degree(1.0));

  run.log_lines = {"started"};
  CHECK(degrees()[0] == Degree(1.0));
  CHECK(degrees()[1] == Degree(0.0));
}

TEST_CASE("unknown never becomes a number on its way up") {
  const Run run = run_of({series("val_loss", {1, 2, 3})});
  const Expression lost = last_of(loss);
  for (const Expression& expression :
       {operation(Operator::add, {lost, number(1)}, Type::number),
        operation(Operator::multiply, {number(0), lost}, Type::number),
        operation(Operator::negate, {lost}, Type::number), call(Function::abs, {lost}),
        call(Function::min_of, {lost, number(0)}),
        call(Function::count, {greater_mask(metric(loss), number(0))}),
        call(Function::count, {call(Function::spikes, {metric(loss)}, Type::events)}),
        call(Function::correlation, {metric(val_loss), metric(loss)}),
        call(Function::last,
             {operation(Operator::divide, {metric(val_loss), metric(loss)}, Type::series)}),
        call(Function::max, {call(Function::smooth, {metric(loss)}, Type::series)})}) {
    CHECK(is_unknown(number_for(run, expression), Unknown::not_logged));
  }
}

TEST_CASE("arithmetic without an answer is unknown") {
  const Run run = run_of({series("loss", {0})});
  CHECK(is_unknown(
      number_for(run, operation(Operator::divide, {number(1), last_of(loss)}, Type::number)),
      Unknown::undefined));
  CHECK(is_unknown(number_for(run, call(Function::log, {number(-1)})), Unknown::undefined));
  CHECK(
      number_for(run, operation(Operator::otherwise, {last_of(val_loss), number(7)}, Type::number))
          .value() == 7);
}

TEST_CASE("series are joined on the steps of the sparser one") {
  const Run run = run_of({counting("loss", 101), series("val_loss", {1, 2, 3}, 50)});
  const Expression gap =
      operation(Operator::subtract, {metric(val_loss), metric(loss)}, Type::series);
  CHECK(number_for(run, call(Function::samples, {gap})).value() == 3);
  CHECK(number_for(run, call(Function::last, {gap})).value() == 3 - 100);
}

TEST_CASE("a series compared with a number is a mask, without an answer at NaN") {
  const Run run = run_of({series("loss", {1, 5, not_a_number, 6, infinity, 0})});
  const Expression mask = greater_mask(metric(loss), number(4));
  CHECK(number_for(run, call(Function::count, {mask})).value() == 3);
  CHECK(number_for(run, call(Function::first_time, {mask}, Type::time)).value() == 1);
}

TEST_CASE("windows hold the steps they say") {
  const Run run = run_of({counting("loss", 101, 10)});  // steps 0 .. 1000, values step / 10
  const auto lowest = [&](const Expression& x) {
    return number_for(run, call(Function::min, {x})).value();
  };
  const auto highest = [&](const Expression& x) {
    return number_for(run, call(Function::max, {x})).value();
  };
  CHECK(lowest(over_last(metric(loss), 0.2, Unit::fraction)) == 80);
  CHECK(highest(over_first(metric(loss), 0.2, Unit::fraction)) == 20);
  CHECK(lowest(over_last(metric(loss), 100, Unit::steps)) == 91);
  CHECK(highest(over_first(metric(loss), 100, Unit::steps)) == 9);
  CHECK(lowest(over_last(metric(loss), 3, Unit::samples)) == 98);
  CHECK(highest(over_first(metric(loss), 3, Unit::samples)) == 2);
  CHECK(lowest(over_last(metric(loss), 1000, Unit::samples)) == 0);

  using W = fmx::Window::Kind;
  const Expression middle = windowed(metric(loss), {W::between, {}, {number(100), number(200)}});
  CHECK(lowest(middle) == 10);
  CHECK(highest(middle) == 20);
  CHECK(highest(windowed(metric(loss), {W::before, {}, {number(500)}})) == 49);
  CHECK(lowest(windowed(metric(loss), {W::after, {}, {number(500)}})) == 50);
}

TEST_CASE("a window at a time that did not come is unknown") {
  const Run run = run_of({counting("loss", 20)});
  const Expression never =
      call(Function::first_time, {greater_mask(metric(loss), number(99))}, Type::time);
  const Expression after = windowed(metric(loss), {fmx::Window::Kind::after, {}, {never}});
  CHECK(is_unknown(number_for(run, call(Function::max, {after})), Unknown::no_such_time));
}

TEST_CASE("a window that begins after the end is unknown, not zero") {
  const Run run = run_of({counting("loss", 20)});
  const Expression after = windowed(metric(loss), {fmx::Window::Kind::after, {}, {number(500)}});
  CHECK(is_unknown(number_for(run, call(Function::mean, {after})), Unknown::cut_off));
}

TEST_CASE("a share of events counts the steps of their series") {
  std::vector<double> values(200, 1.0);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] += 0.01 * static_cast<double>(i % 7);
  values[20] = values[150] = 50;
  const Run run = run_of({series("loss", values)});
  const Expression spikes = call(Function::spikes, {metric(loss)}, Type::events);
  CHECK(number_for(run, call(Function::count, {spikes})).value() == 2);
  CHECK(number_for(run, call(Function::count, {over_last(spikes, 0.3, Unit::fraction)})).value() ==
        1);
  CHECK(number_for(run, call(Function::count, {over_last(spikes, 0.1, Unit::fraction)})).value() ==
        0);
}

TEST_CASE("times are compared with what lies between them") {
  const Run run = run_of({});
  const auto degree = [&](const Expression& e) { return ask(run, e).degree; };
  CHECK(degree(within(Kind::before, {number(10), number(20)})) == Degree(1.0));
  CHECK(degree(within(Kind::before, {number(20), number(20)})) == Degree(0.0));
  CHECK(degree(within(Kind::before, {number(10), number(20)}, 10, Unit::steps)) == Degree(1.0));
  CHECK(degree(within(Kind::before, {number(10), number(20)}, 9, Unit::steps)) == Degree(0.0));
  CHECK(degree(within(Kind::after, {number(20), number(10)}, 10, Unit::steps)) == Degree(1.0));
  CHECK(degree(within(Kind::near, {number(20), number(10)}, 10, Unit::steps)) == Degree(1.0));
  CHECK(degree(within(Kind::near, {number(20), number(10)}, 9, Unit::steps)) == Degree(0.0));
  CHECK(ask(run, within(Kind::before, {number(10), number(20)}, 15, Unit::steps))
            .readings[0]
            .distance == 5);
}

TEST_CASE("a mask is sustained for steps, samples or a share of its series") {
  std::vector<double> values(101, 0.0);
  std::fill(values.begin() + 30, values.begin() + 51, 1.0);
  const Run run = run_of({series("loss", values, 10)});
  const auto holds = [&](double length, Unit unit) {
    return ask(run,
               within(Kind::sustained, {greater_mask(metric(loss), number(0.5))}, length, unit))
        .degree;
  };
  CHECK(holds(200, Unit::steps) == Degree(1.0));
  CHECK(holds(201, Unit::steps) == Degree(0.0));
  CHECK(holds(21, Unit::samples) == Degree(1.0));
  CHECK(holds(22, Unit::samples) == Degree(0.0));
  CHECK(holds(0.2, Unit::fraction) == Degree(1.0));
  CHECK(holds(0.21, Unit::fraction) == Degree(0.0));
  CHECK(holds(2, Unit::epochs) == Degree(Unknown::not_counted));
}

TEST_CASE("settings are numbers, texts or flags") {
  Run run;
  run.config = {{"lr", std::string("1e-3")}, {"optimizer", std::string("AdamW")}, {"amp", true}};
  const auto degree = [&](const Expression& e) { return ask(run, e).degree; };
  CHECK(degree(operation(Operator::equal, {param(lr), number(0.001)})) == Degree(1.0));
  CHECK(degree(greater(param(lr), number(1e-4))) == Degree(1.0));
  CHECK(degree(operation(Operator::equal, {param(optimizer), text("adamw")})) == Degree(1.0));
  CHECK(degree(operation(Operator::not_equal, {param(optimizer), text("sgd")})) == Degree(1.0));
  CHECK(degree(greater(param(optimizer), number(3))) == Degree(Unknown::not_text));
  CHECK(degree(form(Kind::one_of, Type::degree, {param(optimizer), text("sgd"), text("adamw")})) ==
        Degree(1.0));
  CHECK(degree(form(Kind::one_of, Type::degree, {param(optimizer), text("sgd")})) == Degree(0.0));
  CHECK(degree(form(Kind::matches, Type::degree, {param(optimizer), text("(?i)^adam")})) ==
        Degree(1.0));
  CHECK(degree(form(Kind::matches, Type::degree, {param(optimizer), text("^adam")})) ==
        Degree(0.0));
  CHECK(degree(operation(Operator::equal, {param(amp), text("True")})) == Degree(1.0));
  CHECK(degree(operation(Operator::equal, {param(amp), number(1)})) == Degree(1.0));
  CHECK(ask(run, greater(param(lr), number(1))).readings[0].config_key == "lr");
  CHECK(ask(Run{}, greater(param(lr), number(1))).degree == Degree(Unknown::not_configured));
}

TEST_CASE("words, scripts and logs are searched where they are given") {
  Run run;
  const auto degree = [&](Function f, std::string words) {
    return ask(run, call(f, {text(words)}, Type::degree)).degree;
  };
  CHECK(degree(Function::said, "loss explodes") == Degree(Unknown::not_given));
  CHECK(degree(Function::code, "zero_grad") == Degree(Unknown::not_given));
  CHECK(degree(Function::log_line, "overflow") == Degree(Unknown::not_given));

  run.symptoms = {"My LOSS -- explodes, it doesn't recover"};
  run.code = {"import torch\n  opt.zero_grad()\n"};
  run.log_lines = {"start", "Overflow detected"};
  CHECK(degree(Function::said, "loss explodes") == Degree(1.0));
  CHECK(degree(Function::said, "doesnt recover") == Degree(1.0));
  CHECK(degree(Function::said, "loss is flat") == Degree(0.0));
  CHECK(degree(Function::code, R"(^\s*opt\.zero_grad\(\)$)") == Degree(1.0));
  CHECK(degree(Function::code, "backward") == Degree(0.0));
  CHECK(degree(Function::log_line, "(?i)overflow") == Degree(1.0));
  CHECK(degree(Function::log_line, "(") == Degree(Unknown::undefined));
}

TEST_CASE("a finding with a variable is seen once for each label that occurs") {
  Knowledge knowledge = vocabulary();
  const Index vanishing = declare(
      knowledge, "vanishing", below(call(Function::last, {metric(grad_norm, {"m"})}), 2, 0), {"m"});
  const Index any = declare(knowledge, "any", finding(vanishing));
  const Index this_one = declare(knowledge, "head", finding(vanishing, {"\"head\""}));
  const Run run = run_of({series("grad_norm/body", {1}), series("grad_norm/head", {0}),
                          series("grad_norm/tail", {9})});

  const Observations seen = match(knowledge, run);
  REQUIRE(seen.all.size() == 5);
  CHECK(seen.all[0].arguments == std::vector<std::string>{"body"});
  CHECK(seen.all[0].title == "The vanishing of body");
  CHECK(seen.all[0].degree == Degree(0.5));
  CHECK(seen.all[1].degree == Degree(1.0));
  CHECK(seen.all[2].degree == Degree(0.0));
  CHECK(seen.strongest[vanishing] == Degree(1.0));
  CHECK(seen.strongest_at[vanishing] == 1);
  CHECK(seen.strongest[any] == Degree(1.0));
  CHECK(seen.strongest[this_one] == Degree(1.0));
  CHECK(seen.all[3].readings[0].series == "grad_norm/head");
}

TEST_CASE("a family that is not logged leaves one unknown observation") {
  Knowledge knowledge = vocabulary();
  declare(knowledge, "vanishing", below(call(Function::last, {metric(grad_norm, {"m"})}), 2, 0),
          {"m"});
  const Observations seen = match(knowledge, run_of({series("grad_norm", {1})}));
  REQUIRE(seen.all.size() == 1);
  CHECK(seen.all[0].degree == Degree(Unknown::not_logged));
  CHECK(seen.all[0].arguments.empty());
  CHECK(seen.strongest[0] == Degree(Unknown::not_logged));
}

TEST_CASE("aggregates run over the labels of a family") {
  using A = Expression::Aggregate;
  const Run run =
      run_of({series("grad_norm/a", {1}), series("grad_norm/b", {2}),
              series("grad_norm/head", {30}), series("grad_norm/nothing", {not_a_number})});
  const Expression last = call(Function::last, {metric(grad_norm, {"m"})});
  const auto value = [&](A a, Expression e) {
    return number_for(run, aggregate(a, {"m"}, {e})).value();
  };
  CHECK(value(A::max, last) == 30);
  CHECK(value(A::min, last) == 1);
  CHECK(value(A::sum, last) == 33);
  CHECK(value(A::mean, last) == 11);
  CHECK(value(A::median, last) == 2);
  CHECK(value(A::spread, last) == 29);
  CHECK(value(A::count, greater(last, number(1.5))) == 2);
  CHECK(value(A::share, greater(last, number(1.5))) == Approx(2.0 / 3));
  CHECK(value(A::any, above(last, 0, 60)) == 0.5);
  CHECK(value(A::all, above(last, 0, 4)) == 0.25);

  const Expression not_head = operation(Operator::not_equal, {variable("m"), text("head")});
  CHECK(number_for(run, aggregate(A::max, {"m"}, {last, not_head})).value() == 2);
  CHECK(is_unknown(number_for(run_of({}), aggregate(A::count, {"m"}, {greater(last, number(0))})),
                   Unknown::not_logged));
}

TEST_CASE("an aggregate names the member that decided") {
  using A = Expression::Aggregate;
  const Run run =
      run_of({series("grad_norm/a", {1}), series("grad_norm/b", {20}), series("grad_norm/c", {3})});
  const Expression last = call(Function::last, {metric(grad_norm, {"m"})});
  CHECK(ask(run, greater(aggregate(A::max, {"m"}, {last}), number(5))).readings[0].series ==
        "grad_norm/b");
  CHECK(ask(run, aggregate(A::any, {"m"}, {greater(last, number(5))}, Type::degree))
            .readings[0]
            .series == "grad_norm/b");
  CHECK(ask(run, aggregate(A::all, {"m"}, {greater(last, number(2))}, Type::degree))
            .readings[0]
            .series == "grad_norm/a");
}

TEST_CASE("an aggregate within a finding's variable runs over what goes with it") {
  using A = Expression::Aggregate;
  Knowledge knowledge = vocabulary();
  const Expression last = call(Function::last, {metric(attention, {"layer", "h"})});
  declare(knowledge, "collapse", above(aggregate(A::max, {"h"}, {last}), 0, 10), {"layer"});
  const Observations seen =
      match(knowledge, run_of({series("attention/0/a", {1}), series("attention/0/b", {2}),
                               series("attention/1/c", {8})}));
  REQUIRE(seen.all.size() == 2);
  CHECK(seen.all[0].degree.value() == Approx(0.2));
  CHECK(seen.all[1].degree.value() == Approx(0.8));
}

TEST_CASE("findings rest on one another in any order") {
  Knowledge knowledge = vocabulary();
  declare(knowledge, "late",
          within(Kind::before, {call(Function::since, {finding(1)}, Type::time), number(15)}));
  declare(knowledge, "high", greater(call(Function::max, {metric(loss)}), number(10)), {},
          call(Function::first_time, {greater_mask(metric(loss), number(10))}, Type::time));
  const Observations seen = match(knowledge, run_of({counting("loss", 30)}));
  CHECK(seen.all[1].since == 11.0);
  CHECK(seen.strongest[0] == Degree(1.0));

  const Observations unseen = match(knowledge, run_of({counting("loss", 5)}));
  CHECK(unseen.strongest[1] == Degree(0.0));
  CHECK_FALSE(unseen.all[1].since);
  CHECK(unseen.strongest[0] == Degree(Unknown::no_such_time));
}

TEST_CASE("without a since field a finding began where the window that decided does") {
  Knowledge knowledge = vocabulary();
  declare(knowledge, "high",
          greater(call(Function::max, {over_last(metric(loss), 0.5, Unit::fraction)}), number(10)));
  CHECK(match(knowledge, run_of({counting("loss", 41, 5)})).all[0].since == 100.0);
}

TEST_CASE("needs and risks of a pattern are its circumstances") {
  Knowledge knowledge = vocabulary();
  Pattern pattern;
  pattern.needs = {greater(param(lr), number(0)),
                   call(Function::given, {param(optimizer)}, Type::degree)};
  pattern.risks = {{above(param(lr), 0, 1), 4, {}}, {greater(last_of(loss), number(0)), 9, {}}};
  knowledge.patterns = {pattern};
  Run run;
  run.config["lr"] = 0.5;

  const Circumstance met = match(knowledge, run).circumstances[0];
  CHECK(met.needs == Degree(0.0));
  CHECK(met.risk_factor == Approx(2));
  CHECK(met.risks[0].degree == Degree(0.5));
  CHECK(met.risks[0].readings[0].config_key == "lr");
  CHECK(met.risks[1].degree == Degree(Unknown::not_logged));
}

TEST_CASE("neither order nor unrelated series change what is seen") {
  Knowledge knowledge = vocabulary();
  declare(knowledge, "a", above(last_of(loss), 0, 100));
  declare(knowledge, "b", above(call(Function::last, {metric(grad_norm, {"m"})}), 0, 100), {"m"});
  declare(knowledge, "c", both(finding(0), finding(1)));
  Run run =
      run_of({counting("loss", 40), counting("grad_norm/x", 20), counting("grad_norm/y", 70)});
  const auto degrees = [&] {
    std::vector<double> all;
    for (const Observation& one : match(knowledge, run).all) all.push_back(one.degree.value());
    return all;
  };
  const std::vector<double> expected = degrees();
  std::reverse(run.series.begin(), run.series.end());
  CHECK(degrees() == expected);
  run.series.insert(run.series.begin() + 1, counting("something_else", 1000));
  CHECK(degrees() == expected);
}
