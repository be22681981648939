#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/knowledge.hpp"

namespace fmx::engine {

/// A metric whose spelling a name comes close to.
struct Guess {
  Index metric = 0;
  std::string alias;
};

/// What a name that no alias spells may stand for. A name is close to an alias without placeholders
/// where it has
///
///   1. its words in another order, in plural or singular: `norm/grads` for `grad_norm`;
///   2. the same besides words that packs declare as `prefix` or `suffix`, two words at least left;
///   3. one slip of the keyboard (a letter more, less, other, or two exchanged) in one word that no
///      alias of any metric knows, not in its first letter, and not in a short word or one with
///      digits: `grad_nrom`, but not `bal_loss` for `val_loss`.
///
/// What is close to two metrics in the same way is close to none: a wrong guess costs more than
/// none.
class Guesses {
 public:
  explicit Guesses(const Knowledge& knowledge);

  std::optional<Guess> metric_of(std::string_view name) const;

 private:
  /// Words, singular and sorted: what is left of a name when their order does not matter.
  using Key = std::vector<std::string>;
  using Found = std::map<Key, std::map<Index, std::string>>;  ///< metric, its first such alias

  Key key_of(std::string_view name) const;
  Key bare(const Key& key) const;
  std::optional<Guess> only(const Found& found, const Key& key) const;
  std::optional<Guess> mistyped(const Key& key) const;

  std::set<std::string> affixes_, words_;
  Found whole_, bare_;
};

}  // namespace fmx::engine
