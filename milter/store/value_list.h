// Questions about many values at once, some of them in each statement (together.h).
//
// In:  SQL with a place for a list of values, the values     Out: each row, to a callback
// Errors: those of database.h.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"

#include "database.h"

namespace noshare::store {

struct ValueQuery {
  std::string_view
      before;  // "SELECT ... WHERE value IN ", as SQLite and PostgreSQL have it
  std::string_view after;  // " AND ...", without parameters
};

// Binds `first` (if it is not empty) as the first parameter of `before`, then values.
Result<void> ask_about(Connection& connection, const ValueQuery& query,
                       std::string_view first,
                       const std::vector<std::string_view>& values,
                       const std::function<void(Statement&)>& on_row);

}  // namespace noshare::store
