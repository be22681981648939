// Prints what was read of a run, to the last bit: `series <tab> step <tab> value`, in hexadecimal
// floating point; then `config <tab> key <tab> value` and `note <tab> sentence`. For comparison
// with the readers of the programs that wrote it: compare.py.

#include <cstdio>

#include "src/readers/config.hpp"
#include "src/readers/read.hpp"

int main(int argc, char** argv) {
  fmx::readers::Request request;
  for (int i = 1; i < argc; ++i) request.inputs.emplace_back(argv[i]);
  const auto run = fmx::readers::read(request);
  if (!run) {
    std::fprintf(stderr, "%s: %s; %s\n", run.error().where.c_str(), run.error().what.c_str(),
                 run.error().remedy.c_str());
    return 2;
  }
  for (const auto& series : run->series) {
    for (std::size_t i = 0; i < series.steps.size(); ++i)
      std::printf("%s\t%a\t%a\n", series.name.c_str(), series.steps[i], series.values[i]);
  }
  for (const auto& [key, setting] : run->config)
    std::printf("config\t%s\t%s\n", key.c_str(), fmx::readers::in_words(setting).c_str());
  for (const auto& note : run->notes) std::printf("note\t%s\n", note.c_str());
  return 0;
}
