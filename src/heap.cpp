#include "src/heap.hpp"

#include <cstdint>
#include <cstdlib>  // says __GLIBC__

#ifdef __GLIBC__

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace fmx {
namespace {

constexpr int step = 32 << 20;                      // bytes: the most that M_MMAP_THRESHOLD takes
constexpr std::uintptr_t huge_page = 2 << 20;       // of x86-64 and of arm64 with 4 kB pages
constexpr std::size_t more_than_is_left = 1 << 20;  // of what malloc took before main()

}  // namespace

void prepare_heap() {
  ::mallopt(M_TOP_PAD, step);
  ::mallopt(M_TRIM_THRESHOLD, step);
  ::mallopt(M_MMAP_THRESHOLD, step);
  char* const begin = static_cast<char*>(::sbrk(0));
  void* volatile grown = std::malloc(more_than_is_left);  // volatile: not to be left out
  std::free(grown);
  char* const end = static_cast<char*>(::sbrk(0));
  const std::uintptr_t beyond = reinterpret_cast<std::uintptr_t>(begin) % huge_page;
  char* const aligned = begin + (beyond == 0 ? 0 : huge_page - beyond);
  if (aligned < end) ::madvise(aligned, static_cast<std::size_t>(end - aligned), MADV_HUGEPAGE);
}

}  // namespace fmx

#else

namespace fmx {

void prepare_heap() {}

}  // namespace fmx

#endif
