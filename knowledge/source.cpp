#include "knowledge/source.hpp"

#include <algorithm>

namespace fmx {

std::uint32_t Sources::add(Source source) {
  const auto text = std::make_shared<const std::string>(std::move(source.text));
  return share(KeptSource{std::move(source.path), *text, text});
}

std::uint32_t Sources::share(KeptSource source) {
  sources_.push_back(std::move(source));
  return static_cast<std::uint32_t>(sources_.size() - 1);
}

std::string_view Sources::text(Span span) const {
  const std::string_view all = at(span.source).text;
  const std::size_t begin = std::min<std::size_t>(span.begin, all.size());
  const std::size_t end = std::clamp<std::size_t>(span.end, begin, all.size());
  return all.substr(begin, end - begin);
}

Place Sources::place(Span span) const {
  const std::string_view all = at(span.source).text;
  const std::size_t at_byte = std::min<std::size_t>(span.begin, all.size());
  const std::string_view before = all.substr(0, at_byte);

  Place place;
  place.line = 1 + static_cast<int>(std::count(before.begin(), before.end(), '\n'));
  const std::size_t newline = before.rfind('\n');
  const std::size_t line_begin = newline == std::string_view::npos ? 0 : newline + 1;
  for (const char byte : before.substr(line_begin)) {
    if ((static_cast<unsigned char>(byte) & 0xC0U) != 0x80U) ++place.column;
  }
  std::size_t line_end = all.find('\n', at_byte);
  if (line_end == std::string_view::npos) line_end = all.size();
  if (line_end > line_begin && all[line_end - 1] == '\r') --line_end;
  place.line_text = all.substr(line_begin, std::max(line_end, line_begin) - line_begin);
  return place;
}

}  // namespace fmx
