#include "src/readers/files.hpp"

#include "src/readers/format.hpp"

namespace fmx::readers {

Read WholeFiles::read(const std::string& path, const std::string& name) {
  auto input = Input::open(path, name);
  if (!input) return Unexpected{input.error()};
  return read_input(*input, declared_);
}

}  // namespace fmx::readers
