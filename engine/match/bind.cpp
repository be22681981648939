#include "engine/match/bind.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <unordered_map>

#include "engine/match/guess.hpp"
#include "engine/match/name.hpp"
#include "knowledge/spelling.hpp"

namespace fmx::engine {
namespace {

/// Longer names, in bytes, are no logger's, and name nothing: to try all their beginnings and ends
/// takes the square of their length.
constexpr std::size_t longest_name = 1000;

/// A series that may carry a metric.
struct Candidate {
  std::size_t series = 0;
  Index metric = 0;
  std::vector<std::string> labels;
  bool family = false;
  Agreement agreement = Agreement::exact;
  std::size_t literal = 0;  ///< bytes that the alias spells out
  std::size_t alias = 0;    ///< its place among the metric's aliases
  const std::string* spelling = nullptr;
};

/// An alias of a metric.
struct Spelling {
  Index metric = 0;
  std::size_t order = 0;
  std::string text;  ///< as declared
  Alias alias;
};

/// The aliases of a metric as declared, then its own name.
std::vector<std::string> spellings(const Metric& metric) {
  std::vector<std::string> all = metric.aliases;
  all.push_back(metric.name);
  if (!metric.labels.empty()) {
    std::string family = metric.name;
    for (const std::string& label : metric.labels) family += "/{" + label + "}";
    all.push_back(family);
  }
  return all;
}

std::string_view first_word(std::string_view normal) { return normal.substr(0, normal.find('_')); }
std::string_view last_word(std::string_view normal) {
  const std::size_t cut = normal.rfind('_');
  return cut == normal.npos ? normal : normal.substr(cut + 1);
}

/// All aliases, so laid out that a name meets only those it may agree with.
class Aliases {
 public:
  explicit Aliases(const std::vector<Metric>& metrics) {
    for (Index m = 0; m < metrics.size(); ++m) {
      const std::vector<std::string> texts = spellings(metrics[m]);
      for (std::size_t i = 0; i < texts.size(); ++i) add({m, i, texts[i], alias_of(texts[i])});
    }
  }

  const Spelling& at(std::size_t i) const { return spellings_[i]; }

  /// Those without placeholders whose normal form is `normal`.
  const std::vector<std::size_t>* literals(const std::string& normal) const {
    const auto it = literals_.find(normal);
    return it == literals_.end() ? nullptr : &it->second;
  }

  /// Those with placeholders that `normal` may agree with: some do not.
  template <class Visit>
  void families(std::string_view normal, Visit visit) const {
    for (const auto* index : {&by_first_word_, &by_last_word_}) {
      const auto word = index == &by_first_word_ ? first_word(normal) : last_word(normal);
      const auto it = index->find(std::string(word));
      if (it == index->end()) continue;
      for (const std::size_t i : it->second) visit(spellings_[i]);
    }
    for (const std::size_t i : by_no_word_) visit(spellings_[i]);
  }

 private:
  using ByWord = std::unordered_map<std::string, std::vector<std::size_t>>;

  void add(Spelling spelling) {
    const std::size_t i = spellings_.size();
    const std::string& front = spelling.alias.normal.front();
    const std::string& back = spelling.alias.normal.back();
    if (!spelling.alias.family()) {
      literals_[front].push_back(i);
    } else if (front.find('_') != front.npos) {
      by_first_word_[std::string(first_word(front))].push_back(i);
    } else if (back.find('_') != back.npos) {
      by_last_word_[std::string(last_word(back))].push_back(i);
    } else {
      by_no_word_.push_back(i);
    }
    spellings_.push_back(std::move(spelling));
  }

  std::vector<Spelling> spellings_;
  ByWord literals_, by_first_word_, by_last_word_;
  std::vector<std::size_t> by_no_word_;
};

/// Where the name proper may begin: at 0 and after each run of known prefixes.
std::vector<std::size_t> beginnings(std::string_view normal,
                                    const std::vector<std::string>& prefixes) {
  std::vector<std::size_t> all{0};
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string_view rest = normal.substr(all[i]);
    for (const std::string& prefix : prefixes) {
      if (rest.size() <= prefix.size() + 1 || rest[prefix.size()] != '_') continue;
      const std::size_t next = all[i] + prefix.size() + 1;
      if (rest.starts_with(prefix) && std::find(all.begin(), all.end(), next) == all.end()) {
        all.push_back(next);
      }
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

/// Where the name proper may end: at its end, and before a known suffix.
std::vector<std::size_t> endings(std::string_view normal,
                                 const std::vector<std::string>& suffixes) {
  std::vector<std::size_t> all{normal.size()};
  for (const std::string& suffix : suffixes) {
    if (normal.size() <= suffix.size() + 1 || !normal.ends_with(suffix)) continue;
    const std::size_t end = normal.size() - suffix.size() - 1;
    if (normal[end] == '_') all.push_back(end);
  }
  return all;
}

std::vector<std::string> normal_forms(const std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (const std::string& name : names) all.push_back(normal_form(name));
  return all;
}

/// The placeholders' values in the order of the metric's labels, as spelt. Empty: no agreement.
std::optional<std::vector<std::string>> label_values(const Alias& alias, const Metric& metric,
                                                     const Name& name, std::size_t begin,
                                                     bool& exact) {
  const std::string_view rest = std::string_view(name.normal).substr(begin);
  std::vector<std::string> values;
  // The spelling knows which separators cut labels, so it is asked first.
  const std::string_view spelt = name.spelt.substr(begin == 0 ? 0 : name.place[begin]);
  exact = false;
  if (const auto found = between(alias.spelt, spelt)) {
    exact = true;
    values.assign(found->begin(), found->end());
  } else if (const auto normal = between(alias.normal, rest)) {
    for (const std::string_view value : *normal) {
      const auto at = static_cast<std::size_t>(value.data() - name.normal.data());
      values.emplace_back(name.spelling(at, at + value.size()));
      if (values.back().empty()) return std::nullopt;
    }
  } else {
    return std::nullopt;
  }
  std::vector<std::string> ordered(metric.labels.size());
  for (std::size_t i = 0; i < alias.labels.size(); ++i) {
    const auto it = std::find(metric.labels.begin(), metric.labels.end(), alias.labels[i]);
    if (it != metric.labels.end())
      ordered[static_cast<std::size_t>(it - metric.labels.begin())] = values[i];
  }
  return ordered;
}

class Binder {
 public:
  Binder(const Knowledge& knowledge, const Run& run)
      : knowledge_(knowledge),
        run_(run),
        aliases_(knowledge.metrics),
        prefixes_(normal_forms(knowledge.prefixes)),
        suffixes_(normal_forms(knowledge.suffixes)) {}

  void metrics(Binding& binding) {
    for (std::size_t s = 0; s < run_.series.size(); ++s) collect(s);
    std::sort(candidates_.begin(), candidates_.end(),
              [this](const Candidate& a, const Candidate& b) { return rank(a) < rank(b); });
    binding.metrics.assign(knowledge_.metrics.size(), {});
    std::vector<bool> carries(run_.series.size(), false);
    for (Candidate& candidate : candidates_) {
      auto& members = binding.metrics[candidate.metric];
      if (carries[candidate.series]) continue;
      const auto place =
          std::lower_bound(members.begin(), members.end(), candidate.labels,
                           [](const Member& m, const auto& l) { return m.labels < l; });
      if (place != members.end() && place->labels == candidate.labels) continue;
      carries[candidate.series] = true;
      members.insert(place, {std::move(candidate.labels), candidate.series, candidate.agreement,
                             *candidate.spelling});
    }
    guess(carries, binding);
    for (std::size_t s = 0; s < carries.size(); ++s) {
      if (!carries[s]) binding.unused.push_back(s);
    }
  }

 private:
  /// Literal aliases before families, curves before single samples, closer agreement first, then
  /// more literal text of a family, then the earlier alias. Names and ids settle the rest, so that
  /// no order of input shows.
  using Rank = std::tuple<bool, bool, Agreement, std::size_t, std::size_t, const std::string&,
                          const std::string&>;
  Rank rank(const Candidate& c) const {
    return {c.family,
            run_.series[c.series].values.size() <= 1,
            c.agreement,
            ~c.literal,
            c.alias,
            run_.series[c.series].name,
            knowledge_.metrics[c.metric].id};
  }

  void collect(std::size_t series) {
    if (run_.series[series].name.size() > longest_name) return;
    const Name name = comparable(run_.series[series].name);
    const std::vector<std::size_t> begins = beginnings(name.normal, prefixes_);
    for (const std::size_t begin : begins) {
      const std::string rest = name.normal.substr(begin);
      for (const std::size_t end : endings(rest, suffixes_)) {
        const auto* found = aliases_.literals(rest.substr(0, end));
        if (found == nullptr) continue;
        const bool whole = begin == 0 && end == rest.size();
        for (const std::size_t i : *found) literal(series, name, whole, aliases_.at(i));
      }
      aliases_.families(rest, [&](const Spelling& spelling) {
        // A label that would swallow a known prefix begins after it.
        if (spelling.alias.normal.front().empty() && begin != begins.back()) return;
        family(series, name, begin, spelling);
      });
    }
  }

  /// `whole`: nothing was taken off the name.
  void literal(std::size_t series, const Name& name, bool whole, const Spelling& spelling) {
    const bool exact = whole && spelling.alias.spelt.front() == name.spelt;
    candidates_.push_back({series,
                           spelling.metric,
                           {},
                           false,
                           agreement(whole, exact),
                           0,
                           spelling.order,
                           &spelling.text});
  }

  void family(std::size_t series, const Name& name, std::size_t begin, const Spelling& spelling) {
    bool exact = false;
    auto labels =
        label_values(spelling.alias, knowledge_.metrics[spelling.metric], name, begin, exact);
    if (!labels) return;
    candidates_.push_back({series, spelling.metric, std::move(*labels), true,
                           agreement(begin == 0, exact), spelling.alias.literal, spelling.order,
                           &spelling.text});
  }

  static Agreement agreement(bool whole, bool exact) {
    if (!whole) return Agreement::stripped;
    return exact ? Agreement::exact : Agreement::normal;
  }

  /// Series that no alias names, for metrics that nothing carries. Where two would be guessed for
  /// one metric, neither is.
  void guess(std::vector<bool>& carries, Binding& binding) const {
    std::optional<Guesses> guesses;  // most runs need none
    std::map<Index, std::vector<std::pair<std::size_t, std::string>>> guessed;
    for (std::size_t s = 0; s < carries.size(); ++s) {
      const std::string& name = run_.series[s].name;
      if (carries[s] || run_.series[s].values.size() < 2 || name.size() > longest_name) continue;
      if (!guesses) guesses.emplace(knowledge_);
      const auto found = guesses->metric_of(name);
      if (!found || !binding.metrics[found->metric].empty()) continue;
      if (fits(run_.series[s], knowledge_.metrics[found->metric])) {
        guessed[found->metric].emplace_back(s, found->alias);
      }
    }
    for (auto& [metric, series] : guessed) {
      if (series.size() > 1) continue;
      carries[series.front().first] = true;
      binding.metrics[metric].push_back(
          {{}, series.front().first, Agreement::guessed, std::move(series.front().second)});
    }
  }

  /// Whether the values can be the metric's. The first two tell, so that a guess stands while the
  /// run goes on. Pre: there are two.
  static bool fits(const Series& series, const Metric& metric) {
    return std::all_of(series.values.begin(), series.values.begin() + 2, [&](double value) {
      return !(metric.lowest && value < *metric.lowest) &&
             !(metric.highest && value > *metric.highest);
    });
  }

  const Knowledge& knowledge_;
  const Run& run_;
  Aliases aliases_;
  std::vector<std::string> prefixes_, suffixes_;  ///< in normal form
  std::vector<Candidate> candidates_;
};

/// The keys of a config by the names they may go by: their own, without a known prefix, and their
/// last segments.
class Keys {
 public:
  Keys(const Run& run, const std::vector<std::string>& prefixes) : run_(run) {
    for (const auto& [key, setting] : run.config) {
      if (key.size() > longest_name) continue;
      const std::string normal = normal_form(key);
      for (const std::size_t begin : beginnings(normal, prefixes)) {
        (begin == 0 ? whole_ : stripped_)[normal.substr(begin)].push_back(&key);
      }
      for (std::size_t cut = key.find_first_of("/."); cut != key.npos;
           cut = key.find_first_of("/.", cut + 1)) {
        ends_[normal_form(std::string_view(key).substr(cut + 1))].push_back(&key);
      }
    }
  }

  std::optional<std::string> carrying(const std::vector<std::string>& aliases) const {
    for (const std::string& alias : aliases) {
      if (run_.config.contains(alias)) return alias;
    }
    for (const auto* names : {&whole_, &stripped_, &ends_}) {
      for (const std::string& alias : aliases) {
        const auto it = names->find(normal_form(alias));
        if (it == names->end()) continue;
        // The last segments of two keys say nothing about which of them is meant.
        if (names == &ends_ && it->second.size() > 1) continue;
        return *it->second.front();
      }
    }
    return std::nullopt;
  }

 private:
  using ByName = std::unordered_map<std::string, std::vector<const std::string*>>;
  const Run& run_;
  ByName whole_, stripped_, ends_;
};

}  // namespace

Binding bind(const Knowledge& knowledge, const Run& run) {
  Binding binding;
  Binder(knowledge, run).metrics(binding);

  const Keys keys(run, normal_forms(knowledge.prefixes));
  for (const Param& param : knowledge.params) {
    std::vector<std::string> aliases = param.aliases;
    aliases.push_back(param.name);
    binding.params.push_back(keys.carrying(aliases));
  }
  return binding;
}

}  // namespace fmx::engine
