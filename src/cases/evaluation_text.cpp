#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>

#include "src/cases/evaluation_formats.hpp"
#include "src/reports/page.hpp"

namespace fmx::cases {
namespace {

constexpr std::size_t widest_bar = 40;
constexpr std::size_t largest_matrix = 8;  // classes that still fit beside one another
constexpr std::size_t most_not_used = 10;

/// The part of an id after its pack: what a table has room for.
std::string brief(const std::string& id) {
  const std::size_t dot = id.rfind('.');
  return dot == std::string::npos ? id : id.substr(dot + 1);
}

std::string name_of_class(const std::string& id, std::string_view none) {
  return id.empty() ? std::string(none) : brief(id);
}

std::string first_of(const Said& said) {
  if (said.diagnoses.empty()) return said.status;
  return fmt::format("{} {:.2f}{}", brief(said.diagnoses.front().first),
                     said.diagnoses.front().second,
                     said.status == "diagnosed" ? "" : " (" + said.status + ")");
}

std::string label_of(const Said& said) {
  std::vector<std::string> names;
  for (const std::string& id : said.label) names.push_back(brief(id));
  return names.empty() ? "healthy" : fmt::format("{}", fmt::join(names, "+"));
}

std::string summary(const Evaluation& e) {
  const engine::Score& s = e.score;
  std::string out =
      fmt::format("{}: {} faulty, {} healthy\n\n",
                  reports::count(s.faulty + s.healthy, "case", "cases"), s.faulty, s.healthy);
  if (s.faulty > 0) {
    out += fmt::format(
        "faulty   first is right {} (strictly {}), among the first three {} ({})\n"
        "         missed {}, confident and wrong {}, abstained {}\n",
        share(s.first_fair), share(s.first), share(s.three_fair), share(s.three), share(s.missed),
        share(s.confident_and_wrong), share(s.abstained_of_faulty));
  }
  if (s.healthy > 0) {
    out += fmt::format("healthy  false alarms {}, abstained {}\n", share(s.false_alarms),
                       share(s.abstained_of_healthy));
  }
  return out;
}

std::string calibration(const engine::Reliability& r) {
  return fmt::format("confidence of the first diagnosis ({}): ECE {:.3f}, Brier {:.3f}\n",
                     reports::count(r.cases, "case", "cases"), r.error, r.brier);
}

/// A whole matrix where it fits, else what lies off its diagonal.
std::string confused(const Evaluation& e) {
  std::vector<std::string> names;
  for (const Evaluation::Confused& c : e.confusion) {
    for (const std::string& id : {c.truth, c.said}) {
      if (std::ranges::find(names, id) == names.end()) names.push_back(id);
    }
  }
  std::ranges::sort(names);
  std::string out;
  if (names.size() > largest_matrix) {
    for (const Evaluation::Confused& c : e.confusion) {
      if (c.truth == c.said) continue;
      out += fmt::format("  {:<32} said to be {:<32} {:>4}\n", name_of_class(c.truth, "healthy"),
                         name_of_class(c.said, "nothing"), c.cases);
    }
    return out.empty() ? "" : "\nconfused\n" + out;
  }
  out = fmt::format("\n{:<33}", "confusion (row: is, column: said)");
  for (std::size_t i = 0; i < names.size(); ++i) out += fmt::format(" {:>4}", i + 1);
  out += '\n';
  for (std::size_t row = 0; row < names.size(); ++row) {
    out += fmt::format("  {} {:<29}", row + 1, name_of_class(names[row], "healthy, or nothing"));
    for (const std::string& said : names) {
      const auto at = std::ranges::find_if(e.confusion, [&](const Evaluation::Confused& c) {
        return c.truth == names[row] && c.said == said;
      });
      out += at == e.confusion.end() ? "    ." : fmt::format(" {:>4}", at->cases);
    }
    out += '\n';
  }
  return out;
}

std::string ratio(std::size_t of, std::size_t all) {
  return all == 0 ? "-" : share(static_cast<double>(of) / static_cast<double>(all));
}

bool is_perfect(const engine::PatternScore& s) {
  return s.found == s.labelled && s.right == s.said;
}

std::string patterns(const Evaluation& e) {
  std::string out;
  std::size_t perfect = 0;
  for (const auto& [id, s] : e.patterns) {
    if (is_perfect(s)) {
      ++perfect;
      continue;
    }
    out += fmt::format("  {:<32} {:>5} {:>9} {:>9} {:>6} {:>10}\n", brief(id), s.labelled,
                       ratio(s.found_fair, s.labelled), ratio(s.found, s.labelled), s.said,
                       ratio(s.right, s.said));
  }
  if (!out.empty()) {
    out = fmt::format("\n{:<34} {:>5} {:>9} {:>9} {:>6} {:>10}\n", "pattern", "runs", "recall",
                      "strictly", "said", "precision") +
          out;
  }
  if (perfect > 0) {
    out += fmt::format("\n{} {} found in every run that has {}, and in no other\n", perfect,
                       perfect == 1 ? "pattern is" : "patterns are", perfect == 1 ? "it" : "them");
  }
  return out;
}

std::string wrong(const Evaluation& e) {
  std::string out;
  for (const Said& said : e.cases) {
    if (said.good) continue;
    out += fmt::format("  {:<24} {:<28} {}\n", said.name, label_of(said), first_of(said));
  }
  return out.empty() ? "" : fmt::format("\n{:<26} {:<28} said\n", "not right", "is") + out;
}

std::string changed(const Evaluation& e) {
  if (!e.compared) return "";
  std::string out;
  for (const Changed& c : e.changed) {
    out += fmt::format("  {:<24} {}: {} -> {}\n", c.after.name, in_words(c.kind),
                       first_of(c.before), first_of(c.after));
  }
  const auto list = [&](const std::vector<std::string>& names, std::string_view what) {
    if (!names.empty()) out += fmt::format("  {}: {}\n", what, fmt::join(names, ", "));
  };
  list(e.only_before, "no longer there");
  list(e.only_now, "new");
  return out.empty() ? "\nnothing changed against the saved result\n"
                     : "\nchanged against the saved result\n" + out;
}

std::string fenced(const std::string& text) {
  const std::size_t from = text.find_first_not_of('\n');
  return from == std::string::npos ? "" : "```\n" + text.substr(from) + "```\n\n";
}

}  // namespace

std::string_view in_words(Changed::Kind kind) {
  switch (kind) {
    case Changed::Kind::now_wrong: return "right before, wrong now";
    case Changed::Kind::now_right: return "wrong before, right now";
    case Changed::Kind::other_diagnosis: return "another first diagnosis";
    case Changed::Kind::other_status: return "another status";
    case Changed::Kind::confidence: return "another confidence";
  }
  return "";
}

std::string not_used(const std::vector<Problem>& problems) {
  std::string out;
  for (std::size_t i = 0; i < std::min(problems.size(), most_not_used); ++i) {
    const Problem& problem = problems[i];
    out += fmt::format("  {}: {}; {}\n", problem.where, problem.what, problem.remedy);
  }
  if (problems.size() > most_not_used) {
    out += fmt::format("  and {} more\n", problems.size() - most_not_used);
  }
  return out.empty() ? "" : "\nnot used\n" + out;
}

std::string share(double value) { return fmt::format("{:.1f} %", 100 * value); }

std::string diagram(const engine::Reliability& r) {
  std::string out;
  const auto columns = [](double value) {
    return static_cast<std::size_t>(std::lround(value * static_cast<double>(widest_bar)));
  };
  for (std::size_t i = 0; i < r.bins.size(); ++i) {
    const engine::ReliabilityBin& bin = r.bins[i];
    if (bin.cases == 0) continue;
    std::string bar(widest_bar + 1, ' ');
    std::fill_n(bar.begin(), columns(bin.was), '#');
    bar[columns(bin.said)] = '|';
    bar.erase(bar.find_last_not_of(' ') + 1);
    out += fmt::format("  {:.1f}-{:.1f} {:>5}  said {:.2f}  was {:.2f}  {}\n",
                       static_cast<double>(i) / 10, static_cast<double>(i + 1) / 10, bin.cases,
                       bin.said, bin.was, bar);
  }
  return out;
}

std::string text(const Evaluation& e) {
  const engine::Reliability& r = e.score.reliability;
  std::string out = summary(e);
  if (r.cases > 0) out += "\n" + calibration(r) + diagram(r);
  return out + patterns(e) + confused(e) + wrong(e) + changed(e) + not_used(e.not_used);
}

std::string markdown(const Evaluation& e) {
  const engine::Score& s = e.score;
  std::string out = fmt::format(
      "# Evaluation: {} faulty runs, {} healthy\n\n"
      "| | |\n| --- | ---: |\n"
      "| first diagnosis is right | {} |\n| strictly | {} |\n"
      "| among the first three | {} |\n| strictly | {} |\n"
      "| missed | {} |\n| confident and wrong | {} |\n| abstained on faulty runs | {} |\n"
      "| false alarms on healthy runs | {} |\n| abstained on healthy runs | {} |\n"
      "| ECE | {:.3f} |\n| Brier | {:.3f} |\n\n",
      s.faulty, s.healthy, share(s.first_fair), share(s.first), share(s.three_fair), share(s.three),
      share(s.missed), share(s.confident_and_wrong), share(s.abstained_of_faulty),
      share(s.false_alarms), share(s.abstained_of_healthy), s.reliability.error,
      s.reliability.brier);
  if (s.reliability.cases > 0) {
    out += "## Confidence\n\n" + fenced(diagram(s.reliability));
  }
  out +=
      "## Patterns\n\n| pattern | runs | recall | strictly | said | precision |\n"
      "| --- | ---: | ---: | ---: | ---: | ---: |\n";
  for (const auto& [id, p] : e.patterns) {
    out += fmt::format("| `{}` | {} | {} | {} | {} | {} |\n", id, p.labelled,
                       ratio(p.found_fair, p.labelled), ratio(p.found, p.labelled), p.said,
                       ratio(p.right, p.said));
  }
  const std::string rest = confused(e) + wrong(e) + changed(e) + not_used(e.not_used);
  if (!rest.empty()) out += "\n## Cases\n\n" + fenced(rest);
  return out;
}

}  // namespace fmx::cases
