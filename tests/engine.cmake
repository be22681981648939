fmx_tests(engine
  SOURCES
    believe_test.cpp
    bind_test.cpp
    diagnose_test.cpp
    expected_gain_test.cpp
    match_test.cpp
    network_test.cpp
    plan_test.cpp
    signal_change_point_test.cpp
    signal_events_test.cpp
    signal_mask_test.cpp
    signal_measure_test.cpp
    signal_periodic_test.cpp
    signal_relate_test.cpp
    signal_smooth_test.cpp
    signal_trend_test.cpp
  LIBRARIES fmx_engine fmt::fmt)
