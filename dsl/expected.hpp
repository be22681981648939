#pragma once

#include <string_view>

#include "dsl/grammar.hpp"

namespace fmx::dsl {

/// What a grammar rule is called where it must stand and does not.
struct Expected {
  std::string_view code;       ///< of the diagnostic
  std::string_view what;       ///< completes "expected "
  std::string_view sign = {};  ///< the exact word or sign, where there is only one
};

/// A keyword or sign says itself what it is.
template <typename Rule>
constexpr Expected as_spelled() {
  if constexpr (requires { Rule::spelled; }) {
    const bool word = Rule::spelled[0] >= 'a' && Rule::spelled[0] <= 'z';
    return {word ? "expected-word" : "expected-sign", "", Rule::spelled};
  }
  return {};
}

/// The message of every rule that stands under `need`. One that is missing here does not compile.
template <typename Rule>
inline constexpr Expected expected = as_spelled<Rule>();

// clang-format off
// --- tokens
template <> inline constexpr Expected expected<grammar::closed_string>{"unterminated-string", "the end of the string"};
template <> inline constexpr Expected expected<grammar::closed_text>{"unterminated-text", "the end of the text"};
template <> inline constexpr Expected expected<grammar::name>{"expected-name", "a name"};
template <> inline constexpr Expected expected<grammar::path>{"expected-name", "a name"};
template <> inline constexpr Expected expected<grammar::string>{"expected-string", "a string in quotes"};
template <> inline constexpr Expected expected<grammar::title>{"expected-string", "a title in quotes"};
template <> inline constexpr Expected expected<grammar::prose>{"expected-string", "a text in quotes"};
template <> inline constexpr Expected expected<grammar::label>{"expected-name", "a label, or its value in quotes"};
template <> inline constexpr Expected expected<grammar::choice>{"expected-value", "a word"};
template <> inline constexpr Expected expected<grammar::bare_word>{"expected-value", "a word"};
template <> inline constexpr Expected expected<grammar::number>{"expected-number", "a number"};
template <> inline constexpr Expected expected<grammar::probability>{"expected-number", "a probability, such as `30%`"};
template <> inline constexpr Expected expected<grammar::factor>{"expected-number", "a factor, such as `4x`"};
template <> inline constexpr Expected expected<grammar::duration>{"expected-number", "a duration, such as `10 min`"};
template <> inline constexpr Expected expected<grammar::extent>{"expected-number", "an extent, such as `20%` or `500 steps`"};

// --- expressions
template <> inline constexpr Expected expected<grammar::argument>{"expected-expression", "an expression"};
template <> inline constexpr Expected expected<grammar::inner>{"expected-expression", "an expression"};
template <> inline constexpr Expected expected<grammar::sum>{"expected-expression", "a value"};
template <> inline constexpr Expected expected<grammar::add>{"expected-expression", "a value"};
template <> inline constexpr Expected expected<grammar::multiply>{"expected-expression", "a value"};
template <> inline constexpr Expected expected<grammar::unary>{"expected-expression", "a value"};
template <> inline constexpr Expected expected<grammar::operand_unary>{"expected-expression", "a value"};
template <> inline constexpr Expected expected<grammar::condition>{"expected-expression", "a condition"};
template <> inline constexpr Expected expected<grammar::conjunction>{"expected-expression", "a condition"};
template <> inline constexpr Expected expected<grammar::negation>{"expected-expression", "a condition"};
template <> inline constexpr Expected expected<grammar::negated>{"expected-expression", "a condition"};
template <> inline constexpr Expected expected<grammar::window>{"expected-window", "a window: `last`, `first`, `steps`, `before` or `after`"};
template <> inline constexpr Expected expected<grammar::piece>{"expected-number", "how long a piece is, such as `epoch` or `500 steps`"};
template <> inline constexpr Expected expected<grammar::turning_point>{"expected-expression", "a condition"};

// --- fields
template <> inline constexpr Expected expected<grammar::member>{"expected-name", "a finding and its probability, such as `loss_spikes 60%`"};
template <> inline constexpr Expected expected<grammar::likely_path>{"expected-name", "a name and its probability, such as `lr_too_high 60%`"};
template <> inline constexpr Expected expected<grammar::shown>{"expected-name", "a finding, or `one of { ... }`"};
template <> inline constexpr Expected expected<grammar::carried>{"expected-name", "a fix, or a text in quotes"};
template <> inline constexpr Expected expected<grammar::call>{"expected-name", "a template and its values, such as `not_finite(train_loss)`"};
template <> inline constexpr Expected expected<grammar::verified>{"expected-value", "a condition in braces, or a text in quotes"};
template <> inline constexpr Expected expected<grammar::verify_condition>{"expected-sign", "a condition in braces"};
template <> inline constexpr Expected expected<grammar::mapping>{"expected-string", "a string in quotes"};
template <> inline constexpr Expected expected<grammar::entity_field>{"unknown-field", "a field or `}`"};
template <> inline constexpr Expected expected<grammar::fix_field>{"unknown-field", "a field or `}`"};
template <> inline constexpr Expected expected<grammar::log_field>{"unknown-field", "`line`, `counts`, `into`, `about` or `}`"};
template <> inline constexpr Expected expected<grammar::test_line>{"unknown-field", "`given`, `expect` or `}`"};

// --- tests
template <> inline constexpr Expected expected<grammar::supposed>{"expected-value", "what is given: a metric, a param, a fact, `symptom`, `tried`, `code` or `log`"};
template <> inline constexpr Expected expected<grammar::value>{"expected-value", "a number, a text, a list or a shape"};
template <> inline constexpr Expected expected<grammar::signed_number>{"expected-number", "a number"};
template <> inline constexpr Expected expected<grammar::cell>{"expected-value", "a number, or a text in quotes"};
template <> inline constexpr Expected expected<grammar::lasting>{"expected-word", "", "over"};
template <> inline constexpr Expected expected<grammar::shape_part>{"expected-value", "a part of a shape, such as `0.5 over 20 steps`"};
template <> inline constexpr Expected expected<grammar::bound>{"expected-word", "`above`, `below` or `between`"};
template <> inline constexpr Expected expected<grammar::instance>{"expected-name", "a finding"};
template <> inline constexpr Expected expected<grammar::expected_thing>{"expected-name", "what is expected, such as a pattern or `healthy`"};

// --- items
template <> inline constexpr Expected expected<grammar::entity_block>{"expected-sign", "a block", "{"};
template <> inline constexpr Expected expected<grammar::fix_block>{"expected-sign", "a block", "{"};
template <> inline constexpr Expected expected<grammar::log_block>{"expected-sign", "a block", "{"};
template <> inline constexpr Expected expected<grammar::test_block>{"expected-sign", "a block", "{"};
template <> inline constexpr Expected expected<grammar::close_block>{"unclosed-block", "", "}"};
template <> inline constexpr Expected expected<grammar::column>{"expected-name", "a column, such as `id: text`"};
template <> inline constexpr Expected expected<grammar::parameters>{"expected-sign", "parameters in parentheses"};
template <> inline constexpr Expected expected<grammar::amendment>{"expected-word", "what is amended: `metric`, `param`, `finding`, `pattern`, `fix`, `check` or `source`"};
template <> inline constexpr Expected expected<grammar::any_item>{"unknown-item", "an item, such as `finding` or `pattern`"};
// clang-format on

}  // namespace fmx::dsl
