#include "engine/explain/coverage.hpp"

#include <cmath>

#include "tests/catch.hpp"
#include "tests/engine/lowered.hpp"

using namespace fmx;
using namespace fmx::engine;

namespace {

constexpr auto text_of_rules = R"(
metric loss { aliases "loss" }
metric gnorm { aliases "gnorm" }
metric ratio { aliases "ratio" }
metric acc { aliases "acc" }
param lr { aliases "lr" }
table task(id: text, status: text)
finding loss_rises "Loss rises" { when slope(loss) > 0 }
finding norm_high "Norm high" { when max(gnorm) > 3 }
finding both_high "Norm and ratio high" { when max(gnorm) > 3 and max(ratio) > 1 }
finding either "Norm, or else ratio" { when max((gnorm else ratio)) > 3 }
finding rate_high "Rate high" { when lr > 1 }
finding accurate "Accuracy, if logged" { when missing(acc) or max(acc) > 0.5 }
finding blocked "Blocked" { when task(t, "blocked") }
pattern hot "Hot" { area a severity high prior 10% shows loss_rises 50% shows norm_high 50% }
pattern large "Large" { area a severity high prior 10% shows both_high 50% }
pattern fast "Fast" { area a severity high prior 10% shows rate_high 80% }
pattern stuck "Stuck" { area b severity high prior 10% shows blocked 80% }
pattern out "Out" { area a severity high prior 10% needs logged(gnorm) shows norm_high 50% }
pattern odd "Odd" { area a severity high prior 10% shows either 50% shows accurate 50% }
)";

Run run_with_loss() {
  Run run;
  Series loss{"loss", {}, {}, "log"};
  for (int i = 0; i < 20; ++i) {
    loss.steps.push_back(i);
    loss.values.push_back(std::exp(-0.1 * i));
  }
  run.series.push_back(std::move(loss));
  return run;
}

struct Seen {
  Knowledge knowledge = test::rules(text_of_rules);
  Run run = run_with_loss();
  Coverage coverage = engine::coverage(knowledge, run, diagnose(knowledge, run));

  const Judgeable& of(const char* pattern) const {
    return coverage.patterns[static_cast<std::size_t>(find(knowledge.patterns, pattern) -
                                                      knowledge.patterns.data())];
  }
  std::vector<std::string> names(const std::vector<Index>& metrics) const {
    std::vector<std::string> all;
    for (const Index m : metrics) all.push_back(knowledge.metrics[m].name);
    return all;
  }
};

using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("a pattern is judged by the share of its evidence that is known") {
  const Seen seen;
  CHECK(seen.of("hot").extent == Judgeable::Extent::partly);
  CHECK(seen.of("hot").judged == Approx(0.5));
  CHECK(seen.of("large").extent == Judgeable::Extent::not_at_all);
  CHECK(seen.of("out").extent == Judgeable::Extent::ruled_out);
}

TEST_CASE("what is missing is named: metrics, settings, tables") {
  const Seen seen;
  CHECK(seen.names(seen.of("hot").needed.metrics) == Names{"gnorm"});
  CHECK(seen.names(seen.of("large").needed.metrics) == Names{"gnorm", "ratio"});
  CHECK(seen.of("fast").needed.params.size() == 1);
  CHECK(seen.of("stuck").needed.tables.size() == 1);
}

TEST_CASE("of alternatives one is enough, and a question that is always answered needs nothing") {
  const Seen seen;
  CHECK(seen.names(seen.of("odd").needed.metrics) == Names{"gnorm"});
}

TEST_CASE("the metric that opens most of the evidence is wanted first") {
  const Seen seen;
  REQUIRE(seen.coverage.wanted.size() == 2);
  CHECK(seen.knowledge.metrics[seen.coverage.wanted[0].metric].name == "gnorm");
  CHECK(seen.knowledge.metrics[seen.coverage.wanted[1].metric].name == "ratio");
  CHECK(seen.coverage.wanted[0].gain > seen.coverage.wanted[1].gain);
  CHECK(seen.coverage.judged > 0);
  CHECK(seen.coverage.judged < 1);
}
