#pragma once

#include <cstddef>
#include <tao/pegtl.hpp>
#include <tao/pegtl/contrib/analyze_traits.hpp>
#include <utility>

#include "dsl/keywords.hpp"
#include "dsl/syntax.hpp"
#include "dsl/unit_words.hpp"

/// The language, and nothing else: no actions, no messages.
///
/// Every token takes the blanks and comments behind it along; `skip` is what it takes. A rule that
/// is a `node` becomes a node of the tree; which one stands beside its syntax, so that the two
/// cannot drift apart. The first token of an alternative decides for it, and `need` marks what must
/// follow then: nothing is tried twice at length, and each `need` has its message
/// (dsl/expected.hpp).
namespace fmx::dsl::grammar {

namespace peg = tao::pegtl;
using peg::at, peg::not_at, peg::one, peg::opt, peg::plus, peg::seq, peg::sor, peg::star;

// --- what rules are made of

/// A string literal as a template argument.
template <std::size_t N>
struct Letters {
  char of[N] = {};
  static constexpr std::size_t size = N - 1;
  constexpr Letters(const char (&text)[N]) {  // NOLINT: implicit, so that key<"when"> reads well
    for (std::size_t i = 0; i < N; ++i) of[i] = text[i];
  }
};

/// All of `Rules`, as one node of kind `K`.
template <Kind K, typename... Rules>
struct node : seq<Rules...> {
  static constexpr Kind kind = K;
};

/// A node only where two or more nodes stand inside, otherwise just what stands inside.
template <Kind K, typename... Rules>
struct several : seq<Rules...> {
  static constexpr Kind kind = K;
  static constexpr bool only_if_several = true;
};

/// A node whose first child is the node in front of it: `a` before `above 3`.
template <Kind K, typename... Rules>
struct suffix : seq<Rules...> {
  static constexpr Kind kind = K;
  static constexpr bool takes_left = true;
};

/// `Rules` must stand here. Where one does not, the mistake lies where it should begin.
template <typename... Rules>
struct need : seq<sor<Rules, peg::raise<Rules>>...> {};

/// Rules that may contain themselves; how deep they do is limited.
template <typename Rule>
struct nested : seq<Rule> {
  static constexpr bool counts_depth = true;
};

// --- blanks and comments

struct comment : seq<one<'#'>, star<peg::not_one<'\n'>>> {};
struct skip : star<sor<plus<peg::space>, comment>> {};
struct same_line : star<peg::blank> {};

/// Matches nothing; succeeds where only blanks stand in front of this place in its line.
struct first_on_line {
  using rule_t = first_on_line;
  using subs_t = peg::empty_list;
  template <typename Input, typename... States>
  static bool match(Input& in, States&&...) {
    const char* p = in.current();
    while (p != in.begin() && (p[-1] == ' ' || p[-1] == '\t')) --p;
    return p == in.begin() || p[-1] == '\n';
  }
};

// --- tokens

template <Letters L, typename = std::make_index_sequence<L.size>>
struct key;
/// A whole word: key<"when">.
template <Letters L, std::size_t... I>
struct key<L, std::index_sequence<I...>> : seq<peg::keyword<L.of[I]...>, skip> {
  static constexpr std::string_view spelled{L.of, L.size};
};

template <Letters L, typename = std::make_index_sequence<L.size>>
struct sign;
/// Punctuation: sign<"..">.
template <Letters L, std::size_t... I>
struct sign<L, std::index_sequence<I...>> : seq<peg::string<L.of[I]...>, skip> {
  static constexpr std::string_view spelled{L.of, L.size};
};

struct word_byte : sor<peg::alnum, one<'_'>> {};

/// One of the words in a sorted list, whole; or `%`, which is a word of one sign.
template <const auto& Words>
struct listed {
  using rule_t = listed;
  using subs_t = peg::empty_list;
  template <typename Input, typename... States>
  static bool match(Input& in, States&&...) {
    const char* const begin = in.current();
    const char* end = begin;
    const auto in_word = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    while (end != in.end() && in_word(*end)) ++end;
    if (end == begin && end != in.end() && *end == '%') ++end;
    const std::string_view word(begin, static_cast<std::size_t>(end - begin));
    if (!is_one_of(Words, word)) return false;
    in.bump(word.size());
    return true;
  }
};

struct reserved : listed<reserved_words> {};
struct field_word : sor<listed<field_words>, listed<test_words>> {};

struct identifier
    : seq<peg::lower, star<sor<peg::lower, peg::digit, one<'_'>>>, not_at<word_byte>> {};
struct dotted : seq<identifier, star<one<'.'>, identifier>> {};

/// A line that can only be meant as a field, so that an operand which is missing at the end of a
/// line is missed there and not found in the next field's keyword.
struct worded_field : seq<listed<field_words>, plus<peg::blank>,
                          sor<one<'"', '{'>, seq<not_at<reserved>, peg::alpha>,
                              peg::keyword<'t', 'o'>, peg::keyword<'o', 'f'>>> {};
struct counted_field : seq<listed<number_field_words>, plus<peg::blank>, peg::digit> {};
struct field_ahead : seq<first_on_line, sor<worded_field, counted_field>> {};

struct name : node<Kind::name, not_at<reserved>, identifier, skip> {};
struct any_name : node<Kind::name, identifier, skip> {};
struct path : node<Kind::path, not_at<reserved>, not_at<field_ahead>, dotted, skip> {};

struct escape : one<'"', '\\', 'n', 't'> {};
struct string_byte : sor<seq<one<'\\'>, escape>, peg::not_one<'"', '\\', '\n'>> {};
struct closed_string : seq<one<'"'>, star<string_byte>, one<'"'>> {};
struct three_quotes : peg::string<'"', '"', '"'> {};
struct closed_text : seq<three_quotes, peg::until<three_quotes>> {};
struct string : node<Kind::string, not_at<three_quotes>, at<one<'"'>>, need<closed_string>, skip> {
};
struct text : node<Kind::text, at<three_quotes>, need<closed_text>, skip> {};
struct prose : sor<string, text> {};

struct digits : seq<peg::digit, star<sor<peg::digit, seq<one<'_'>, at<peg::digit>>>>> {};
struct exponent : seq<one<'e', 'E'>, opt<one<'+', '-'>>, plus<peg::digit>> {};
struct digits_of_number : node<Kind::number, digits, opt<one<'.'>, digits>, opt<exponent>> {};
struct unit : node<Kind::unit, listed<number_units>, not_at<one<'('>>> {};
struct measure : seq<digits_of_number, opt<same_line, unit>, skip> {};
struct number : seq<digits_of_number, skip> {};
struct quantity : node<Kind::quantity, measure> {};
struct not_finite : sor<peg::keyword<'n', 'a', 'n'>, peg::keyword<'i', 'n', 'f'>> {};
struct nan_word : node<Kind::nan_word, not_finite, skip> {};
struct wildcard : node<Kind::wildcard, peg::keyword<'_'>, skip> {};

struct bare_byte : peg::not_one<' ', '\t', '\n', '\r', '\v', '\f', '\0', '{', '}', '(', ')', '[',
                                ']', ',', '"', '#'> {};
/// A value without quotes, up to the next blank.
struct bare_word : node<Kind::word, plus<bare_byte>, skip> {};
/// One of a few words that `dsl/lower` knows; never the keyword of the next field.
struct choice : seq<not_at<field_word>, bare_word> {};
/// The keyword in front of it, kept in the tree because it tells things apart.
template <typename... Keys>
struct told : node<Kind::word, sor<Keys...>> {};

// Numbers in a role; what they are called in messages differs.
struct probability : quantity {};
struct factor : quantity {};
struct duration : quantity {};
struct extent : quantity {};

template <typename Rule>
struct comma_list : seq<Rule, star<sign<",">, need<Rule>>> {};
/// At least one `Rule`, more after commas.
template <typename Rule>
struct some : seq<need<Rule>, star<sign<",">, need<Rule>>> {};

// --- expressions, tightest binding first

struct argument;
struct condition;
struct sum;
struct unary;

struct inner : nested<argument> {};
struct close_parenthesis : sign<")"> {};
struct close_bracket : sign<"]"> {};
struct close_brace : sign<"}"> {};

struct label : sor<name, string> {};
struct labels : node<Kind::labels, sign<"[">, some<label>, need<close_bracket>> {};
struct parameters : node<Kind::parameters, sign<"(">, some<name>, need<close_parenthesis>> {};

struct function_name : node<Kind::name, not_at<reserved>, not_at<field_ahead>, identifier,
                            not_at<one<'.'>, peg::lower>, skip> {};
struct arguments : seq<sign<"(">, opt<comma_list<inner>>, need<close_parenthesis>> {};
struct callee : seq<sor<function_name, path>, at<one<'('>>> {};
struct call : node<Kind::call, callee, arguments> {};
struct reference : node<Kind::reference, path, opt<labels>> {};
struct grouped : node<Kind::grouped, sign<"(">, need<inner>, need<close_parenthesis>> {};
struct primary : sor<quantity, call, reference, grouped, string, wildcard> {};

struct operand_unary : nested<unary> {};
struct power : several<Kind::power, primary, opt<sign<"^">, need<operand_unary>>> {};
struct negate : node<Kind::negate, sign<"-">, need<operand_unary>> {};
struct unary : sor<negate, power> {};
struct times : node<Kind::operator_word, sor<sign<"*">, sign<"/">>> {};
struct plus_minus : node<Kind::operator_word, sor<sign<"+">, sign<"-">>> {};
struct multiply : several<Kind::multiply, unary, star<times, need<unary>>> {};
struct add : several<Kind::add, multiply, star<plus_minus, need<multiply>>> {};
struct sum : several<Kind::otherwise, add, star<key<"else">, need<add>>> {};

// --- conditions

struct up_to : sign<".."> {};
struct above : suffix<Kind::above, key<"above">, need<sum>, opt<up_to, need<sum>>> {};
struct below : suffix<Kind::below, key<"below">, need<sum>, opt<up_to, need<sum>>> {};
struct between : suffix<Kind::between, key<"between">, need<sum, up_to, sum>> {};
struct at_most : seq<key<"within">, need<extent>> {};
struct before : suffix<Kind::before, key<"before">, need<sum>, opt<at_most>> {};
struct after : suffix<Kind::after, key<"after">, need<sum>, opt<at_most>> {};
struct near : suffix<Kind::near, key<"within">, need<extent, key<"of">, sum>> {};
struct comparator : node<Kind::comparator,
                         sor<peg::string<'<', '='>, peg::string<'>', '='>, peg::string<'=', '='>,
                             peg::string<'!', '='>, one<'<', '>'>>,
                         skip> {};
struct compare : suffix<Kind::compare, comparator, need<sum>> {};
struct in : suffix<Kind::in, key<"in">, need<sign<"{">>, some<string>, need<close_brace>> {};
struct matches : suffix<Kind::matches, key<"matches">, need<string>> {};
struct then : suffix<Kind::then, key<"then">, need<sum>, opt<at_most>> {};
struct during : suffix<Kind::during, key<"during">, need<sum>> {};
struct overlaps : suffix<Kind::overlaps, key<"overlaps">, need<sum>> {};
struct sustained : suffix<Kind::sustained, key<"sustained">, need<key<"for">, extent>> {};

struct relation_suffix : sor<compare, above, below, between, before, after, near, in, matches,
                             plus<then>, during, overlaps> {};
struct turning_point : seq<sum, opt<relation_suffix>> {};
struct until : suffix<Kind::until, key<"until">, need<turning_point>> {};
struct relation : seq<sum, opt<relation_suffix>, opt<until>, opt<sustained>> {};
struct negation;
struct negated : nested<negation> {};
struct negation_node : node<Kind::negation, key<"not">, need<negated>> {};
struct negation : sor<negation_node, relation> {};
struct conjunction : several<Kind::conjunction, negation, star<key<"and">, need<negation>>> {};
struct condition : several<Kind::disjunction, conjunction, star<key<"or">, need<conjunction>>> {};

struct window_last : node<Kind::window_last, key<"last">, need<extent>> {};
struct window_first : node<Kind::window_first, key<"first">, need<extent>> {};
struct window_steps : node<Kind::window_steps, key<"steps">, need<sum, up_to, sum>> {};
struct window_before : node<Kind::window_before, key<"before">, need<sum>> {};
struct window_after : node<Kind::window_after, key<"after">, need<sum>> {};
struct window : sor<window_last, window_first, window_steps, window_before, window_after> {};
struct piece : node<Kind::quantity, sor<measure, seq<unit, skip>>> {};
struct window_per : node<Kind::window_per, key<"per">, need<piece>> {};
struct seen_through : sor<seq<key<"over">, need<window>>, window_per> {};
struct for_each : node<Kind::for_each, key<"for">, need<key<"each">>, some<name>,
                       opt<key<"where">, need<condition>>> {};
struct argument : several<Kind::argument, condition, opt<seen_through>, opt<for_each>> {};

// --- fields

template <Kind K, Letters L>
struct prose_field : node<K, key<L>, need<prose>> {};
template <Kind K, Letters L>
struct string_field : node<K, key<L>, need<string>> {};
template <Kind K, Letters L>
struct strings_field : node<K, key<L>, some<string>> {};
template <Kind K, Letters L>
struct choice_field : node<K, key<L>, need<choice>> {};
template <Kind K, Letters L>
struct path_field : node<K, key<L>, need<path>> {};
template <Kind K, Letters L>
struct paths_field : node<K, key<L>, some<path>> {};

struct because : seq<key<"because">, need<string>> {};

struct field_title : string_field<Kind::field_title, "title"> {};
struct field_about : prose_field<Kind::field_about, "about"> {};
struct field_unit : choice_field<Kind::field_unit, "unit"> {};
struct field_kind_of : node<Kind::field_kind_of, key<"kind">, key<"of">, some<path>> {};
struct field_kind : choice_field<Kind::field_kind, "kind"> {};
struct field_better : choice_field<Kind::field_better, "better"> {};
struct field_range : node<Kind::field_range, key<"range">, need<sum, up_to, sum>> {};
struct field_aliases : strings_field<Kind::field_aliases, "aliases"> {};
struct field_when : node<Kind::field_when, key<"when">, need<condition>> {};
struct field_since : node<Kind::field_since, key<"since">, need<argument>> {};
struct field_base : node<Kind::field_base, key<"base">, need<probability>> {};
struct field_said : strings_field<Kind::field_said, "said"> {};
struct field_evidence : choice_field<Kind::field_evidence, "evidence"> {};
struct field_area : path_field<Kind::field_area, "area"> {};
struct field_severity : node<Kind::field_severity, key<"severity">, need<choice>, opt<because>> {};
struct field_prior : node<Kind::field_prior, key<"prior">, need<probability>> {};
struct field_mechanism : prose_field<Kind::field_mechanism, "mechanism"> {};
struct field_needs : node<Kind::field_needs, key<"needs">, need<condition>> {};
struct field_risk : node<Kind::field_risk, key<"risk">, need<condition, sign<":">, factor>> {};
struct field_risk_level : node<Kind::field_risk_level, key<"risk">, need<choice>, opt<because>> {};

struct likely_path : seq<path, need<probability>> {};
struct member : node<Kind::member, likely_path> {};
struct group : node<Kind::group, key<"one">, key<"of">, need<sign<"{">>, need<member>,
                    star<opt<sign<",">>, member>, need<close_brace>> {};
struct shown : sor<group, likely_path> {};
struct field_shows : node<Kind::field_shows, key<"shows">, need<shown>> {};
struct field_never : node<Kind::field_never, key<"never">, need<path>, opt<probability>> {};
struct field_leads : node<Kind::field_leads, key<"leads">, need<key<"to">, path, probability>> {};
struct field_instance : node<Kind::field_instance, key<"instance">, need<key<"of">>, some<path>> {};
struct tell_apart : seq<key<"tell">, need<key<"apart">, key<"by">, key<"check">, path>> {};
struct field_resembles
    : node<Kind::field_resembles, key<"resembles">, need<path>, opt<because>, opt<tell_apart>> {};
struct field_typical : node<Kind::field_typical, key<"typical">, need<key<"of">, prose>> {};
struct field_refuted : node<Kind::field_refuted, key<"refuted">, need<key<"by">, prose>> {};
struct field_disputed : node<Kind::field_disputed, key<"disputed">,
                             need<string, key<"against">, string, key<"because">, string>> {};
struct field_cites : paths_field<Kind::field_cites, "cites"> {};
struct field_cures : node<Kind::field_cures, key<"cures">, some<likely_path>> {};
struct field_change : node<Kind::field_change, key<"change">, need<path, key<"to">, sum>> {};
struct field_why : prose_field<Kind::field_why, "why"> {};
struct framework : seq<key<"for">, need<name>> {};
struct field_how : node<Kind::field_how, key<"how">, opt<framework>, need<prose>> {};
struct field_effort : node<Kind::field_effort, key<"effort">, need<duration>> {};
struct verify_condition : seq<sign<"{">, need<condition, close_brace>> {};
struct verify_within : seq<key<"within">, need<extent, verify_condition>> {};
struct verified : sor<verify_within, verify_condition, prose> {};
struct field_verify : node<Kind::field_verify, key<"verify">, need<verified>> {};
struct field_leaves : prose_field<Kind::field_leaves, "leaves"> {};
struct field_unless
    : node<Kind::field_unless, key<"unless">, need<string>, opt<key<"when">, need<condition>>> {};
struct field_contradicts
    : node<Kind::field_contradicts, key<"contradicts">, need<path>, opt<because>> {};
struct field_reveals : paths_field<Kind::field_reveals, "reveals"> {};
struct field_reads : prose_field<Kind::field_reads, "reads"> {};
struct field_via : path_field<Kind::field_via, "via"> {};
struct field_strength : node<Kind::field_strength, key<"strength">, need<number>> {};
struct mapping : seq<string, need<key<"to">, string>> {};
struct field_maps : node<Kind::field_maps, key<"maps">, some<mapping>> {};
struct carried : sor<path, string> {};
struct field_carries : node<Kind::field_carries, key<"carries">, need<carried>,
                            opt<key<"as">, need<string>>, opt<because>> {};
struct field_breaks : prose_field<Kind::field_breaks, "breaks"> {};
struct work : told<key<"paper">, key<"doc">, key<"issue">, key<"blog">, key<"book">> {};
struct field_work : node<Kind::field_work, work, need<string>> {};
struct field_arxiv : choice_field<Kind::field_arxiv, "arxiv"> {};
struct field_url : string_field<Kind::field_url, "url"> {};
struct field_doi : string_field<Kind::field_doi, "doi"> {};
struct field_year : node<Kind::field_year, key<"year">, need<number>> {};
struct field_problem : prose_field<Kind::field_problem, "problem"> {};
struct field_cause : node<Kind::field_cause, key<"cause">, need<prose>, opt<probability>> {};
struct field_fix : prose_field<Kind::field_fix, "fix"> {};
struct field_establishes : prose_field<Kind::field_establishes, "establishes"> {};
struct entry : seq<any_name, need<bare_word>> {};
struct field_context
    : node<Kind::field_context, key<"context">, need<sign<"{">>, star<entry>, need<close_brace>> {};
struct field_for : paths_field<Kind::field_for, "for"> {};
struct field_asks : prose_field<Kind::field_asks, "asks"> {};
struct field_looks_at : node<Kind::field_looks_at, key<"looks">, need<key<"at">, prose>> {};
struct field_like : node<Kind::field_like, key<"like">, need<call>> {};
struct field_counts : path_field<Kind::field_counts, "counts"> {};
struct field_into : path_field<Kind::field_into, "into"> {};
struct field_line : string_field<Kind::field_line, "line"> {};

struct let : node<Kind::let, key<"let">, need<name>, opt<parameters>, need<sign<"=">, argument>> {};

struct any_field
    : sor<field_when, field_shows, field_why, field_how, field_cites, field_title, field_about,
          field_unit, field_kind_of, field_kind, field_better, field_range, field_aliases, let,
          field_since, field_base, field_said, field_evidence, field_area, field_severity,
          field_prior, field_mechanism, field_needs, field_never, field_leads, field_instance,
          field_resembles, field_typical, field_refuted, field_disputed, field_cures, field_change,
          field_effort, field_verify, field_leaves, field_unless, field_contradicts, field_reveals,
          field_reads, field_via, field_strength, field_maps, field_carries, field_breaks,
          field_work, field_arxiv, field_url, field_doi, field_year, field_problem, field_cause,
          field_fix, field_establishes, field_context, field_for, field_asks, field_looks_at,
          field_like, field_counts, field_into, field_line> {};
struct entity_field : sor<any_field, field_risk> {};
struct fix_field : sor<any_field, field_risk_level> {};
struct log_field : sor<field_line, field_counts, field_into, field_about> {};

// --- tests

struct minus : opt<one<'-'>, same_line> {};
struct signed_number : node<Kind::signed_number, sor<seq<minus, measure>, nan_word>> {};
struct values : node<Kind::values, sign<"[">, some<signed_number>, need<close_bracket>> {};

struct lasting : seq<key<"over">, need<extent>> {};
struct arrow : sign<"->"> {};
struct shape_linear : suffix<Kind::shape_linear, arrow, need<signed_number, lasting>> {};
struct shape_hold : suffix<Kind::shape_hold, lasting> {};
struct straight : seq<signed_number, sor<shape_linear, shape_hold>> {};
struct shape_decay
    : node<Kind::shape_decay, key<"decay">, signed_number, need<arrow, signed_number, lasting>> {};
struct shape_step : node<Kind::shape_step, key<"step">, signed_number,
                         need<arrow, signed_number, key<"at">, extent, lasting>> {};
struct shape_walk
    : node<Kind::shape_walk, key<"walk">, signed_number, need<key<"by">, extent, lasting>> {};
struct shape_repeat : node<Kind::shape_repeat, key<"repeat">, at<one<'['>>, values, need<lasting>> {
};
struct shape_nan : node<Kind::shape_nan, key<"nan">, lasting> {};
struct shape_spike : node<Kind::shape_spike, key<"spike">, signed_number, need<key<"at">, extent>> {
};
struct shape_noise : node<Kind::shape_noise, key<"noise">, extent> {};
struct shape_wave : node<Kind::shape_wave, key<"wave">, extent, need<key<"period">, extent>> {};
struct shape_every : node<Kind::shape_every, key<"every">, extent> {};
struct shape_part : sor<shape_nan, straight, shape_decay, shape_step, shape_walk, shape_repeat,
                        shape_spike, shape_noise, shape_wave, shape_every, values> {};
struct single_part : seq<sor<values, signed_number>, not_at<sor<one<','>, arrow, key<"over">>>> {};
struct shape : node<Kind::shape, shape_part, star<sign<",">, need<shape_part>>> {};
struct value_word : seq<not_at<listed<test_words>>, bare_word> {};
struct value : sor<string, single_part, shape, value_word> {};

struct given_symptom : node<Kind::given_symptom, key<"symptom">, string> {};
struct given_tried : node<Kind::given_tried, key<"tried">, path, need<sign<"=">, bare_word>> {};
struct given_code : node<Kind::given_code, key<"code">, prose> {};
struct given_log : node<Kind::given_log, key<"log">, prose> {};
struct cell : sor<string, number, nan_word> {};
struct given_fact : node<Kind::given_fact, path, sign<"(">, some<cell>, need<close_parenthesis>> {};
struct given_value : node<Kind::given_value, path, opt<labels>, need<sign<"=">, value>> {};
struct supposed : sor<given_symptom, given_tried, given_code, given_log, given_fact, given_value> {
};
struct given : node<Kind::given, key<"given">, need<supposed>> {};

struct one_sided : seq<told<key<"above">, key<"below">>, need<probability>> {};
struct two_sided : seq<told<key<"between">>, need<probability, up_to, probability>> {};
struct bound : node<Kind::bound, sor<one_sided, two_sided>> {};
struct first : told<key<"first">> {};
struct among : node<Kind::among, key<"top">, need<number>> {};
struct rank : sor<first, among> {};
struct confidence : seq<opt<sign<",">>, key<"confidence">, need<bound>> {};
struct began
    : node<Kind::began, key<"since">, need<signed_number>, opt<up_to, need<signed_number>>> {};
struct by_findings : node<Kind::by_findings, key<"because">, some<path>> {};
struct because_of : seq<opt<sign<",">>, by_findings> {};
struct by_reason : seq<opt<sign<",">>, key<"because">, need<string>> {};
struct expect_not : node<Kind::expect_not, key<"not">> {};
struct instance : seq<path, opt<labels>> {};
struct expect_finding : node<Kind::expect_finding, key<"finding">, need<instance>, opt<bound>,
                             opt<opt<sign<",">>, began>> {};
struct expect_unknown
    : node<Kind::expect_unknown, key<"unknown">, need<key<"finding">, instance>, opt<by_reason>> {};
struct expect_fix : node<Kind::expect_fix, key<"fix">, need<path>, opt<rank>> {};
struct expect_check : node<Kind::expect_check, key<"check">, need<path>, opt<rank>> {};
struct expect_state : node<Kind::expect_state, told<key<"healthy">, key<"insufficient">>> {};
struct expect_benign : node<Kind::expect_benign, key<"benign">, need<path>> {};
struct expect_pattern
    : node<Kind::expect_pattern, path, opt<rank>, opt<confidence>, opt<because_of>> {};
struct expected_thing : sor<expect_finding, expect_unknown, expect_fix, expect_check, expect_state,
                            expect_benign, expect_pattern> {};
struct expect : node<Kind::expect, key<"expect">, opt<expect_not>, need<expected_thing>> {};
struct test_line : sor<given, expect> {};

// --- items

struct open_block : sign<"{"> {};
struct close_block : sign<"}"> {};
/// What begins an item, so that a block which was never closed ends there and not at the file's
/// end.
struct next_item : seq<listed<item_words>, plus<peg::blank>, sor<peg::lower, one<'"'>>> {};
/// `let` and, of a source, `fix "..."` are fields too.
struct field_like_item
    : sor<peg::keyword<'l', 'e', 't'>, seq<peg::keyword<'f', 'i', 'x'>, same_line, one<'"'>>> {};
struct block_end
    : sor<one<'}'>, peg::eof, seq<at<next_item>, not_at<field_like_item>, first_on_line>> {};

/// A field, or the place of a mistake behind which the next field is looked for.
template <typename Field>
struct recovering_field : seq<not_at<block_end>, need<Field>> {
  static constexpr bool recovers = true;
};
template <typename Field>
struct block : seq<open_block, star<recovering_field<Field>>, need<close_block>> {};

struct entity_block : block<entity_field> {};
struct fix_block : block<fix_field> {};
struct log_block : block<log_field> {};
struct test_block : block<test_line> {};

struct title : string {};

struct pack : node<Kind::pack, key<"pack">, need<path>> {};
struct import : node<Kind::import, key<"import">, need<path>> {};
struct prefix : node<Kind::prefix, key<"prefix">, some<string>> {};
struct certainty
    : node<Kind::certainty, key<"certainty">, need<factor, key<"of">>, some<path>, opt<because>> {};
struct suffixes : node<Kind::suffix, key<"suffix">, some<string>> {};
struct metric : node<Kind::metric, key<"metric">, need<name>, opt<labels>, need<entity_block>> {};
struct param : node<Kind::param, key<"param">, need<name, entity_block>> {};
struct phenomenon : node<Kind::phenomenon, key<"phenomenon">, need<name, title, entity_block>> {};
struct finding : node<Kind::finding, key<"finding">, need<name>, opt<sor<labels, parameters>>,
                      need<title, entity_block>> {};
struct pattern : node<Kind::pattern, key<"pattern">, need<name, title, entity_block>> {};
struct fix : node<Kind::fix, key<"fix">, need<name, title, fix_block>> {};
struct check : node<Kind::check, key<"check">, need<name, title, entity_block>> {};
struct analogy : node<Kind::analogy, key<"analogy">, need<path, sign<"~">, path, entity_block>> {};
struct source : node<Kind::source, key<"source">, need<name, entity_block>> {};
struct delegate : node<Kind::delegate, key<"delegate">, need<name, title, entity_block>> {};
struct column : node<Kind::column, name, need<sign<":">, bare_word>> {};
struct table : node<Kind::table, key<"table">, need<name, sign<"(">>, some<column>,
                    need<close_parenthesis>> {};
struct rule : node<Kind::rule, key<"rule">, need<name, parameters, key<"when">, condition>> {};
struct family : node<Kind::family, key<"template">, need<name, sign<"(">>, some<column>,
                     need<close_parenthesis, entity_block>> {};
struct log : node<Kind::log, key<"log">, need<name, log_block>> {};
struct test : node<Kind::test, key<"test">, need<title, test_block>> {};
struct cases : node<Kind::cases, key<"cases">, need<string, key<"from">, string>> {};

struct amended : told<key<"metric">, key<"param">, key<"finding">, key<"pattern">, key<"check">,
                      key<"source">> {};
struct amended_fix : told<key<"fix">> {};
struct amendment
    : sor<seq<amended, need<path, entity_block>>, seq<amended_fix, need<path, fix_block>>> {};
struct amend : node<Kind::amend, key<"amend">, need<amendment>> {};

struct any_item : sor<finding, pattern, fix, metric, param, source, check, test, analogy,
                      phenomenon, let, import, prefix, suffixes, certainty, pack, delegate, table,
                      rule, log, cases, amend, family> {};
struct item : seq<not_at<peg::eof>, need<any_item>> {
  static constexpr bool recovers = true;
};
struct items : node<Kind::file, skip, star<item>, peg::eof> {};
struct file : seq<opt<peg::utf8::bom>, items> {};

}  // namespace fmx::dsl::grammar

namespace tao::pegtl {

template <typename Name, const auto& Words>
struct analyze_traits<Name, fmx::dsl::grammar::listed<Words>> : analyze_any_traits<> {};
template <typename Name>
struct analyze_traits<Name, fmx::dsl::grammar::first_on_line> : analyze_opt_traits<> {};

}  // namespace tao::pegtl
