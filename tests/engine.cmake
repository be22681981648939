fmx_tests(engine
  SOURCES
  LIBRARIES fmx_engine fmt::fmt)
