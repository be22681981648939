#include "src/readers/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace fmx::readers {

namespace {

/// Bytes of the character at the beginning of `text`; 0 where there is none. Overlong forms,
/// surrogates and codes beyond U+10FFFF are none.
std::size_t character_size(std::string_view text) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0u;
  };
  const auto trails = [&](std::size_t n) {
    for (std::size_t i = 1; i <= n; ++i) {
      if ((byte(i) & 0xC0) != 0x80) return false;
    }
    return true;
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead < 0xE0) return trails(1) ? 2 : 0;
  if (lead >= 0xE0 && lead < 0xF0) {
    const bool overlong = lead == 0xE0 && byte(1) < 0xA0;
    const bool surrogate = lead == 0xED && byte(1) >= 0xA0;
    return trails(2) && !overlong && !surrogate ? 3 : 0;
  }
  if (lead >= 0xF0 && lead < 0xF5) {
    const bool overlong = lead == 0xF0 && byte(1) < 0x90;
    const bool beyond = lead == 0xF4 && byte(1) >= 0x90;
    return trails(3) && !overlong && !beyond ? 4 : 0;
  }
  return 0;
}

std::string as_utf8(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size > 0) {
      plain += text.substr(0, size);
      text.remove_prefix(size);
      continue;
    }
    const unsigned latin1 = static_cast<unsigned char>(text.front());
    plain.push_back(static_cast<char>(0xC0 | latin1 >> 6));
    plain.push_back(static_cast<char>(0x80 | (latin1 & 0x3F)));
    text.remove_prefix(1);
  }
  return plain;
}

/// The first characters of a text, as many as a note has room for.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t room = 40;
  std::size_t end = 0;
  while (end < text.size() && end < room) {
    end += std::max<std::size_t>(1, character_size(text.substr(end)));
  }
  return std::string(text.substr(0, end)) + (end < text.size() ? "..." : "");
}

class Mender {
 public:
  void mend(std::string& text) {
    if (is_utf8(text)) return;
    text = as_utf8(text);
    if (mended++ == 0) first = beginning_of(text);
  }
  void mend(engine::Setting& setting) {
    if (auto* text = std::get_if<std::string>(&setting)) mend(*text);
  }
  template <class T>
  void mend(std::vector<T>& all) {
    for (T& one : all) mend(one);
  }
  void mend(engine::Tried& tried) {
    mend(tried.fix);
    mend(tried.outcome);
  }
  void mend(engine::Series& series) {
    mend(series.name);
    mend(series.origin);
  }
  template <class T>
  void mend(std::map<std::string, T>& all) {
    std::map<std::string, T> plain;
    for (auto& [key, value] : all) {
      std::string name = key;
      mend(name);
      mend(value);
      plain.emplace(std::move(name), std::move(value));
    }
    all = std::move(plain);
  }

  std::size_t mended = 0;
  std::string first;
};

}  // namespace

bool is_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t size = character_size(text);
    if (size == 0) return false;
    text.remove_prefix(size);
  }
  return true;
}

void make_utf8(engine::Run& run, const std::string& origin) {
  Mender mender;
  mender.mend(run.input);
  mender.mend(run.series);
  mender.mend(run.config);
  mender.mend(run.environment);
  mender.mend(run.symptoms);
  for (std::string* text :
       {&run.expected, &run.changed, &run.reproducible, &run.task, &run.step_name}) {
    mender.mend(*text);
  }
  mender.mend(run.tried);
  mender.mend(run.tables);
  mender.mend(run.log_lines);
  mender.mend(run.code);
  mender.mend(run.notes);
  if (mender.mended > 0) {
    run.notes.push_back(
        mender.mended == 1
            ? fmt::format("{}: 1 text that is not UTF-8 was read as Latin-1: \"{}\"", origin,
                          mender.first)
            : fmt::format(
                  "{}: {} texts that are not UTF-8 were read as Latin-1, the first is \"{}\"",
                  origin, mender.mended, mender.first));
  }
}

}  // namespace fmx::readers
