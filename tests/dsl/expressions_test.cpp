#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/dsl/dump.hpp"
#include "tests/dsl/lowered.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

/// `items`, and a finding `f` with this condition, beside the demo pack.
Lowered with_condition(const std::string& condition, const std::string& items = "") {
  return lowered(std::vector<RuleFile>{
      {"f.fmrule", "pack demo\n" + items + "\nfinding f \"F\" { when " + condition + " }\n"},
      {"demo.fmrule", read_file("tests/dsl/samples/demo.fmrule")}});
}

std::string dumped(const Lowered& result) {
  const Finding* f = find(result.knowledge.findings, "f");
  REQUIRE(f != nullptr);
  return dump(f->when, result.knowledge);
}

struct Row {
  std::string condition, dump;
};

// clang-format off
const std::vector<Row> rows{
    // --- numbers and units
    {"last(train_loss) > 5%", "(> (last train_loss):number 0.05):condition"},
    {"last(train_loss) > -1_000", "(> (last train_loss):number -1000):condition"},
    {"last(train_loss) > 2 h", "(> (last train_loss):number 7200):condition"},
    {"last(train_loss) > 3 GiB", "(> (last train_loss):number 3221225472):condition"},
    {"last(train_loss) > 7%", "(> (last train_loss):number 0.07):condition"},
    // --- arithmetic
    {"1 + 2 - 3 < 4 * 5 / 6", "(< (- (+ 1 2):number 3):number (/ (* 4 5):number 6):number):condition"},
    {"max(train_loss / val_loss) > 2 ^ 3 ^ 2", "(> (max (/ train_loss val_loss):series):number (^ 2 (^ 3 2):number):number):condition"},
    {"max(-train_loss) > -learning_rate", "(> (max (- train_loss):series):number (- learning_rate:number):number):condition"},
    {"(learning_rate else 1e-3) > 0.1", "(> (else learning_rate:number 0.001):number 0.1):condition"},
    {"last(log(train_loss)) > log(2)", "(> (last (log train_loss):series):number (log 2):number):condition"},
    {"max(max_of(train_loss, 1)) > max_of(1, 2)", "(> (max (max_of train_loss 1):series):number (max_of 1 2):number):condition"},
    // --- conditions
    {"last(train_loss) above 1.5 .. 4", "(above (last train_loss):number 1.5 4):condition"},
    {"last(train_loss) above 1.5", "(above (last train_loss):number 1.5):condition"},
    {"last(train_loss) below 4 .. 1.5", "(below (last train_loss):number 4 1.5):condition"},
    {"last(train_loss) between 1 .. 1", "(between (last train_loss):number 1 1):condition"},
    {"loss_flat and not loss_rises or loss_oscillates", "(or (and loss_flat (not loss_rises):condition):condition loss_oscillates):condition"},
    {"loss_flat and loss_rises and loss_oscillates", "(and loss_flat loss_rises loss_oscillates):condition"},
    {"missing(val_loss) or logged(grad_norm) or given(learning_rate)", "(or (missing val_loss):condition (logged grad_norm):condition (given learning_rate:number):condition):condition"},
    {"said(\"it explodes\")", "(said \"it explodes\"):condition"},
    // --- texts
    {"optimizer == \"adam\"", "(== optimizer:text \"adam\"):condition"},
    {"\"adam\" != optimizer", "(!= \"adam\" optimizer:text):condition"},
    {"(optimizer else \"sgd\") in {\"adam\", \"adamw\"}", "(in (else optimizer:text \"sgd\"):text \"adam\" \"adamw\"):condition"},
    {"optimizer matches \"^ada(m|grad)$\"", "(matches optimizer:text \"^ada(m|grad)$\"):condition"},
    // --- masks and events
    {"share(train_loss > 3) > 0.5", "(> (share (> train_loss 3):mask):number 0.5):condition"},
    {"count(train_loss > val_loss and train_loss above 2) > 1", "(> (count (and (> train_loss val_loss):mask (above train_loss 2):mask):mask):number 1):condition"},
    {"longest(not train_loss between 1 .. 2) > 1", "(> (longest (not (between train_loss 1 2):mask):mask):number 1):condition"},
    {"train_loss > 3 sustained for 10%", "(sustained (> train_loss 3):mask within 0.1share):condition"},
    {"train_loss > 3 sustained for 20 samples", "(sustained (> train_loss 3):mask within 20 samples):condition"},
    {"count(spikes(train_loss)) > 0", "(> (count (spikes train_loss 6):events):number 0):condition"},
    {"count(spikes(train_loss, 8 mad)) > 0", "(> (count (spikes train_loss 8):events):number 0):condition"},
    {"count(rising(train_loss > 3)) > 0", "(> (count (rising (> train_loss 3):mask):events):number 0):condition"},
    // --- times
    {"first(spikes(train_loss)) before since(loss_flat) within 200 steps", "(before (first (spikes train_loss 6):events):time (since loss_flat):time within 200 steps):condition"},
    {"argmin(train_loss) after last(val_loss > 1)", "(after (argmin train_loss):time (last (> val_loss 1):mask):time):condition"},
    {"argmin(train_loss) within 30 min of argmax(train_loss)", "(near (argmin train_loss):time (argmax train_loss):time within 1800 s):condition"},
    {"argmax(train_loss) - argmin(train_loss) > 100 steps", "(> (- (argmax train_loss):time (argmin train_loss):time):number 100):condition"},
    {"argmin(train_loss) + 50 before 500", "(before (+ (argmin train_loss):time 50):time 500):condition"},
    {"argmin(train_loss) before 0.5 * end_time(train_loss)", "(before (argmin train_loss):time (* 0.5 (end_time train_loss):time):time):condition"},
    {"argmin(train_loss) > 100", "(> (argmin train_loss):time 100):condition"},
    // --- windows
    {"slope(train_loss over last 20%) > 0", "(> (slope (over last 0.2share train_loss):series):number 0):condition"},
    {"max((train_loss) over steps 100 .. 500) > 0", "(> (max (over between 100 500 train_loss):series):number 0):condition"},
    {"mean(train_loss over after since(loss_flat)) > 0", "(> (mean (over after (since loss_flat):time train_loss):series):number 0):condition"},
    {"count(spikes(train_loss) over first 5 epochs) > 0", "(> (count (over first 5 epochs (spikes train_loss 6):events):events):number 0):condition"},
    {"share(train_loss > 3 over before 100) > 0", "(> (share (over before 100 (> train_loss 3):mask):mask):number 0):condition"},
    {"max(smooth(train_loss over last 50%, 2%)) > 0", "(> (max (smooth (over last 0.5share train_loss):series 0.02):series):number 0):condition"},
    {"max(mean(train_loss per epoch)) > 3", "(> (max (mean (over per 1 epochs train_loss):series):series):number 3):condition"},
    {"min(count(spikes(train_loss) per 500 steps)) > 3", "(> (min (count (over per 500 steps (spikes train_loss 6):events):events):series):number 3):condition"},
    {"max(quantile(train_loss per 10%, 0.9)) > 3", "(> (max (quantile (over per 0.1share train_loss):series 0.9):series):number 3):condition"},
    // --- stretches
    {"spikes(train_loss) then jumps(val_loss) within 5 steps", "(> (count (then (spikes train_loss 6):events (jumps val_loss 6):events within 5 steps):events):number 0):condition"},
    {"count(argmin(train_loss) then (val_loss > 3) then last(val_loss > 4)) > 1", "(> (count (then (then (argmin train_loss):time (> val_loss 3):mask):events (last (> val_loss 4):mask):time):events):number 1):condition"},
    {"argmin(train_loss) during (val_loss > 3) and not (train_loss > 1) overlaps (val_loss > 3)", "(and (> (count (during (argmin train_loss):time (> val_loss 3):mask):events):number 0):condition (not (> (count (overlaps (> train_loss 1):mask (> val_loss 3):mask):events):number 0):condition):condition):condition"},
    {"train_loss > 3 until train_loss < 2 sustained for 20 steps", "(sustained (until (> train_loss 3):mask (< train_loss 2):mask):mask within 20 steps):condition"},
    {"longest(unchanged(train_loss) and not not_finite(val_loss)) > 3", "(> (longest (and (unchanged train_loss 3):mask (not (not_finite val_loss):mask):mask):mask):number 3):condition"},
    {"quantile_over_time(0.9, train_loss over last 20%) > 3", "(> (quantile (over last 0.2share train_loss):series 0.9):number 3):condition"},
    // --- families and aggregates
    {"quantile(90%, last(grad_norm[m]) for each m) > 3", "(> (quantile[m] (last grad_norm[m]):number):number 3):condition"},
    {"any(loss_flat, last(train_loss) > 1)", "(any[] loss_flat (> (last train_loss):number 1):condition):condition"},
    {"count(loss_flat, loss_rises, last(train_loss) > 1) >= 2", "(>= (count[] loss_flat loss_rises (> (last train_loss):number 1):condition):number 2):condition"},
    {"max(last(train_loss), 3, last(val_loss)) > 4", "(> (max[] (last train_loss):number 3 (last val_loss):number):number 4):condition"},
    {"min(argmin(train_loss), argmin(val_loss)) before 100", "(before (min[] (argmin train_loss):time (argmin val_loss):time):time 100):condition"},
    {"last(grad_norm[\"head\"]) > last(grad_norm)", "(> (last grad_norm[\"head\"]):number (last grad_norm):number):condition"},
    {"max(last(grad_norm[m]) for each m) > 3", "(> (max[m] (last grad_norm[m]):number):number 3):condition"},
    {"any(last(grad_norm[m]) > 3 for each m where m != \"head\")", "(any[m] (> (last grad_norm[m]):number 3):condition (!= ?m \"head\"):condition):condition"},
    {"share(last(grad_norm[m]) above 1 .. 2 for each m) > 0.5", "(> (share[m] (above (last grad_norm[m]):number 1 2):condition):number 0.5):condition"},
    {"min(argmin(grad_norm[m]) for each m) before 100", "(before (min[m] (argmin grad_norm[m]):time):time 100):condition"},
    {"spread(argmin(grad_norm[m]) for each m) > 100", "(> (spread[m] (argmin grad_norm[m]):time):number 100):condition"},
    {"count(last(grad_norm[a]) > last(grad_norm[b]) for each a, b) > 3", "(> (count[a,b] (> (last grad_norm[a]):number (last grad_norm[b]):number):condition):number 3):condition"},
    // --- atoms
    {"task(t, \"ann\") and not blocked_by(t, _)", "(and (task ?t \"ann\"):condition (not (blocked_by ?t ?_):condition):condition):condition"},
    {"count(blocked_by(t, u) for each t, u) > 3", "(> (count[t,u] (blocked_by ?t ?u):condition):number 3):condition"},
    {"any(blocked_by(t, u) for each t where task(t, \"ann\"))", "(any[t] (blocked_by ?t ?u):condition (task ?t \"ann\"):condition):condition"},
};
// clang-format on

}  // namespace

TEST_CASE("a condition becomes a typed expression") {
  const Row& row = GENERATE(from_range(rows));
  const Lowered result = with_condition(row.condition);
  INFO(row.condition << "\n" << shown(result));
  REQUIRE(result.diagnostics.empty());
  CHECK(dumped(result) == row.dump);
}

TEST_CASE("lets are put in place") {
  struct LetRow {
    std::string items, condition, dump;
  };
  // clang-format off
  const std::vector<LetRow> lets{
      {"let limit = 3", "last(train_loss) > limit", "(> (last train_loss):number 3):condition"},
      {"let a = b + 1  let b = 2", "a > 1", "(> (+ 2 1):number 1):condition"},
      {"let steep(x, w) = slope(x over last 20%) / w", "steep(train_loss, 2) > 1", "(> (/ (slope (over last 0.2share train_loss):series):number 2):number 1):condition"},
      {"let bad = loss_flat or loss_rises", "not bad", "(not (or loss_flat loss_rises):condition):condition"},
      {"let norm(m) = last(grad_norm[m])", "norm(\"head\") > max(norm(x) for each x)", "(> (last grad_norm[\"head\"]):number (max[x] (last grad_norm[x]):number):number):condition"},
      // A variable that the let binds does not catch the one of the same name outside.
      {"let highest(y) = max(last(grad_norm[m]) - y for each m)", "any(highest(last(grad_norm[m])) > 1 for each m)",
       "(any[m] (> (max[m_] (- (last grad_norm[m_]):number (last grad_norm[m]):number):number):number 1):condition):condition"},
  };
  // clang-format on
  for (const LetRow& row : lets) {
    const Lowered result = with_condition(row.condition, row.items);
    INFO(row.items << " : " << row.condition << "\n" << shown(result));
    REQUIRE(result.diagnostics.empty());
    CHECK(dumped(result) == row.dump);
  }
}

TEST_CASE("a let of an entity hides that of the pack, and sees the entity's variables") {
  const Lowered result = lowered(std::vector<RuleFile>{
      {"f.fmrule",
       "pack demo\nlet limit = 3\nfinding f[module] \"F\" { let limit = 5  let norm = "
       "last(grad_norm[module])  when norm > limit }\n"},
      {"demo.fmrule", read_file("tests/dsl/samples/demo.fmrule")}});
  INFO(shown(result));
  REQUIRE(result.diagnostics.empty());
  CHECK(dumped(result) == "(> (last grad_norm[module]):number 5):condition");
}

TEST_CASE("a variable has the type of the column it stands in") {
  const std::string tables =
      "pack p\ntable run(id: text, steps: number)\n"
      "rule long(r, n) when run(r, n) and n > 100\n"
      "rule longer(r, n) when long(r, n)\n";
  const Lowered good = lowered(tables + "finding f(r) \"F {r}\" { when longer(r, n) and n > 3 }\n");
  INFO(shown(good));
  CHECK(good.diagnostics.empty());
  const Lowered bad =
      lowered(tables + "finding f(r) \"F {r}\" { when longer(r, n) and n == \"3\" }\n");
  REQUIRE(bad.diagnostics.size() == 1);
  CHECK(bad.diagnostics[0].code == "wrong-type");
}

TEST_CASE("the span of an expression is what the author wrote") {
  const Lowered result = with_condition("last(train_loss) > 3 and loss_flat");
  const Finding* f = find(result.knowledge.findings, "f");
  REQUIRE(f != nullptr);
  const Sources& sources = result.knowledge.sources;
  CHECK(sources.text(f->when.span) == "last(train_loss) > 3 and loss_flat");
  CHECK(sources.text(f->when.operands[0].span) == "last(train_loss) > 3");
}
