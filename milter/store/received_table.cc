#include "received_table.h"

#include "bytes.h"
#include "value_list.h"

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

Result<std::vector<model::Received>> received_from(
    Connection& connection, const std::vector<Fingerprint>& correspondents,
    const std::vector<Fingerprint>& values) {
  constexpr ValueQuery kQuery{
      "SELECT value, day FROM received_values WHERE correspondent = ? AND value IN ", ""};
  std::vector<model::Received> found;
  for (const Fingerprint& correspondent : correspondents) {
    NOSHARE_CHECK(ask_about(connection, kQuery, bytes_of(correspondent), bytes_of(values),
                            [&](Statement& row) {
                              const Fingerprint value = fingerprint_of(row.blob());
                              found.push_back({correspondent, value, row.text()});
                            }));
  }
  return found;
}

}  // namespace noshare::store
