// Name columns: tables in plain text (CSV, TSV) whose header line names a column of
// persons.
//
// In:  a text and a place in what may be a header line     Out: the names in its rows
// Source: RFC 4180 for the form; separators ',' ';' '|' and tab. A row counts while it
// has as many cells as the header. Linear in the rows read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

struct ColumnName {
  model::Span span;
  bool full = false;       // given and family name
  std::size_t column = 0;  // where it, or its first part, stands
};

// Appends the names of the table whose header line holds byte `at`. Returns where the
// table ends, or `at` if that line heads no table of names.
std::uint32_t read_name_columns(std::string_view text, std::uint32_t at,
                                std::vector<ColumnName>& names);

}  // namespace noshare::detect
