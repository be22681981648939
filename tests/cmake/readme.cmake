cmake_minimum_required(VERSION 3.25)
# The report that the README shows is what fmx says. Usage: cmake -DROOT=source tree -P readme.cmake
file(READ ${ROOT}/README.md readme)
file(READ ${ROOT}/examples/expected/collapsed_codebook.txt report)
string(FIND "${readme}" "```\n${report}```" at)
if(at EQUAL -1)
  message(FATAL_ERROR "README.md shows another report than examples/expected/collapsed_codebook.txt: copy it there")
endif()
