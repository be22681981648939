#include <csignal>
#include <cstdio>
#include <exception>
#include <new>

#include "src/command_line.hpp"
#include "src/commands/exit_status.hpp"
#include "src/heap.hpp"

int main(int argc, char** argv) {
  fmx::prepare_heap();
  std::signal(SIGPIPE, SIG_IGN);  // a reader that goes away is seen where it is written to
  try {
    return fmx::run_command_line(argc, argv);
  } catch (const std::bad_alloc&) {
    std::fputs("fmx: out of memory\n     give a smaller input, or more memory\n", stderr);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "fmx: %s\n     this is a mistake in fmx itself: please report it\n",
                 error.what());
  }
  return fmx::commands::unusable;
}
