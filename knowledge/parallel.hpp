#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <system_error>
#include <thread>
#include <vector>

namespace fmx {

/// Calls `work(i)` once for every i below `count`, spread over the machine's threads, and returns
/// when all are done. Calls must not touch what others write; then the result does not depend on
/// how they were spread. Where one throws, no more are begun, and it is thrown on once all are
/// done.
template <class Work>
void for_each_in_parallel(std::size_t count, const Work& work) {
  std::atomic<std::size_t> next = 0;
  std::mutex guard;
  std::exception_ptr thrown;
  const auto take = [&] {
    try {
      for (std::size_t i = next++; i < count; i = next++) work(i);
    } catch (...) {
      next = count;
      const std::lock_guard lock(guard);
      if (!thrown) thrown = std::current_exception();
    }
  };
  const std::size_t wanted = std::min<std::size_t>(std::thread::hardware_concurrency(), count);
  std::vector<std::jthread> threads;
  try {
    for (std::size_t i = 1; i < wanted; ++i) threads.emplace_back(take);
  } catch (const std::system_error&) {
    // No more threads are to be had: those that there are will do.
  }
  take();
  threads.clear();  // joins
  if (thrown) std::rethrow_exception(thrown);
}

}  // namespace fmx
