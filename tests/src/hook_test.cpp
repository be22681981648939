#include "src/watch/hook.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>

#include "tests/catch.hpp"

using namespace fmx;

namespace {

/// The process treats a signal so, as long as this lives.
class Disposition {
 public:
  Disposition(int signal, void (*handler)(int))
      : signal_(signal), before_(std::signal(signal, handler)) {}
  ~Disposition() { std::signal(signal_, before_); }
  Disposition(const Disposition&) = delete;
  Disposition& operator=(const Disposition&) = delete;

 private:
  int signal_;
  void (*before_)(int);
};

}  // namespace

SCENARIO("what the user has told to run goes its own way") {
  GIVEN("a program that ignores broken pipes") {
    const Disposition ignored(SIGPIPE, SIG_IGN);
    watch::Hook hook("kill -PIPE $$; exit 0");
    hook.call("", {});
    THEN("the command does not: it may end in `| head`") {
      const std::vector<std::string> troubles = hook.finish();
      REQUIRE(troubles.size() == 1);
      CHECK(troubles[0].find("was killed by signal 13") != std::string::npos);
    }
  }

  GIVEN("a variable that is set already, as below another watch") {
    ::setenv("FMX_HOOK_TEST", "outer", 1);
    watch::Hook hook(
        "test \"$FMX_HOOK_TEST\" = inner && test \"$(env | grep -c ^FMX_HOOK_TEST=)\" = 1");
    hook.call("", {{"FMX_HOOK_TEST", "inner"}});
    THEN("the command sees the call's, and no other") { CHECK(hook.finish().empty()); }
    ::unsetenv("FMX_HOOK_TEST");
  }

  GIVEN("a program whose children are waited for by nobody") {
    const Disposition ignored(SIGCHLD, SIG_IGN);
    watch::Hook hook("exit 0");
    hook.call("", {});
    hook.call("", {});
    THEN("calls follow one another all the same") {
      for (int looks = 0; looks < 1000 && !hook.idle(); ++looks) {
        hook.tend();
        ::usleep(10'000);
      }
      CHECK(hook.idle());
    }
  }
}
