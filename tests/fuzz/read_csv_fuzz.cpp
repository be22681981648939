#include "tests/fuzz/read_promise.hpp"

/// Any bytes as a table of text.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = input_of(data, size);
  check_reading(fmx::readers::read_separated(input));
  return 0;
}
