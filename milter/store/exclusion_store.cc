// Exclusions in the store's database.
#include "noshare/store/exclusion_store.h"

#include <algorithm>
#include <array>
#include <mutex>

#include "noshare/base/text.h"

#include "audit_chain.h"
#include "bytes.h"
#include "case_number.h"
#include "exclusions_table.h"
#include "open_file.h"
#include "value_list.h"

namespace noshare::store {

namespace {

constexpr std::array<const char*, 4> kStates{"proposed", "approved", "rejected",
                                             "revoked"};
constexpr std::array<const char*, 4> kActs{"exclusion_proposed", "exclusion_approved",
                                           "exclusion_rejected", "exclusion_revoked"};
constexpr const char* kColumns =
    "name, entity, value, sender, recipient_domain, case_number, masked, state, "
    "proposed_by, proposed_us, reason, decided_by, decided_us, decision_reason";

std::string value_bytes(const Fingerprint& value) {
  return value.is_null() ? std::string() : std::string(bytes_of(value));
}

model::Exclusion read_exclusion(Statement& row) {
  model::Exclusion one;
  one.id = row.text();
  one.entity = row.text();
  one.value = fingerprint_of(row.blob());
  one.sender = row.text();
  one.recipient_domain = row.text();
  return one;
}

Result<ExclusionRecord> read_record(Statement& row) {
  ExclusionRecord record;
  record.exclusion = read_exclusion(row);
  record.case_number = row.text();
  record.masked = row.text();
  const auto state = exclusion_state_from_name(row.text());
  if (!state) {
    return fail(ErrorCode::kCorrupt, "the store has an exclusion of unknown state");
  }
  record.state = *state;
  record.proposed_by = row.text();
  record.proposed_us = row.integer();
  record.reason = row.text();
  record.decided_by = row.text();
  record.decided_us = row.integer();
  record.decision_reason = row.text();
  return record;
}

// Which steps there are, and who may take them.
Result<void> check_step(const ExclusionRecord& record, const ExclusionDecision& step) {
  const bool proposed = record.state == ExclusionState::kProposed;
  const bool fits = step.state == ExclusionState::kRevoked
                        ? record.state == ExclusionState::kApproved
                        : proposed && step.state != ExclusionState::kProposed;
  if (!fits) {
    return fail(ErrorCode::kInvalidInput, "exclusion " + record.exclusion.id + " is " +
                                              name(record.state) + ", it cannot be " +
                                              name(step.state) + " now");
  }
  if (step.state == ExclusionState::kApproved && record.proposed_by == step.officer) {
    return fail(ErrorCode::kInvalidInput,
                "whoever proposed an exclusion cannot approve it: a second person must");
  }
  return {};
}

class DatabaseExclusionStore final : public ExclusionStore {
 public:
  DatabaseExclusionStore(Connection connection, FingerprintKey key)
      : connection_(std::move(connection)), key_(std::move(key)) {}

  Result<std::string> propose(const ExclusionRecord& record) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_CHECK(check_new(record.exclusion));
    NOSHARE_TRY(const std::string id, new_number("FP"));
    NOSHARE_TRY(Statement add,
                connection_.prepare(
                    "INSERT INTO exclusions (name, entity, value, sender, "
                    "recipient_domain, case_number, masked, state, proposed_by, "
                    "proposed_us, reason, decided_by, decided_us, decision_reason) "
                    "VALUES (?,?,?,?,?,?,?,'proposed',?,?,?,'',0,'')"));
    add.bind(id).bind(record.exclusion.entity);
    add.bind_blob(value_bytes(record.exclusion.value));
    add.bind(record.exclusion.sender).bind(record.exclusion.recipient_domain);
    add.bind(record.case_number).bind(record.masked).bind(record.proposed_by);
    NOSHARE_CHECK(add.bind(record.proposed_us).bind(record.reason).run());
    NOSHARE_CHECK(append_audit(connection_, key_,
                               {0, record.proposed_us, record.proposed_by, kActs[0],
                                record.case_number, id + ": " + record.reason}));
    NOSHARE_CHECK(transaction.commit());
    return id;
  }

  Result<void> decide(const ExclusionDecision& step) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(const ExclusionRecord record, record_of(step.id));
    NOSHARE_CHECK(check_step(record, step));
    NOSHARE_TRY(Statement update,
                connection_.prepare("UPDATE exclusions SET state = ?, decided_by = ?, "
                                    "decided_us = ?, decision_reason = ? WHERE name = "
                                    "?"));
    NOSHARE_CHECK(update.bind(std::string_view(name(step.state)))
                      .bind(step.officer)
                      .bind(step.now_us)
                      .bind(step.reason)
                      .bind(record.exclusion.id)
                      .run());
    const char* act = kActs[static_cast<std::size_t>(step.state)];
    NOSHARE_CHECK(append_audit(connection_, key_,
                               {0, step.now_us, step.officer, act, record.case_number,
                                record.exclusion.id + ": " + step.reason}));
    return transaction.commit();
  }

  Result<ExclusionRecord> find(const std::string& id) override {
    const std::lock_guard lock(mutex_);
    return record_of(id);
  }

  Result<std::vector<ExclusionRecord>> list(std::optional<ExclusionState> state,
                                            const std::string& case_number,
                                            std::uint32_t most) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement query,
                connection_.prepare(std::string("SELECT ") + kColumns +
                                    " FROM exclusions WHERE (? = '' OR state = ?) AND "
                                    "(? = '' OR case_number = ?) ORDER BY id DESC LIMIT "
                                    "?"));
    const std::string wanted = state ? name(*state) : "";
    query.bind(wanted).bind(wanted).bind(case_number).bind(case_number);
    query.bind(std::int64_t{most});
    std::vector<ExclusionRecord> records;
    for (;;) {
      NOSHARE_TRY(const bool has_row, query.step());
      if (!has_row) return records;
      NOSHARE_TRY(ExclusionRecord record, read_record(query));
      records.push_back(std::move(record));
    }
  }

 private:
  Result<ExclusionRecord> record_of(const std::string& id) {
    NOSHARE_TRY(Statement query, connection_.prepare(std::string("SELECT ") + kColumns +
                                                     " FROM exclusions WHERE name = ?"));
    query.bind(id);
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return fail(ErrorCode::kNotFound, "no exclusion has this id");
    return read_record(query);
  }

  Result<void> check_new(const model::Exclusion& one) {
    NOSHARE_TRY(Statement query,
                connection_.prepare("SELECT name FROM exclusions WHERE entity = ? AND "
                                    "value = ? AND sender = ? AND recipient_domain = ? "
                                    "AND state IN ('proposed', 'approved')"));
    query.bind(one.entity).bind_blob(value_bytes(one.value)).bind(one.sender);
    query.bind(one.recipient_domain);
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) return {};
    return fail(ErrorCode::kInvalidInput, "exclusion " + query.text() + " says the same");
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
  FingerprintKey key_;
};

}  // namespace

const char* name(ExclusionState state) noexcept {
  return kStates[static_cast<std::size_t>(state)];
}

std::optional<ExclusionState> exclusion_state_from_name(std::string_view text) noexcept {
  const auto* const at = std::find(kStates.begin(), kStates.end(), text);
  if (at == kStates.end()) return std::nullopt;
  return static_cast<ExclusionState>(at - kStates.begin());
}

Result<std::vector<model::Exclusion>> exclusions_about(
    Connection& connection, const std::vector<Fingerprint>& values) {
  constexpr ValueQuery kQuery{
      "SELECT name, entity, value, sender, recipient_domain FROM exclusions WHERE state "
      "= 'approved' AND value IN ",
      " ORDER BY id"};
  std::vector<std::string_view> asked = bytes_of(values);
  asked.insert(asked.begin(), std::string_view());  // any value
  std::vector<model::Exclusion> found;
  NOSHARE_CHECK(ask_about(connection, kQuery, {}, asked,
                          [&](Statement& row) { found.push_back(read_exclusion(row)); }));
  return found;
}

Result<std::unique_ptr<ExclusionStore>> ExclusionStore::open(
    const std::filesystem::path& file, FingerprintKey key) {
  NOSHARE_TRY(Connection connection, open_file(file, false));
  return std::make_unique<DatabaseExclusionStore>(std::move(connection), std::move(key));
}

}  // namespace noshare::store
