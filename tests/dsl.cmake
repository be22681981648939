fmx_tests(dsl
  SOURCES
  LIBRARIES fmx_dsl fmt::fmt)
