fmx_tests(knowledge
  SOURCES
    source_test.cpp
  LIBRARIES fmx_knowledge fmt::fmt)
