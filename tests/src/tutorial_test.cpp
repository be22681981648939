// docs/authoring.md is followed to the letter: its files are written, its commands run, and what
// they print is what the page says. FMX_BLESS=1 in the environment writes what came out into it.
//
// A fence ```LANGUAGE PATH writes a file, ```LANGUAGE >> PATH adds to one, and ```LANGUAGE ~ PATH
// replaces its first line there by its second. A ```console fence holds commands behind `$ `, each
// followed by its output.

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "tests/catch.hpp"
#include "tests/src/run_folder.hpp"

namespace fs = std::filesystem;

namespace {

constexpr const char* page = "docs/authoring.md";

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write(const fs::path& path, const std::string& text) {
  fs::create_directories(path.parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

/// What a command prints, on either stream, run in `folder`.
std::string output_of(const std::string& command, const fs::path& folder) {
  const fs::path program = fs::path(FMX_PROGRAM).parent_path();
  const std::string line = "cd '" + folder.string() + "' && export PATH='" + program.string() +
                           "':\"$PATH\" NO_COLOR=1 && unset FMX_PACKS COLUMNS && ( " + command +
                           " ) 2>&1";
  FILE* pipe = popen(line.c_str(), "r");
  REQUIRE(pipe != nullptr);
  std::string output;
  std::array<char, 4096> piece{};
  while (const std::size_t read = fread(piece.data(), 1, piece.size(), pipe))
    output.append(piece.data(), read);
  pclose(pipe);
  return output;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

/// The reader of the page, who does what it says in an empty folder.
class Follower {
 public:
  explicit Follower(fs::path folder) : folder_(std::move(folder)) {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }

  /// The page with the output that its commands really have.
  std::string follow(const std::string& text) {
    std::istringstream lines(text);
    std::string line;
    while (std::getline(lines, line)) {
      out_ += line + '\n';
      if (!line.starts_with("```")) continue;
      const std::string head = line.substr(3);
      std::string body;
      while (std::getline(lines, line) && line != "```") body += line + '\n';
      take(head, body);
      out_ += "```\n";
    }
    return out_;
  }

 private:
  void take(const std::string& head, const std::string& body) {
    if (head == "console") return run(body);
    out_ += body;
    const std::size_t blank = head.find(' ');
    if (blank == std::string::npos) return;
    const std::string target = head.substr(blank + 1);
    if (target.starts_with(">> ")) {
      const fs::path path = folder_ / target.substr(3);
      write(path, text_of(path) + body);
    } else if (target.starts_with("~ ")) {
      const fs::path path = folder_ / target.substr(2);
      const std::size_t end = body.find('\n');
      write(path, replaced(text_of(path), body.substr(0, end),
                           body.substr(end + 1, body.size() - end - 2)));
    } else {
      write(folder_ / target, body);
    }
  }

  void run(const std::string& body) {
    std::istringstream lines(body);
    for (std::string line; std::getline(lines, line);) {
      if (!line.starts_with("$ ")) continue;
      out_ += line + '\n' + output_of(line.substr(2), folder_);
    }
  }

  fs::path folder_;
  std::string out_;
};

}  // namespace

TEST_CASE("an author who follows docs/authoring.md sees what it says") {
  const std::string text = text_of(page);
  const RunFolder folder;  // of this process: builds are tested side by side
  const std::string followed = Follower(folder.path()).follow(text);
  if (std::getenv("FMX_BLESS") != nullptr) write(page, followed);
  CHECK((std::getenv("FMX_BLESS") != nullptr || followed == text));
}
