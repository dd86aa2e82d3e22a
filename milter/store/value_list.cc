// See value_list.h.
#include "value_list.h"

#include <algorithm>
#include <bit>
#include <string>

namespace noshare::store {

namespace {

constexpr std::size_t kMostAtOnce = 64;

std::string sql_for(const ValueQuery& query, std::size_t places) {
  std::string sql(query.before);
  sql += "(?";
  for (std::size_t i = 1; i < places; ++i) sql += ",?";
  return sql.append(")").append(query.after);
}

}  // namespace

Result<void> ask_about(Connection& connection, const ValueQuery& query,
                       std::string_view first,
                       const std::vector<std::string_view>& values,
                       const std::function<void(Statement&)>& on_row) {
  for (std::size_t at = 0; at < values.size(); at += kMostAtOnce) {
    const std::size_t count = std::min(kMostAtOnce, values.size() - at);
    const std::size_t places = std::bit_ceil(count);
    NOSHARE_TRY(Statement statement, connection.prepare(sql_for(query, places)));
    if (!first.empty()) statement.bind_blob(first);
    // The last one again in the places that are left: a list holds it once.
    for (std::size_t i = 0; i < places; ++i) {
      statement.bind_blob(values[at + std::min(i, count - 1)]);
    }
    for (;;) {
      NOSHARE_TRY(const bool has_row, statement.step());
      if (!has_row) break;
      on_row(statement);
    }
  }
  return {};
}

}  // namespace noshare::store
