#include "schema.h"

#include <array>

#include "schema_postgres.h"

namespace noshare::store {

namespace {

// Number n of the list brings a file from version n to version n + 1 (PRAGMA
// user_version). Entries are never edited once released: a change is a new entry.
constexpr std::array<const char*, 13> kMigrations = {
    R"sql(
    CREATE TABLE incidents (
      id INTEGER PRIMARY KEY,
      case_number TEXT NOT NULL UNIQUE,
      retry_key TEXT NOT NULL UNIQUE,      -- equal for each try of the same message
      time_us INTEGER NOT NULL,            -- first seen, UTC
      last_time_us INTEGER NOT NULL,
      seen INTEGER NOT NULL DEFAULT 1,
      sender TEXT NOT NULL,
      client_address TEXT NOT NULL,
      authenticated_user TEXT NOT NULL,
      queue_id TEXT NOT NULL,
      daemon_name TEXT NOT NULL,
      local_submission INTEGER NOT NULL,
      message_id TEXT NOT NULL,
      message_fingerprint BLOB NOT NULL,
      bytes INTEGER NOT NULL,
      encrypted INTEGER NOT NULL,
      is_signed INTEGER NOT NULL,
      direction INTEGER NOT NULL,
      monitor INTEGER NOT NULL,
      action TEXT NOT NULL,
      carried_out TEXT NOT NULL,
      rule TEXT NOT NULL,
      reply TEXT NOT NULL,
      why TEXT NOT NULL,                   -- JSON list of sentences
      allowances TEXT NOT NULL,            -- JSON list of {finding, recipient, reason}
      policy_version TEXT NOT NULL,
      pack_version TEXT NOT NULL,
      snapshot TEXT NOT NULL,
      findings_dropped INTEGER NOT NULL
    );
    CREATE INDEX incidents_by_time ON incidents (time_us);
    CREATE INDEX incidents_by_queue_id ON incidents (queue_id);
    CREATE INDEX incidents_by_message_id ON incidents (message_id);
    CREATE TABLE incident_recipients (
      incident INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      recipient TEXT NOT NULL,
      party TEXT NOT NULL,
      action TEXT NOT NULL,
      rule TEXT NOT NULL,
      rules TEXT NOT NULL,                 -- JSON list
      disclosed TEXT NOT NULL,             -- JSON list of finding positions
      PRIMARY KEY (incident, position)
    ) WITHOUT ROWID;
    CREATE TABLE incident_findings (
      incident INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      entity TEXT NOT NULL,
      confidence INTEGER NOT NULL,
      part TEXT NOT NULL,
      path TEXT NOT NULL,
      zone TEXT NOT NULL,
      start INTEGER NOT NULL,
      stop INTEGER NOT NULL,
      masked TEXT NOT NULL,
      fingerprint BLOB NOT NULL,
      subject_fingerprint BLOB NOT NULL,
      quoted INTEGER NOT NULL,
      in_signature INTEGER NOT NULL,
      why TEXT NOT NULL,                   -- JSON list
      PRIMARY KEY (incident, position)
    ) WITHOUT ROWID;
    CREATE INDEX incident_findings_by_entity ON incident_findings (entity);
    CREATE TABLE incident_unreadable (
      incident INTEGER NOT NULL REFERENCES incidents (id) ON DELETE CASCADE,
      position INTEGER NOT NULL,
      part TEXT NOT NULL,
      path TEXT NOT NULL,
      reason TEXT NOT NULL,
      detail TEXT NOT NULL,
      PRIMARY KEY (incident, position)
    ) WITHOUT ROWID;
    )sql",
    R"sql(
    CREATE TABLE holds (
      case_number TEXT PRIMARY KEY,
      state TEXT NOT NULL,                 -- held, releasing, released, denied, expired
      held_us INTEGER NOT NULL,
      changed_us INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE INDEX holds_by_state ON holds (state, held_us);
    CREATE TABLE hold_decisions (
      id INTEGER PRIMARY KEY,
      case_number TEXT NOT NULL REFERENCES holds (case_number),
      time_us INTEGER NOT NULL,
      officer TEXT NOT NULL,               -- empty: the program itself
      decision TEXT NOT NULL,              -- release, deny, expire, failed, read
      reason TEXT NOT NULL
    );
    CREATE INDEX hold_decisions_by_case ON hold_decisions (case_number);
    CREATE TABLE release_tokens (
      token_digest BLOB PRIMARY KEY,       -- the token itself stands in the message only
      case_number TEXT NOT NULL REFERENCES holds (case_number),
      expires_us INTEGER NOT NULL,
      redeemed_us INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID;
    CREATE INDEX release_tokens_by_case ON release_tokens (case_number);
    )sql",
    R"sql(
    CREATE TABLE notices (
      id INTEGER PRIMARY KEY,
      case_number TEXT NOT NULL,
      kind TEXT NOT NULL,
      recipient TEXT NOT NULL,
      letter TEXT NOT NULL,
      created_us INTEGER NOT NULL,
      next_us INTEGER NOT NULL,            -- not before
      tries INTEGER NOT NULL DEFAULT 0,
      fault TEXT NOT NULL DEFAULT '',      -- of the last try
      ended_us INTEGER NOT NULL DEFAULT 0, -- sent, or given up with a fault
      UNIQUE (case_number, kind, recipient)
    );
    CREATE INDEX notices_due ON notices (next_us) WHERE ended_us = 0;
    )sql",
    R"sql(
    CREATE TABLE audit (
      number INTEGER PRIMARY KEY,          -- from 1, without gaps
      time_us INTEGER NOT NULL,
      actor TEXT NOT NULL,
      act TEXT NOT NULL,
      object TEXT NOT NULL,
      detail TEXT NOT NULL,
      hash TEXT NOT NULL                   -- keyed, of this entry and the one before
    );
    CREATE INDEX audit_by_object ON audit (object);
    CREATE TABLE accounts (
      name TEXT PRIMARY KEY,
      role TEXT NOT NULL,                  -- admin, officer, reviewer, auditor
      senders TEXT NOT NULL,
      password_hash TEXT NOT NULL,
      totp_sealed BLOB NOT NULL,           -- under the installation's key
      totp_step INTEGER NOT NULL DEFAULT 0,
      key_text TEXT NOT NULL,              -- sealed under the password
      disabled INTEGER NOT NULL,
      created_us INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE sessions (
      token_digest BLOB PRIMARY KEY,
      account TEXT NOT NULL REFERENCES accounts (name),
      csrf_token TEXT NOT NULL,
      created_us INTEGER NOT NULL,
      used_us INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE sign_in_failures (
      who TEXT NOT NULL,
      time_us INTEGER NOT NULL
    );
    CREATE INDEX sign_in_failures_by_who ON sign_in_failures (who, time_us);
    )sql",
    R"sql(
    CREATE TABLE permissions (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,           -- "PM-7K3M9QX2"
      kind TEXT NOT NULL,                  -- grant, never
      recipient TEXT NOT NULL,             -- glob
      entities TEXT NOT NULL,              -- JSON list; empty: all
      purpose TEXT NOT NULL,
      valid_from TEXT NOT NULL,            -- first day, or empty
      valid_until TEXT NOT NULL,           -- last day, or empty
      evidence TEXT NOT NULL,
      label BLOB NOT NULL,                 -- sealed for the officers, or empty
      granted_us INTEGER NOT NULL,
      revoked_us INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE permission_subjects (
      subject BLOB NOT NULL,               -- keyed fingerprint
      permission INTEGER NOT NULL REFERENCES permissions (id),
      PRIMARY KEY (subject, permission)
    ) WITHOUT ROWID;
    CREATE INDEX permission_subjects_by_permission ON permission_subjects (permission);
    CREATE TABLE received_values (
      value BLOB NOT NULL,                 -- keyed fingerprint
      correspondent BLOB NOT NULL,         -- keyed fingerprint of a domain or an address
      day TEXT NOT NULL,                   -- when last
      PRIMARY KEY (value, correspondent)
    ) WITHOUT ROWID;
    CREATE INDEX received_values_by_day ON received_values (day);
    )sql",
    R"sql(
    ALTER TABLE incidents ADD COLUMN facts TEXT NOT NULL DEFAULT '';  -- JSON, for a replay
    CREATE INDEX incident_findings_by_value ON incident_findings (fingerprint);
    CREATE TABLE policies (
      version TEXT PRIMARY KEY,
      first_us INTEGER NOT NULL,
      text_sealed BLOB NOT NULL            -- under the installation's key
    ) WITHOUT ROWID;
    CREATE TABLE exclusions (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,           -- "FP-7K3M9QX2"
      case_number TEXT NOT NULL,
      entity TEXT NOT NULL,
      value BLOB NOT NULL,                 -- keyed fingerprint; empty: any
      masked TEXT NOT NULL,
      sender TEXT NOT NULL,                -- empty: anybody
      recipient_domain TEXT NOT NULL,      -- empty: any
      state TEXT NOT NULL,                 -- proposed, approved, rejected, revoked
      proposed_by TEXT NOT NULL,
      proposed_us INTEGER NOT NULL,
      reason TEXT NOT NULL,
      decided_by TEXT NOT NULL,            -- who said the last word so far
      decided_us INTEGER NOT NULL,
      decision_reason TEXT NOT NULL
    );
    CREATE INDEX exclusions_by_value ON exclusions (value) WHERE state = 'approved';
    CREATE INDEX exclusions_by_case ON exclusions (case_number);
    )sql",
    R"sql(
    CREATE TABLE incident_keys (
      kind INTEGER NOT NULL,               -- as KeyKind in incident_index.h
      key TEXT NOT NULL,
      time_us INTEGER NOT NULL,            -- the incident's
      incident INTEGER NOT NULL,
      PRIMARY KEY (kind, key, time_us, incident)
    ) WITHOUT ROWID;
    INSERT INTO incident_keys
      SELECT 1, lower(sender), time_us, id FROM incidents WHERE sender <> ''
      UNION SELECT 2, lower(substr(sender, instr(sender, '@') + 1)), time_us, id
        FROM incidents WHERE instr(sender, '@') > 0
      UNION SELECT 3, lower(r.recipient), i.time_us, i.id
        FROM incidents i JOIN incident_recipients r ON r.incident = i.id
      UNION SELECT 4, lower(substr(r.recipient, instr(r.recipient, '@') + 1)), i.time_us, i.id
        FROM incidents i JOIN incident_recipients r ON r.incident = i.id
        WHERE instr(r.recipient, '@') > 0
      UNION SELECT 5, j.value, i.time_us, i.id
        FROM incidents i JOIN incident_recipients r ON r.incident = i.id, json_each(r.rules) j
      UNION SELECT 6, f.entity, i.time_us, i.id
        FROM incidents i JOIN incident_findings f ON f.incident = i.id
      UNION SELECT 7, action, time_us, id FROM incidents;
    CREATE TABLE daily_counts (
      day TEXT NOT NULL,                   -- UTC
      kind INTEGER NOT NULL,               -- as CountKind in incident_index.h
      key TEXT NOT NULL,
      number INTEGER NOT NULL,
      PRIMARY KEY (kind, day, key)
    ) WITHOUT ROWID;
    INSERT INTO daily_counts
      SELECT date(time_us / 1000000, 'unixepoch') AS d, 0, '', count(*) FROM incidents GROUP BY d
      UNION ALL SELECT date(time_us / 1000000, 'unixepoch') AS d, 1, action, count(*)
        FROM incidents GROUP BY d, action
      UNION ALL SELECT date(time_us / 1000000, 'unixepoch') AS d, 2, rule, count(*)
        FROM incidents GROUP BY d, rule
      UNION ALL SELECT date(i.time_us / 1000000, 'unixepoch') AS d, 3, f.entity, count(*)
        FROM incidents i JOIN incident_findings f ON f.incident = i.id GROUP BY d, f.entity
      UNION ALL SELECT date(i.time_us / 1000000, 'unixepoch') AS d, 4, f.entity,
        count(DISTINCT i.id)
        FROM incidents i JOIN incident_findings f ON f.incident = i.id GROUP BY d, f.entity
      UNION ALL SELECT date(time_us / 1000000, 'unixepoch') AS d, 5, lower(sender), count(*)
        FROM incidents GROUP BY d, lower(sender)
      UNION ALL SELECT date(i.time_us / 1000000, 'unixepoch') AS d, 6,
        lower(substr(r.recipient, instr(r.recipient, '@') + 1)) AS domain,
        count(DISTINCT i.id)
        FROM incidents i JOIN incident_recipients r ON r.incident = i.id
        WHERE r.party = 'third' GROUP BY d, domain;
    )sql",
    R"sql(
    CREATE TABLE lawful_disclosures (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL UNIQUE,           -- "ND-7K3M9QX2"
      signature TEXT NOT NULL,
      recipient TEXT NOT NULL,             -- glob
      sender TEXT NOT NULL,                -- who may use it, or empty
      entities TEXT NOT NULL,              -- JSON list; empty: all
      case_reference TEXT NOT NULL,
      approver TEXT NOT NULL,
      purpose TEXT NOT NULL,
      opened_us INTEGER NOT NULL,
      expires_us INTEGER NOT NULL,
      closed_us INTEGER NOT NULL DEFAULT 0
    );
    CREATE TABLE disclosure_uses (
      id INTEGER PRIMARY KEY,
      disclosure INTEGER NOT NULL REFERENCES lawful_disclosures (id),
      time_us INTEGER NOT NULL,
      recipient TEXT NOT NULL,
      entities TEXT NOT NULL,              -- JSON list
      subjects INTEGER NOT NULL
    );
    CREATE INDEX disclosure_uses_by_disclosure ON disclosure_uses (disclosure);
    CREATE TABLE overrides (
      case_number TEXT PRIMARY KEY,
      time_us INTEGER NOT NULL,
      sender TEXT NOT NULL,
      reason TEXT NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE shared_data (
      sender BLOB NOT NULL,                -- keyed fingerprints
      domain BLOB NOT NULL,
      subject BLOB NOT NULL,
      entity TEXT NOT NULL,
      time_us INTEGER NOT NULL,            -- when last
      PRIMARY KEY (sender, domain, subject, entity)
    ) WITHOUT ROWID;
    CREATE INDEX shared_data_by_time ON shared_data (time_us);
    CREATE INDEX shared_data_by_domain ON shared_data (domain, time_us);
    )sql",
    R"sql(
    INSERT INTO daily_counts               -- of whole months, "2026-11", from kind 100 on
      SELECT substr(day, 1, 7) AS month, kind + 100, key, sum(number) FROM daily_counts
      GROUP BY month, kind, key;
    )sql",
    R"sql(
    CREATE TABLE feeds (
      name TEXT PRIMARY KEY,
      incident INTEGER NOT NULL,           -- id of the last one that was told
      audit INTEGER NOT NULL,
      busy_until_us INTEGER NOT NULL
    ) WITHOUT ROWID;
    )sql",
    R"sql(
    ALTER TABLE accounts ADD COLUMN email TEXT NOT NULL DEFAULT '';
    )sql",
    R"sql(
    CREATE TABLE index_names (             -- addresses in incident_keys, each once
      kind INTEGER NOT NULL,
      key TEXT NOT NULL,
      PRIMARY KEY (kind, key)
    ) WITHOUT ROWID;
    INSERT INTO index_names SELECT DISTINCT kind, key FROM incident_keys WHERE kind IN (1, 3);
    )sql",
    R"sql(
    INSERT INTO daily_counts               -- of tens of days, "2026-11-1", and of years
      SELECT substr(day, 1, 9) AS ten, kind + 200, key, sum(number) FROM daily_counts
      WHERE kind < 100 GROUP BY ten, kind, key;
    INSERT INTO daily_counts (day, kind, key, number)
      SELECT substr(day, 1, 4) AS year, kind + 300, key, sum(number) FROM daily_counts
      WHERE kind < 100 GROUP BY year, kind, key;
    ALTER TABLE holds ADD COLUMN sender TEXT NOT NULL DEFAULT '';
    UPDATE holds SET sender = coalesce((SELECT i.sender FROM incidents i WHERE
      i.case_number = holds.case_number), '');
    )sql",
};
static_assert(kMigrations.size() == kSchemaVersion);
constexpr auto kCurrent = static_cast<std::int64_t>(kMigrations.size());

bool is_sqlite(const Connection& connection) {
  return connection.dialect() == Dialect::kSqlite;
}

Result<std::int64_t> version_of(Connection& connection) {
  if (!is_sqlite(connection)) {
    NOSHARE_TRY(Statement look, connection.prepare("SELECT to_regclass('noshare_schema') "
                                                   "IS NOT NULL"));
    NOSHARE_CHECK(look.step());
    if (look.integer() == 0) return 0;
  }
  NOSHARE_TRY(
      Statement query,
      connection.prepare(is_sqlite(connection) ? "PRAGMA user_version"
                                               : "SELECT version FROM noshare_schema"));
  NOSHARE_TRY(const bool has_row, query.step());
  return has_row ? query.integer() : 0;
}

// One step of SQLite's list. PostgreSQL came with version kFirstPostgres and makes all of
// that at once.
Result<std::int64_t> step_from(Connection& connection, std::int64_t version) {
  if (is_sqlite(connection)) {
    NOSHARE_CHECK(connection.execute(kMigrations[static_cast<std::size_t>(version)]));
    NOSHARE_CHECK(
        connection.execute("PRAGMA user_version = " + std::to_string(version + 1)));
    return version + 1;
  }
  NOSHARE_TRY(const std::int64_t next, migrate_postgres(connection, version));
  NOSHARE_CHECK(connection.execute(
      "CREATE TABLE IF NOT EXISTS noshare_schema (version BIGINT NOT NULL); DELETE FROM "
      "noshare_schema; INSERT INTO noshare_schema VALUES (" +
      std::to_string(next) + ")"));
  return next;
}

tl::unexpected<Error> wrong_version(std::int64_t version) {
  return fail(ErrorCode::kInvalidInput,
              "the store has schema version " + std::to_string(version) +
                  ", this noshare knows version " + std::to_string(kCurrent));
}

}  // namespace

Result<void> migrate(Connection& connection) {
  for (;;) {
    // Inside the transaction, so that two processes that start together do it once.
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection));
    NOSHARE_TRY(const std::int64_t version, version_of(connection));
    if (version > kCurrent) return wrong_version(version);
    if (version == kCurrent) return {};
    NOSHARE_CHECK(step_from(connection, version));
    NOSHARE_CHECK(transaction.commit());
  }
}

Result<void> require_current_schema(Connection& connection) {
  NOSHARE_TRY(const std::int64_t version, version_of(connection));
  if (version != kCurrent) return wrong_version(version);
  return {};
}

}  // namespace noshare::store
