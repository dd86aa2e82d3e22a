// See value_list.h.
#include "value_list.h"

#include <algorithm>
#include <span>
#include <string>

#include "together.h"

namespace noshare::store {

namespace {

std::string sql_for(const ValueQuery& query, std::size_t values) {
  std::string sql(query.before);
  sql += "(" + places_for(values) + ")";
  return sql.append(query.after);
}

}  // namespace

Result<void> ask_about(Connection& connection, const ValueQuery& query,
                       std::string_view first,
                       const std::vector<std::string_view>& values,
                       const std::function<void(Statement&)>& on_row) {
  for (std::size_t at = 0; at < values.size(); at += kTogether) {
    const auto some =
        std::span(values).subspan(at, std::min(kTogether, values.size() - at));
    NOSHARE_TRY(Statement statement, connection.prepare(sql_for(query, some.size())));
    if (!first.empty()) statement.bind_blob(first);
    bind_places(some, [&](std::string_view value) { statement.bind_blob(value); });
    for (;;) {
      NOSHARE_TRY(const bool has_row, statement.step());
      if (!has_row) break;
      on_row(statement);
    }
  }
  return {};
}

}  // namespace noshare::store
