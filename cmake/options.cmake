# Build options and the flags that every target of the project shares.

option(FMX_BUILD_TESTS "Build the tests" ON)
option(FMX_BUILD_FUZZERS "Build the fuzzers (Clang)" OFF)
option(FMX_BUILD_BENCH "Build the benchmarks" OFF)
option(FMX_WARNINGS_AS_ERRORS "Treat warnings as errors" OFF)
option(FMX_SANITIZE "Address and undefined-behaviour sanitizers" OFF)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

find_program(FMX_CCACHE ccache)
if(FMX_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${FMX_CCACHE})
endif()

add_library(fmx_flags INTERFACE)
add_library(fmx::flags ALIAS fmx_flags)
target_compile_features(fmx_flags INTERFACE cxx_std_20)
target_compile_options(fmx_flags INTERFACE
  $<BUILD_INTERFACE:-Wall;-Wextra;-Wconversion;-Wshadow;-Wno-sign-conversion>
  $<BUILD_INTERFACE:-ffp-contract=off>)  # the same bytes on machines with and without FMA
if(FMX_WARNINGS_AS_ERRORS)
  target_compile_options(fmx_flags INTERFACE $<BUILD_INTERFACE:-Werror>)
endif()
if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
  # What GCC concludes from the flow of optimized code is often wrong (its own std::string overlaps itself, PR105651;
  # the value of an empty std::optional is used, PR80635). The two worst are off, the others never errors.
  target_compile_options(fmx_flags INTERFACE
    $<BUILD_INTERFACE:-Wno-restrict;-Wno-maybe-uninitialized>
    $<BUILD_INTERFACE:-Wno-error=array-bounds;-Wno-error=stringop-overflow;-Wno-error=stringop-overread>
    $<BUILD_INTERFACE:-Wno-error=free-nonheap-object;-Wno-error=null-dereference>)
endif()
if(FMX_SANITIZE)
  target_compile_options(fmx_flags INTERFACE $<BUILD_INTERFACE:-fsanitize=address,undefined;-fno-sanitize-recover=all;-fno-omit-frame-pointer>)
  target_link_options(fmx_flags INTERFACE $<BUILD_INTERFACE:-fsanitize=address,undefined>)
  if(NOT FMX_BUILD_FUZZERS)
    # These take a third of the time to compile, and little is lost: the address sanitizer stops at null, too, nothing
    # is cast down, and what lies in files is copied, not cast. The fuzzers have them.
    target_compile_options(fmx_flags INTERFACE $<BUILD_INTERFACE:-fno-sanitize=null,alignment,vptr>)
  endif()
endif()
if(FMX_BUILD_FUZZERS)
  target_compile_options(fmx_flags INTERFACE $<BUILD_INTERFACE:-fsanitize=fuzzer-no-link>)
endif()
target_include_directories(fmx_flags INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}/fmx>)
