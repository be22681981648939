#include "src/commands/output.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <csignal>

#include "tests/catch.hpp"

using namespace fmx;

namespace {

/// The status with which a process ends that says `text` as its last word, where nobody reads it.
int status_where_nobody_reads(std::string_view text, int status) {
  int ends[2];
  REQUIRE(::pipe(ends) == 0);
  ::close(ends[0]);
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGPIPE, SIG_IGN);  // as main() has it
    ::dup2(ends[1], STDOUT_FILENO);
    ::_exit(commands::finish(text, status));
  }
  ::close(ends[1]);
  int ended = 0;
  REQUIRE(::waitpid(child, &ended, 0) == child);
  REQUIRE(WIFEXITED(ended));
  return WEXITSTATUS(ended);
}

}  // namespace

TEST_CASE("a command ends with its status though nobody reads what it says") {
  const int status = GENERATE(as<int>(), commands::done, commands::failed, 4);
  CAPTURE(status);
  CHECK(status_where_nobody_reads("what was found\n", status) == status);
}
