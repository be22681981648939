fmx_tests(dsl
  SOURCES
    format_test.cpp
    diagnostics_test.cpp
    dump.cpp
    expressions_test.cpp
    lower_test.cpp
    mistakes_test.cpp
    parse_test.cpp
    suggest_test.cpp
  LIBRARIES fmx_dsl fmt::fmt taocpp::pegtl)
