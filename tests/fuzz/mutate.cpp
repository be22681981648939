// Feeds mutants of real files to a fuzzer's function: `mutate MUTANTS SEED FOLDER...`. Each file in
// the folders is cut, doubled, joined with others, and sown with words of the language. The mutant
// that breaks the promise is left behind in `broken_by`.

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::string mutant;

void keep_mutant(int signal) {
  const int file = ::open("broken_by", O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file >= 0 && ::write(file, mutant.data(), mutant.size()) >= 0) ::close(file);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

constexpr std::array<std::string_view, 44> words{"finding ",
                                                 "pattern ",
                                                 "fix ",
                                                 "test ",
                                                 "amend ",
                                                 "let ",
                                                 "rule ",
                                                 "table ",
                                                 "metric ",
                                                 "when ",
                                                 "shows ",
                                                 "one of { ",
                                                 "needs ",
                                                 "risk ",
                                                 "cures ",
                                                 "expect not ",
                                                 "given ",
                                                 "import ",
                                                 " and ",
                                                 " or ",
                                                 "not ",
                                                 " above ",
                                                 " over last 20% ",
                                                 " for each m",
                                                 "{",
                                                 "}",
                                                 "(",
                                                 ")",
                                                 "[",
                                                 "]",
                                                 "\"",
                                                 "\"\"\"",
                                                 "#",
                                                 "..",
                                                 "->",
                                                 "%",
                                                 "1e999",
                                                 "-",
                                                 "\n",
                                                 "\r\n",
                                                 "\t",
                                                 "\xff",
                                                 "\xc3\xa9",
                                                 "# allow(x): y\n"};

class Mutations {
 public:
  Mutations(std::vector<std::string> seeds, std::uint32_t seed)
      : seeds_(std::move(seeds)), random_(seed) {}

  std::string next() {
    std::string text = seeds_[below(seeds_.size())];
    for (std::size_t i = 1 + below(4); i > 0; --i) change(text);
    return text;
  }

 private:
  std::size_t below(std::size_t n) { return n == 0 ? 0 : random_() % n; }

  /// A stretch of one of the texts, mostly a short one.
  std::pair<std::size_t, std::size_t> stretch(const std::string& text) {
    const std::size_t longest = below(8) == 0 ? 2000 : 40;
    const std::size_t at = below(text.size() + 1);
    return {at, std::min(below(longest), text.size() - at)};
  }

  void change(std::string& text) {
    const auto [at, size] = stretch(text);
    switch (below(7)) {
      case 0: text.erase(at, size); break;
      case 1: text.insert(below(text.size() + 1), text.substr(at, size)); break;
      case 2: text.insert(at, words[below(words.size())]); break;
      case 3: text.replace(at, size, words[below(words.size())]); break;
      case 4: {
        const std::string& other = seeds_[below(seeds_.size())];
        const auto [from, length] = stretch(other);
        text.insert(at, other.substr(from, length));
        break;
      }
      case 5:
        if (at < text.size()) text[at] = static_cast<char>(below(256));
        break;
      default: text.resize(at); break;
    }
  }

  std::vector<std::string> seeds_;
  std::mt19937 random_;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc < 4) return 2;
  std::vector<std::filesystem::path> files;
  for (int i = 3; i < argc; ++i) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i])) {
      if (entry.path().extension() == ".fmrule") files.push_back(entry.path());
    }
  }
  std::sort(files.begin(), files.end());
  std::vector<std::string> seeds;
  for (const auto& path : files) {
    std::ifstream file(path, std::ios::binary);
    seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  if (seeds.empty()) return 2;
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE}) std::signal(signal, keep_mutant);
  Mutations mutations(std::move(seeds), static_cast<std::uint32_t>(std::atol(argv[2])));
  for (long left = std::atol(argv[1]); left > 0; --left) {
    mutant = mutations.next();
    LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(mutant.data()), mutant.size());
  }
  return 0;
}
