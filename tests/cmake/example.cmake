cmake_minimum_required(VERSION 3.25)
# Holds the reports on one example against what is expected of them:
#   cmake -DFMX=program -DROOT=source tree -DNAME=examples/X -DSCRATCH=folder -P example.cmake
# examples/expected/X.txt and X.json are what `fmx infer examples/X` says with the curated packs (beside the
# run, not in its folder, where they would be read with it).
# FMX_BLESS=1 in the environment writes what came out as the new expectation.
file(MAKE_DIRECTORY "${SCRATCH}")
get_filename_component(run "${NAME}" NAME)
set(differs "")
foreach(format text json)
  string(REPLACE text txt ending ${format})
  set(came "${SCRATCH}/${run}.${ending}")
  set(wanted "${ROOT}/examples/expected/${run}.${ending}")
  execute_process(
    COMMAND ${CMAKE_COMMAND} -E env --unset=FMX_PACKS FMX_CACHE=${SCRATCH}/../cache "${FMX}" infer ${NAME} --format ${format}
    WORKING_DIRECTORY "${ROOT}" INPUT_FILE /dev/null OUTPUT_FILE "${came}" ERROR_VARIABLE errors RESULT_VARIABLE status)
  if(NOT status EQUAL 0 OR errors)
    message(FATAL_ERROR "fmx infer ${NAME} ended with status ${status}:\n${errors}")
  endif()
  if(DEFINED ENV{FMX_BLESS})
    file(COPY "${came}" DESTINATION "${ROOT}/examples/expected")
    continue()
  endif()
  if(NOT EXISTS "${wanted}")
    set(wanted /dev/null)
  endif()
  execute_process(COMMAND diff -u "${wanted}" "${came}" OUTPUT_VARIABLE difference)
  string(APPEND differs "${difference}")
endforeach()
if(differs)
  message(FATAL_ERROR "${NAME}:\n${differs}")
endif()
