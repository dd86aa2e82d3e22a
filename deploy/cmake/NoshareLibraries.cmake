# The outside libraries, each an imported target that exactly one room links
# (the table in docs/architecture.md; tests/architecture checks it).
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

set(NOSHARE_ENGINE_MODULE libhs)   # Vectorscan installs the same module and header names
if(NOT NOSHARE_ENGINE MATCHES "^(hyperscan|vectorscan)$")
  message(FATAL_ERROR "NOSHARE_ENGINE is '${NOSHARE_ENGINE}'; expected hyperscan or vectorscan")
endif()
pkg_check_modules(HYPERSCAN REQUIRED IMPORTED_TARGET ${NOSHARE_ENGINE_MODULE})
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(SYSTEMD REQUIRED IMPORTED_TARGET libsystemd)
pkg_check_modules(ICU REQUIRED IMPORTED_TARGET icu-uc icu-i18n)
pkg_check_modules(ARCHIVE REQUIRED IMPORTED_TARGET libarchive)
pkg_check_modules(EXPAT REQUIRED IMPORTED_TARGET expat)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(SECCOMP REQUIRED IMPORTED_TARGET libseccomp)
find_package(fmt REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(tl-expected REQUIRED)
find_package(CLI11 REQUIRED)
find_package(prometheus-cpp REQUIRED)
find_package(Boost 1.74 REQUIRED)

find_path(MILTER_INCLUDE_DIR libmilter/mfapi.h REQUIRED)
find_library(MILTER_LIBRARY milter REQUIRED)
add_library(noshare_libmilter INTERFACE)
target_include_directories(noshare_libmilter SYSTEM INTERFACE ${MILTER_INCLUDE_DIR})
target_link_libraries(noshare_libmilter INTERFACE ${MILTER_LIBRARY} Threads::Threads)

if(NOSHARE_TESTS)
  pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)   # oracle of extract's tests
  find_package(GTest REQUIRED)
endif()
if(NOSHARE_BENCH)
  find_package(benchmark REQUIRED)
endif()
