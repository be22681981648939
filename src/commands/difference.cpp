#include "src/commands/difference.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <vector>

namespace fmx::commands {
namespace {

using Lines = std::vector<std::string_view>;

constexpr std::ptrdiff_t most_edits = 2000;  // the search takes their square in memory
constexpr std::size_t around = 3;            // lines that are shown beside a change

/// Every line with its end; the last one may have none.
Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

/// A line of the first text that is also there in the second.
struct Match {
  std::size_t a = 0, b = 0;
};

/// How far along the first text the paths of d edits reach, by diagonal (place in the first text
/// minus place in the second) from -d-1 to d+1.
class Reached {
 public:
  explicit Reached(std::ptrdiff_t edits)
      : edits_(edits), x_(static_cast<std::size_t>(2 * edits + 3), -1) {}
  std::ptrdiff_t& at(std::ptrdiff_t diagonal) {
    return x_[static_cast<std::size_t>(diagonal + edits_ + 1)];
  }
  std::ptrdiff_t at(std::ptrdiff_t diagonal) const {
    return x_[static_cast<std::size_t>(diagonal + edits_ + 1)];
  }
  /// Whether the best way to `diagonal` comes from above, by a line of the second text.
  bool inserts(std::ptrdiff_t diagonal) const { return at(diagonal - 1) < at(diagonal + 1); }

 private:
  std::ptrdiff_t edits_;
  std::vector<std::ptrdiff_t> x_;
};

/// The lines that a shortest difference keeps. Empty where it would be longer than `most_edits`.
/// Source: E. Myers, "An O(ND) Difference Algorithm and Its Variations", Algorithmica 1, 1986.
std::vector<Match> kept(const Lines& a, const Lines& b) {
  const auto n = static_cast<std::ptrdiff_t>(a.size()), m = static_cast<std::ptrdiff_t>(b.size());
  const auto same = [&](std::ptrdiff_t x, std::ptrdiff_t y) {
    return a[static_cast<std::size_t>(x)] == b[static_cast<std::size_t>(y)];
  };
  std::vector<Reached> before;  // round d starts from before[d]
  Reached reached(0);
  reached.at(1) = 0;
  bool found = false;
  while (!found) {
    const auto d = static_cast<std::ptrdiff_t>(before.size());
    if (d > most_edits) return {};
    before.push_back(reached);
    Reached next(d + 1);
    for (std::ptrdiff_t k = -d; k <= d && !found; k += 2) {
      std::ptrdiff_t x = reached.inserts(k) ? reached.at(k + 1) : reached.at(k - 1) + 1;
      std::ptrdiff_t y = x - k;
      while (x < n && y < m && same(x, y)) ++x, ++y;
      next.at(k) = x;
      found = x >= n && y >= m;
    }
    reached = std::move(next);
  }

  std::vector<Match> matches;
  std::ptrdiff_t x = n, y = m;
  for (auto round = before.rbegin(); round != before.rend(); ++round) {
    const std::ptrdiff_t k = x - y;
    const std::ptrdiff_t last = round->inserts(k) ? k + 1 : k - 1;
    const std::ptrdiff_t from_x = round->at(last), from_y = from_x - last;
    for (; x > from_x && y > from_y && x > 0 && y > 0; --x, --y) {
      matches.push_back({static_cast<std::size_t>(x - 1), static_cast<std::size_t>(y - 1)});
    }
    x = from_x;
    y = from_y;
  }
  std::reverse(matches.begin(), matches.end());
  return matches;
}

/// A line of the difference: ' ' in both, '-' in the first only, '+' in the second only.
struct Marked {
  char mark = ' ';
  std::string_view line;
};

std::vector<Marked> marked(const Lines& a, const Lines& b) {
  std::size_t head = 0, tail = 0;
  const std::size_t shorter = std::min(a.size(), b.size());
  while (head < shorter && a[head] == b[head]) ++head;
  while (tail < shorter - head && a[a.size() - 1 - tail] == b[b.size() - 1 - tail]) ++tail;
  const auto middle = [&](const Lines& lines) {
    return Lines(lines.begin() + static_cast<std::ptrdiff_t>(head),
                 lines.end() - static_cast<std::ptrdiff_t>(tail));
  };
  std::vector<Match> matches = kept(middle(a), middle(b));
  for (Match& match : matches) match.a += head, match.b += head;
  matches.push_back({a.size() - tail, b.size() - tail});

  std::vector<Marked> all;
  for (std::size_t i = 0; i < head; ++i) all.push_back({' ', a[i]});
  std::size_t x = head, y = head;
  for (const Match& match : matches) {
    for (; x < match.a; ++x) all.push_back({'-', a[x]});
    for (; y < match.b; ++y) all.push_back({'+', b[y]});
    if (x < a.size() - tail) all.push_back({' ', a[x]}), ++x, ++y;
  }
  for (; x < a.size(); ++x) all.push_back({' ', a[x]});
  return all;
}

/// `@@ -first,lines +first,lines @@` and the lines from `begin` to `end`.
std::string hunk(const std::vector<Marked>& all, std::size_t begin, std::size_t end, std::size_t a,
                 std::size_t b) {
  std::size_t in_a = 0, in_b = 0;
  std::string body;
  for (std::size_t i = begin; i < end; ++i) {
    in_a += all[i].mark != '+' ? 1 : 0;
    in_b += all[i].mark != '-' ? 1 : 0;
    body += all[i].mark;
    body += all[i].line;
    if (!all[i].line.ends_with('\n')) body += "\n\\ No newline at end of file\n";
  }
  const auto range = [](std::size_t before, std::size_t lines) {
    const std::size_t first = lines == 0 ? before : before + 1;
    return lines == 1 ? fmt::format("{}", first) : fmt::format("{},{}", first, lines);
  };
  return fmt::format("@@ -{} +{} @@\n{}", range(a, in_a), range(b, in_b), body);
}

}  // namespace

std::string difference(std::string_view path, std::string_view before, std::string_view after) {
  if (before == after) return {};
  const std::vector<Marked> all = marked(lines_of(before), lines_of(after));
  std::string out = fmt::format("--- {0}\n+++ {0}\n", path);
  std::size_t a = 0, b = 0;  // lines of either text in front of `shown`
  std::size_t shown = 0;
  const auto pass_to = [&](std::size_t end) {
    for (; shown < end; ++shown) {
      a += all[shown].mark != '+' ? 1 : 0;
      b += all[shown].mark != '-' ? 1 : 0;
    }
  };
  for (std::size_t i = 0; i < all.size();) {
    if (all[i].mark == ' ') {
      ++i;
      continue;
    }
    std::size_t last = i;  // the last change of the hunk: the next lies too far behind
    for (std::size_t j = i; j < all.size() && j <= last + 2 * around + 1; ++j) {
      if (all[j].mark != ' ') last = j;
    }
    pass_to(std::max(shown, i - std::min(i, around)));
    const std::size_t end = std::min(all.size(), last + 1 + around);
    out += hunk(all, shown, end, a, b);
    pass_to(end);
    i = end;
  }
  return out;
}

}  // namespace fmx::commands
