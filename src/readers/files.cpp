#include "src/readers/files.hpp"

#include "src/readers/format.hpp"

namespace fmx::readers {

std::optional<Read> WholeFiles::read_if(Wanted wanted, const std::string& path,
                                        const std::string& name) {
  auto input = Input::open(path, name);
  if (!input) return Unexpected{input.error()};
  if (wanted != nullptr && !wanted(input->head())) return std::nullopt;
  return read_input(*input, declared_);
}

}  // namespace fmx::readers
