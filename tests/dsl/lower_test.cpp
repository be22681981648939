#include "dsl/lower.hpp"

#include <algorithm>

#include "tests/catch.hpp"
#include "tests/dsl/dump.hpp"
#include "tests/dsl/lowered.hpp"
#include "tests/dsl/sample.hpp"

using namespace fmx;
using namespace fmx::dsl;

namespace {

const std::string small_pack = R"(
pack ml.small
metric train_loss { title "training loss"  better lower  aliases "loss", "Loss/train" }
metric grad_norm[module] { aliases "gradients/{module}/norm" }
param learning_rate { aliases "lr" }
finding loss_diverges "The loss climbs" {
  let smooth_loss = smooth(train_loss, 2%)
  when last(smooth_loss) / min(smooth_loss) above 1.5 .. 4 and slope(smooth_loss over last 20%) > 0
  since argmin(smooth_loss)
  said "loss explodes"
}
finding spike[module] "Spikes in {module}" {
  when count(spikes(grad_norm[module], 6 mad)) > 0
  base 0.5%
  evidence circumstantial
}
pattern lr_too_high "Learning rate too high" {
  severity critical because "the run is lost"
  prior 6%
  risk learning_rate above 1e-3 .. 1e-2 : 4x
  shows loss_diverges 70%
  shows one of { spike 40%, loss_diverges_too 30% }
  never calm
}
finding loss_diverges_too "also" { when last(train_loss) > 10 }
finding calm "calm" { when last(train_loss) < 1 }
fix lower_lr "Lower the rate" {
  cures lr_too_high 85%
  change learning_rate to learning_rate / 3
  effort 2 min
  verify within 500 steps { slope(train_loss) < 0 }
}
test "a loss that climbs" {
  given train_loss = 2 -> 0.5 over 100 steps, 0.5 -> 3 over 50 steps, noise 1%
  given learning_rate = 0.1
  expect lr_too_high first, confidence above 60%
  expect not lr_too_high
}
)";

}  // namespace

TEST_CASE("a small pack is lowered whole") {
  const Lowered result = lowered(small_pack);
  INFO(shown(result));
  REQUIRE(result.diagnostics.empty());
  const Knowledge& k = result.knowledge;

  REQUIRE(k.findings.size() == 4);
  const Finding* diverges = find(k.findings, "loss_diverges");
  REQUIRE(diverges != nullptr);
  CHECK(diverges->id == "ml.small.loss_diverges");
  CHECK(diverges->base == 0.01);
  CHECK(diverges->direct);
  CHECK(diverges->when.type == Type::degree);
  REQUIRE(diverges->since);
  CHECK(diverges->since->type == Type::time);
  CHECK(diverges->said == std::vector<std::string>{"loss explodes"});

  const Pattern& pattern = k.patterns.at(0);
  CHECK(pattern.prior == 0.06);
  CHECK(pattern.impact == Impact::critical);
  CHECK(pattern.impact_because == "the run is lost");
  REQUIRE(pattern.shows.size() == 3);
  CHECK(k.findings.at(pattern.shows[0].finding).name == "loss_diverges");
  CHECK(pattern.shows[0].group == -1);
  CHECK(pattern.shows[1].group == pattern.shows[2].group);
  REQUIRE(pattern.never.size() == 1);
  CHECK(pattern.never[0].probability == 0.01);
  REQUIRE(pattern.risks.size() == 1);
  CHECK(pattern.risks[0].factor == 4);

  const Fix& fix = k.fixes.at(0);
  CHECK(fix.effort_minutes == 2);
  REQUIRE(fix.verify_within);
  CHECK(*fix.verify_within == Quantity{500, Unit::steps});
  CHECK(fix.changes.at(0).to.op == Operator::divide);

  const Test& test = k.tests.at(0);
  REQUIRE(test.given.size() == 2);
  CHECK(test.given[0].shape.parts.size() == 2);
  CHECK(test.given[0].shape.noise == 0.01);
  CHECK(test.given[1].number == 0.1);
  REQUIRE(test.expect.size() == 2);
  CHECK(test.expect[0].among == 1);
  CHECK(test.expect[0].above == 0.6);
  CHECK(test.expect[1].negated);
}

namespace {

/// Several packs in several files, with every kind of entity and two amends.
std::vector<RuleFile> many_files() {
  return {
      {"c.fmrule", read_file("tests/dsl/samples/demo.fmrule")},
      {"b.fmrule",
       "pack demo\nprefix \"train\", \"optim\"\nlet limit = 2\n"
       "rule waits(a, b) when blocked_by(a, b)\n"
       "finding zzz \"Z\" { when last(train_loss) > limit }\n"
       "finding circular(a) \"Task {a} waits for itself\" { when waits(a, a) }\n"
       "phenomenon overshoot \"Overshoot\" { about \"too far\"  cites goyal }\n"
       "source goyal { paper \"Large\" arxiv 1706.02677 year 2017 context { model resnet } }\n"
       "delegate audit \"Audit\" { for lr_too_high  asks \"?\" }\n"},
      {"a.fmrule",
       "pack demo\nimport other\nprefix \"perf\"\n"
       "rule waits(a, c) when waits(a, b) and blocked_by(b, c)\n"
       "finding aaa \"A\" { when last(train_loss) > limit and zzz }\n"
       "analogy lr_too_high ~ other_fault { via overshoot  strength 0.9  maps \"a\" to \"b\"\n"
       "  carries other_fix as \"x\" because \"y\"  carries \"in words\" because \"z\" }\n"
       "log scaler { line \"scale {x: number}\" }\n"},
      {"d.fmrule",
       "pack other\nimport demo\n"
       "pattern other_fault \"Other\" { severity none  prior 1%  shows zzz 40%  leads to "
       "lr_too_low 10% }\n"
       "fix other_fix \"Other\" { cures other_fault 50% }\n"
       "amend pattern demo.lr_too_high { prior 7%  shows loss_rises 60%  shows loss_flat 5% }\n"},
      {"e.fmrule",
       "pack third\nimport demo\n"
       "amend pattern lr_too_high { shows zzz 30%  severity critical }\n"
       "test \"t\" { given train_loss = [1, 2, nan], every 5 steps, spike 9 at 5  given optimizer "
       "= adam\n"
       "  given blocked_by(\"a\", \"b\")  given tried lower_lr = worse  given symptom \"it "
       "explodes\"\n"
       "  expect finding zzz above 50%  expect healthy }\n"},
  };
}

Lowered lowered_in_order(const std::vector<RuleFile>& files,
                         const std::vector<std::size_t>& order) {
  Sources sources;
  std::vector<Tree> trees(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    const auto id = sources.add({files[i].path, files[i].text});
    trees[i] = parse(sources, id).tree;
  }
  std::vector<Tree> shuffled;
  for (const std::size_t i : order) shuffled.push_back(trees[i]);
  return lower(std::move(sources), shuffled);
}

template <class T>
bool ordered_by_id(const std::vector<T>& entities) {
  return std::is_sorted(entities.begin(), entities.end(),
                        [](const T& a, const T& b) { return a.id < b.id; });
}

}  // namespace

TEST_CASE("the order of files never shows") {
  const std::vector<RuleFile> files = many_files();
  std::vector<std::size_t> order{0, 1, 2, 3, 4};
  const Lowered first = lowered_in_order(files, order);
  INFO(shown(first));
  REQUIRE(first.diagnostics.empty());
  const std::string expected = dump(first.knowledge);
  while (std::next_permutation(order.begin(), order.end())) {
    CAPTURE(order);
    const Lowered other = lowered_in_order(files, order);
    CHECK(other.diagnostics.empty());
    REQUIRE(dump(other.knowledge) == expected);
  }
}

TEST_CASE("the order of sources never shows either") {
  std::vector<RuleFile> files = many_files();
  const std::string expected = dump(lowered(files).knowledge);
  std::reverse(files.begin(), files.end());
  CHECK(dump(lowered(files).knowledge) == expected);
}

TEST_CASE("entities are in the order of their ids, and indices refer to that order") {
  const Lowered result = lowered(many_files());
  const Knowledge& k = result.knowledge;
  CHECK(ordered_by_id(k.metrics));
  CHECK(ordered_by_id(k.findings));
  CHECK(ordered_by_id(k.patterns));
  CHECK(ordered_by_id(k.fixes));
  CHECK(ordered_by_id(k.rules));
  REQUIRE(k.relations.size() == 3);
  CHECK(k.relations[0].id == "demo.blocked_by");
  CHECK(k.relations[2].id == "demo.waits");
  CHECK(k.relations[2].arity == 2);
  CHECK(k.rules[0].relation == 2);
  CHECK(k.prefixes == std::vector<std::string>{"optim", "perf", "train"});
  const Analogy& analogy = k.analogies.at(0);
  CHECK(analogy.id == "demo.lr_too_high~other_fault");
  CHECK(k.patterns.at(analogy.b).id == "other.other_fault");
  REQUIRE(analogy.carries.size() == 2);
  CHECK(analogy.carries[0].as == "x");
  CHECK(analogy.carries[1].what == "in words");
  CHECK(analogy.carries[1].because == "z");
}

TEST_CASE("amends replace what stands once, add to lists, and replace links") {
  const Lowered result = lowered(many_files());
  const Knowledge& k = result.knowledge;
  const Pattern* pattern = find(k.patterns, "demo.lr_too_high");
  REQUIRE(pattern != nullptr);
  CHECK(pattern->prior == 0.07);
  CHECK(pattern->impact == Impact::critical);
  REQUIRE(pattern->shows.size() == 3);
  CHECK(k.findings.at(pattern->shows[0].finding).name == "loss_rises");
  CHECK(pattern->shows[0].probability == 0.6);
  CHECK(k.findings.at(pattern->shows[1].finding).name == "loss_flat");
  CHECK(k.findings.at(pattern->shows[2].finding).name == "zzz");
  REQUIRE(pattern->amended.size() == 2);
  CHECK(k.sources.text(pattern->amended[0]) == "demo.lr_too_high");
  CHECK(k.sources.text(pattern->amended[1]) == "lr_too_high");
}

TEST_CASE("a sum of too many terms is refused at once, one of as many as may be is not") {
  const auto sum = [](int terms) {
    std::string text = "pack p\nmetric g {}\nfinding f \"F\" { when last(g)";
    for (int i = 1; i < terms; ++i) text += " + last(g)";
    return lowered(text + " > 3 }\n");
  };
  CHECK(sum(100).diagnostics.empty());
  for (const int terms : {1'000, 20'000}) {
    const Lowered result = sum(terms);
    REQUIRE(result.diagnostics.size() == 1);
    CHECK(result.diagnostics[0].code == "expression-too-large");
  }
}

TEST_CASE("entities are the same however many are lowered side by side") {
  // Shares of the declarations are lowered apart: what they note must come together as if they had
  // not been.
  std::string text = "pack p\nimport q\nlet high = 3\nmetric g {}\n";
  for (int i = 0; i < 200; ++i) {
    text += "finding f" + std::to_string(i) + " \"F\" { when last(g) > high and last(nowhere) > " +
            std::to_string(i) + " and no_such(g) > 1 }\n";
  }
  const Lowered result = lowered({{"p.fmrule", text}, {"q.fmrule", "pack q\n"}});
  const std::vector<Finding>& findings = result.knowledge.findings;
  REQUIRE(findings.size() == 200);
  CHECK(std::ranges::is_sorted(findings, {}, &Finding::id));
  for (const Finding& each : findings) CHECK(result.knowledge.sources.text(each.span) == each.name);
  REQUIRE(result.diagnostics.size() == 2);
  for (const Diagnostic& each : result.diagnostics) {
    CHECK(result.knowledge.sources.place(each.primary.span).line == 5);
  }
  CHECK(result.diagnostics[0].code == "unknown-name");
  CHECK(result.diagnostics[1].code == "unknown-function");
}

TEST_CASE("texts lose their quotes, escapes and common indentation") {
  const Lowered result = lowered(
      "pack p\nmetric a {\n  title \"say \\\"hi\\\"\\tand \\\\ \"\n  about \"\"\"\n    First "
      "line,\n"
      "      deeper.\n\n    Last.\n  \"\"\"\n}\n");
  INFO(shown(result));
  REQUIRE(result.diagnostics.empty());
  CHECK(result.knowledge.metrics.at(0).title == "say \"hi\"\tand \\ ");
  CHECK(result.knowledge.metrics.at(0).about == "First line,\n  deeper.\n\nLast.");
}

TEST_CASE("broken input of any kind is lowered as far as it goes") {
  const std::string whole = read_file("tests/dsl/samples/every_kind.fmrule");
  for (std::size_t cut = 0; cut < whole.size(); cut += 7) {
    CAPTURE(cut);
    const Lowered result = lowered(whole.substr(0, cut));
    for (const Diagnostic& diagnostic : result.diagnostics) {
      CHECK(diagnostic.primary.span.end <= cut);
      CHECK(diagnostic.primary.span.begin <= diagnostic.primary.span.end);
    }
  }
}

TEST_CASE("certainties of one pattern multiply, whoever states them") {
  const std::string other =
      "pack other\ncertainty 1.5x of ml.small.lr_too_high because \"12 runs\"\n";
  const Lowered result = lowered(std::vector<RuleFile>{
      {"a.fmrule", small_pack + "certainty 2x of lr_too_high\n"}, {"b.fmrule", other}});
  INFO(shown(result));
  CHECK(result.diagnostics.empty());
  CHECK(result.knowledge.patterns[0].certainty == Approx(3));
  CHECK(lowered(small_pack).knowledge.patterns[0].certainty == 1);
}

TEST_CASE("mistakes in a certainty") {
  struct Row {
    std::string written, code;
  };
  const auto row = GENERATE(values<Row>({
      {"certainty 0x of lr_too_high", "out-of-range"},
      {"certainty 11x of lr_too_high", "out-of-range"},
      {"certainty 2 steps of lr_too_high", "wrong-unit"},
      {"certainty 2x of lr_too_hih", "unknown-name"},
      {"certainty 2x of lower_lr", "wrong-kind"},
      {"certainty 2x of lr_too_high, lr_too_high", "named-twice"},
      {"certainty of lr_too_high", "expected-number"},
      {"certainty 2x lr_too_high", "expected-word"},
      {"certainty 2x of", "expected-name"},
  }));
  const Lowered result = lowered(small_pack + row.written + "\n");
  INFO(row.written);
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].code == row.code);
}
