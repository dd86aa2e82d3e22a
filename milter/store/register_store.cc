// The register in the store's database.
#include <mutex>

#include "noshare/store/shared_volumes.h"

#include "disclosures_table.h"
#include "exclusions_table.h"
#include "open_file.h"
#include "permissions_table.h"
#include "received_table.h"
#include "sealed_stream.h"

namespace noshare::store {

namespace {

class DatabaseRegisterStore final : public RegisterStore {
 public:
  explicit DatabaseRegisterStore(Connection connection)
      : connection_(std::move(connection)) {}

  Result<model::Known> answer(const model::Questions& questions,
                              std::int64_t now_us) override {
    if (questions.empty()) return model::Known();
    const std::lock_guard lock(mutex_);
    if (!is_file()) return read(questions, now_us);
    // One view of the file for all of it: a lock for each look-up would cost more than
    // these.
    NOSHARE_CHECK(connection_.execute("BEGIN"));
    auto known = read(questions, now_us);
    auto ended = connection_.execute(known ? "COMMIT" : "ROLLBACK");
    if (known && !ended) return tl::unexpected(std::move(ended).error());
    return known;
  }

  void share_volumes(std::unique_ptr<SharedVolumes> shared) override {
    const std::lock_guard lock(mutex_);
    shared_ = std::move(shared);
  }

  Result<std::vector<std::string>> grant(
      const std::vector<model::Permission>& permissions) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    std::vector<std::string> ids;
    for (const model::Permission& one : permissions) {
      NOSHARE_TRY(std::string id, insert_permission(connection_, one));
      ids.push_back(std::move(id));
    }
    NOSHARE_CHECK(transaction.commit());
    return ids;
  }

  Result<void> revoke(const std::string& id, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    return revoke_permission(connection_, id, now_us);
  }

  Result<std::vector<model::Permission>> list(const PermissionFilter& filter) override {
    const std::lock_guard lock(mutex_);
    return list_permissions(connection_, filter);
  }

  Result<std::string> open_disclosure(
      const model::LawfulDisclosure& disclosure,
      const std::function<std::string(const model::LawfulDisclosure&)>& make_signature)
      override {
    const std::lock_guard lock(mutex_);
    model::LawfulDisclosure one = disclosure;
    NOSHARE_TRY(one.id, free_id(connection_, "ND", "lawful_disclosures"));
    one.signature = make_signature(one);
    NOSHARE_CHECK(insert_disclosure(connection_, one));
    return one.id + "-" + one.signature;
  }

  Result<void> close_disclosure(const std::string& id, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    return close_disclosure_row(connection_, id, now_us);
  }

  Result<std::vector<model::LawfulDisclosure>> disclosures() override {
    const std::lock_guard lock(mutex_);
    return read_disclosures(connection_, nullptr);
  }

  Result<void> record_sharing(const model::Verdict& verdict, const std::string& sender,
                              std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_CHECK(insert_sharing(connection_, verdict, sender, now_us));
    NOSHARE_CHECK(transaction.commit());
    if (shared_ && !verdict.shared.empty()) {
      // What it does not hear of now it hears of later; this store knows meanwhile.
      static_cast<void>(shared_->record(verdict.shared, now_us));
    }
    return {};
  }

  Result<void> remember(const std::vector<model::Received>& received) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_CHECK(insert_received(connection_, received));
    return transaction.commit();
  }

  Result<std::uint64_t> forget_before(const std::string& day) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement remove,
                connection_.prepare("DELETE FROM received_values WHERE day < ?"));
    NOSHARE_CHECK(remove.bind(day).run());
    return static_cast<std::uint64_t>(connection_.changed_rows());
  }

  Result<std::uint64_t> forget_shared(std::int64_t before_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement remove,
                connection_.prepare("DELETE FROM shared_data WHERE time_us < ?"));
    NOSHARE_CHECK(remove.bind(before_us).run());
    return static_cast<std::uint64_t>(connection_.changed_rows());
  }

 private:
  bool is_file() const { return connection_.dialect() == Dialect::kSqlite; }

  Result<model::Known> read(const model::Questions& questions, std::int64_t now_us) {
    model::Known known;
    NOSHARE_TRY(known.permissions, permissions_about(connection_, questions.values));
    NOSHARE_TRY(known.received,
                received_from(connection_, questions.correspondents, questions.values));
    NOSHARE_TRY(known.exclusions, exclusions_about(connection_, questions.values));
    NOSHARE_TRY(known.disclosures, read_disclosures(connection_, &questions.disclosures));
    NOSHARE_TRY(known.refused, read_refused(connection_, questions.overrides));
    NOSHARE_TRY(known.volumes, read_volumes(connection_, questions.volumes, now_us));
    if (shared_ && !questions.volumes.empty())
      add_shared(questions, now_us, known.volumes);
    return known;
  }

  // The larger count of both: what other machines have sent counts, and a Redis that lost
  // its data excuses nothing.
  void add_shared(const model::Questions& questions, std::int64_t now_us,
                  std::vector<model::Volume>& volumes) {
    auto shared = shared_->answer(questions.volumes, questions.values, now_us);
    if (!shared) return;  // it has said so in the log
    for (std::size_t i = 0; i < volumes.size() && i < shared->size(); ++i) {
      model::Volume& theirs = (*shared)[i];
      if (theirs.subjects.size() + theirs.others > volumes[i].subjects.size()) {
        volumes[i] = std::move(theirs);
      }
    }
  }

  std::mutex mutex_;                       // one connection, many callers
  std::unique_ptr<SharedVolumes> shared_;  // null: no other machine counts
  Connection connection_;
};

}  // namespace

Result<std::unique_ptr<RegisterStore>> RegisterStore::open(
    const std::filesystem::path& file, Access access) {
  NOSHARE_TRY(Connection connection, open_file(file, access == Access::kReadOnly));
  if (connection.dialect() == Dialect::kSqlite) {
    // Each message looks up a handful of pages in a large file: without a system call
    // each.
    NOSHARE_CHECK(connection.execute("PRAGMA mmap_size = 1073741824"));
  }
  return std::make_unique<DatabaseRegisterStore>(std::move(connection));
}

Result<std::string> seal_label(const std::vector<OfficerPublicKey>& officers,
                               const Sensitive& label) {
  std::string sealed;
  NOSHARE_CHECK(seal(officers, label.reveal(), {}, [&](std::string_view bytes) {
    sealed += bytes;
    return Result<void>();
  }));
  return sealed;
}

Result<Sensitive> unseal_label(const std::string& sealed, const OfficerKey& key) {
  std::string label;
  const auto nothing = [](std::string_view) { return Result<void>(); };
  NOSHARE_CHECK(unseal(
      sealed, key,
      [&](std::string_view bytes) {
        label += bytes;
        return Result<void>();
      },
      nothing));
  return Sensitive(std::move(label));
}

}  // namespace noshare::store
