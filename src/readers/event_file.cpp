// TensorBoard event files: TFRecords of Event messages
// (tensorflow/core/lib/io/record_writer.h, tensorflow/core/util/event.proto,
// framework/summary.proto).

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <limits>

#include "src/readers/config.hpp"
#include "src/readers/crc32c.hpp"
#include "src/readers/format.hpp"
#include "src/readers/number.hpp"
#include "src/readers/proto.hpp"
#include "src/readers/row_steps.hpp"
#include "src/readers/table_window.hpp"
#include "src/readers/tensor_scalar.hpp"
#include "src/readers/words_of_config.hpp"

namespace fmx::readers {

namespace {

constexpr std::size_t header_size = 12;  // length, its CRC
constexpr std::size_t footer_size = 4;   // CRC of the data
constexpr std::uint64_t longest_record = 64u << 20;
constexpr std::size_t longest_search = 16u << 20;

std::uint64_t number_at(std::string_view bytes, std::size_t at, std::size_t size) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data() + at, size);
  return value;
}

/// The length that a record's header tells, where its CRC is right. None is so large that the size
/// of the record around it could not be counted.
std::optional<std::uint64_t> length_in(std::string_view header) {
  constexpr std::uint64_t largest =
      std::numeric_limits<std::uint64_t>::max() - header_size - footer_size;
  if (header.size() < header_size) return std::nullopt;
  if (masked(crc32c(header.substr(0, 8))) != number_at(header, 8, 4)) return std::nullopt;
  return std::min(number_at(header, 0, 8), largest);
}

/// Takes the records of a file one after another, past damaged ones.
class Records {
 public:
  explicit Records(Input& input) : input_(input) {}

  /// The next whole record. The view is good until the next call.
  std::optional<std::string_view> next() {
    for (;;) {
      const std::string_view header = input_.head(header_size).substr(0, header_size);
      if (header.empty()) return std::nullopt;
      if (header.size() < header_size) return stop_at_cut();
      const auto length = length_in(header);
      if (!length) {
        ++damaged_;
        if (!find_header()) return std::nullopt;
        continue;
      }
      if (*length > longest_record) {
        ++too_long_;
        if (!input_.skip(header_size + *length + footer_size)) return stop_at_cut();
        continue;
      }
      const std::size_t size = header_size + static_cast<std::size_t>(*length) + footer_size;
      if (input_.head(size).size() < size) return stop_at_cut();
      const std::string_view record = input_.next_bytes(size);
      const std::string_view data = record.substr(header_size, static_cast<std::size_t>(*length));
      if (masked(crc32c(data)) == number_at(record, size - footer_size, 4)) return data;
      ++damaged_;
    }
  }

  void note_into(std::vector<std::string>& notes) const {
    const std::string& name = input_.name();
    if (damaged_ > 0) {
      notes.push_back(fmt::format("{}: {} damaged {} left out (the checksum is wrong)", name,
                                  damaged_, damaged_ == 1 ? "record was" : "records were"));
    }
    if (too_long_ > 0) {
      notes.push_back(fmt::format("{}: {} records of more than {} MB were left out", name,
                                  too_long_, longest_record >> 20));
    }
    if (cut_) notes.push_back(name + ": the last record is cut off; what came before was read");
  }

 private:
  std::optional<std::string_view> stop_at_cut() {
    cut_ = true;
    return std::nullopt;
  }

  /// Goes on to the next bytes that are a header: one in four billion that are none look like one.
  bool find_header() {
    for (std::size_t searched = 0; searched < longest_search;) {
      const std::string_view bytes = input_.head(1u << 16);
      if (bytes.size() < header_size + 1) break;
      for (std::size_t at = 1; at + header_size <= bytes.size(); ++at) {
        const auto length = length_in(bytes.substr(at, header_size));
        if (length && *length <= longest_record) {
          input_.skip(at);
          return true;
        }
      }
      searched += bytes.size() - header_size;
      input_.skip(bytes.size() - header_size);
    }
    return false;
  }

  Input& input_;
  std::size_t damaged_ = 0, too_long_ = 0;
  bool cut_ = false;
};

class Events {
 public:
  Events() {
    table_.own_column("step");
    table_.own_column("wall_time");
  }

  void add(std::string_view event) {
    double wall_time = std::nan("");
    double step = 0;
    std::string_view summary;
    ProtoReader fields(event);
    while (const auto field = fields.next()) {
      if (field->number == 1 && field->wire == ProtoField::Wire::fixed64)
        wall_time = field->as_double();
      if (field->number == 2) step = static_cast<double>(field->as_int64());
      if (field->number == 5) summary = field->bytes;
    }
    if (summary.empty()) return;
    const Moment moment{step, wall_time};
    ProtoReader values(summary);
    while (const auto value = values.next()) {
      if (value->number == 1) add_value(value->bytes, moment);
    }
  }

  Reading take() {
    table_.end_row();
    std::vector<Column>& columns = table_.columns();
    Samples clock = clock_of(columns[steps_at], columns[times_at]);
    RowSteps steps(columns[steps_at].take_values());
    columns[times_at].clear();
    for (std::size_t tag = times_at + 1; tag < columns.size(); ++tag) {
      if (columns[tag].size() == 0) continue;
      Samples samples{columns[tag].name(), steps.of(columns[tag]), {}};
      samples.values = columns[tag].take_values();
      reading_.samples.push_back(std::move(samples));
    }
    if (!clock.steps.empty()) reading_.samples.push_back(std::move(clock));
    reading_.step_name = "step";
    return std::move(reading_);
  }
  Reading so_far() const { return Events(*this).take(); }

  Table& table() { return table_; }
  void keep_last(std::size_t most) { readers::keep_last(table_, most); }

 private:
  struct Moment {
    double step, wall_time;
  };
  static constexpr std::size_t steps_at = 0, times_at = 1;  ///< columns of the table

  void add_value(std::string_view value, const Moment& moment) {
    std::string_view tag, metadata, tensor;
    std::optional<double> number;
    ProtoReader fields(value);
    while (const auto field = fields.next()) {
      switch (field->number) {
        case 1: tag = field->bytes; break;
        case 2:
          if (field->wire == ProtoField::Wire::fixed32) number = field->as_float();
          break;
        case 8: tensor = field->bytes; break;
        case 9: metadata = field->bytes; break;
        default: break;
      }
    }
    if (!metadata.empty()) add_metadata(metadata);
    if (!number && !tensor.empty()) number = scalar_of_tensor(tensor);
    if (number) return add_sample(tag, moment, *number);
    if (tensor.empty()) return;
    if (const auto text = text_of_tensor(tensor)) {
      Settings settings = settings_in_words(*text);
      reading_.facts.config.merge(settings);
    }
  }

  /// What is logged at one step is a row; a tag that comes again at its step begins another one.
  void add_sample(std::string_view tag, const Moment& moment, double value) {
    const std::size_t column = column_of(tag);
    if (column == Table::no_column) return;
    const auto row = static_cast<std::uint32_t>(table_.rows());
    const bool same_row = in_row_ && moment.step == step_ && !table_.columns()[column].ends_at(row);
    if (!same_row) {
      table_.end_row();
      table_.put(steps_at, moment.step);
      table_.put(times_at, moment.wall_time);
      in_row_ = true;
      step_ = moment.step;
    }
    table_.put(column, value);
  }

  /// Tags come in the same order step by step: the one after the last is looked at first.
  std::size_t column_of(std::string_view tag) {
    const std::vector<Column>& columns = table_.columns();
    next_ = next_ < columns.size() && next_ + 1 < columns.size() ? next_ + 1 : times_at + 1;
    if (next_ >= columns.size() || columns[next_].name() != tag) next_ = table_.column(tag);
    return next_;
  }

  /// One sample where the step changes. Wall times that are no numbers say nothing.
  static Samples clock_of(const Column& steps, const Column& times) {
    std::vector<double> at, values;
    for (std::size_t row = 0; row < steps.size(); ++row) {
      if (!std::isfinite(times.value(row))) continue;
      if (!at.empty() && at.back() == steps.value(row)) continue;
      at.push_back(steps.value(row));
      values.push_back(times.value(row));
    }
    return {"time", std::move(at), std::move(values)};
  }

  /// The hparams plugin keeps a run's settings in the metadata of an empty summary.
  void add_metadata(std::string_view metadata) {
    const auto member = [](std::string_view message, std::uint32_t number) {
      std::string_view found;
      ProtoReader fields(message);
      while (const auto field = fields.next()) {
        if (field->number == number && field->wire == ProtoField::Wire::bytes) found = field->bytes;
      }
      return found;
    };
    const std::string_view plugin = member(metadata, 1);
    if (member(plugin, 1) != "hparams") return;
    ProtoReader entries(member(member(plugin, 2), 3));  // content.session_start_info
    while (const auto entry = entries.next()) {
      if (entry->number != 1) continue;
      const std::string key(member(entry->bytes, 1));
      ProtoReader value(member(entry->bytes, 2));
      while (const auto field = value.next()) {
        if (field->number == 2 && field->wire == ProtoField::Wire::fixed64)
          reading_.facts.config[key] = field->as_double();
        if (field->number == 3) reading_.facts.config[key] = setting_of(field->bytes);
        if (field->number == 4) reading_.facts.config[key] = field->bits != 0;
      }
    }
  }

  Reading reading_;
  Table table_;
  bool in_row_ = false;
  double step_ = 0;              ///< of the row that is being filled
  std::size_t next_ = times_at;  ///< column of the tag that came last
};

/// Takes whole records; damaged ones are passed over, as Records does.
class GrowingEvents : public Growing {
 public:
  void take(std::string_view bytes) override {
    waiting_ += bytes;
    std::string_view rest = waiting_;
    if (skipped_ > 0) skip(rest, skipped_);
    while (rest.size() >= header_size) {
      const auto length = length_in(rest);
      if (!length) {
        find_header(rest);
        continue;
      }
      if (*length > longest_record) {
        skip(rest, header_size + *length + footer_size);
        continue;
      }
      const std::size_t size = header_size + static_cast<std::size_t>(*length) + footer_size;
      if (rest.size() < size) break;
      const std::string_view data = rest.substr(header_size, static_cast<std::size_t>(*length));
      if (masked(crc32c(data)) == number_at(rest, size - footer_size, 4)) {
        events_.add(data);
      } else {
        ++damaged_;
      }
      rest.remove_prefix(size);
    }
    waiting_.erase(0, waiting_.size() - rest.size());
  }

  void drop_partial() override {
    waiting_.clear();
    skipped_ = 0;
  }

  Reading reading(const std::string& name) const override {
    Reading reading = events_.so_far();
    if (damaged_ > 0) {
      reading.facts.notes.push_back(
          fmt::format("{}: damaged records were left out (the checksum is wrong)", name));
    }
    return reading;
  }

  void keep_last(std::size_t samples) override { events_.keep_last(samples); }

 private:
  void skip(std::string_view& rest, std::uint64_t size) {
    const auto here = static_cast<std::size_t>(std::min<std::uint64_t>(size, rest.size()));
    rest.remove_prefix(here);
    skipped_ = size - here;
  }

  /// On to the next bytes that are a header; fewer bytes than one are left where there is none.
  void find_header(std::string_view& rest) {
    ++damaged_;
    do {
      rest.remove_prefix(1);
      const auto length = length_in(rest);
      if (length && *length <= longest_record) return;
    } while (rest.size() >= header_size);
  }

  Events events_;
  std::string waiting_;
  std::uint64_t skipped_ = 0;  ///< bytes of a record too long that are still to come
  std::size_t damaged_ = 0;
};

}  // namespace

/// A record whose length has the right checksum: no other file begins so.
bool is_event_file(std::string_view head) {
  return length_in(head.substr(0, header_size)).has_value();
}

Read read_event_file(Input& input, const DeclaredLines&) {
  Records records(input);
  Events events;
  constexpr std::size_t enough = 512;  // rows, to tell how many there will be
  while (const auto record = records.next()) {
    events.add(*record);
    if (events.table().rows() == enough) expect_rest(input, events.table());
  }
  Reading reading = events.take();
  records.note_into(reading.facts.notes);
  return reading;
}

std::unique_ptr<Growing> growing_event_file(const DeclaredLines&) {
  return std::make_unique<GrowingEvents>();
}

}  // namespace fmx::readers
