#include "src/commands/watch.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <ctime>
#include <set>

#include "engine/session.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/readers/follow.hpp"
#include "src/reports/build.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/formats.hpp"
#include "src/reports/severity.hpp"
#include "src/reports/watch_event.hpp"
#include "src/watch/alerts.hpp"
#include "src/watch/changes.hpp"
#include "src/watch/duration.hpp"
#include "src/watch/hook.hpp"

namespace fmx::commands {
namespace {

using watch::Clock;
using Milliseconds = std::chrono::milliseconds;

constexpr Milliseconds fallback{2000};  // between looks where nothing tells of changes
constexpr int share_of_core = 22;       // one part in so many: what looking may take of a core
constexpr int looks_to_fire = 3;
constexpr std::size_t most_notes = 50;

volatile std::sig_atomic_t stopped = 0;

/// From now on both signals are kept back while a look is taken, so that none can come between
/// `stopped` being asked for and a wait; the mask that lets them through, for the waits.
sigset_t stop_on_signals() {
  struct sigaction action {};
  action.sa_handler = [](int) { stopped = 1; };
  sigset_t both, awake;
  ::sigemptyset(&both);
  for (const int signal : {SIGINT, SIGTERM}) {
    ::sigaction(signal, &action, nullptr);
    ::sigaddset(&both, signal);
  }
  ::sigprocmask(SIG_BLOCK, &both, &awake);
  for (const int signal : {SIGINT, SIGTERM}) ::sigdelset(&awake, signal);
  return awake;
}

std::string now_as_text() {
  const auto now = std::chrono::system_clock::now();
  const auto whole = std::chrono::time_point_cast<std::chrono::seconds>(now);
  const auto rest = std::chrono::duration_cast<Milliseconds>(now - whole).count();
  return fmt::format("{:%Y-%m-%dT%H:%M:%S}.{:03}Z",
                     fmt::gmtime(std::chrono::system_clock::to_time_t(whole)), rest);
}

std::optional<double> last_step(const engine::Run& run) {
  std::optional<double> last;
  for (const engine::Series& series : run.series) {
    if (!series.steps.empty())
      last = std::max(last.value_or(series.steps.back()), series.steps.back());
  }
  return last;
}

/// How it looks and how often, worked out from the options.
struct Pace {
  Milliseconds interval{500}, hold{1500};
};

Result<Pace, Problem> pace_of(const WatchOptions& options) {
  const auto read = [](const std::string& option,
                       const std::string& text) -> Result<Milliseconds, Problem> {
    if (const auto duration = watch::duration(text)) return *duration;
    return Unexpected{Problem{option + " " + text, "this is no time that can be waited",
                              "write 500ms, 2s, 1min"}};
  };
  Pace pace;
  const auto interval = read("--interval", options.interval);
  if (!interval) return Unexpected{interval.error()};
  pace.interval = *interval;
  pace.hold = looks_to_fire * pace.interval;
  if (options.hold.empty()) return pace;
  const auto hold = read("--for", options.hold);
  if (!hold) return Unexpected{hold.error()};
  pace.hold = *hold;
  return pace;
}

class Watcher {
 public:
  Watcher(const Knowledge& knowledge, const WatchOptions& options, Pace pace, const sigset_t& awake)
      : knowledge_(knowledge),
        options_(options),
        pace_(pace),
        awake_(awake),
        files_(&knowledge, options.window),
        session_(knowledge),
        alerts_(pace.hold),
        changes_(options.inputs),
        hook_(options.exec),
        shows_progress_(::isatty(STDERR_FILENO) != 0),
        colour_(screen().colour) {
    options_.files = &files_;
  }

  int follow() {
    while (stopped == 0 && !met_ && !problem_) {
      const Clock::time_point began = Clock::now();
      const std::clock_t used = std::clock();
      look();
      for (const std::string& trouble : hook_.tend()) say(trouble);
      if (!met_ && !problem_) rest(began, used);
    }
    if (!met_ && !problem_) look();  // what was written since the last one
    for (const std::string& trouble : hook_.finish()) say(trouble);
    if (problem_) return fail(*problem_);
    reports::WatchEvent end = event("end");
    end.what = met_ ? fmt::format("a diagnosis of severity {} or more fires", options_.until)
                    : "stopped by a signal";
    emit(end);
    if (problem_) return fail(*problem_);
    return met_ ? failed : done;
  }

 private:
  /// Reads what is new and tells what that changes.
  void look() {
    Result<engine::Run, Problem> run = read_run(options_, knowledge_);
    if (!run) return wait_for(run.error());
    waiting_for_.clear();
    const bool fresh = !report_ || files_.taken() != taken_ ||
                       run->config != session_.run().config || run->notes != session_.run().notes;
    taken_ = files_.taken();
    if (fresh) {
      session_.update(*std::move(run));
      report_ = reports::build({knowledge_, session_.run(), session_.diagnosis()}, std::nullopt);
      note_news();
    }
    for (const watch::Change& change : alerts_.update(*report_, Clock::now())) tell(change);
    show_progress();
  }

  /// What is not there yet may come; what has to be chosen is asked for.
  void wait_for(const Problem& problem) {
    if (problem.asks_which) {
      problem_ = problem;
      return;
    }
    const std::string what = fmt::format("{}: {}", problem.where, problem.what);
    if (what == waiting_for_) return;
    waiting_for_ = what;
    reports::WatchEvent waiting = event("waiting");
    waiting.what = what;
    emit(waiting);
  }

  void note_news() {
    for (const std::string& note : session_.run().notes) {
      if (said_.size() < most_notes && said_.insert(note).second) say(note);
    }
  }

  void tell(const watch::Change& change) {
    const bool firing = change.to == watch::Change::To::firing;
    const bool resolved = change.to == watch::Change::To::resolved;
    reports::WatchEvent told = event(firing ? "firing" : resolved ? "resolved" : "pending");
    told.diagnosis = change.diagnosis;
    told.first_step = change.first_step;
    emit(told);
    if (!options_.exec.empty() && (firing || (resolved && change.was_firing))) call_hook(told);
    if (firing && !options_.until.empty() &&
        reports::severity_rank(change.diagnosis.severity) >=
            reports::severity_rank(options_.until)) {
      met_ = true;
    }
  }

  void call_hook(const reports::WatchEvent& told) {
    hook_.call(reports::json(*report_),
               {{"FMX_EVENT", told.event},
                {"FMX_ID", told.diagnosis->id},
                {"FMX_TITLE", told.diagnosis->title},
                {"FMX_SEVERITY", told.diagnosis->severity},
                {"FMX_CONFIDENCE", fmt::format("{:.4f}", told.diagnosis->confidence)},
                {"FMX_STEP", told.step ? fmt::format("{}", *told.step) : ""},
                {"FMX_INPUT", told.input}});
  }

  reports::WatchEvent event(std::string name) const {
    reports::WatchEvent made;
    made.event = std::move(name);
    made.at = now_as_text();
    const engine::Run& run = session_.run();
    made.input = run.input.empty() ? fmt::format("{}", fmt::join(options_.inputs, " ")) : run.input;
    made.step_name = run.step_name;
    made.step = last_step(run);
    made.series = run.series.size();
    for (const engine::Series& series : run.series) made.samples += series.values.size();
    return made;
  }

  void emit(const reports::WatchEvent& told) {
    clear_progress();
    auto trouble = print(options_.format == "json" ? reports::json_line(told)
                                                   : reports::text_line(told, colour_));
    if (trouble) problem_ = std::move(trouble);
  }

  void say(const std::string& sentence) {
    clear_progress();
    fmt::print(stderr, "fmx: {}\n", sentence);
  }

  void show_progress() {
    if (!shows_progress_) return;
    const reports::WatchEvent now = event("");
    const std::string line =
        fmt::format("  {} · {} {} · {} samples · {} firing", now.input, now.step_name,
                    reports::position(now.step.value_or(0)),
                    reports::position(static_cast<double>(now.samples)), alerts_.firing());
    fmt::print(stderr, "\r\x1b[K{}", line);
    std::fflush(stderr);
    progress_shown_ = true;
  }

  void clear_progress() {
    if (progress_shown_) fmt::print(stderr, "\r\x1b[K");
    progress_shown_ = false;
  }

  /// Until something has changed; not before the interval is over, and longer where a look costs
  /// much of a processor, so that watching never takes more than its share of a core.
  void rest(Clock::time_point began, std::clock_t used) {
    const auto passed = std::chrono::duration_cast<Milliseconds>(Clock::now() - began);
    const Milliseconds cost(1000 * (std::clock() - used) / CLOCKS_PER_SEC);
    const Milliseconds pause =
        std::max(std::max(pace_.interval, share_of_core * cost) - passed, Milliseconds(1));
    const timespec longest{pause.count() / 1000, pause.count() % 1000 * 1'000'000};
    ::ppoll(nullptr, 0, &longest, &awake_);
    if (stopped != 0) return;
    changes_.wait(alerts_.settled() && hook_.idle() ? fallback : pace_.interval, awake_);
  }

  const Knowledge& knowledge_;
  WatchOptions options_;
  Pace pace_;
  sigset_t awake_;
  readers::Followed files_;
  engine::Session session_;
  watch::Alerts alerts_;
  watch::Changes changes_;
  watch::Hook hook_;
  bool shows_progress_, colour_, progress_shown_ = false, met_ = false;
  std::optional<reports::Report> report_;
  std::uint64_t taken_ = 0;
  std::string waiting_for_;
  std::set<std::string> said_;
  std::optional<Problem> problem_;
};

}  // namespace

int watch(const WatchOptions& options) {
  const Result<Pace, Problem> pace = pace_of(options);
  if (!pace) return fail(pace.error());
  if (std::ranges::find(options.inputs, "-") != options.inputs.end()) {
    return fail(Problem{"fmx watch -", "standard input cannot be watched",
                        "name the file or the folder that the run writes"});
  }
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  return Watcher(loaded->knowledge, options, *pace, stop_on_signals()).follow();
}

}  // namespace fmx::commands
