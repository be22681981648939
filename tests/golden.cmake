# One test for each folder tests/golden/COMMAND/CASE that has `args`; see cmake/golden.cmake.
file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/golden/*/*/args)
foreach(args ${cases})
  get_filename_component(case ${args} DIRECTORY)
  file(RELATIVE_PATH name ${CMAKE_CURRENT_SOURCE_DIR}/golden ${case})
  add_test(NAME "golden: ${name}"
           COMMAND ${CMAKE_COMMAND} -DFMX=$<TARGET_FILE:fmx> -DCASE=${case}
                   -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/golden/${name} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/golden.cmake)
endforeach()
