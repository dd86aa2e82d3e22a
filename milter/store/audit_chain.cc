#include "audit_chain.h"

namespace noshare::store {

namespace {

struct Head {
  std::int64_t number = 0;
  std::string hash;
};

Result<Head> head_of(Connection& connection) {
  NOSHARE_TRY(
      Statement query,
      connection.prepare("SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1"));
  NOSHARE_TRY(const bool has_row, query.step());
  Head head;
  if (has_row) {
    head.number = query.integer();
    head.hash = query.text();
  }
  return head;
}

// With its length before it, so that no two lists of fields give the same bytes.
void add_field(std::string& bytes, std::string_view field) {
  bytes += std::to_string(field.size()) + ":";
  bytes += field;
}

}  // namespace

std::string audit_hash(const FingerprintKey& key, const AuditEntry& entry,
                       const std::string& previous) {
  std::string bytes;
  for (const std::string& field :
       {previous, std::to_string(entry.number), std::to_string(entry.time_us),
        entry.actor, entry.act, entry.object, entry.detail}) {
    add_field(bytes, field);
  }
  return key.of("audit entry", bytes).hex();
}

Result<void> append_audit(Connection& connection, const FingerprintKey& key,
                          const AuditEntry& entry) {
  NOSHARE_TRY(const Head head, head_of(connection));
  AuditEntry next = entry;
  next.number = head.number + 1;
  NOSHARE_TRY(
      Statement add,
      connection.prepare("INSERT INTO audit (number, time_us, actor, act, object, "
                         "detail, hash) VALUES (?, ?, ?, ?, ?, ?, ?)"));
  return add.bind(next.number)
      .bind(next.time_us)
      .bind(next.actor)
      .bind(next.act)
      .bind(next.object)
      .bind(next.detail)
      .bind(audit_hash(key, next, head.hash))
      .run();
}

}  // namespace noshare::store
