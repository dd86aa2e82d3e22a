# The recognisers' sources, for the detect room: NOSHARE_RECOGNIZER_SOURCES.
#
# In:  tables/*.py and the data packages they read (deploy/packages/build.txt)
# Out: compact C++ tables in the build folder; nothing is read at run time.
set(NOSHARE_TABLES_DIR ${PROJECT_BINARY_DIR}/tables)
file(MAKE_DIRECTORY ${NOSHARE_TABLES_DIR})

add_custom_command(
  OUTPUT ${NOSHARE_TABLES_DIR}/phone_table.cc
  COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/tables/make_phone_table.py
          ${NOSHARE_TABLES_DIR}/phone_table.cc
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/tables/make_phone_table.py
  COMMENT "Numbering plans" VERBATIM)

file(GLOB NOSHARE_RECOGNIZER_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cc)
list(APPEND NOSHARE_RECOGNIZER_SOURCES ${NOSHARE_TABLES_DIR}/phone_table.cc)
