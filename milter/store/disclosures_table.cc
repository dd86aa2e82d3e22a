#include "disclosures_table.h"

#include "noshare/base/json.h"

#include "bytes.h"
#include "case_number.h"
#include "permissions_table.h"

namespace noshare::store {

namespace {

constexpr const char* kColumns =
    "SELECT d.name, d.signature, d.recipient, d.sender, d.entities, d.case_reference, "
    "d.approver, d.purpose, d.opened_us, d.expires_us, d.closed_us, "
    "(SELECT count(*) FROM disclosure_uses u WHERE u.disclosure = d.id), "
    "(SELECT coalesce(sum(u.subjects), 0) FROM disclosure_uses u WHERE u.disclosure = "
    "d.id) FROM lawful_disclosures d";

model::LawfulDisclosure read_row(Statement& row) {
  model::LawfulDisclosure one;
  one.id = row.text();
  one.signature = row.text();
  one.recipient = row.text();
  one.sender = row.text();
  one.entities = texts_from(row.text());
  one.case_reference = row.text();
  one.approver = row.text();
  one.purpose = row.text();
  one.opened_us = row.integer();
  one.expires_us = row.integer();
  one.closed_us = row.integer();
  one.uses = static_cast<std::uint64_t>(row.integer());
  one.subjects = static_cast<std::uint64_t>(row.integer());
  return one;
}

Result<void> insert_uses(Connection& connection, const model::Verdict& verdict,
                         std::int64_t now_us) {
  NOSHARE_TRY(
      Statement insert,
      connection.prepare(
          "INSERT INTO disclosure_uses (disclosure, time_us, recipient, entities, "
          "subjects) SELECT id, ?, ?, ?, ? FROM lawful_disclosures WHERE name = ?"));
  for (const model::DisclosureUse& one : verdict.disclosures) {
    insert.bind(now_us).bind(one.recipient).bind(to_line(Json(one.entities)));
    insert.bind(static_cast<std::int64_t>(one.subjects));
    NOSHARE_CHECK(insert.bind(one.id).run());
    if (connection.changed_rows() == 0) {
      return fail(ErrorCode::kNotFound, "there is no lawful disclosure " + one.id);
    }
  }
  return {};
}

Result<void> use_override(Connection& connection, const model::Verdict& verdict,
                          const std::string& sender, std::int64_t now_us) {
  if (verdict.override_case.empty()) return {};
  NOSHARE_TRY(Statement insert,
              connection.prepare("INSERT INTO overrides VALUES (?,?,?,?) ON CONFLICT DO "
                                 "NOTHING"));
  insert.bind(verdict.override_case).bind(now_us).bind(sender);
  NOSHARE_CHECK(insert.bind(verdict.override_reason).run());
  if (connection.changed_rows() == 0) {
    return fail(ErrorCode::kNotFound,
                "the override of " + verdict.override_case + " was used before");
  }
  return {};
}

}  // namespace

Result<void> insert_disclosure(Connection& connection,
                               const model::LawfulDisclosure& one) {
  NOSHARE_TRY(Statement insert,
              connection.prepare(
                  "INSERT INTO lawful_disclosures (name, signature, recipient, sender, "
                  "entities, case_reference, approver, purpose, opened_us, expires_us) "
                  "VALUES (?,?,?,?,?,?,?,?,?,?)"));
  insert.bind(one.id).bind(one.signature).bind(one.recipient).bind(one.sender);
  insert.bind(to_line(Json(one.entities))).bind(one.case_reference).bind(one.approver);
  return insert.bind(one.purpose).bind(one.opened_us).bind(one.expires_us).run();
}

Result<void> close_disclosure_row(Connection& connection, const std::string& id,
                                  std::int64_t now_us) {
  NOSHARE_TRY(Statement update,
              connection.prepare("UPDATE lawful_disclosures SET closed_us = ? WHERE name "
                                 "= ? AND closed_us = 0"));
  NOSHARE_CHECK(update.bind(now_us).bind(id).run());
  if (connection.changed_rows() == 0) {
    return fail(ErrorCode::kNotFound, "no open disclosure has the id " + id);
  }
  return {};
}

Result<std::vector<model::LawfulDisclosure>> read_disclosures(
    Connection& connection, const std::vector<std::string>* ids) {
  std::vector<model::LawfulDisclosure> list;
  if (ids != nullptr && ids->empty()) return list;
  NOSHARE_TRY(
      Statement query,
      connection.prepare(std::string(kColumns) +
                         (ids == nullptr ? " ORDER BY d.id" : " WHERE d.name = ?")));
  const std::size_t rounds = ids == nullptr ? 1 : ids->size();
  for (std::size_t i = 0; i < rounds; ++i) {
    if (ids != nullptr) query.bind((*ids)[i]);
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) break;
      list.push_back(read_row(query));
    }
    query.reset();
  }
  return list;
}

Result<std::vector<model::Refused>> read_refused(
    Connection& connection, const std::vector<std::string>& case_numbers) {
  std::vector<model::Refused> list;
  if (case_numbers.empty()) return list;
  NOSHARE_TRY(
      Statement query,
      connection.prepare("SELECT i.id, i.sender, EXISTS (SELECT 1 FROM overrides o "
                         "WHERE o.case_number = i.case_number) FROM incidents i "
                         "WHERE i.case_number = ?"));
  NOSHARE_TRY(
      Statement recipients,
      connection.prepare("SELECT recipient FROM incident_recipients WHERE incident = ?"));
  NOSHARE_TRY(
      Statement values,
      connection.prepare(
          "SELECT DISTINCT fingerprint FROM incident_findings WHERE incident = ?"));
  for (const std::string& typed : case_numbers) {
    model::Refused one;
    one.case_number = canonical_case_number(typed);
    query.bind(one.case_number);
    NOSHARE_TRY(const bool has_row, query.step());
    if (has_row) {
      const std::int64_t id = query.integer();
      one.sender = query.text();
      one.used = query.integer() != 0;
      recipients.bind(id);
      values.bind(id);
      for (;;) {
        NOSHARE_TRY(const bool more, recipients.step());
        if (!more) break;
        one.recipients.push_back(recipients.text());
      }
      for (;;) {
        NOSHARE_TRY(const bool more, values.step());
        if (!more) break;
        one.values.push_back(fingerprint_of(values.blob()));
      }
      recipients.reset();
      values.reset();
      list.push_back(std::move(one));
    }
    query.reset();
  }
  return list;
}

Result<std::vector<model::Volume>> read_volumes(
    Connection& connection, const std::vector<model::VolumeQuestion>& questions,
    std::int64_t now_us) {
  std::vector<model::Volume> volumes;
  for (const model::VolumeQuestion& question : questions) {
    std::string sql = "SELECT DISTINCT subject FROM shared_data WHERE time_us >= ?";
    if (question.scope == model::VolumeScope::kSender) sql += " AND sender = ?";
    if (question.scope == model::VolumeScope::kRecipientDomain) sql += " AND domain = ?";
    if (!question.entities.empty()) {
      sql += " AND entity IN (?";
      for (std::size_t i = 1; i < question.entities.size(); ++i) sql += ", ?";
      sql += ")";
    }
    NOSHARE_TRY(Statement query, connection.prepare(sql + " LIMIT ?"));
    query.bind(now_us - question.window_s * 1'000'000);
    if (question.scope != model::VolumeScope::kOrganisation) {
      query.bind_blob(bytes_of(question.who));
    }
    for (const std::string& entity : question.entities) query.bind(entity);
    query.bind(static_cast<std::int64_t>(model::kMostVolume));
    model::Volume volume{question, {}};
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) break;
      volume.subjects.push_back(fingerprint_of(query.blob()));
    }
    volumes.push_back(std::move(volume));
  }
  return volumes;
}

Result<void> insert_sharing(Connection& connection, const model::Verdict& verdict,
                            const std::string& sender, std::int64_t now_us) {
  NOSHARE_CHECK(use_override(connection, verdict, sender, now_us));
  NOSHARE_CHECK(insert_uses(connection, verdict, now_us));
  NOSHARE_TRY(Statement insert,
              connection.prepare(
                  "INSERT INTO shared_data (sender, domain, subject, entity, time_us) "
                  "VALUES (?,?,?,?,?) ON CONFLICT (sender, domain, subject, entity) DO "
                  "UPDATE SET time_us = "
                  "excluded.time_us"));
  for (const model::SharedDatum& one : verdict.shared) {
    insert.bind_blob(bytes_of(one.sender)).bind_blob(bytes_of(one.domain));
    insert.bind_blob(bytes_of(one.subject)).bind(one.entity);
    NOSHARE_CHECK(insert.bind(now_us).run());
  }
  return {};
}

}  // namespace noshare::store
