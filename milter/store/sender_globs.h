// Globs of addresses ('*' stands for any run of characters) to SQL.
//
// In:  globs     Out: patterns for LIKE; a condition and its values
// GLOB of SQLite would also read '?' and '[', and PostgreSQL has none: LIKE with an
// escape does neither.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::store {

inline std::string like_pattern(std::string_view glob) {
  std::string pattern;
  for (const char c : glob) {
    if (c == '*') {
      pattern += '%';
    } else {
      if (c == '%' || c == '_' || c == '\\') pattern += '\\';
      pattern += c;
    }
  }
  return pattern;
}

// Holds for each row whose `column` fits one of so many globs; none fits no globs. The
// values to bind are their patterns, in order.
inline std::string fits_one_of(const std::string& column, std::size_t globs) {
  std::string sql = "(1 = 0";
  for (std::size_t i = 0; i < globs; ++i) {
    sql += " OR lower(" + column + ") LIKE lower(?) ESCAPE '\\'";
  }
  return sql + ")";
}

}  // namespace noshare::store
