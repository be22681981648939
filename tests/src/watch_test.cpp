// `fmx watch` as a process of its own, beside one that writes.

#include "src/commands/watch.hpp"

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <functional>
#include <sstream>
#include <thread>

#include "tests/catch.hpp"
#include "tests/src/json_schema.hpp"
#include "tests/src/run_folder.hpp"

using namespace std::chrono_literals;
using nlohmann::json;

namespace {

/// The program, watching, in a process that ends with this.
class Watching {
 public:
  Watching(const RunFolder& folder, fmx::commands::WatchOptions options)
      : events_(folder.path() + "/../" + std::to_string(::getpid()) + ".events") {
    options.packs.clear();
    options.format = "json";
    options.interval = "20ms";
    options.hold = "60ms";
    child_ = ::fork();
    if (child_ == 0) {
      ::setenv("FMX_PACKS", "tests/golden/packs", 1);
      ::setenv("FMX_CACHE", "", 1);
      const int out = ::open(events_.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600);
      ::dup2(out, STDOUT_FILENO);
      ::_exit(fmx::commands::watch(options));
    }
  }
  ~Watching() {
    if (child_ > 0) ::kill(child_, SIGKILL), ::waitpid(child_, nullptr, 0);
    std::filesystem::remove(events_);
  }
  Watching(const Watching&) = delete;
  Watching& operator=(const Watching&) = delete;

  std::vector<json> events() const {
    std::vector<json> all;
    std::istringstream lines(std::filesystem::exists(events_) ? bytes_of_file(events_) : "");
    for (std::string line; std::getline(lines, line);) all.push_back(json::parse(line));
    return all;
  }

  /// Waits for an event; fails the test where it does not come.
  json event(const std::string& name) {
    for (int i = 0; i < 1000; ++i) {
      for (const json& each : events()) {
        if (each["event"] == name) return each;
      }
      std::this_thread::sleep_for(20ms);
    }
    FAIL("no event " + name);
    return {};
  }

  int stop() {
    ::kill(child_, SIGTERM);
    return status();
  }
  int status() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

 private:
  std::string events_;
  pid_t child_ = -1;
};

std::string rows(int from, int to, const std::function<double(int)>& loss) {
  std::string text;
  for (int step = from; step < to; ++step) {
    const double value = loss(step);
    text += "{\"step\": " + std::to_string(step) +
            ", \"train/loss\": " + (std::isnan(value) ? "NaN" : std::to_string(value)) + "}\n";
  }
  return text;
}

double falling(int step) { return 2 * std::exp(-0.01 * step); }
double broken(int) { return std::nan(""); }

void append(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary | std::ios::app) << text;
}

fmx::commands::WatchOptions watch(const std::string& path) {
  fmx::commands::WatchOptions options;
  options.inputs = {path};
  return options;
}

}  // namespace

SCENARIO("a run that breaks while it is watched is told of, and no row is lost") {
  const RunFolder folder;
  const std::string path = folder.path() + "/metrics.jsonl";
  Watching watching(folder, watch(path));
  watching.event("waiting");  // the file is not there yet
  for (int i = 0; i < 20; ++i) {
    append(path, rows(100 * i, 100 * (i + 1), falling));
    std::this_thread::sleep_for(5ms);
  }
  append(path, rows(2000, 2100, broken));
  const json firing = watching.event("firing");
  CHECK(firing["diagnosis"]["severity"].is_string());
  CHECK(watching.stop() == 0);
  const json end = watching.event("end");
  CHECK(end["samples"] == 2100);
  CHECK(end["step"] == 2099);
  std::ifstream file("docs/watch.schema.json");
  const json schema = json::parse(file);
  for (const json& each : watching.events()) {
    CHECK(fmx::test::violations(schema, each) == std::vector<std::string>{});
  }
}

SCENARIO("--until ends the watching with a status, --exec is given the report") {
  const RunFolder folder;
  const std::string path = folder.write("metrics.jsonl", rows(0, 100, falling));
  fmx::commands::WatchOptions options = watch(path);
  options.until = "medium";
  options.exec =
      "cat > " + folder.path() + "/seen; echo $FMX_EVENT $FMX_ID > " + folder.path() + "/said";
  Watching watching(folder, options);
  append(path, rows(100, 160, broken));
  CHECK(watching.status() == 1);
  CHECK(watching.event("end")["what"].get<std::string>().find("medium") != std::string::npos);
  CHECK(json::parse(bytes_of_file(folder.path() + "/seen"))["schema"] == "fmx-report/1");
  CHECK(bytes_of_file(folder.path() + "/said").starts_with("firing demo."));
}

SCENARIO("a folder that holds several runs cannot be watched as one") {
  const RunFolder folder;
  folder.write("a/metrics.jsonl", rows(0, 100, falling));
  folder.write("b/metrics.jsonl", rows(0, 100, falling));
  Watching watching(folder, watch(folder.path()));
  CHECK(watching.status() == 2);
}
