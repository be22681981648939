fmx_tests(src
  SOURCES
    readers_damage_test.cpp
    readers_folder_test.cpp
    readers_json_test.cpp
    readers_jsonl_test.cpp
    readers_tables_test.cpp
    readers_tensorboard_test.cpp
  LIBRARIES fmx_readers fmt::fmt)
