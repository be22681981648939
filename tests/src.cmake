fmx_tests(src
  SOURCES
    curve_test.cpp
    figure_test.cpp
    lines_test.cpp
    readers_damage_test.cpp
    readers_folder_test.cpp
    readers_json_test.cpp
    readers_jsonl_test.cpp
    readers_tables_test.cpp
    readers_tensorboard_test.cpp
    readers_text_log_test.cpp
    readers_trackers_test.cpp
    shape_test.cpp
  LIBRARIES fmx_commands fmt::fmt)
