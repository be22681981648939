#include "src/command_line.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "dsl/suggest.hpp"
#include "src/commands/calibrate.hpp"
#include "src/commands/check.hpp"
#include "src/commands/diff.hpp"
#include "src/commands/doctor.hpp"
#include "src/commands/evaluate.hpp"
#include "src/commands/explain.hpp"
#include "src/commands/fmt.hpp"
#include "src/commands/graph.hpp"
#include "src/commands/infer.hpp"
#include "src/commands/output.hpp"
#include "src/commands/test.hpp"
#include "src/commands/verify.hpp"
#include "src/commands/watch.hpp"

namespace fmx {
namespace {

using Words = std::vector<std::string>;

/// An option's value must be one of `words`.
CLI::Validator one_of(Words words) {
  return CLI::Validator(
      [words](std::string& given) {
        if (std::ranges::find(words, given) != words.end()) return std::string();
        const std::vector<std::string_view> known(words.begin(), words.end());
        const std::string meant = dsl::did_you_mean(given, known);
        return fmt::format("`{}` is none of {}{}", given, fmt::join(words, ", "),
                           meant.empty() ? "" : "; " + meant);
      },
      fmt::format("{}", fmt::join(words, "|")));
}

/// A command's options with the function that runs it.
template <class Options>
CLI::App* command(CLI::App& app, int& status, const char* name, const char* about, Options& options,
                  int (*run)(const Options&)) {
  CLI::App* sub = app.add_subcommand(name, about);
  sub->callback([&status, &options, run] { status = run(options); });
  return sub;
}

struct AllOptions {
  commands::InferOptions infer;
  commands::ExplainOptions explain;
  commands::DoctorOptions doctor;
  commands::WatchOptions watch;
  commands::CheckOptions check;
  commands::FmtOptions fmt;
  commands::TestOptions test;
  commands::GraphOptions graph;
  commands::EvaluateOptions evaluate;
  commands::CalibrateOptions calibrate;
  commands::VerifyOptions verify;
  commands::DiffOptions diff;
};

/// What a run's user adds to what it left behind.
void declare_run(CLI::App* c, commands::RunOptions& o) {
  c->add_option("--config", o.config, "the run's configuration (JSON, YAML or TOML)");
  c->add_option("--context", o.context,
                "a run document (JSON or YAML): symptoms, expected, changed, tried, environment");
  c->add_option("--tried", o.tried, "FIX=OUTCOME: what was tried (no_change, better, worse)")
      ->take_all()
      ->expected(1);
  c->add_option("--symptom", o.symptoms, "what you see, in your own words")
      ->take_all()
      ->expected(1);
  c->add_option("--expected", o.expected, "what you expected to see");
  c->add_option("--changed", o.changed, "what was changed before it went wrong, and when");
}

void declare_infer(CLI::App& app, commands::InferOptions& o, int& status) {
  CLI::App* c = command(app, status, "infer", "Say what is wrong with a run, and what to do first",
                        o, &commands::infer);
  c->add_option("INPUT", o.inputs, "metrics files, a run's folder, or - for standard input");
  declare_run(c, o);
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
  c->add_option("--format", o.format, "how the report is written")
      ->check(one_of({"text", "md", "json", "jsonl"}));
  c->add_flag("--all", o.all, "judge every run that the inputs hold, a report each");
  c->add_option("-o,--output", o.outputs,
                "a file to write; its ending (.json .jsonl .md .txt) tells the format")
      ->take_all()
      ->expected(1);
  c->add_option("--top", o.top, "diagnoses and steps to report at most")
      ->check(CLI::Range(1, 1000));
  c->add_option("--fail-on", o.fail_on, "exit with 1 where a diagnosis is at least this severe")
      ->check(one_of({"low", "medium", "high", "critical"}));
}

void declare_explain(CLI::App& app, commands::ExplainOptions& o, int& status) {
  CLI::App* c = command(app, status, "explain", "Say why something was concluded, or was not", o,
                        &commands::explain);
  c->add_option("INPUT", o.input, "a metrics file, a run's folder, or - for standard input")
      ->required();
  c->add_option("ID", o.id, "a pattern, finding, fix or check")->required();
  c->add_option("--what-if", o.what_if,
                "NAME=VALUE: suppose a setting, or a finding (seen, unseen)")
      ->take_all()
      ->expected(1);
  declare_run(c, o);
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
  c->add_option("--format", o.format, "how it is written")->check(one_of({"text", "md", "json"}));
}

void declare_doctor(CLI::App& app, commands::DoctorOptions& o, int& status) {
  CLI::App* c = command(app, status, "doctor",
                        "Say what was read of a run, what that is enough for, and what to log", o,
                        &commands::doctor);
  c->add_option("INPUT", o.inputs, "metrics files, a run's folder, or - for standard input")
      ->required();
  declare_run(c, o);
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
  c->add_option("--format", o.format, "how it is written")->check(one_of({"text", "md", "json"}));
}

void declare_watch(CLI::App& app, commands::WatchOptions& o, int& status) {
  CLI::App* c = command(app, status, "watch", "Follow a run that is going on, and say what changes",
                        o, &commands::watch);
  c->add_option("INPUT", o.inputs, "metrics files or a run's folder; need not be there yet")
      ->required();
  declare_run(c, o);
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
  c->add_option("--format", o.format, "how events are written")->check(one_of({"text", "json"}));
  c->add_option("--exec", o.exec,
                "a command to run where a diagnosis fires or is resolved; the report on its input");
  c->add_option("--until", o.until, "end with 1 where a diagnosis at least this severe fires")
      ->check(one_of({"low", "medium", "high", "critical"}));
  c->add_option("--window", o.window, "samples of each series to keep; memory stays constant")
      ->check(CLI::Range(100, 1'000'000'000));
  c->add_option("--interval", o.interval, "between two looks")->capture_default_str();
  c->add_option("--for", o.hold, "how long a failure is seen before it fires (three intervals)");
}

void declare_check(CLI::App& app, commands::CheckOptions& o, int& status) {
  CLI::App* c =
      command(app, status, "check", "Find the mistakes in rule files", o, &commands::check);
  c->add_option("PATH", o.paths, "rule files or folders");
  c->add_option("--format", o.format, "how mistakes are written")->check(one_of({"text", "json"}));
  c->add_option("--explain", o.explain, "print what a diagnostic's code means");
  CLI::Option* fix =
      c->add_flag("--fix", o.fix, "mend what can only be meant one way, in the files");
  c->add_flag("--diff", o.diff, "show what --fix would change, and change nothing")->excludes(fix);
}

void declare_fmt(CLI::App& app, commands::FmtOptions& o, int& status) {
  CLI::App* c = command(app, status, "fmt", "Write rule files in the one way fmx writes them", o,
                        &commands::fmt);
  c->add_option("PATH", o.paths, "rule files or folders, or - for standard input")->required();
  c->add_flag("--check", o.check,
              "change nothing: show what would change, and exit with 1 if anything would");
}

void declare_test(CLI::App& app, commands::TestOptions& o, int& status) {
  CLI::App* c = command(app, status, "test", "Run the tests of packs", o, &commands::test);
  c->add_option("PATH", o.paths, "rule files or folders")->required();
  c->add_option("--filter", o.filter,
                "only tests whose name or pack contains this; with --coverage or --mutate all "
                "tests, but only the knowledge whose id does");
  c->add_flag("--coverage", o.coverage, "what the tests reach of what the packs say");
  c->add_flag("--mutate", o.mutate, "small changes of the packs that no test notices");
  c->add_option("--sample", o.sample, "judge no more mutants than this, chosen at random")
      ->check(CLI::PositiveNumber);
  c->add_option("--seed", o.seed, "of that choice")->capture_default_str();
  c->add_option("--time-limit", o.time_limit, "seconds after which no further mutants are judged")
      ->check(CLI::PositiveNumber);
  c->add_option("--junit", o.junit, "a file to write the results to as JUnit's XML");
  c->add_option("--format", o.format,
                "how results are written; json is of coverage and mutants alone")
      ->check(one_of({"text", "junit", "json"}));
}

void declare_graph(CLI::App& app, commands::GraphOptions& o, int& status) {
  CLI::App* c = command(app, status, "graph", "Print the knowledge graph", o, &commands::graph);
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
  c->add_option("--format", o.format, "how the graph is written")->check(one_of({"dot", "json"}));
  c->add_option("--around", o.around, "only what lies near this pattern, finding, fix, ...");
  c->add_option("--within", o.within, "how many edges away that is")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
}

void declare_evaluate(CLI::App& app, commands::EvaluateOptions& o, int& status) {
  CLI::App* c = command(app, status, "evaluate", "Say how well the packs do on labelled runs", o,
                        &commands::evaluate);
  c->add_option("CASES", o.cases, "a folder with one folder for each run and its label.json")
      ->required();
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
  c->add_option("--format", o.format, "how the result is written")
      ->check(one_of({"text", "md", "json"}));
  c->add_option("--save", o.save, "a file to keep the result in (JSON)");
  c->add_option("--against", o.against,
                "a kept result: say which cases changed; exit with 1 where one got worse");
}

void declare_calibrate(CLI::App& app, commands::CalibrateOptions& o, int& status) {
  CLI::App* c = command(app, status, "calibrate", "Fit what the packs say to labelled runs", o,
                        &commands::calibrate);
  c->add_option("CASES", o.cases, "a folder with one folder for each run and its label.json")
      ->required();
  c->add_option("-o,--output", o.output, "the overlay to write, a .fmrule file");
  c->add_option("--name", o.pack, "the overlay's pack")->capture_default_str();
  c->add_option("--parts", o.parts, "parts of the cross-validation")
      ->check(CLI::Range(2, 100))
      ->capture_default_str();
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
}

void declare_verify(CLI::App& app, commands::VerifyOptions& o, int& status) {
  CLI::App* c = command(app, status, "verify", "Say whether a fix helped", o, &commands::verify);
  c->add_option("OLD", o.old_run, "the run before the fix: a file or a folder")->required();
  c->add_option("NEW", o.new_run, "the run after it")->required();
  c->add_option("--fix", o.fix, "the fix that was made, by its id; else the most likely one");
  c->add_option("--format", o.format, "how the answer is written")
      ->check(one_of({"text", "md", "json"}));
  c->add_option("--pack", o.packs, "a pack's folder or file, beside those that come with fmx")
      ->take_all()
      ->expected(1);
}

void declare_diff(CLI::App& app, commands::DiffOptions& o, int& status) {
  CLI::App* c = command(app, status, "diff", "Say how two states of packs differ on labelled runs",
                        o, &commands::diff);
  c->add_option("BEFORE", o.before, "packs: a folder or a rule file")->required();
  c->add_option("AFTER", o.after, "the same packs, otherwise; or an overlay on those of fmx")
      ->required();
  c->add_option("--on", o.cases, "a folder with one folder for each run and its label.json")
      ->required();
  c->add_option("--format", o.format, "how the answer is written")
      ->check(one_of({"text", "md", "json"}));
}

/// What follows `fmx NAME` where a word was not understood: the nearest command or option.
Problem not_understood(const CLI::App& app, const CLI::App* chosen, const std::string& word) {
  const CLI::App& near = chosen != nullptr ? *chosen : app;
  const std::string program = chosen != nullptr ? "fmx " + chosen->get_name() : "fmx";
  Words known;
  const bool option = word.starts_with("-");
  if (option) {
    for (const CLI::Option* o : near.get_options()) {
      for (const std::string& name : o->get_lnames()) known.push_back("--" + name);
    }
  } else {
    for (const CLI::App* sub : near.get_subcommands({})) known.push_back(sub->get_name());
  }
  const std::string bare = word.substr(0, word.find('='));
  const std::vector<std::string_view> views(known.begin(), known.end());
  const std::string meant = dsl::did_you_mean(bare, views);
  return {program, fmt::format("no {} is called `{}`", option ? "option" : "command", bare),
          meant.empty() ? fmt::format("`{} --help` lists them all", program) : meant};
}

Problem usage_problem(const CLI::App& app, const CLI::ParseError& error) {
  const std::vector<CLI::App*> chosen_apps = app.get_subcommands();
  const CLI::App* chosen = chosen_apps.empty() ? nullptr : chosen_apps.front();
  const std::vector<std::string> words = app.remaining(true);
  if (!words.empty()) return not_understood(app, chosen, words.front());
  const std::string program = chosen != nullptr ? "fmx " + chosen->get_name() : "fmx";
  return {program, error.what(), fmt::format("`{} --help` shows how it is used", program)};
}

}  // namespace

int run_command_line(int argc, const char* const* argv) {
  CLI::App app("Tells you why your training run went wrong, and what to do first.", "fmx");
  app.set_version_flag("--version", "fmx " FMX_VERSION);
  app.require_subcommand(1);
  app.footer(
      "Exit status: 0 done; 1 --fail-on or --until was met, a check or test failed, a case got "
      "worse,\n"
      "a fix did not help; 2 bad usage, unreadable input or a broken pack; 4 verify cannot tell "
      "yet.");
  int status = commands::done;
  AllOptions options;
  declare_infer(app, options.infer, status);
  declare_explain(app, options.explain, status);
  declare_doctor(app, options.doctor, status);
  declare_watch(app, options.watch, status);
  declare_check(app, options.check, status);
  declare_fmt(app, options.fmt, status);
  declare_test(app, options.test, status);
  declare_graph(app, options.graph, status);
  declare_evaluate(app, options.evaluate, status);
  declare_calibrate(app, options.calibrate, status);
  declare_verify(app, options.verify, status);
  declare_diff(app, options.diff, status);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& wanted) {  // --help, --version
    return app.exit(wanted);
  } catch (const CLI::RequiredError& error) {
    if (argc > 1) return commands::fail(usage_problem(app, error));
    return commands::fail({"fmx", "which command?",
                           "fmx infer RUN says what is wrong with a run; fmx --help lists all"});
  } catch (const CLI::ParseError& error) {
    return commands::fail(usage_problem(app, error));
  }
  return status;
}

}  // namespace fmx
