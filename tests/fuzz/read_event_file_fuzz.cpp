#include "tests/fuzz/read_promise.hpp"

/// Any bytes as a TensorBoard event file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = input_of(data, size);
  check_reading(fmx::readers::read_event_file(input));
  return 0;
}
