#include "src/readers/utf8.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "knowledge/utf8.hpp"

namespace fmx::readers {

namespace {

std::string as_utf8(std::string_view text) {
  std::string plain;
  while (!text.empty()) {
    const Character next = first_character(text);
    if (next.valid) {
      plain += text.substr(0, next.bytes);
    } else {
      append_utf8(plain, static_cast<unsigned char>(text.front()));  // as Latin-1
    }
    text.remove_prefix(next.bytes);
  }
  return plain;
}

/// The first characters of a text, as many as a note has room for.
std::string beginning_of(std::string_view text) {
  constexpr std::size_t room = 40;
  std::size_t end = 0;
  while (end < text.size() && end < room) {
    end += first_character(text.substr(end)).bytes;
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

bool is_utf8(std::string_view text) { return first_invalid_byte(text) == std::string_view::npos; }

void append_utf8(std::string& text, char32_t code_point) {
  const auto put = [&](std::uint32_t byte) { text.push_back(static_cast<char>(byte)); };
  const std::uint32_t code = code_point;
  if (code < 0x80) return put(code);
  if (code < 0x800) {
    put(0xC0 | code >> 6);
  } else {
    if (code < 0x10000) {
      put(0xE0 | code >> 12);
    } else {
      put(0xF0 | code >> 18);
      put(0x80 | (code >> 12 & 0x3F));
    }
    put(0x80 | (code >> 6 & 0x3F));
  }
  put(0x80 | (code & 0x3F));
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
