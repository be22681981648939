// The transaction log of a Weights & Biases run (`run-*.wandb`): a LevelDB log (blocks of 32 KiB,
// records in fragments) of Record messages; wandb/sdk/internal/datastore.py,
// wandb/proto/wandb_internal.proto.

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>

#include "src/readers/axis.hpp"
#include "src/readers/config.hpp"
#include "src/readers/declared_facts.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"
#include "src/readers/proto.hpp"
#include "src/readers/table.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t file_header = 7;  // ":W&B", magic, version
constexpr std::size_t block_size = 32768;
constexpr std::size_t fragment_header = 7;  // CRC, length, type
constexpr std::size_t longest_record = 64u << 20;
constexpr std::size_t most_console_lines = 20'000;

enum class Fragment : unsigned char { full = 1, first = 2, middle = 3, last = 4 };

/// Takes the records of the log one after another, past damaged ones.
class Records {
 public:
  explicit Records(Input& input) : input_(input) {
    input_.skip(file_header);
    at_ = file_header;
  }

  /// The next whole record. The view is good until the next call.
  std::optional<std::string_view> next() {
    record_.clear();
    bool inside = false;
    for (;;) {
      const std::size_t left = block_size - at_ % block_size;
      if (left < fragment_header) {
        if (!pass(left)) return std::nullopt;
        continue;
      }
      const std::string_view header = input_.head(fragment_header).substr(0, fragment_header);
      if (header.size() < fragment_header) return stop(!header.empty() || inside);
      const std::size_t length =
          static_cast<unsigned char>(header[4]) + 256u * static_cast<unsigned char>(header[5]);
      const auto type = static_cast<Fragment>(header[6]);
      const std::string_view whole =
          input_.head(fragment_header + length).substr(0, fragment_header + length);
      if (fragment_header + length > left || type < Fragment::full || type > Fragment::last) {
        ++damaged_;
        inside = false;
        record_.clear();
        if (!pass(left)) return std::nullopt;
        continue;
      }
      if (whole.size() < fragment_header + length) return stop(true);
      const bool sound = is_sound(whole);
      if (type == Fragment::full || type == Fragment::first) {
        record_.clear();
        inside = true;
      }
      if (sound && inside && record_.size() < longest_record)
        record_ += whole.substr(fragment_header);
      pass(fragment_header + length);
      if (!sound) {
        ++damaged_;
        inside = false;
        continue;
      }
      if (inside && (type == Fragment::full || type == Fragment::last)) return record_;
    }
  }

  void note_into(std::vector<std::string>& notes) const {
    if (damaged_ > 0) {
      notes.push_back(fmt::format("{}: {} damaged {} left out (the checksum is wrong)",
                                  input_.name(), damaged_,
                                  damaged_ == 1 ? "record was" : "records were"));
    }
    if (cut_)
      notes.push_back(input_.name() + ": the last record is cut off; what came before was read");
  }

 private:
  bool pass(std::size_t bytes) {
    at_ += bytes;
    return input_.skip(bytes);
  }

  std::optional<std::string_view> stop(bool cut) {
    cut_ = cut;
    return std::nullopt;
  }

  /// CRC-32 (of zlib, not the one of LevelDB) over type and data.
  static bool is_sound(std::string_view fragment) {
    std::uint32_t told = 0;
    std::memcpy(&told, fragment.data(), 4);
    const std::string_view data = fragment.substr(6);
    return told ==
           crc32(0, reinterpret_cast<const Bytef*>(data.data()), static_cast<uInt>(data.size()));
  }

  Input& input_;
  std::size_t at_ = 0;
  std::string record_;
  std::size_t damaged_ = 0;
  bool cut_ = false;
};

/// A key and its value in JSON: an item of a history row or of the config.
struct Item {
  std::string key;
  std::string_view json;
};

Item item_of(std::string_view message) {
  Item item;
  std::string nested;
  ProtoReader fields(message);
  while (const auto field = fields.next()) {
    if (field->wire != ProtoField::Wire::bytes) continue;
    if (field->number == 1) item.key = field->bytes;
    if (field->number == 2) nested += (nested.empty() ? "" : "/") + std::string(field->bytes);
    if (field->number == 16) item.json = field->bytes;
  }
  if (item.key.empty()) item.key = std::move(nested);
  return item;
}

class Log {
 public:
  explicit Log(const DeclaredLines& declared) : declared_(declared) {}

  void add(std::string_view record) {
    ProtoReader fields(record);
    while (const auto field = fields.next()) {
      if (field->wire != ProtoField::Wire::bytes) continue;
      switch (field->number) {
        case 2: add_history(field->bytes); break;
        case 5: add_config(field->bytes); break;
        case 13: add_console(field->bytes); break;
        case 17: add_run(field->bytes); break;
        default: break;
      }
    }
  }

  Reading finish(const std::string& name) {
    Reading reading = on_step_axis(std::move(table_), name);
    reading.facts.config = std::move(config_);
    declared_.move_to(reading.facts, name);
    reading.facts.log_lines = std::move(console_);
    if (console_left_out_ > 0) {
      reading.facts.notes.push_back(
          fmt::format("{}: of what it printed only the first {} lines are kept; {} were left out",
                      name, most_console_lines, console_left_out_));
    }
    return reading;
  }

 private:
  void add_history(std::string_view history) {
    ProtoReader items(history);
    while (const auto field = items.next()) {
      if (field->wire != ProtoField::Wire::bytes) continue;
      if (field->number == 1) {
        const Item item = item_of(field->bytes);
        add_cell(item.key, item.json);
      } else if (field->number == 2) {
        ProtoReader step(field->bytes);
        while (const auto number = step.next()) {
          if (number->number == 1)
            table_.put(table_.column("_step"), static_cast<double>(number->as_int64()));
        }
      }
    }
    table_.end_row();
  }

  void add_cell(const std::string& key, std::string_view json) {
    if (const auto value = number(json)) return table_.put(table_.column(key), *value);
    if (json.empty() || json.front() == '[') return;
    const auto parsed = parse_json(json);
    if (!parsed) return;
    if (const auto value = json_number(*parsed)) return table_.put(table_.column(key), *value);
    if (parsed->is_object() && !parsed->contains("_type")) {  // media and histograms carry a type
      for (const auto& [name, setting] : settings_in(*parsed)) {
        if (const auto* value = std::get_if<double>(&setting))
          table_.put(table_.column(key + "/" + name), *value);
      }
    }
  }

  void add_run(std::string_view run) {
    ProtoReader fields(run);
    while (const auto field = fields.next()) {
      if (field->number == 4 && field->wire == ProtoField::Wire::bytes) add_config(field->bytes);
    }
  }

  void add_config(std::string_view config) {
    ProtoReader updates(config);
    while (const auto field = updates.next()) {
      if (field->number != 1 || field->wire != ProtoField::Wire::bytes) continue;
      const Item item = item_of(field->bytes);
      if (item.key.empty() || item.key.starts_with("_wandb")) continue;
      if (const auto value = parse_json(item.json)) settings_of(Json{{item.key, *value}}, config_);
    }
  }

  void add_console(std::string_view output) {
    ProtoReader fields(output);
    while (const auto field = fields.next()) {
      if (field->number != 3 || field->wire != ProtoField::Wire::bytes) continue;
      const std::string_view line = trimmed(field->bytes);
      if (line.empty()) continue;
      // The console stands between the rows of the history: its lines belong where they stand.
      if (const auto declared = declared_.take(line, std::nullopt)) {
        for (const std::string_view metric : declared->counts) table_.count(metric);
      }
      if (console_.size() < most_console_lines) {
        console_.emplace_back(line);
      } else {
        ++console_left_out_;
      }
    }
  }

  Table table_;
  DeclaredFacts declared_;
  Settings config_;
  std::vector<std::string> console_;
  std::size_t console_left_out_ = 0;  ///< lines
};

}  // namespace

bool is_wandb_file(std::string_view head) { return head.starts_with(":W&B"); }

Read read_wandb_file(Input& input, const DeclaredLines& declared) {
  Records records(input);
  Log log(declared);
  while (const auto record = records.next()) log.add(*record);
  Reading reading = log.finish(input.name());
  records.note_into(reading.facts.notes);
  return reading;
}

}  // namespace fmx::readers
