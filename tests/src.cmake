fmx_tests(src
  SOURCES
    alerts_test.cpp
    cases_test.cpp
    context_test.cpp
    curve_test.cpp
    diagnosed.cpp
    difference_test.cpp
    doctor_test.cpp
    figure_test.cpp
    follow_test.cpp
    hook_test.cpp
    json_schema.cpp
    language_test.cpp
    lines_test.cpp
    names_test.cpp
    mend_test.cpp
    order_test.cpp
    output_test.cpp
    own_reports_test.cpp
    packs_cache_test.cpp
    packs_load_test.cpp
    packs_test.cpp
    readers_bad_input_test.cpp
    readers_damage_test.cpp
    readers_declared_lines_test.cpp
    readers_folder_test.cpp
    readers_json_test.cpp
    readers_jsonl_test.cpp
    readers_number_test.cpp
    readers_parquet_test.cpp
    readers_public_logs_test.cpp
    readers_records_test.cpp
    readers_sqlite_test.cpp
    readers_tables_test.cpp
    readers_tensorboard_test.cpp
    readers_text_log_test.cpp
    readers_trackers_test.cpp
    report_schema_test.cpp
    report_words_test.cpp
    shape_test.cpp
    tutorial_test.cpp
    watch_test.cpp
    what_if_test.cpp
  LIBRARIES fmx_commands fmt::fmt nlohmann_json::nlohmann_json PkgConfig::re2)
# The tutorial's commands are run.
add_dependencies(src_tests fmx)
target_compile_definitions(src_tests PRIVATE FMX_PROGRAM="$<TARGET_FILE:fmx>")
