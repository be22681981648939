#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "knowledge/source.hpp"

namespace fmx::dsl {

/// What a node of the syntax tree is. Behind each: its children, in order; `?` may be missing, `*`
/// any number, `|` either. A node's own text is `text_of(...)`; leaves have no children.
///
/// The grammar in the order of this list is the language's reference grammar (docs/language.md).
enum class Kind : std::uint8_t {
  file,  // (pack | import | prefix | suffix | let | metric | ... | test | cases)*

  // --- leaves
  name,      // snake_case identifier
  path,      // names joined by dots: `ml.optimization`, or a single name
  string,    // "..." with escapes \" \\ \n \t
  text,      // """...""": raw, indentation of its least indented line removed when read
  number,    // 1, 1.5, 1e-3, 10_000; no sign
  unit,      // % x steps samples epochs tokens ms s min h d B KiB MiB GiB TiB kB MB GB TB mad sd
  word,      // a bare value, up to the next blank: arxiv ids, enumerators such as `critical`
  nan_word,  // nan, inf
  wildcard,  // `_` in an atom

  // --- items
  pack,        // `pack` path
  import,      // `import` path
  prefix,      // `prefix` string (`,` string)*
  suffix,      // `suffix` string (`,` string)*
  certainty,   // `certainty` quantity `of` path (`,` path)* (`because` string)?
  let,         // `let` name parameters? `=` argument
  parameters,  // `(` name (`,` name)* `)`
  metric,      // `metric` name labels? `{` field* `}`
  labels,      // `[` (name | string) (`,` (name | string))* `]`
  param,       // `param` name `{` field* `}`
  phenomenon,  // `phenomenon` name string `{` field* `}`
  finding,     // `finding` name (labels | parameters)? string `{` field* `}`
  pattern,     // `pattern` name string `{` field* `}`
  fix,         // `fix` name string `{` field* `}`
  check,       // `check` name string `{` field* `}`
  analogy,     // `analogy` path `~` path `{` field* `}`
  source,      // `source` name `{` field* `}`
  delegate,    // `delegate` name string `{` field* `}`
  table,       // `table` name `(` column (`,` column)* `)`
  column,      // name `:` word
  rule,        // `rule` name parameters `when` condition
  log,         // `log` name `{` (field_line | field_counts | field_into | field_about)* `}`
  family,      // `template` name `(` column (`,` column)* `)` `{` field* `}`
  test,        // `test` string `{` (given | expect)* `}`
  cases,       // `cases` string `from` string
  amend,  // `amend` (`metric`|`param`|`finding`|`pattern`|`fix`|`check`|`source`) word path `{`
          // field* `}`; word: the keyword

  // --- fields: each begins with its keyword; an entity takes those that dsl/lower says it takes
  field_title,     // `title` string
  field_about,     // `about` string | text
  field_unit,      // `unit` word
  field_kind,      // `kind` word               (metric: gauge counter fraction count duration bytes
                   // flag)
  field_better,    // `better` word             (lower | higher)
  field_range,     // `range` sum `..` sum
  field_aliases,   // `aliases` string (`,` string)*
  field_when,      // `when` condition
  field_since,     // `since` argument
  field_base,      // `base` quantity
  field_said,      // `said` string (`,` string)*
  field_evidence,  // `evidence` word           (direct | circumstantial)
  field_area,      // `area` path
  field_severity,  // `severity` word (`because` string)?
  field_prior,     // `prior` quantity
  field_mechanism,    // `mechanism` string | text
  field_needs,        // `needs` condition
  field_risk,         // pattern: `risk` condition `:` quantity
  field_risk_level,   // fix: `risk` word (`because` string)?          (low | medium | high)
  field_shows,        // `shows` (path quantity | group)
  group,              // `one of` `{` member (`,`? member)* `}`
  member,             // path quantity
  field_never,        // `never` path quantity?
  field_leads,        // `leads to` path quantity
  field_instance,     // `instance of` path (`,` path)*
  field_kind_of,      // `kind of` path (`,` path)*                      (more general patterns)
  field_typical,      // `typical of` (string | text)
  field_refuted,      // `refuted by` (string | text)
  field_disputed,     // `disputed` string `against` string `because` string
  field_resembles,    // `resembles` path (`because` string)? (`tell apart by check` path)?
  field_cites,        // `cites` path (`,` path)*
  field_cures,        // `cures` path quantity (`,` path quantity)*
  field_change,       // `change` path `to` sum
  field_why,          // `why` string | text
  field_how,          // `how` (`for` name)? (string | text)
  field_effort,       // `effort` quantity
  field_verify,       // `verify` (`within` quantity)? `{` condition `}`  |  `verify` string | text
  field_leaves,       // `leaves` string | text
  field_unless,       // `unless` string (`when` condition)?
  field_contradicts,  // `contradicts` path (`because` string)?
  field_reveals,      // `reveals` path (`,` path)*
  field_reads,        // `reads` string | text
  field_via,          // `via` path
  field_strength,     // `strength` number
  field_maps,         // `maps` string `to` string (`,` string `to` string)*
  field_carries,      // `carries` (path | string) (`as` string)? (`because` string)?
  field_breaks,       // `breaks` string | text
  field_work,         // (`paper`|`doc`|`issue`|`blog`|`book`) word string; word: the keyword
  field_arxiv,        // `arxiv` word
  field_url,          // `url` string
  field_doi,          // `doi` string
  field_year,         // `year` number
  field_problem,      // `problem` string | text
  field_cause,        // `cause` (string | text) quantity?  (a source has none, a pattern must)
  field_fix,          // `fix` string | text
  field_establishes,  // `establishes` string | text
  field_context,      // `context` `{` (name word)* `}`
  field_for,          // `for` path (`,` path)*
  field_asks,         // `asks` string | text
  field_looks_at,     // `looks at` string | text
  field_like,         // `like` call
  field_counts,       // `counts` path
  field_into,         // `into` path
  field_line,         // `line` string

  // --- conditions and expressions, loosest binding first
  disjunction,    // condition (`or` condition)+
  conjunction,    // condition (`and` condition)+
  negation,       // `not` condition
  above,          // sum `above` sum (`..` sum)?
  below,          // sum `below` sum (`..` sum)?
  between,        // sum `between` sum `..` sum
  before,         // sum `before` sum (`within` quantity)?
  after,          // sum `after` sum (`within` quantity)?
  near,           // sum `within` quantity `of` sum
  then,           // sum `then` sum (`within` quantity)?
  during,         // sum `during` sum
  overlaps,       // sum `overlaps` sum
  compare,        // sum comparator sum
  comparator,     // < <= > >= == !=
  in,             // sum `in` `{` string (`,` string)* `}`
  matches,        // sum `matches` string
  until,          // (any of the above) `until` (any of the above)
  sustained,      // (any of the above) `sustained for` quantity
  otherwise,      // sum (`else` sum)+
  add,            // sum ((`+`|`-`) sum)+ with `operator_word` leaves between the operands
  multiply,       // sum ((`*`|`/`) sum)+ with `operator_word` leaves between the operands
  operator_word,  // + - * /
  negate,         // `-` sum
  power,          // sum `^` sum
  call,         // (name | path) `(` (argument (`,` argument)*)? `)`; a path only where it has a dot
  reference,    // path labels?
  grouped,      // `(` argument `)`
  argument,     // condition (`over` window | window_per)? (`for each` name (`,` name)* (`where`
                // condition)?)?; only where one of these follows, else the condition itself
  for_each,     // name+ condition?
  quantity,     // number unit?; every number of an expression; the unit stands in the same line
  window_last,  // `last` quantity
  window_first,   // `first` quantity
  window_steps,   // `steps` sum `..` sum
  window_before,  // `before` sum
  window_after,   // `after` sum
  window_per,     // `per` quantity, whose number may be left out

  // --- tests
  given,          // `given` (given_symptom | given_tried | given_code | given_log | given_fact |
                  // given_value)
  given_symptom,  // `symptom` string
  given_tried,    // `tried` path `=` word
  given_code,     // `code` string | text
  given_log,      // `log` string | text
  given_fact,     // path `(` (string | number | nan_word) (`,` ...)* `)`
  given_value,    // path labels? `=` (string | word | negative? number | values | shape)
  values,         // `[` signed (`,` signed)* `]`
  signed_number,  // `-`? number unit? | nan_word; its text begins with the `-`, which is no node
  shape,  // (values | shape_linear | ... | shape_every), joined by `,`; values alone are no shape
  shape_linear,  // signed `->` signed `over` quantity      (quantity in steps)
  shape_decay,   // `decay` signed `->` signed `over` quantity
  shape_hold,    // signed `over` quantity
  shape_step,    // `step` signed `->` signed `at` quantity `over` quantity
  shape_walk,    // `walk` signed `by` quantity `over` quantity
  shape_repeat,  // `repeat` values `over` quantity
  shape_nan,     // `nan` `over` quantity
  shape_spike,   // `spike` signed `at` quantity
  shape_noise,   // `noise` quantity
  shape_wave,    // `wave` quantity `period` quantity     (amplitude as a share, period in steps)
  shape_every,   // `every` quantity
  expect,  // `expect` (expect_not)? (expect_finding | expect_unknown | expect_fix | expect_check |
           // expect_state | expect_benign | expect_pattern)
  expect_not,      // `not`
  expect_pattern,  // path rank? (`,`? `confidence` bound)? (`,`? by_findings)?; rank: `first`, a
                   // word leaf, or among
  expect_finding,  // `finding` path labels? bound? (`,`? began)?
  expect_unknown,  // `unknown` `finding` path labels? (`,`? `because` string)?
  expect_fix,      // `fix` path rank?
  expect_check,    // `check` path rank?
  expect_state,    // word: `healthy` | `insufficient`
  expect_benign,   // `benign` path
  among,           // `top` number
  began,           // `since` signed (`..` signed)?
  by_findings,     // `because` path (`,` path)*
  bound,           // (`above`|`below`) word quantity | `between` word quantity `..` quantity
};

/// A node of the tree. Nodes lie in preorder: a node's children follow it.
struct Node {
  Kind kind = Kind::file;
  std::uint32_t begin = 0;  ///< first byte of its text in the source
  std::uint32_t end = 0;    ///< one past the last
  std::uint32_t size = 1;   ///< nodes in its subtree, itself included
};

/// A comment, from `#` to the end of the line, without the line's end.
struct Comment {
  std::uint32_t begin = 0, end = 0;
};

/// The concrete syntax of one file: every meaning-bearing token, with its place, and the comments
/// beside. What the formatter prints and what `lower` reads.
struct Tree {
  std::uint32_t source = 0;       ///< index into Sources
  std::vector<Node> nodes;        ///< nodes[0] is the file
  std::vector<Comment> comments;  ///< in order
};

/// The children of nodes[`parent`], for range-for: yields indices into `tree.nodes`.
class Children {
 public:
  Children(const Tree& tree, std::uint32_t parent)
      : tree_(&tree), begin_(parent + 1), end_(parent + tree.nodes[parent].size) {}

  class Iterator {
   public:
    Iterator(const Tree* tree, std::uint32_t at) : tree_(tree), at_(at) {}
    std::uint32_t operator*() const { return at_; }
    Iterator& operator++() {
      at_ += tree_->nodes[at_].size;
      return *this;
    }
    friend bool operator==(const Iterator& a, const Iterator& b) { return a.at_ == b.at_; }

   private:
    const Tree* tree_;
    std::uint32_t at_;
  };

  Iterator begin() const { return {tree_, begin_}; }
  Iterator end() const { return {tree_, end_}; }

 private:
  const Tree* tree_;
  std::uint32_t begin_, end_;
};

/// The enumerator's own name: "field_when".
std::string_view name_of(Kind kind);

/// The source text of nodes[`at`], without the blanks around it.
std::string_view text_of(const Tree& tree, const Sources& sources, std::uint32_t at);

/// The subtree of nodes[`at`] on one line, for tests and for looking at: `(field_base (quantity
/// (number 1) (unit %)))`.
std::string dump(const Tree& tree, const Sources& sources, std::uint32_t at = 0);

}  // namespace fmx::dsl
