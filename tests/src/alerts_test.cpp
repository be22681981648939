#include "src/watch/alerts.hpp"

#include "src/watch/duration.hpp"
#include "tests/catch.hpp"

using namespace fmx;
using namespace fmx::watch;
using namespace std::chrono_literals;

namespace {

/// A report in which one failure has that probability.
reports::Report with(double confidence) {
  reports::Report report;
  report.status = confidence >= 0.5 ? "diagnosed" : "insufficient-evidence";
  reports::DiagnosisEntry entry;
  entry.id = "demo.lr_too_high";
  entry.confidence = confidence;
  report.diagnoses.push_back(entry);
  return report;
}

const Clock::time_point start{};

}  // namespace

SCENARIO("a failure is pending, fires once it has stayed, and is resolved when it is gone") {
  Alerts alerts(2s);
  CHECK(alerts.update(with(0.3), start).empty());
  auto changes = alerts.update(with(0.6), start + 1s);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].to == Change::To::pending);
  CHECK(alerts.update(with(0.7), start + 2s).empty());
  changes = alerts.update(with(0.8), start + 3s);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].to == Change::To::firing);
  CHECK(alerts.firing() == 1);
  changes = alerts.update(with(0.1), start + 4s);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].to == Change::To::resolved);
  CHECK(changes[0].was_firing);
  CHECK(alerts.firing() == 0);
}

SCENARIO("what goes away before it fires was only pending") {
  Alerts alerts(2s);
  alerts.update(with(0.6), start);
  const auto changes = alerts.update(reports::Report(), start + 1s);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].to == Change::To::resolved);
  CHECK_FALSE(changes[0].was_firing);
}

SCENARIO("what dips while it is pending has to stay from then on") {
  Alerts alerts(2s);
  alerts.update(with(0.6), start);
  auto dipped = with(0.4);
  dipped.status = "diagnosed";  // by another failure
  CHECK(alerts.update(dipped, start + 2s).empty());
  CHECK(alerts.update(with(0.6), start + 3s).empty());
  const auto changes = alerts.update(with(0.6), start + 4s);
  REQUIRE(changes.size() == 1);
  CHECK(changes[0].to == Change::To::firing);
}

TEST_CASE("a time to wait is a number with a unit") {
  const auto [text, milliseconds] = GENERATE(table<std::string, int>({{"500ms", 500},
                                                                      {"2s", 2000},
                                                                      {"2", 2000},
                                                                      {"1.5 min", 90000},
                                                                      {"1h", 3600000},
                                                                      {"", -1},
                                                                      {"0s", -1},
                                                                      {"-1s", -1},
                                                                      {"2 days", -1},
                                                                      {"nan", -1},
                                                                      {"48h", -1}}));
  CAPTURE(text);
  const auto read = duration(text);
  CHECK((read ? static_cast<int>(read->count()) : -1) == milliseconds);
}
