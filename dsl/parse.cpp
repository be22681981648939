#include "dsl/parse.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <set>
#include <utility>

#include "dsl/expected.hpp"
#include "dsl/grammar.hpp"
#include "dsl/mistake.hpp"
#include "dsl/recover.hpp"
#include "dsl/suggest.hpp"
#include "dsl/tree_builder.hpp"
#include "dsl/whole_file.hpp"

namespace fmx::dsl {
namespace {

namespace peg = tao::pegtl;
using Input = peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf, std::string_view>;

constexpr int deepest = 200;                // levels of parentheses, calls, `not` and unary minus
constexpr std::size_t most_mistakes = 100;  // then the rest of the file is left unread

/// What the parser works on: the tree so far and the mistakes so far.
struct Work {
  std::string_view text;
  std::uint32_t source = 0;
  TreeBuilder builder;
  std::vector<Diagnostic> diagnostics = {};
  std::set<std::string_view> misnamed = {};  // words that stand where a name should; reported once
  std::string_view item = {};                // keyword of the item that is being read
  std::uint32_t open_block = 0;              // its `{`
  int depth = 0;
  bool gave_up = false;

  /// Whether a text without end has taken in the rest of the file.
  bool ended_in_text() const {
    return !diagnostics.empty() && diagnostics.back().code == "unterminated-text";
  }

  /// `Train-Loss` is one mistake, not one in `Train` and one behind it.
  void forget_part_of(const Diagnostic& whole) {
    if (diagnostics.empty() || diagnostics.back().code != whole.code) return;
    if (diagnostics.back().primary.span.begin == whole.primary.span.begin) diagnostics.pop_back();
  }

  void report(Diagnostic diagnostic) {
    if (!gave_up) diagnostics.push_back(std::move(diagnostic));
    if (diagnostics.size() < most_mistakes || gave_up) return;
    gave_up = true;
    Diagnostic last = diagnostics.back();
    last.code = "too-many-mistakes";
    last.message = "the rest of this file was not read";
    last.primary.text = fmt::format("the {}th mistake", most_mistakes);
    last.hint = "is this a file of rules?";
    last.edit.reset();
    last.secondary.clear();
    diagnostics.push_back(std::move(last));
  }
};

std::uint32_t place(const Input& in) {
  return static_cast<std::uint32_t>(in.current() - in.begin());
}

void move_to(Input& in, std::uint32_t byte) { in.iterator() = in.begin() + byte; }

template <typename Rule>
concept IsNode = requires {
  Rule::kind;
};
template <typename Rule>
concept IsSeveral = requires {
  Rule::only_if_several;
};
template <typename Rule>
concept IsSuffix = requires {
  Rule::takes_left;
};
template <typename Rule>
concept Recovers = requires {
  Rule::recovers;
};
template <typename Rule>
concept CountsDepth = requires {
  Rule::counts_depth;
};

bool has_capitals(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return c >= 'A' && c <= 'Z'; });
}

/// Values of other languages: what stands in an expression says more of them than that they are
/// not written as names are.
bool is_literal_elsewhere(std::string_view word) {
  constexpr auto words =
      std::to_array<std::string_view>({"FALSE", "False", "Inf", "NaN", "None", "TRUE", "True"});
  return is_one_of(words, word);
}

/// Whether a mistake behind a field, where the next one should begin, belongs to the field: then
/// half of it was read, which must not pass for the whole.
bool mends_what_precedes(const Diagnostic& diagnostic) {
  constexpr std::array<std::string_view, 7> codes{
      "chained-comparison", "expected-field", "misplaced-window", "missing-parentheses",
      "unknown-operator",   "unknown-unit",   "unmatched-bracket"};
  return std::ranges::find(codes, diagnostic.code) != codes.end();
}

/// Whether what was read last may end in an expression, which then could go on.
bool ends_in_expression(Kind kind) {
  return kind == Kind::field_when || kind == Kind::field_since || kind == Kind::field_needs ||
         kind == Kind::field_range || kind == Kind::field_change || kind == Kind::field_unless ||
         kind == Kind::let || kind == Kind::rule;
}

bool first_on_its_line(std::string_view text, std::uint32_t at) {
  while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t')) --at;
  return at == 0 || text[at - 1] == '\n';
}

/// Where a comment ends that begins at `at`, or with the byte in front, as in other languages.
std::uint32_t behind_foreign_comment(std::string_view text, std::uint32_t at) {
  const bool here = text.substr(at).starts_with("//");
  const bool before = at > 0 && text.substr(at - 1).starts_with("//");
  if (!here && !before) return at;
  return static_cast<std::uint32_t>(std::min(text.find('\n', at), text.size()));
}

bool is_field_or_statement(Kind kind) {
  return (kind >= Kind::field_title && kind <= Kind::field_line) || kind == Kind::let ||
         kind == Kind::rule || kind == Kind::given || kind == Kind::expect;
}

/// What happens around the rules of the grammar: nodes are opened and closed, depth is counted,
/// mistakes are reported.
template <typename Rule>
struct Control : peg::normal<Rule> {
  template <peg::apply_mode A, peg::rewind_mode M, template <typename...> class Action,
            template <typename...> class Ctl>
  static bool match(Input& in, Work& work) {
    const auto rule = [&] {
      return peg::normal<Rule>::template match<A, M, Action, Ctl>(in, work);
    };
    const std::uint32_t begin = place(in);

    if constexpr (IsNode<Rule>) {
      return match_node(in, work, begin, rule);
    } else if constexpr (CountsDepth<Rule>) {
      if (work.depth == deepest) throw Mistake{begin, {"nested-too-deeply", "200 levels"}};
      ++work.depth;
      const bool matched = rule();
      --work.depth;
      return matched;
    } else if constexpr (Recovers<Rule>) {
      return match_or_recover<Ctl>(in, work, begin, rule);
    } else if constexpr (std::is_same_v<Rule, grammar::comment>) {
      if (!rule()) return false;
      work.builder.comment(begin, place(in));
      return true;
    } else if constexpr (std::is_same_v<Rule, grammar::skip>) {
      const bool matched = rule();
      work.builder.skipped(begin, place(in));
      return matched;
    } else if constexpr (std::is_same_v<Rule, grammar::open_block>) {
      const bool matched = rule();
      if (matched) work.open_block = begin;
      return matched;
    } else if constexpr (std::is_same_v<Rule, grammar::close_block>) {
      if (!rule() && !work.ended_in_text()) {
        work.report(describe_unclosed(work.open_block, begin, work.source, work.text));
      }
      return true;
    } else if constexpr (M == peg::rewind_mode::required &&
                         !std::is_same_v<typename Rule::subs_t, peg::empty_list>) {
      const TreeBuilder::Mark mark = work.builder.mark(begin);
      const bool matched = rule();
      if (!matched) work.builder.undo(mark);
      return matched;
    } else {
      return rule();
    }
  }

  [[noreturn]] static void raise(const Input& in, Work&) {
    static_assert(!expected<Rule>.code.empty(), "what must stand here has no message yet");
    throw Mistake{place(in), expected<Rule>};
  }

 private:
  template <typename Matcher>
  static bool match_node(Input& in, Work& work, std::uint32_t begin, const Matcher& rule) {
    const TreeBuilder::Mark mark = work.builder.mark(begin);
    if (!rule() && !pass_misnamed(in, work, begin)) {
      work.builder.undo(mark);
      return false;
    }
    if constexpr (IsSeveral<Rule>) {
      work.builder.close_if_several(mark, Rule::kind, place(in));
    } else if constexpr (IsSuffix<Rule>) {
      work.builder.close_with_left(mark, Rule::kind, place(in));
    } else {
      work.builder.close(mark, Rule::kind, place(in));
    }
    return true;
  }

  /// Takes a word that can only be meant as a name for one, so that the mistake costs no more than
  /// the word: capitals anywhere, and reserved words where something is named.
  static bool pass_misnamed(Input& in, Work& work, std::uint32_t begin) {
    constexpr bool declares = std::is_same_v<Rule, grammar::name>;
    if constexpr (!declares && !std::is_same_v<Rule, grammar::path>) return false;
    const std::string_view word = word_at(work.text, begin);
    if (is_one_of(reserved_words, word) ? !declares : !has_capitals(word)) return false;
    if ((declares || !is_literal_elsewhere(word)) && work.misnamed.insert(word).second) {
      work.report(describe_misnamed(begin, work.source, work.text));
    }
    move_to(in, begin + static_cast<std::uint32_t>(word.size()));
    return Control<grammar::skip>::template match<
        peg::apply_mode::nothing, peg::rewind_mode::dontcare, peg::nothing, Control>(in, work);
  }

  /// Reports a mistake inside of `rule` and goes on behind it.
  template <template <typename...> class Ctl, typename Matcher>
  static bool match_or_recover(Input& in, Work& work, std::uint32_t begin, const Matcher& rule) {
    const TreeBuilder::Mark mark = work.builder.mark(begin);
    const int depth = work.depth;
    if constexpr (std::is_same_v<Rule, grammar::item>) work.item = item_word(work.text, begin);
    const bool goes_on =
        ends_in_expression(work.builder.last_kind()) && !first_on_its_line(work.text, begin);
    try {
      return rule();
    } catch (const Mistake& thrown) {
      // `for` is a field of some items, but behind an expression it is meant to go on with that.
      const bool lasting = goes_on && word_at(work.text, begin) == "for";
      const Mistake mistake = lasting ? Mistake{begin, expected<grammar::entity_field>} : thrown;
      const Around around{work.item, goes_on && mistake.at == begin};
      const Diagnostic diagnostic = describe(mistake, around, work.source, work.text);
      const bool known = work.misnamed.contains(word_at(work.text, mistake.at));
      if (!known) {
        work.forget_part_of(diagnostic);
        work.report(diagnostic);
      }
      work.builder.undo(mark);
      const bool belongs_to_it =
          mends_what_precedes(diagnostic) || (goes_on && diagnostic.code == "unknown-field");
      if (mistake.at == begin && belongs_to_it && is_field_or_statement(work.builder.last_kind())) {
        work.builder.undo_left(mark);
      }
      work.depth = depth;
      if constexpr (std::is_same_v<Rule, grammar::item>) {
        if (read_block_alone<Ctl>(in, work, begin, mistake.at)) {
          work.builder.undo(mark);
          return true;
        }
      }
      move_to(in, resume_at(work, begin, behind_foreign_comment(work.text, mistake.at)));
      return true;
    }
  }

  /// The keyword of the item at `at`; of an amend that of what it amends.
  static std::string_view item_word(std::string_view text, std::uint32_t at) {
    const std::string_view word = word_at(text, at);
    if (word != "amend") return is_one_of(item_words, word) ? word : nearest(word, item_words);
    const std::size_t next = text.find_first_not_of(" \t\r\n", at + word.size());
    return next == text.npos ? word : word_at(text, static_cast<std::uint32_t>(next));
  }

  /// Reads the block of an item whose head is lost, for the mistakes in it.
  template <template <typename...> class Ctl>
  static bool read_block_alone(Input& in, Work& work, std::uint32_t begin, std::uint32_t mistake) {
    std::string_view keyword = word_at(work.text, begin);
    if (!is_one_of(item_words, keyword)) keyword = nearest(keyword, item_words);
    if (keyword.empty() || is_one_of(items_without_block, keyword) || work.gave_up) return false;
    const std::uint32_t block = block_of_item(work.text, begin, mistake);
    if (block == work.text.size()) return false;
    move_to(in, block);
    const auto read = [&]<typename Block>(Block) {
      return Ctl<Block>::template match<peg::apply_mode::nothing, peg::rewind_mode::dontcare,
                                        peg::nothing, Ctl>(in, work);
    };
    if (keyword == "fix") return read(grammar::fix_block());
    if (keyword == "log") return read(grammar::log_block());
    if (keyword == "test") return read(grammar::test_block());
    return read(grammar::entity_block());
  }

  static std::uint32_t resume_at(const Work& work, std::uint32_t begin, std::uint32_t mistake) {
    if (work.gave_up) return static_cast<std::uint32_t>(work.text.size());
    if constexpr (std::is_same_v<Rule, grammar::item>) return next_item(work.text, begin, mistake);
    return next_field(work.text, begin, mistake);
  }
};

}  // namespace

Parsed parse(const Sources& sources, std::uint32_t source) {
  const std::string_view text = sources.at(source).text;
  if (auto diagnostic = why_unreadable(text, source)) {
    return {{source, {Node{}}, {}}, {*std::move(diagnostic)}};
  }
  Work work{text, source, TreeBuilder(text)};
  Input in(text.data(), text.data() + text.size(), std::string_view());
  [[maybe_unused]] const bool matched = peg::parse<grammar::file, peg::nothing, Control>(in, work);
  assert(matched && "after each mistake the parser goes on, up to the end");
  Tree tree = work.builder.finish(source);
  if (!work.gave_up) check_whole_file(tree, text, work.diagnostics);
  sort_by_place(work.diagnostics);
  return {std::move(tree), std::move(work.diagnostics)};
}

}  // namespace fmx::dsl
