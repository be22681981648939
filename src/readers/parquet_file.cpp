// Parquet files, as pandas, Polars and Spark write tables: parquet-format/README.md. Columns of
// numbers, flags and texts, nested in structures or not; lists are no samples and are left out.

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <deque>

#include "src/readers/axis.hpp"
#include "src/readers/format.hpp"
#include "src/readers/parquet_page.hpp"
#include "src/readers/thrift.hpp"

namespace fmx::readers {

namespace {

using namespace parquet;
using Thrift = ThriftReader::Type;

constexpr std::string_view magic = "PAR1";
/// What a file may tell of, and how much is read of one: a few bytes can stand for any number of
/// values. A page's bytes count as the values that they could be.
constexpr std::size_t most_chunks = 4'000'000, longest_name = 1'000;
constexpr std::int64_t most_values = 100'000'000;

/// A leaf of the schema.
struct Leaf {
  std::string name;  ///< names of the structures around it before it, joined by '/'
  Type type = Type::boolean;
  unsigned max_definition = 0;  ///< of its structures and itself, how many may be absent
  bool repeated = false;
  bool nameless = false;  ///< its name is too long to name anything
  double factor = 1;      ///< makes a time seconds
};

struct Chunk {
  Codec codec = Codec::none;
  std::int64_t values = 0, data_at = 0, dictionary_at = 0, packed_size = 0;
};

struct Group {
  std::vector<Chunk> chunks;
};

struct Footer {
  std::vector<Leaf> leaves;
  std::vector<Group> groups;
};

/// One element of the schema, which lists its tree in preorder.
struct Element {
  std::string name;
  std::int64_t type = -1, repetition = 0, children = 0, converted = -1;
  double factor = 1;
};

/// Reads the fields of a structure: `take` has those that it wants and tells by true.
template <class Take>
void fields(ThriftReader& in, Take take) {
  in.begin();
  while (const auto field = in.next_field()) {
    if (!take(*field)) in.skip(field->type);
  }
}

/// False where the list has more than `left` members, of which it takes its own.
template <class Each>
bool list_of(ThriftReader& in, std::size_t& left, Each each) {
  Thrift of = Thrift::stop;
  const std::size_t size = in.list(of);
  if (size > left) return false;
  left -= size;
  for (std::size_t i = 0; i < size && in.ok(); ++i) each();
  return true;
}

/// The unit of a TIMESTAMP's logical type, as a factor.
double unit_of(ThriftReader& in) {
  double factor = 1;
  fields(in, [&](ThriftReader::Field type) {
    if (type.id != 8 || type.type != Thrift::structure) return false;  // TIMESTAMP
    fields(in, [&](ThriftReader::Field member) {
      if (member.id != 2 || member.type != Thrift::structure) return false;  // unit
      fields(in, [&](ThriftReader::Field unit) {
        factor = unit.id == 1 ? 1e-3 : unit.id == 2 ? 1e-6 : 1e-9;
        return false;
      });
      return true;
    });
    return true;
  });
  return factor;
}

Element element(ThriftReader& in) {
  Element element;
  fields(in, [&](ThriftReader::Field field) {
    switch (field.id) {
      case 1: element.type = in.integer(); return true;
      case 3: element.repetition = in.integer(); return true;
      case 4: element.name = in.binary(); return true;
      case 5: element.children = in.integer(); return true;
      case 6: element.converted = in.integer(); return true;
      case 10:
        if (field.type != Thrift::structure) return false;
        element.factor = unit_of(in);
        return true;
      default: return false;
    }
  });
  constexpr std::int64_t timestamp_millis = 9, timestamp_micros = 10;
  if (element.factor == 1 && element.converted == timestamp_millis) element.factor = 1e-3;
  if (element.factor == 1 && element.converted == timestamp_micros) element.factor = 1e-6;
  return element;
}

/// Takes the leaves below `elements[at]` and moves `at` past them.
void add_leaves(const std::vector<Element>& elements, std::size_t& at, const Leaf& above, int depth,
                std::vector<Leaf>& leaves) {
  constexpr int deepest = 64;
  const Element& element = elements[at++];
  Leaf leaf = above;
  if (depth > 0) {
    leaf.name = above.name.empty() ? element.name : above.name + "/" + element.name;
    leaf.max_definition += element.repetition != 0 ? 1u : 0u;
    leaf.repeated = above.repeated || element.repetition == 2;
    leaf.nameless = above.nameless || leaf.name.size() > longest_name;
    if (leaf.nameless) leaf.name.clear();
  }
  if (element.children <= 0) {
    leaf.type = static_cast<Type>(element.type);
    leaf.factor = element.factor;
    leaves.push_back(std::move(leaf));
    return;
  }
  for (std::int64_t i = 0; i < element.children && at < elements.size() && depth < deepest; ++i)
    add_leaves(elements, at, leaf, depth + 1, leaves);
}

Chunk chunk(ThriftReader& in) {
  Chunk chunk;
  fields(in, [&](ThriftReader::Field field) {
    if (field.id != 3 || field.type != Thrift::structure) return false;  // ColumnMetaData
    fields(in, [&](ThriftReader::Field member) {
      switch (member.id) {
        case 4: chunk.codec = static_cast<Codec>(in.integer()); return true;
        case 5: chunk.values = in.integer(); return true;
        case 7: chunk.packed_size = in.integer(); return true;
        case 9: chunk.data_at = in.integer(); return true;
        case 11: chunk.dictionary_at = in.integer(); return true;
        default: return false;
      }
    });
    return true;
  });
  return chunk;
}

/// Empty where it is damaged or tells of more than anybody writes.
std::optional<Footer> footer_of(std::string_view bytes) {
  ThriftReader in(bytes);
  Footer footer;
  std::vector<Element> elements;
  std::size_t elements_left = Table::most_columns, groups_left = most_chunks,
              chunks_left = most_chunks;
  bool fits = true;
  fields(in, [&](ThriftReader::Field field) {
    if (!fits || field.type != Thrift::list) return false;
    if (field.id == 2) {
      fits = list_of(in, elements_left, [&] { elements.push_back(element(in)); });
      return true;
    }
    if (field.id != 4) return false;
    const bool groups_fit = list_of(in, groups_left, [&] {
      if (!fits) return;
      Group& group = footer.groups.emplace_back();
      fields(in, [&](ThriftReader::Field member) {
        if (!fits || member.id != 1 || member.type != Thrift::list) return false;
        fits = list_of(in, chunks_left, [&] { group.chunks.push_back(chunk(in)); });
        return true;
      });
    });
    fits = fits && groups_fit;
    return true;
  });
  if (!fits || !in.ok() || elements.empty()) return std::nullopt;
  std::size_t at = 0;
  add_leaves(elements, at, Leaf{}, 0, footer.leaves);
  return footer;
}

struct PageHeader {
  std::int64_t type = -1, size = 0, packed_size = 0, values = 0, encoding = 0;
  std::int64_t definition_bytes = 0, repetition_bytes = 0;  ///< of a data page of version 2
  bool packed = true;
};

PageHeader page_header(ThriftReader& in) {
  PageHeader header;
  fields(in, [&](ThriftReader::Field field) {
    if (field.id <= 3) {
      (field.id == 1   ? header.type
       : field.id == 2 ? header.size
                       : header.packed_size) = in.integer();
      return true;
    }
    if (field.type != Thrift::structure) return false;
    const bool second = field.id == 8;
    fields(in, [&](ThriftReader::Field member) {
      if (member.id == 1) return header.values = in.integer(), true;
      if (member.id == (second ? 4 : 2)) return header.encoding = in.integer(), true;
      if (second && member.id == 5) return header.definition_bytes = in.integer(), true;
      if (second && member.id == 6) return header.repetition_bytes = in.integer(), true;
      if (second && member.id == 7) return header.packed = member.type == Thrift::true_, true;
      return false;
    });
    return true;
  });
  return header;
}

/// Reads the pages of one column in one group of rows.
class Pages {
 public:
  /// `values_left` of the whole file; what is read is taken from it, and it is 0 once it is spent.
  Pages(std::string_view file, const Leaf& leaf, const Chunk& chunk, std::int64_t& values_left)
      : file_(file), leaf_(leaf), chunk_(chunk), values_left_(values_left) {}

  /// As many cells as could be read; `trouble` tells why they are fewer than there should be.
  Cells read() {
    const std::int64_t first =
        chunk_.dictionary_at > 0 ? std::min(chunk_.dictionary_at, chunk_.data_at) : chunk_.data_at;
    if (first < 0 || first > static_cast<std::int64_t>(file_.size())) return damaged();
    std::string_view rest = file_.substr(static_cast<std::size_t>(first));
    while (static_cast<std::int64_t>(cells_.present.size()) < chunk_.values) {
      if (!spend(1)) return damaged();  // chunks may share their pages
      ThriftReader in(rest);
      const PageHeader header = page_header(in);
      if (!in.ok() || header.packed_size < 0 || header.size < 0 || header.values < 0)
        return damaged();
      rest.remove_prefix(in.taken());
      const auto size = static_cast<std::size_t>(header.packed_size);
      if (size > rest.size()) return damaged();
      const bool taken = add(header, rest.substr(0, size));
      if (!taken) return damaged();
      rest.remove_prefix(size);
    }
    return std::move(cells_);
  }

  const std::string& trouble() const { return trouble_; }
  /// What the texts of the cells look into.
  std::deque<std::string> take_kept() { return std::move(kept_); }

 private:
  enum { data = 0, dictionary = 2, data_of_version_2 = 3 };
  enum { plain = 0, plain_dictionary = 2, runs = 3, runs_dictionary = 8 };

  Cells damaged() {
    if (trouble_.empty()) trouble_ = "a page is damaged";
    return std::move(cells_);
  }

  bool add(const PageHeader& header, std::string_view packed) {
    if (header.type == data) return add_data(header, packed, false);
    if (header.type == data_of_version_2) return add_data(header, packed, true);
    if (header.type != dictionary) return true;
    if (!spend(header.values)) return false;
    const auto page = unpack(packed, header.size);
    return page && read_plain(*page, leaf_.type, static_cast<std::size_t>(header.values),
                              leaf_.factor, dictionary_numbers_, dictionary_texts_);
  }

  bool spend(std::int64_t values) {
    const bool enough = values <= values_left_;
    values_left_ = enough ? values_left_ - values : 0;
    if (!enough) trouble_ = "the file holds more values than are read";
    return enough;
  }

  /// The page's bytes, which stay where they are until the end.
  std::optional<std::string_view> unpack(std::string_view packed, std::int64_t size) {
    if (!spend(size / static_cast<std::int64_t>(sizeof(double)))) return std::nullopt;
    auto page = unpacked(packed, chunk_.codec, static_cast<std::size_t>(size));
    if (!page) {
      trouble_ = "a page cannot be unpacked: it is damaged, or its compression is not known";
      return std::nullopt;
    }
    kept_.push_back(*std::move(page));
    return kept_.back();
  }

  bool add_data(const PageHeader& header, std::string_view packed, bool second) {
    if (!spend(header.values)) return false;
    const auto values = static_cast<std::size_t>(header.values);
    std::vector<std::uint32_t> definitions;
    std::string_view page;
    if (second) {
      const auto there = static_cast<std::int64_t>(packed.size());
      if (header.repetition_bytes < 0 || header.repetition_bytes > there ||
          header.definition_bytes < 0 || header.definition_bytes > there)
        return false;
      const std::int64_t levels = header.repetition_bytes + header.definition_bytes;
      if (levels > there || levels > header.size) return false;
      const auto level_bytes = packed.substr(static_cast<std::size_t>(header.repetition_bytes),
                                             static_cast<std::size_t>(header.definition_bytes));
      if (!read_definitions(level_bytes, values, definitions)) return false;
      packed.remove_prefix(static_cast<std::size_t>(levels));
      if (header.packed) {
        const auto unpacked = unpack(packed, header.size - levels);
        if (!unpacked) return false;
        page = *unpacked;
      } else {
        if (!spend(static_cast<std::int64_t>(packed.size() / sizeof(double)))) return false;
        kept_.emplace_back(packed);
        page = kept_.back();
      }
    } else {
      const auto unpacked = unpack(packed, header.size);
      if (!unpacked) return false;
      page = *unpacked;
      if (leaf_.max_definition > 0) {
        std::uint32_t size = 0;
        if (page.size() < 4) return false;
        std::memcpy(&size, page.data(), 4);
        if (size > page.size() - 4) return false;
        if (!read_definitions(page.substr(4, size), values, definitions)) return false;
        page.remove_prefix(4 + size);
      }
    }
    return add_values(page, header.encoding, values, definitions);
  }

  bool read_definitions(std::string_view bytes, std::size_t values,
                        std::vector<std::uint32_t>& definitions) const {
    unsigned width = 0;
    while ((1u << width) <= leaf_.max_definition) ++width;
    return width == 0 || read_runs(bytes, width, values, definitions);
  }

  bool add_values(std::string_view page, std::int64_t encoding, std::size_t values,
                  const std::vector<std::uint32_t>& definitions) {
    const auto whole = static_cast<std::uint32_t>(leaf_.max_definition);
    const std::size_t there =
        definitions.empty()
            ? values
            : static_cast<std::size_t>(std::count(definitions.begin(), definitions.end(), whole));
    std::vector<double> numbers;
    std::vector<std::string_view> texts;
    if (!read_values(page, encoding, there, numbers, texts)) return false;
    std::size_t next = 0;
    for (std::size_t i = 0; i < values; ++i) {
      const bool present = definitions.empty() || definitions[i] == whole;
      cells_.present.push_back(present);
      if (leaf_.type == Type::bytes) {
        cells_.texts.push_back(present ? texts[next++] : std::string_view());
      } else {
        cells_.numbers.push_back(present ? numbers[next++] : 0);
      }
    }
    return true;
  }

  bool read_values(std::string_view page, std::int64_t encoding, std::size_t count,
                   std::vector<double>& numbers, std::vector<std::string_view>& texts) {
    if (encoding == plain) return read_plain(page, leaf_.type, count, leaf_.factor, numbers, texts);
    std::vector<std::uint32_t> read;
    if (encoding == runs && leaf_.type == Type::boolean) {
      if (page.size() < 4 || !read_runs(page.substr(4), 1, count, read)) return false;
      numbers.assign(read.begin(), read.end());
      return true;
    }
    if (encoding != plain_dictionary && encoding != runs_dictionary) {
      trouble_ = fmt::format("its encoding {} is not known", encoding);
      return false;
    }
    if (count == 0) return true;
    if (page.empty()) return false;
    const unsigned width = static_cast<unsigned char>(page.front());
    if (!read_runs(page.substr(1), width, count, read)) return false;
    for (const std::uint32_t place : read) {
      const bool text = leaf_.type == Type::bytes;
      if (place >= (text ? dictionary_texts_.size() : dictionary_numbers_.size())) return false;
      if (text) {
        texts.push_back(dictionary_texts_[place]);
      } else {
        numbers.push_back(dictionary_numbers_[place]);
      }
    }
    return true;
  }

  std::string_view file_;
  const Leaf& leaf_;
  const Chunk& chunk_;
  std::int64_t& values_left_;
  Cells cells_;
  std::deque<std::string> kept_;  ///< pages, which stay where they are
  std::vector<double> dictionary_numbers_;
  std::vector<std::string_view> dictionary_texts_;
  std::string trouble_;
};

/// Puts the groups of rows into a table.
class Rows {
 public:
  Rows(std::string_view file, const Footer& footer, const std::string& name)
      : file_(file), footer_(footer), name_(name) {
    for (const Leaf& leaf : footer.leaves)
      columns_.push_back(is_left_out(leaf) ? Table::no_column : table_.column(leaf.name));
  }

  Reading read() {
    for (const Group& group : footer_.groups) add(group);
    if (values_left_ == 0)
      notes_.push_back(fmt::format("{}: only its first {} values were read", name_, most_values));
    Reading reading = on_step_axis(std::move(table_), name_);
    for (std::string& note : notes_) reading.facts.notes.push_back(std::move(note));
    return reading;
  }

 private:
  static bool is_left_out(const Leaf& leaf) {
    return leaf.repeated || leaf.nameless || leaf.type == Type::int96 ||
           leaf.type >= Type::fixed_bytes || leaf.type < Type::boolean;
  }

  void add(const Group& group) {
    std::vector<Cells> cells(std::min(group.chunks.size(), footer_.leaves.size()));
    std::vector<std::deque<std::string>> kept(cells.size());
    std::vector<std::size_t> open;  // columns that have rows left
    for (std::size_t c = 0; c < cells.size() && values_left_ > 0; ++c) {
      if (columns_[c] == Table::no_column) continue;
      Pages pages(file_, footer_.leaves[c], group.chunks[c], values_left_);
      cells[c] = pages.read();
      kept[c] = pages.take_kept();
      open.push_back(c);
      if (!pages.trouble().empty()) {
        notes_.push_back(fmt::format("{}: column `{}`: {}; {} of its {} values were read", name_,
                                     footer_.leaves[c].name, pages.trouble(),
                                     cells[c].present.size(), group.chunks[c].values));
      }
    }
    for (std::size_t row = 0;; ++row) {
      std::erase_if(open, [&](std::size_t c) { return row >= cells[c].present.size(); });
      if (open.empty()) break;
      for (const std::size_t c : open) {
        if (!cells[c].present[row]) continue;
        if (footer_.leaves[c].type == Type::bytes) {
          table_.put_text(columns_[c], cells[c].texts[row]);
        } else {
          table_.put(columns_[c], cells[c].numbers[row]);
        }
      }
      table_.end_row();
    }
  }

  std::string_view file_;
  const Footer& footer_;
  std::string name_;
  Table table_;
  std::vector<std::size_t> columns_;
  std::int64_t values_left_ = most_values;
  std::vector<std::string> notes_;
};

}  // namespace

bool is_parquet_file(std::string_view head) { return head.starts_with(magic); }

Read read_parquet_file(Input& input, const DeclaredLines&) {
  const auto whole = input.whole();
  if (!whole) return Unexpected{whole.error()};
  constexpr std::size_t tail = 8;  // the footer's length and the mark again
  if (whole->size() < magic.size() + tail || !whole->ends_with(magic)) {
    return Unexpected{
        Problem{input.name(),
                "the Parquet file is cut off: what tells where its columns lie stands "
                "at its end",
                "let its writer close it, or copy it again"}};
  }
  std::uint32_t size = 0;
  std::memcpy(&size, whole->data() + whole->size() - tail, 4);
  const std::size_t before = whole->size() - tail;
  const auto footer =
      size <= before - magic.size() ? footer_of(whole->substr(before - size, size)) : std::nullopt;
  if (!footer) {
    return Unexpected{
        Problem{input.name(),
                "what tells where its columns lie is damaged, or they are more than " +
                    std::to_string(Table::most_columns),
                "write the Parquet file again"}};
  }
  return Rows(*whole, *footer, input.name()).read();
}

}  // namespace fmx::readers
