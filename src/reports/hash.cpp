#include "src/reports/hash.hpp"

#include <sodium.h>

#include <array>
#include <cstdint>
#include <variant>
#include <vector>

namespace fmx::reports {
namespace {

/// BLAKE2b over a sequence of values, each with its length, so that no two sequences look alike.
class Hasher {
 public:
  Hasher() { crypto_generichash_init(&state_, nullptr, 0, digest_.size()); }

  void bytes(const void* data, std::size_t size) {
    crypto_generichash_update(&state_, static_cast<const unsigned char*>(data), size);
  }
  void number(double value) { bytes(&value, sizeof value); }
  void size(std::size_t value) {
    const auto fixed = static_cast<std::uint64_t>(value);
    bytes(&fixed, sizeof fixed);
  }
  void text(std::string_view value) {
    size(value.size());
    bytes(value.data(), value.size());
  }
  void texts(const std::vector<std::string>& values) {
    size(values.size());
    for (const std::string& value : values) text(value);
  }
  void numbers(const std::vector<double>& values) {
    size(values.size());
    bytes(values.data(), values.size() * sizeof(double));
  }
  void setting(const engine::Setting& value) {
    size(value.index());
    if (const auto* number_value = std::get_if<double>(&value)) number(*number_value);
    if (const auto* text_value = std::get_if<std::string>(&value)) text(*text_value);
    if (const auto* flag = std::get_if<bool>(&value)) size(*flag ? 1 : 0);
  }

  std::string hex() {
    crypto_generichash_final(&state_, digest_.data(), digest_.size());
    std::array<char, 2 * digest_size + 1> text{};
    sodium_bin2hex(text.data(), text.size(), digest_.data(), digest_.size());
    return std::string("blake2b:") + text.data();
  }

 private:
  static constexpr std::size_t digest_size = 16;
  crypto_generichash_state state_{};
  std::array<unsigned char, digest_size> digest_{};
};

}  // namespace

std::string content_hash(std::string_view bytes) {
  Hasher hasher;
  hasher.bytes(bytes.data(), bytes.size());
  return hasher.hex();
}

std::string content_hash(const engine::Run& run) {
  Hasher hasher;
  hasher.size(run.series.size());
  for (const engine::Series& series : run.series) {
    hasher.text(series.name);
    hasher.numbers(series.steps);
    hasher.numbers(series.values);
  }
  hasher.size(run.config.size());
  for (const auto& [key, value] : run.config) {
    hasher.text(key);
    hasher.setting(value);
  }
  hasher.size(run.environment.size());
  for (const auto& [key, value] : run.environment) {
    hasher.text(key);
    hasher.text(value);
  }
  hasher.texts(run.symptoms);
  hasher.texts({run.expected, run.changed, run.reproducible, run.task});
  hasher.size(run.tried.size());
  for (const engine::Tried& tried : run.tried) hasher.texts({tried.fix, tried.outcome});
  hasher.size(run.tables.size());
  for (const auto& [name, rows] : run.tables) {
    hasher.text(name);
    hasher.size(rows.size());
    for (const engine::Row& row : rows) {
      hasher.size(row.size());
      for (const auto& [column, value] : row) {
        hasher.text(column);
        hasher.setting(value);
      }
    }
  }
  hasher.texts(run.log_lines);
  hasher.texts(run.code);
  return hasher.hex();
}

}  // namespace fmx::reports
