#include "src/readers/config.hpp"
#include "tests/fuzz/read_promise.hpp"

/// Any bytes as a config in JSON, YAML or TOML: settings with names, or a Problem.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  auto input = input_of(data, size);
  const auto settings = fmx::readers::read_config(input);
  if (settings) {
    for (const auto& [key, setting] : *settings)
      require(!fmx::readers::in_words(setting).empty() || setting.index() == 1);
  } else {
    require(!settings.error().what.empty() && !settings.error().remedy.empty());
  }
  return 0;
}
