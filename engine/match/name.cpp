#include "engine/match/name.hpp"

#include <algorithm>

#include "knowledge/spelling.hpp"

namespace fmx::engine {

Name comparable(std::string_view spelt) {
  Name name{spelt, {}, {}};
  name.normal = underscored(spelt, &name.place);
  if (name.normal.starts_with('_')) {
    name.normal.erase(0, 1);
    name.place.erase(name.place.begin());
  }
  if (name.normal.ends_with('_')) {
    name.normal.pop_back();
    name.place.pop_back();
  }
  return name;
}

std::string_view Name::spelling(std::size_t begin, std::size_t end) const {
  while (begin < end && normal[begin] == '_') ++begin;
  while (begin < end && normal[end - 1] == '_') --end;
  if (begin == end) return {};
  return spelt.substr(place[begin], place[end - 1] + 1 - place[begin]);
}

Alias alias_of(std::string_view text) {
  Alias alias;
  while (true) {
    const std::size_t open = text.find('{');
    const std::size_t close = open == text.npos ? text.npos : text.find('}', open);
    alias.spelt.emplace_back(text.substr(0, close == text.npos ? text.npos : open));
    if (close == text.npos) break;
    alias.labels.emplace_back(text.substr(open + 1, close - open - 1));
    text.remove_prefix(close + 1);
  }
  for (const std::string& piece : alias.spelt) alias.normal.push_back(underscored(piece));
  if (alias.normal.front().starts_with('_')) alias.normal.front().erase(0, 1);
  if (alias.normal.back().ends_with('_')) alias.normal.back().pop_back();
  for (const std::string& piece : alias.normal) alias.literal += piece.size();
  return alias;
}

std::optional<std::vector<std::string_view>> between(const std::vector<std::string>& pieces,
                                                     std::string_view text) {
  const std::string& first = pieces.front();
  const std::string& last = pieces.back();
  if (text.size() < first.size() + last.size() || !text.starts_with(first) ||
      !text.ends_with(last)) {
    return std::nullopt;
  }
  text.remove_prefix(first.size());
  text.remove_suffix(last.size());

  std::vector<std::string_view> labels;
  for (std::size_t i = 1; i + 1 < pieces.size(); ++i) {
    const std::size_t at = text.find(pieces[i], 1);
    if (at == text.npos) return std::nullopt;
    labels.push_back(text.substr(0, at));
    text.remove_prefix(at + pieces[i].size());
  }
  if (text.empty()) return std::nullopt;
  labels.push_back(text);
  return labels;
}

}  // namespace fmx::engine
