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

add_custom_command(
  OUTPUT ${NOSHARE_TABLES_DIR}/name_table.cc
  COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/tables/make_name_table.py
          ${NOSHARE_TABLES_DIR}/name_table.cc
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/tables/make_name_table.py
          ${CMAKE_CURRENT_LIST_DIR}/tables/census_names.tsv
          ${CMAKE_CURRENT_LIST_DIR}/tables/world_names.tsv
  COMMENT "Gazetteer of names" VERBATIM)

add_custom_command(
  OUTPUT ${NOSHARE_TABLES_DIR}/place_table.cc
  COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/tables/make_place_table.py
          ${NOSHARE_TABLES_DIR}/place_table.cc
  DEPENDS ${CMAKE_CURRENT_LIST_DIR}/tables/make_place_table.py
          ${CMAKE_CURRENT_LIST_DIR}/tables/city_names.tsv
          ${CMAKE_CURRENT_LIST_DIR}/tables/country_names.tsv
  COMMENT "Gazetteer of places" VERBATIM)

foreach(list address name)
  add_custom_command(
    OUTPUT ${NOSHARE_TABLES_DIR}/${list}_words.cc
    COMMAND /usr/bin/python3 -B ${CMAKE_CURRENT_LIST_DIR}/tables/make_word_table.py ${list}
            ${CMAKE_CURRENT_LIST_DIR}/tables/${list}_words.tsv ${NOSHARE_TABLES_DIR}/${list}_words.cc
    DEPENDS ${CMAKE_CURRENT_LIST_DIR}/tables/make_word_table.py
            ${CMAKE_CURRENT_LIST_DIR}/tables/${list}_words.tsv
    COMMENT "Words of recogniser ${list}" VERBATIM)
endforeach()

file(GLOB NOSHARE_RECOGNIZER_SOURCES CONFIGURE_DEPENDS ${CMAKE_CURRENT_LIST_DIR}/*.cc)
list(APPEND NOSHARE_RECOGNIZER_SOURCES ${NOSHARE_TABLES_DIR}/phone_table.cc
     ${NOSHARE_TABLES_DIR}/address_words.cc ${NOSHARE_TABLES_DIR}/name_words.cc
     ${NOSHARE_TABLES_DIR}/name_table.cc ${NOSHARE_TABLES_DIR}/place_table.cc)
