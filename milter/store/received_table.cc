#include "received_table.h"

#include "bytes.h"

namespace noshare::store {

Result<void> insert_received(Connection& connection,
                             const std::vector<model::Received>& received) {
  NOSHARE_TRY(
      Statement insert,
      connection.prepare("INSERT INTO received_values (value, correspondent, day) "
                         "VALUES (?,?,?) ON CONFLICT (value, correspondent) DO "
                         "UPDATE SET day = excluded.day WHERE excluded.day > "
                         "received_values.day"));
  for (const model::Received& one : received) {
    insert.bind_blob(bytes_of(one.value)).bind_blob(bytes_of(one.correspondent));
    NOSHARE_CHECK(insert.bind(one.day).run());
  }
  return {};
}

Result<Statement> prepare_received(Connection& connection) {
  return connection.prepare(
      "SELECT day FROM received_values WHERE value = ? AND correspondent = ?");
}

Result<std::vector<model::Received>> received_from(
    Statement& query, const std::vector<Fingerprint>& correspondents,
    const std::vector<Fingerprint>& values) {
  std::vector<model::Received> found;
  for (const Fingerprint& correspondent : correspondents) {
    for (const Fingerprint& value : values) {
      query.reset();  // an earlier call may have failed
      query.bind_blob(bytes_of(value)).bind_blob(bytes_of(correspondent));
      NOSHARE_TRY(const bool has_row, query.step());
      if (has_row) found.push_back({correspondent, value, query.text()});
      query.reset();
    }
  }
  return found;
}

}  // namespace noshare::store
