fmx_tests(engine
  SOURCES
    believe_test.cpp
    expected_gain_test.cpp
  LIBRARIES fmx_engine fmt::fmt)
