#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "dsl/lint.hpp"
#include "dsl/lower.hpp"
#include "dsl/parse.hpp"

namespace {

using namespace fmx;

void require(bool kept) {
  if (!kept) std::abort();
}

/// A pack that the text may speak of.
const std::string& demo() {
  static const std::string text = [] {
    std::ifstream file(FMX_SAMPLES "/demo.fmrule", std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }();
  return text;
}

void check_label(const Label& label, const Sources& sources) {
  require(label.span.source < sources.size());
  const std::size_t size = sources.at(label.span.source).text.size();
  require(label.span.begin < label.span.end || size == 0);
  require(label.span.end <= size);
}

void check(const std::vector<Diagnostic>& diagnostics, const Sources& sources) {
  for (const Diagnostic& d : diagnostics) {
    check_label(d.primary, sources);
    for (const Label& label : d.secondary) check_label(label, sources);
    if (d.edit) {
      require(d.edit->span.source < sources.size() && d.edit->span.begin <= d.edit->span.end);
      require(d.edit->span.end <= sources.at(d.edit->span.source).text.size());
    }
    require(!d.code.empty() && !d.message.empty() && !render(d, sources).empty());
  }
}

}  // namespace

/// Whatever a rule file says, every mistake and every warning about it points inside of a file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Sources sources;
  sources.add({"demo.fmrule", demo()});
  sources.add({"fuzz.fmrule", std::string(reinterpret_cast<const char*>(data), size)});
  std::vector<dsl::Tree> trees;
  for (const std::uint32_t i : {0U, 1U}) {
    dsl::Parsed parsed = dsl::parse(sources, i);
    check(parsed.diagnostics, sources);
    trees.push_back(std::move(parsed.tree));
  }
  const dsl::Lowered lowered = dsl::lower(std::move(sources), trees);
  check(lowered.diagnostics, lowered.knowledge.sources);
  check(dsl::lint(lowered), lowered.knowledge.sources);
  return 0;
}
