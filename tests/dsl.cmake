fmx_tests(dsl
  SOURCES
    suggest_test.cpp
  LIBRARIES fmx_dsl fmt::fmt)
