// Configurations in the store's database.
#include "noshare/store/policy_archive.h"

#include <mutex>

#include "bytes.h"
#include "database.h"
#include "open_file.h"
#include "secret_box.h"

namespace noshare::store {

namespace {

class DatabasePolicyArchive final : public PolicyArchive {
 public:
  DatabasePolicyArchive(Connection connection, const FingerprintKey& key)
      : connection_(std::move(connection)), box_(key, "policy") {}

  Result<void> keep(const std::string& version, const std::string& text,
                    std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement put,
                connection_.prepare("INSERT INTO policies (version, first_us, "
                                    "text_sealed) VALUES (?, ?, ?) ON CONFLICT DO "
                                    "NOTHING"));
    return put.bind(version).bind(now_us).bind_blob(box_.seal(text)).run();
  }

  Result<std::string> find(const std::string& version) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(
        Statement query,
        connection_.prepare("SELECT text_sealed FROM policies WHERE version = ?"));
    query.bind(version);
    NOSHARE_TRY(const bool has_row, query.step());
    if (!has_row) {
      return fail(ErrorCode::kNotFound,
                  "the store does not have configuration " + version);
    }
    NOSHARE_TRY(const Sensitive text, box_.open(query.blob()));
    return std::string(text.reveal());
  }

 private:
  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
  SecretBox box_;
};

}  // namespace

Result<std::unique_ptr<PolicyArchive>> PolicyArchive::open(
    const std::filesystem::path& file, FingerprintKey key) {
  NOSHARE_CHECK(start_sodium());
  NOSHARE_TRY(Connection connection, open_file(file, false));
  return std::make_unique<DatabasePolicyArchive>(std::move(connection), key);
}

}  // namespace noshare::store
