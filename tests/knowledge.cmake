fmx_tests(knowledge
  SOURCES
    counter_test.cpp
    diagnostic_test.cpp
    function_test.cpp
    graph_test.cpp
    parallel_test.cpp
    source_test.cpp
    utf8_test.cpp
  LIBRARIES fmx_knowledge fmt::fmt)
