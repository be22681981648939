// How long does it take to check packs? Least of ten runs over all packs of a folder (by default
// knowledge/packs), stage by stage on one core, then as `fmx check` does it, reading included.

#include <fmt/core.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include "dsl/lint.hpp"
#include "dsl/lower.hpp"
#include "dsl/parse.hpp"
#include "src/packs/find.hpp"
#include "src/packs/load.hpp"

namespace {

using namespace fmx;

template <class Work>
double least_milliseconds(Work work) {
  double least = 1e9;
  for (int run = 0; run < 10; ++run) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double, std::milli> taken =
        std::chrono::steady_clock::now() - begin;
    least = std::min(least, taken.count());
  }
  return least;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = argc > 1 ? argv[1] : "knowledge/packs";
  const auto files = packs::find({folder});
  if (!files) {
    fmt::print(stderr, "{}", render(files.error()));
    return 2;
  }
  Sources sources;
  std::size_t bytes = 0;
  for (const packs::RuleFile& file : *files) {
    const auto text = packs::text_of(file.path);
    if (!text) return 2;
    bytes += text->size();
    sources.add({file.path, *text});
  }

  std::vector<dsl::Tree> trees;
  const double parsing = least_milliseconds([&] {
    trees.clear();
    for (std::uint32_t i = 0; i < sources.size(); ++i) {
      trees.push_back(dsl::parse(sources, i).tree);
    }
  });
  dsl::Lowered lowered;
  const double lowering = least_milliseconds([&] { lowered = dsl::lower(sources, trees); });
  std::size_t warnings = 0;
  const double linting = least_milliseconds([&] { warnings = dsl::lint(lowered).size(); });
  const double whole = least_milliseconds([&] { (void)packs::load_for_authors({folder}); });

  fmt::print("{} files, {} KiB, {} warnings\n", files->size(), bytes / 1024, warnings);
  fmt::print("parse {:6.1f} ms\nlower {:6.1f} ms\nlint  {:6.1f} ms\ncheck {:6.1f} ms\n", parsing,
             lowering, linting, whole);
  return 0;
}
