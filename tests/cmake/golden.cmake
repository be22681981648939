cmake_minimum_required(VERSION 3.25)
# Runs one golden case: cmake -DFMX=program -DCASE=tests/golden/COMMAND/NAME -DSCRATCH=folder -P golden.cmake
#
# A case is a folder with `args` (one argument a line) and what the run must give: `stdout`, `stderr` and
# `status` (left out: empty, empty, 0). All other files are inputs; they are copied to a folder of their
# own, where the program runs. Two names are special: `stdin` is fed to it, and `generate.cmake` is run
# there first, to make inputs that are too large to keep. The packs are those of tests/golden/packs. The word
# LABELLED in `args` stands for the labelled runs of tests/golden/labelled.
# FMX_BLESS=1 in the environment writes what came out as the new expectation.
get_filename_component(command "${CASE}" DIRECTORY)
get_filename_component(command "${command}" NAME)

file(REMOVE_RECURSE "${SCRATCH}")
file(MAKE_DIRECTORY "${SCRATCH}")
file(COPY "${CASE}/" DESTINATION "${SCRATCH}"
     PATTERN args EXCLUDE PATTERN stdout EXCLUDE PATTERN stderr EXCLUDE PATTERN status EXCLUDE)
if(EXISTS "${SCRATCH}/generate.cmake")
  execute_process(COMMAND ${CMAKE_COMMAND} -P generate.cmake WORKING_DIRECTORY "${SCRATCH}" COMMAND_ERROR_IS_FATAL ANY)
  file(REMOVE "${SCRATCH}/generate.cmake")
endif()

file(STRINGS "${CASE}/args" args)
get_filename_component(labelled "${CMAKE_CURRENT_LIST_DIR}/../golden/labelled" ABSOLUTE)
string(REPLACE "LABELLED" "${labelled}" args "${args}")
set(feed "")
if(EXISTS "${CASE}/stdin")
  set(feed INPUT_FILE "${CASE}/stdin")
else()
  set(feed INPUT_FILE /dev/null)
endif()
get_filename_component(packs "${CMAKE_CURRENT_LIST_DIR}/../golden/packs" ABSOLUTE)
set(results "${SCRATCH}.results")
file(REMOVE_RECURSE "${results}")
file(MAKE_DIRECTORY "${results}")
execute_process(
  COMMAND ${CMAKE_COMMAND} -E env --unset=NO_COLOR FMX_PACKS=${packs} FMX_CACHE= "${FMX}" ${command} ${args}
  WORKING_DIRECTORY "${SCRATCH}" ${feed}
  OUTPUT_FILE "${results}/stdout" ERROR_FILE "${results}/stderr" RESULT_VARIABLE status TIMEOUT 120)
file(WRITE "${results}/status" "${status}\n")
foreach(name stdout stderr)  # where the packs lie is this machine's own
  file(READ "${results}/${name}" text)
  string(REPLACE "${packs}" PACKS text "${text}")
  string(REPLACE "${labelled}" LABELLED text "${text}")
  file(WRITE "${results}/${name}" "${text}")
endforeach()

set(differs "")
foreach(name stdout stderr status)
  set(expected "${CASE}/${name}")
  file(READ "${results}/${name}" came HEX)
  set(wanted "")
  if(EXISTS "${expected}")
    file(READ "${expected}" wanted HEX)
  elseif(name STREQUAL status)
    string(HEX "0\n" wanted)
  endif()
  if(came STREQUAL wanted)
    continue()
  endif()
  if(DEFINED ENV{FMX_BLESS})
    if(came STREQUAL "" OR (name STREQUAL status AND status STREQUAL "0"))
      file(REMOVE "${expected}")
    else()
      file(COPY "${results}/${name}" DESTINATION "${CASE}")
    endif()
    message(STATUS "blessed ${expected}")
    continue()
  endif()
  if(NOT EXISTS "${expected}")
    set(expected /dev/null)
  endif()
  execute_process(COMMAND diff -u "${expected}" "${results}/${name}" OUTPUT_VARIABLE difference)
  string(APPEND differs "${difference}")
endforeach()
file(REMOVE_RECURSE "${SCRATCH}")  # generated inputs are large
if(differs)
  message(FATAL_ERROR "${CASE}:\n${differs}")
endif()
file(REMOVE_RECURSE "${results}")
