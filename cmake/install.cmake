# `cmake --install` puts the program, the curated packs and the libraries where find_package(fmx) finds them.

include(CMakePackageConfigHelpers)

install(TARGETS fmx RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS fmx_flags fmx_knowledge fmx_dsl fmx_engine EXPORT fmxTargets
        ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY knowledge dsl engine DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/fmx
        FILES_MATCHING PATTERN "*.hpp" PATTERN "packs" EXCLUDE)
install(DIRECTORY knowledge/packs DESTINATION ${CMAKE_INSTALL_DATADIR}/fmx)
install(DIRECTORY docs/diagnostics DESTINATION ${CMAKE_INSTALL_DATADIR}/fmx)
install(DIRECTORY docs/ DESTINATION ${CMAKE_INSTALL_DATADIR}/fmx FILES_MATCHING PATTERN "*.schema.json"
        PATTERN "diagnostics" EXCLUDE PATTERN "adr" EXCLUDE PATTERN "pictures" EXCLUDE)
install(EXPORT fmxTargets NAMESPACE fmx:: DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fmx)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/fmxConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
configure_package_config_file(cmake/fmxConfig.cmake.in ${PROJECT_BINARY_DIR}/fmxConfig.cmake
                              INSTALL_DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fmx)
install(FILES ${PROJECT_BINARY_DIR}/fmxConfig.cmake ${PROJECT_BINARY_DIR}/fmxConfigVersion.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/fmx)
