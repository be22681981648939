#include "src/cases/comparison.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "src/cases/evaluation_formats.hpp"
#include "src/reports/figure.hpp"
#include "src/reports/json_document.hpp"

namespace fmx::cases {
namespace {

using Json = nlohmann::ordered_json;

constexpr double notable = 0.01;

std::vector<Moved> moved_diagnoses(const Said& before, const Said& after) {
  std::map<std::string, double> old_ones(before.diagnoses.begin(), before.diagnoses.end());
  std::vector<Moved> all;
  for (const auto& [id, confidence] : after.diagnoses) {
    const auto old_one = old_ones.find(id);
    const double was = old_one == old_ones.end() ? 0 : old_one->second;
    if (std::abs(was - confidence) >= notable) {
      all.push_back({id, old_one == old_ones.end() ? "-" : reports::percent(was),
                     reports::percent(confidence)});
    }
    if (old_one != old_ones.end()) old_ones.erase(old_one);
  }
  for (const auto& [id, confidence] : before.diagnoses) {
    if (old_ones.contains(id) && confidence >= notable) {
      all.push_back({id, reports::percent(confidence), "-"});
    }
  }
  return all;
}

std::string in_words(const Degree& degree) {
  if (!degree.known()) return fmt::format("unknown, {}", describe(degree.reason()));
  return fmt::format("{:.2f}", degree.value());
}

std::vector<Moved> moved_findings(const Knowledge& old_one, const std::vector<Degree>& before,
                                  const Knowledge& new_one, const std::vector<Degree>& after) {
  std::map<std::string, std::pair<std::string, std::string>> by_id;
  for (Index i = 0; i < before.size(); ++i)
    by_id[old_one.findings[i].id].first = in_words(before[i]);
  for (Index i = 0; i < after.size(); ++i)
    by_id[new_one.findings[i].id].second = in_words(after[i]);
  std::vector<Moved> all;
  for (const auto& [id, words] : by_id) {
    if (words.first == words.second) continue;
    const auto or_none = [](const std::string& w) { return w.empty() ? std::string("-") : w; };
    all.push_back({id, or_none(words.first), or_none(words.second)});
  }
  return all;
}

template <class T>
const T* called(const std::vector<T>& all, const std::string& name) {
  const auto at = std::ranges::find(all, name, &T::name);
  return at == all.end() ? nullptr : &*at;
}

const std::vector<Degree>& degrees_of(const Answered& answered, const std::string& name) {
  const engine::LabelledCase* run = called(answered.cases.runs, name);
  return answered.answers[static_cast<std::size_t>(run - answered.cases.runs.data())].degrees;
}

std::string_view word(KnowledgeChange::Kind kind) {
  switch (kind) {
    case KnowledgeChange::Kind::added: return "added";
    case KnowledgeChange::Kind::removed: return "removed";
    case KnowledgeChange::Kind::changed: return "changed";
  }
  return "";
}

std::string figures(const Comparison& c) {
  const auto row = [](std::string_view what, const std::string& before, const std::string& after) {
    return fmt::format("  {:<24} {:>8} {:>8}\n", what, before, after);
  };
  const auto both = [&](std::string_view what, double engine::Score::*figure) {
    return row(what, share(c.before.score.*figure), share(c.after.score.*figure));
  };
  const auto fine = [](double value) { return fmt::format("{:.3f}", value); };
  const engine::Reliability &a = c.before.score.reliability, &b = c.after.score.reliability;
  return row("", "before", "after") + both("first is right", &engine::Score::first_fair) +
         both("strictly", &engine::Score::first) +
         both("among the first three", &engine::Score::three_fair) +
         both("missed", &engine::Score::missed) +
         both("confident and wrong", &engine::Score::confident_and_wrong) +
         both("false alarms", &engine::Score::false_alarms) +
         row("ECE", fine(a.error), fine(b.error)) + row("Brier", fine(a.brier), fine(b.brier));
}

std::string status(const Said& said) {
  return fmt::format("{}{}", said.status, said.good ? "" : " (not right)");
}

Json moved(const std::vector<Moved>& all) {
  Json list = Json::array();
  for (const Moved& m : all) {
    list.push_back({{"id", m.id}, {"before", m.before}, {"after", m.after}});
  }
  return list;
}

Json score(const engine::Score& s) {
  return {{"first", reports::rounded(s.first_fair)},
          {"first_strict", reports::rounded(s.first)},
          {"three", reports::rounded(s.three_fair)},
          {"missed", reports::rounded(s.missed)},
          {"confident_and_wrong", reports::rounded(s.confident_and_wrong)},
          {"false_alarms", reports::rounded(s.false_alarms)},
          {"ece", reports::rounded(s.reliability.error)},
          {"brier", reports::rounded(s.reliability.brier)}};
}

}  // namespace

Comparison compare(const Answered& before, const Answered& after) {
  Comparison result{.before = evaluate(before.knowledge, before.cases, before.answers),
                    .after = evaluate(after.knowledge, after.cases, after.answers),
                    .knowledge = knowledge_changes(before.knowledge, after.knowledge),
                    .cases = {}};
  for (Changed& changed : changes(result.before.cases, result.after.cases)) {
    const std::string name = changed.after.name;
    ChangedCase one{.changed = std::move(changed), .diagnoses = {}, .findings = {}};
    one.diagnoses = moved_diagnoses(one.changed.before, one.changed.after);
    one.findings = moved_findings(before.knowledge, degrees_of(before, name), after.knowledge,
                                  degrees_of(after, name));
    result.cases.push_back(std::move(one));
  }
  return result;
}

std::string text(const Comparison& c) {
  std::string out = fmt::format("{} cases\n", c.after.cases.size()) + figures(c);
  out += c.knowledge.empty() ? "\nthe knowledge is the same\n" : "\nthe knowledge\n";
  for (const KnowledgeChange& change : c.knowledge) {
    out += fmt::format("  {} {} {}{}{}\n", word(change.kind), change.what, change.id,
                       change.details.empty() ? "" : ": ", fmt::join(change.details, "; "));
  }
  out += c.cases.empty() ? "\nno case is judged otherwise\n" : "\nthe cases that change\n";
  for (const ChangedCase& one : c.cases) {
    out += fmt::format("  {}: {}\n", one.changed.after.name, in_words(one.changed.kind));
    const std::string was = status(one.changed.before), is = status(one.changed.after);
    if (was != is) out += fmt::format("    {} -> {}\n", was, is);
    for (const Moved& m : one.diagnoses) {
      out += fmt::format("    {}: {} -> {}\n", m.id, m.before, m.after);
    }
    for (const Moved& m : one.findings) {
      out += fmt::format("    because {}: {} -> {}\n", m.id, m.before, m.after);
    }
  }
  return out + not_used(c.after.not_used);
}

std::string markdown(const Comparison& c) {
  return fmt::format("# Comparison on {} cases\n\n```\n{}```\n", c.after.cases.size(), text(c));
}

std::string json(const Comparison& c) {
  Json out = {{"schema", "fmx-comparison/1"},
              {"before", score(c.before.score)},
              {"after", score(c.after.score)}};
  Json& knowledge = out["knowledge"] = Json::array();
  for (const KnowledgeChange& change : c.knowledge) {
    knowledge.push_back({{"kind", word(change.kind)},
                         {"what", change.what},
                         {"id", change.id},
                         {"details", change.details}});
  }
  Json& cases = out["cases"] = Json::array();
  for (const ChangedCase& one : c.cases) {
    cases.push_back({{"case", one.changed.after.name},
                     {"change", in_words(one.changed.kind)},
                     {"status", {one.changed.before.status, one.changed.after.status}},
                     {"diagnoses", moved(one.diagnoses)},
                     {"findings", moved(one.findings)}});
  }
  return reports::written(out);
}

}  // namespace fmx::cases
