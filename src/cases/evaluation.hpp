#pragma once

#include <string>
#include <utility>
#include <vector>

#include "engine/learn/score.hpp"
#include "src/cases/answers.hpp"
#include "src/cases/read.hpp"

namespace fmx::cases {

/// A case and what was said of it, by ids: it outlives the knowledge that said it.
struct Said {
  std::string name;
  std::vector<std::string> label, accept;                 ///< ids; no label: healthy
  std::string status;                                     ///< as in a report
  std::vector<std::pair<std::string, double>> diagnoses;  ///< id, confidence; likeliest first
  bool good = false;  ///< nothing to complain of, see engine::Outcome
};

/// A case of which something else was said before.
struct Changed {
  enum class Kind { now_wrong, now_right, other_diagnosis, other_status, confidence };
  Kind kind = Kind::confidence;
  Said before, after;
};

/// How well knowledge does on labelled runs: what `fmx evaluate` writes.
struct Evaluation {
  engine::Score score;
  struct OfPattern {
    std::string id;
    engine::PatternScore score;
  };
  std::vector<OfPattern> patterns;
  struct Confused {
    std::string truth, said;  ///< ids; empty: healthy, nothing said
    std::size_t cases = 0;
  };
  std::vector<Confused> confusion;
  std::vector<Said> cases;
  std::vector<Changed> changed;                    ///< against a saved result, worst first
  std::vector<std::string> only_before, only_now;  ///< cases that only one of the two results has
  bool compared = false;                           ///< there was a saved result
  std::vector<Problem> not_used;
};

/// Pre: one answer a case, in their order.
Evaluation evaluate(const Knowledge& knowledge, const Cases& cases,
                    const std::vector<Answer>& answers);

/// What was said of each case.
std::vector<Said> said(const Knowledge& knowledge, const std::vector<engine::LabelledCase>& cases,
                       const std::vector<engine::Verdict>& verdicts);

/// Notes in `evaluation` how it differs from what was said before. Confidences count as changed
/// from five hundredths on.
void compare(const std::vector<Said>& before, Evaluation& evaluation);

/// The cases of which other things are said, worst first; of equals, by name.
std::vector<Changed> changes(const std::vector<Said>& before, const std::vector<Said>& after);

}  // namespace fmx::cases
