#include "permissions_table.h"

#include <algorithm>
#include <map>
#include <set>

#include "noshare/base/json.h"

#include "bytes.h"
#include "case_number.h"
#include "value_list.h"

namespace noshare::store {

namespace {

constexpr const char* kColumns =
    "p.id, p.name, p.kind, p.recipient, p.entities, p.purpose, p.valid_from, "
    "p.valid_until, p.evidence, p.label, p.granted_us, p.revoked_us";

// From the current row of a statement that selected kColumns; `row_id` is its key.
model::Permission read_row(Statement& row, std::int64_t& row_id) {
  model::Permission one;
  row_id = row.integer();
  one.id = row.text();
  model::permission_kind_from_name(row.text().c_str(), one.kind);
  one.recipient = row.text();
  one.entities = texts_from(row.text());
  one.purpose = row.text();
  one.from = row.text();
  one.until = row.text();
  one.evidence = row.text();
  one.label = row.blob();
  one.granted_us = row.integer();
  one.revoked_us = row.integer();
  return one;
}

Result<void> read_subjects(Connection& connection, std::int64_t row_id,
                           model::Permission& permission) {
  NOSHARE_TRY(
      Statement query,
      connection.prepare("SELECT subject FROM permission_subjects WHERE permission = ?"));
  query.bind(row_id);
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    permission.subjects.push_back(fingerprint_of(query.blob()));
  }
}

}  // namespace

std::vector<std::string> texts_from(const std::string& json_list) {
  std::vector<std::string> texts;
  if (json_list == "[]") return texts;
  const auto json = parse_json(json_list);
  if (!json || !json->is_array()) return texts;
  for (const Json& one : *json) {
    if (one.is_string()) texts.push_back(one.get<std::string>());
  }
  return texts;
}

// Among a million of ids two random ones are equal in every third register.
Result<std::string> free_id(Connection& connection, const std::string& prefix,
                            const std::string& table) {
  NOSHARE_TRY(Statement taken,
              connection.prepare("SELECT 1 FROM " + table + " WHERE name = ?"));
  for (;;) {
    NOSHARE_TRY(std::string id, new_number(prefix));
    NOSHARE_TRY(const bool is_taken, taken.bind(id).step());
    if (!is_taken) return id;
    taken.reset();
  }
}

Result<std::string> insert_permission(Connection& connection,
                                      const model::Permission& permission) {
  NOSHARE_TRY(const std::string id, free_id(connection, "PM", "permissions"));
  NOSHARE_TRY(Statement insert,
              connection.prepare("INSERT INTO permissions (name, kind, recipient, "
                                 "entities, purpose, valid_from, valid_until, evidence, "
                                 "label, granted_us) VALUES (?,?,?,?,?,?,?,?,?,?) "
                                 "RETURNING id"));
  insert.bind(id).bind(name(permission.kind)).bind(permission.recipient);
  insert.bind(to_line(Json(permission.entities))).bind(permission.purpose);
  insert.bind(permission.from).bind(permission.until).bind(permission.evidence);
  insert.bind_blob(permission.label).bind(permission.granted_us);
  NOSHARE_CHECK(insert.step());
  const std::int64_t row_id = insert.integer();
  NOSHARE_CHECK(insert.step());
  NOSHARE_TRY(Statement subject,
              connection.prepare(
                  "INSERT INTO permission_subjects VALUES (?,?) ON CONFLICT DO NOTHING"));
  for (const Fingerprint& one : permission.subjects) {
    NOSHARE_CHECK(subject.bind_blob(bytes_of(one)).bind(row_id).run());
  }
  return id;
}

Result<void> revoke_permission(Connection& connection, const std::string& id,
                               std::int64_t now_us) {
  NOSHARE_TRY(Statement update,
              connection.prepare("UPDATE permissions SET revoked_us = ? WHERE name = ? "
                                 "AND revoked_us = 0"));
  NOSHARE_CHECK(update.bind(now_us).bind(id).run());
  if (connection.changed_rows() == 0) {
    return fail(ErrorCode::kNotFound, "no permission in force has the id " + id);
  }
  return {};
}

Result<std::vector<model::Permission>> list_permissions(Connection& connection,
                                                        const PermissionFilter& filter) {
  std::set<std::string> wanted;
  if (!filter.subjects.empty()) {
    NOSHARE_TRY(const auto about, permissions_about(connection, filter.subjects));
    for (const model::Permission& one : about) wanted.insert(one.id);
  }
  NOSHARE_TRY(Statement query,
              connection.prepare(std::string("SELECT ") + kColumns +
                                 " FROM permissions p WHERE (? OR p.revoked_us = 0) AND "
                                 "(? = '' OR p.recipient = ?) ORDER BY p.id LIMIT ?"));
  query.bind(std::int64_t{filter.revoked}).bind(filter.recipient).bind(filter.recipient);
  // A wanted one may stand anywhere in the list.
  query.bind(filter.subjects.empty() ? std::int64_t{filter.most} : INT64_MAX);
  std::vector<model::Permission> list;
  for (;;) {
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row || list.size() == filter.most) return list;
    std::int64_t row_id = 0;
    model::Permission one = read_row(query, row_id);
    if (!filter.subjects.empty() && wanted.count(one.id) == 0) continue;
    NOSHARE_CHECK(read_subjects(connection, row_id, one));
    list.push_back(std::move(one));
  }
}

Result<std::vector<model::Permission>> permissions_about(
    Connection& connection, const std::vector<Fingerprint>& values) {
  static const std::string kBefore = std::string("SELECT s.subject, ") + kColumns +
                                     " FROM permission_subjects s JOIN permissions p ON "
                                     "p.id = s.permission WHERE s.subject IN ";
  std::map<std::int64_t, model::Permission> found;
  NOSHARE_CHECK(ask_about(connection, {kBefore, " AND p.revoked_us = 0"}, {},
                          bytes_of(values), [&](Statement& row) {
                            const Fingerprint subject = fingerprint_of(row.blob());
                            std::int64_t row_id = 0;
                            model::Permission one = read_row(row, row_id);
                            // Only the values that were asked for: nothing else is of
                            // use here.
                            found.try_emplace(row_id, std::move(one))
                                .first->second.subjects.push_back(subject);
                          }));
  std::vector<model::Permission> list;
  for (auto& [row_id, one] : found) list.push_back(std::move(one));
  return list;
}

}  // namespace noshare::store
