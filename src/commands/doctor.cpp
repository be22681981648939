#include "src/commands/doctor.hpp"

#include <optional>

#include "engine/diagnose.hpp"
#include "src/commands/output.hpp"
#include "src/packs/load.hpp"
#include "src/reports/checkup.hpp"

namespace fmx::commands {

int doctor(const DoctorOptions& options) {
  const Result<packs::Loaded, Problem> loaded = packs::load_with_defaults(options.packs);
  if (!loaded) return fail(loaded.error());
  if (has_errors(loaded->diagnostics)) return fail(*loaded);
  const Result<engine::Run, Problem> run = read_run(options, loaded->knowledge);
  if (!run) return fail(run.error());

  const engine::Diagnosis diagnosis = engine::diagnose(loaded->knowledge, *run);
  const reports::Checkup checkup = reports::checkup({loaded->knowledge, *run, diagnosis});
  const Screen seen = screen();
  const std::string text = options.format == "json" ? reports::json(checkup)
                           : options.format == "md"
                               ? reports::markdown(checkup)
                               : reports::text(checkup, {seen.width, seen.colour});
  if (const std::optional<Problem> problem = print(text)) return fail(*problem);
  return done;
}

}  // namespace fmx::commands
