#include "dsl/parse.hpp"

#include <utility>

#include "dsl/expected.hpp"
#include "dsl/grammar.hpp"
#include "dsl/mistake.hpp"
#include "dsl/recover.hpp"
#include "dsl/tree_builder.hpp"
#include "knowledge/utf8.hpp"

namespace fmx::dsl {
namespace {

namespace peg = tao::pegtl;
using Input = peg::memory_input<peg::tracking_mode::lazy, peg::eol::lf, std::string_view>;

constexpr int deepest = 200;  // levels of parentheses, calls, `not` and unary minus

/// What the parser works on: the tree so far and the mistakes so far.
struct Work {
  std::string_view text;
  std::uint32_t source = 0;
  TreeBuilder builder;
  std::vector<Diagnostic> diagnostics = {};
  int depth = 0;
};

std::uint32_t place(const Input& in) {
  return static_cast<std::uint32_t>(in.current() - in.begin());
}

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
      const TreeBuilder::Mark mark = work.builder.mark(begin);
      if (!rule()) {
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
    } else if constexpr (CountsDepth<Rule>) {
      if (work.depth == deepest) throw Mistake{begin, {"nested-too-deeply", "at most 200 levels"}};
      ++work.depth;
      const bool matched = rule();
      --work.depth;
      return matched;
    } else if constexpr (Recovers<Rule>) {
      return match_or_recover(in, work, rule);
    } else if constexpr (std::is_same_v<Rule, grammar::comment>) {
      if (!rule()) return false;
      work.builder.comment(begin, place(in));
      return true;
    } else if constexpr (std::is_same_v<Rule, grammar::skip>) {
      const bool matched = rule();
      work.builder.skipped(begin, place(in));
      return matched;
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
  static bool match_or_recover(Input& in, Work& work, const Matcher& rule) {
    const auto start = in.iterator();
    const std::uint32_t begin = place(in);
    const TreeBuilder::Mark mark = work.builder.mark(begin);
    const int depth = work.depth;
    try {
      return rule();
    } catch (const Mistake& mistake) {
      work.diagnostics.push_back(describe(mistake, work.source, work.text));
      work.builder.undo(mark);
      work.depth = depth;
      const bool in_field = !std::is_same_v<Rule, grammar::item>;
      const std::uint32_t next = in_field ? next_field(work.text, begin, mistake.at)
                                          : next_item(work.text, begin, mistake.at);
      in.iterator() = start;
      in.bump(next - begin);
      return true;
    }
  }
};

}  // namespace

Parsed parse(const Sources& sources, std::uint32_t source) {
  const std::string_view text = sources.at(source).text;
  Work work{text, source, TreeBuilder(text)};
  Input in(text.data(), text.data() + text.size(), sources.at(source).path);
  (void)peg::parse<grammar::file, peg::nothing, Control>(in, work);
  sort_by_place(work.diagnostics);
  return {work.builder.finish(source), std::move(work.diagnostics)};
}

}  // namespace fmx::dsl
