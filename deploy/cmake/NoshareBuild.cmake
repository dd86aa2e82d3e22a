# Compiler settings, and the functions that declare rooms, programs and tests.
include(CheckIPOSupported)
include(GNUInstallDirs)

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
  set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()

if(NOSHARE_LTO)
  check_ipo_supported()
  set(CMAKE_INTERPROCEDURAL_OPTIMIZATION ON)
endif()

add_library(noshare_flags INTERFACE)
target_include_directories(noshare_flags INTERFACE ${PROJECT_SOURCE_DIR}/include
                                                   ${PROJECT_SOURCE_DIR}/milter)
target_compile_options(noshare_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Wcast-qual -Wformat=2 -Wimplicit-fallthrough -Werror
  -fstack-protector-strong -fno-strict-aliasing)
# GCC 12 sees overlaps in std::string's own code when it optimises (GCC bug 105651).
target_compile_options(noshare_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>)
# Clang warns of literals longer than C++ asks compilers to take (65,536); both take the tables.
target_compile_options(noshare_flags INTERFACE
  $<$<CXX_COMPILER_ID:Clang>:-Wno-overlength-strings>)
target_compile_definitions(noshare_flags INTERFACE
  $<$<CONFIG:Release>:_FORTIFY_SOURCE=2> NOSHARE_VERSION="${PROJECT_VERSION}")
target_link_options(noshare_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack)

if(NOSHARE_SANITIZE)
  target_compile_options(noshare_flags INTERFACE -fsanitize=${NOSHARE_SANITIZE}
    -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(noshare_flags INTERFACE -fsanitize=${NOSHARE_SANITIZE})
  target_compile_definitions(noshare_flags INTERFACE NOSHARE_SANITIZED=1)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    # Instrumented code makes GCC 12 see uninitialised reads that are none (its manual warns of
    # it under -fsanitize); the release build keeps the warning.
    target_compile_options(noshare_flags INTERFACE -Wno-maybe-uninitialized)
  endif()
endif()
if(NOSHARE_FUZZ)
  target_compile_options(noshare_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# Instrumented builds optimise only the rooms that go over each byte: the rest compiles in half the
# time, and its tests are quick all the same.
add_library(noshare_unhurried INTERFACE)
if(NOSHARE_SANITIZE)
  # A Release build has _FORTIFY_SOURCE, which asks for optimisation.
  target_compile_options(noshare_unhurried INTERFACE $<$<NOT:$<CONFIG:Release>>:-O0>)
endif()

# What most files include, read once for all of them: a third of the time of an instrumented build.
# The release build goes without, so that a file that forgets an include of its own fails there.
# GCC takes a precompiled header only with the options that made it, so there are three: of rooms,
# of FAST rooms, and of tests, which have -fPIE where the rooms have -fPIC, and what GMime's package
# asks for. Where one does not fit after all, the file is read as if there were none.
set(CMAKE_PCH_WARN_INVALID OFF)
function(noshare_precompiled NAME)
  file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/${NAME}.cc CONTENT "")
  add_library(${NAME} OBJECT ${PROJECT_BINARY_DIR}/${NAME}.cc)
  target_link_libraries(${NAME} PRIVATE noshare_flags nlohmann_json::nlohmann_json tl::expected ${ARGN})
  target_precompile_headers(${NAME} PRIVATE
    <algorithm> <chrono> <filesystem> <functional> <map> <memory> <optional> <span> <string>
    <string_view> <unordered_map> <vector> <noshare/base/json.h>)
endfunction()
if(NOSHARE_PRECOMPILE)
  noshare_precompiled(noshare_precompiled_fast)
  noshare_precompiled(noshare_precompiled_rooms noshare_unhurried)
  noshare_precompiled(noshare_precompiled_tests noshare_unhurried GTest::gmock)
  target_precompile_headers(noshare_precompiled_tests PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  set_target_properties(noshare_precompiled_tests PROPERTIES POSITION_INDEPENDENT_CODE OFF)
  target_compile_options(noshare_precompiled_tests PRIVATE -fPIE -pthread)
  target_compile_definitions(noshare_precompiled_tests PRIVATE _LARGEFILE64_SOURCE)
endif()
function(noshare_reuse_headers TARGET OF)
  if(NOSHARE_PRECOMPILE)
    target_precompile_headers(${TARGET} REUSE_FROM noshare_precompiled_${OF})
  endif()
endfunction()

# noshare_room(NAME base SOURCES a.cc ... [ROOMS model ...] [LIBRARIES pkg ...] [FAST])
# A static library noshare::<name>. ROOMS are public, outside LIBRARIES private. FAST rooms are
# optimised in instrumented builds, too.
function(noshare_room)
  cmake_parse_arguments(ROOM "FAST" "NAME" "SOURCES;ROOMS;LIBRARIES;PUBLIC_LIBRARIES" ${ARGN})
  add_library(noshare_${ROOM_NAME} STATIC ${ROOM_SOURCES})
  add_library(noshare::${ROOM_NAME} ALIAS noshare_${ROOM_NAME})
  list(TRANSFORM ROOM_ROOMS PREPEND noshare::)
  target_link_libraries(noshare_${ROOM_NAME} PUBLIC noshare_flags ${ROOM_ROOMS}
    ${ROOM_PUBLIC_LIBRARIES} PRIVATE ${ROOM_LIBRARIES})
  if(ROOM_FAST)
    noshare_reuse_headers(noshare_${ROOM_NAME} fast)
  else()
    target_link_libraries(noshare_${ROOM_NAME} PRIVATE noshare_unhurried)
    noshare_reuse_headers(noshare_${ROOM_NAME} rooms)
  endif()
endfunction()

# noshare_program(NAME noshare-milter SOURCES main.cc ROOMS pool ... [LIBRARIES ...])
function(noshare_program)
  cmake_parse_arguments(PROGRAM "" "NAME" "SOURCES;ROOMS;LIBRARIES" ${ARGN})
  add_executable(${PROGRAM_NAME} ${PROGRAM_SOURCES})
  list(TRANSFORM PROGRAM_ROOMS PREPEND noshare::)
  target_link_libraries(${PROGRAM_NAME} PRIVATE noshare_flags noshare_unhurried ${PROGRAM_ROOMS}
    ${PROGRAM_LIBRARIES})
endfunction()

# What ThreadSanitizer is for: all tests with the label `threads`.
add_custom_target(tests_with_threads)

# noshare_test(NAME detect_test SOURCES ... ROOMS detect ... [LABELS threads] [LIBRARIES ...])
# A GoogleTest program, and one test of ctest: its cases share what is dear, such as the compiled
# packs. A case that skips itself fails it.
function(noshare_test)
  cmake_parse_arguments(UNIT "" "NAME;TIMEOUT" "SOURCES;ROOMS;LIBRARIES;LABELS;DEPENDS" ${ARGN})
  if(NOT UNIT_TIMEOUT)
    set(UNIT_TIMEOUT 600)
  endif()
  add_executable(${UNIT_NAME} ${UNIT_SOURCES})
  list(TRANSFORM UNIT_ROOMS PREPEND noshare::)
  target_link_libraries(${UNIT_NAME} PRIVATE noshare_flags noshare_unhurried ${UNIT_ROOMS}
    ${UNIT_LIBRARIES} GTest::gmock GTest::gtest_main)
  target_compile_definitions(${UNIT_NAME} PRIVATE
    NOSHARE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" NOSHARE_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}"
    _LARGEFILE64_SOURCE)
  target_compile_options(${UNIT_NAME} PRIVATE -pthread)
  set_target_properties(${UNIT_NAME} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests)
  noshare_reuse_headers(${UNIT_NAME} tests)
  if("threads" IN_LIST UNIT_LABELS)
    add_dependencies(tests_with_threads ${UNIT_NAME})
  endif()
  if(UNIT_DEPENDS)
    add_dependencies(${UNIT_NAME} ${UNIT_DEPENDS})
  endif()
  add_test(NAME ${UNIT_NAME} COMMAND ${UNIT_NAME})
  set_tests_properties(${UNIT_NAME} PROPERTIES TIMEOUT ${UNIT_TIMEOUT}
    LABELS "unit;${UNIT_LABELS}" FAIL_REGULAR_EXPRESSION "\\[  SKIPPED \\]")
endfunction()

add_custom_target(fuzz_targets)  # all of them

# noshare_fuzz(NAME fuzz_mime SOURCES ... ROOMS extract CORPUS dir)
# With NOSHARE_FUZZ a libFuzzer program; otherwise its corpus runs once as a plain test.
function(noshare_fuzz)
  cmake_parse_arguments(FUZZ "" "NAME;CORPUS" "SOURCES;ROOMS" ${ARGN})
  list(TRANSFORM FUZZ_ROOMS PREPEND noshare::)
  add_executable(${FUZZ_NAME} ${FUZZ_SOURCES})
  target_link_libraries(${FUZZ_NAME} PRIVATE noshare_flags ${FUZZ_ROOMS})
  add_dependencies(fuzz_targets ${FUZZ_NAME})
  if(NOSHARE_FUZZ)
    target_link_options(${FUZZ_NAME} PRIVATE -fsanitize=fuzzer)
    add_test(NAME ${FUZZ_NAME} COMMAND ${FUZZ_NAME} -runs=2000 -timeout=10 -rss_limit_mb=2048
             -seed=1 ${PROJECT_BINARY_DIR}/fuzz/${FUZZ_NAME} ${FUZZ_CORPUS})
    file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/fuzz/${FUZZ_NAME})
  else()
    target_sources(${FUZZ_NAME} PRIVATE ${PROJECT_SOURCE_DIR}/tests/fuzz/replay_main.cc)
    add_test(NAME ${FUZZ_NAME} COMMAND ${FUZZ_NAME} ${FUZZ_CORPUS})
  endif()
  set_tests_properties(${FUZZ_NAME} PROPERTIES LABELS fuzz TIMEOUT 600)
endfunction()
