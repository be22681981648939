# One test for each folder tests/golden/COMMAND/CASE that has `args`; see cmake/golden.cmake.
file(GLOB cases CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/golden/*/*/args)
foreach(args ${cases})
  get_filename_component(case ${args} DIRECTORY)
  file(RELATIVE_PATH name ${CMAKE_CURRENT_SOURCE_DIR}/golden ${case})
  add_test(NAME "golden: ${name}"
           COMMAND ${CMAKE_COMMAND} -DFMX=$<TARGET_FILE:fmx> -DCASE=${case}
                   -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/golden/${name} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/golden.cmake)
endforeach()

# One test for each real run in examples/: its reports are what the folder says; see cmake/example.cmake.
file(GLOB examples CONFIGURE_DEPENDS RELATIVE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/examples/*/metrics.jsonl)
foreach(metrics ${examples})
  get_filename_component(name ${metrics} DIRECTORY)
  add_test(NAME "golden: ${name}"
           COMMAND ${CMAKE_COMMAND} -DFMX=$<TARGET_FILE:fmx> -DROOT=${PROJECT_SOURCE_DIR} -DNAME=${name}
                   -DSCRATCH=${CMAKE_CURRENT_BINARY_DIR}/${name} -P ${CMAKE_CURRENT_SOURCE_DIR}/cmake/example.cmake)
endforeach()

# The packs that a newcomer reads first hold no mistake, pass their tests, and look as `fmx fmt` leaves them.
file(GLOB manifests CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/examples/packs/*/fmpack.toml)
foreach(manifest ${manifests})
  get_filename_component(folder ${manifest} DIRECTORY)
  get_filename_component(name ${folder} NAME)
  add_test(NAME "example pack: ${name} is checked" COMMAND fmx check ${folder})
  add_test(NAME "example pack: ${name} is tested" COMMAND fmx test ${folder})
  add_test(NAME "example pack: ${name} is formatted" COMMAND fmx fmt --check ${folder})
  set_tests_properties("example pack: ${name} is checked" PROPERTIES PASS_REGULAR_EXPRESSION "^no mistakes")
endforeach()
