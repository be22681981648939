#include "src/problem.hpp"

namespace fmx {

std::string render(const Problem& problem) {
  std::string out = problem.where.starts_with("fmx") ? "" : "fmx: ";
  if (!problem.where.empty()) out += problem.where + ": ";
  out += problem.what + "\n";
  if (!problem.remedy.empty()) out += "     " + problem.remedy + "\n";
  return out;
}

}  // namespace fmx
