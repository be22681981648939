#include "dsl/removal.hpp"

namespace fmx::dsl {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

}  // namespace

Edit removal(Span span, const Sources& sources) {
  const std::string_view text = sources.at(span.source).text;
  Span all = span;
  while (all.begin > 0 && is_blank(text[all.begin - 1])) --all.begin;
  while (all.end < text.size() && is_blank(text[all.end])) ++all.end;
  const bool first = all.begin == 0 || text[all.begin - 1] == '\n';
  const bool last = all.end == text.size() || text[all.end] == '\n';
  if (first && last) {
    if (all.end < text.size()) ++all.end;
    return {all, ""};
  }
  all.end = span.end;
  return {all, ""};
}

}  // namespace fmx::dsl
