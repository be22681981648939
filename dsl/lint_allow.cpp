// `# allow(code): reason` silences a warning about the next line that is no comment.

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "dsl/lints.hpp"
#include "dsl/removal.hpp"

namespace fmx::dsl {
namespace {

constexpr std::string_view opening = "# allow(";

struct Allowance {
  std::string_view code;
  bool reasoned = false;
  bool used = false;
  Span span;  ///< of the comment
};

/// By source and first byte of the line that they speak of.
using Allowances = std::multimap<std::pair<std::uint32_t, std::size_t>, Allowance>;

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\r");
  if (begin == text.npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\r") - begin + 1);
}

/// `# allow(code): reason`, the whole of a line.
std::optional<Allowance> allowance(std::string_view line) {
  if (!line.starts_with(opening)) return {};
  const std::size_t close = line.find(')');
  if (close == line.npos) return {};
  const std::string_view rest = trimmed(line.substr(close + 1));
  Allowance found;
  found.code = line.substr(opening.size(), close - opening.size());
  found.reasoned = rest.starts_with(':') && !trimmed(rest.substr(1)).empty();
  return found;
}

void collect(std::uint32_t source, std::string_view text, Allowances& allowances) {
  if (text.find(opening) == text.npos) return;  // as in most files
  std::vector<Allowance> waiting;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string_view line = trimmed(text.substr(begin, end - begin));
    if (auto found = allowance(line)) {
      const auto at = static_cast<std::uint32_t>(line.data() - text.data());
      found->span = {source, at, at + static_cast<std::uint32_t>(line.size())};
      waiting.push_back(*found);
    } else if (!line.starts_with('#')) {
      for (const Allowance& one : waiting) allowances.insert({{source, begin}, one});
      waiting.clear();
    }
    begin = end + 1;
  }
}

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t newline = at == 0 ? text.npos : text.rfind('\n', at - 1);
  return newline == text.npos ? 0 : newline + 1;
}

bool allowed(const Diagnostic& warning, const Sources& sources, Allowances& allowances) {
  const Span at = warning.primary.span;
  const std::size_t line = line_begin(sources.at(at.source).text, at.begin);
  bool found = false;
  const auto [first, last] = allowances.equal_range({at.source, line});
  for (auto it = first; it != last; ++it) {
    if (it->second.code != warning.code) continue;
    it->second.used = true;
    found = true;
  }
  return found;
}

}  // namespace

Warnings without_allowed(Warnings warnings, const Sources& sources) {
  Allowances allowances;
  for (std::uint32_t i = 0; i < sources.size(); ++i) collect(i, sources.at(i).text, allowances);
  std::erase_if(warnings,
                [&](const Diagnostic& warning) { return allowed(warning, sources, allowances); });
  for (const auto& [line, one] : allowances) {
    if (!one.used) {
      warnings.push_back(warning("unused-allow",
                                 fmt::format("there is no `{}` here to allow", one.code),
                                 {one.span, "silences nothing"}, "leave it out"));
      warnings.back().edit = removal(one.span, sources);
    } else if (!one.reasoned) {
      warnings.push_back(warning(
          "allow-without-reason", fmt::format("why is `{}` allowed here?", one.code),
          {one.span, "gives no reason"}, fmt::format("write `# allow({}): reason`", one.code)));
    }
  }
  return warnings;
}

}  // namespace fmx::dsl
