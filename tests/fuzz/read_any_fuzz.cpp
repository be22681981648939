#include "tests/fuzz/read_promise.hpp"

/// Whatever format the bytes are taken for, and however they are packed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = input_of(data, size);
  check_reading(fmx::readers::read_input(input));
  return 0;
}
