// The letters in the store's database.
#include "noshare/store/notice_queue.h"

#include <mutex>

#include "database.h"
#include "open_file.h"

namespace noshare::store {

namespace {

class DatabaseNoticeQueue final : public NoticeQueue {
 public:
  explicit DatabaseNoticeQueue(Connection connection)
      : connection_(std::move(connection)) {}

  Result<void> add(const Notice& notice, std::int64_t now_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement add,
                connection_.prepare("INSERT INTO notices (case_number, kind, recipient, "
                                    "letter, created_us, next_us) VALUES (?, ?, ?, ?, ?, "
                                    "?) ON CONFLICT DO NOTHING"));
    return add.bind(notice.case_number)
        .bind(notice.kind)
        .bind(notice.recipient)
        .bind(notice.letter)
        .bind(now_us)
        .bind(now_us)
        .run();
  }

  Result<Notice> take_due(std::int64_t now_us, std::int64_t busy_until_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection_));
    NOSHARE_TRY(Statement take,
                connection_.prepare(
                    "UPDATE notices SET next_us = ?, tries = tries + 1 WHERE id = "
                    "(SELECT id FROM notices WHERE ended_us = 0 AND next_us <= ? "
                    "ORDER BY next_us LIMIT 1) RETURNING id, case_number, kind, "
                    "recipient, letter, tries"));
    take.bind(busy_until_us).bind(now_us);
    NOSHARE_TRY(const bool has_row, take.step());
    Notice notice;
    if (!has_row) return notice;
    notice.id = take.integer();
    notice.case_number = take.text();
    notice.kind = take.text();
    notice.recipient = take.text();
    notice.letter = take.text();
    notice.tries = static_cast<std::uint32_t>(take.integer());
    NOSHARE_CHECK(take.step());
    NOSHARE_CHECK(transaction.commit());
    return notice;
  }

  Result<void> keep(std::int64_t id, std::int64_t busy_until_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement update, connection_.prepare("UPDATE notices SET next_us = ? "
                                                      "WHERE id = ? AND ended_us = 0"));
    return update.bind(busy_until_us).bind(id).run();
  }

  Result<void> sent(std::int64_t id, std::int64_t now_us) override {
    return end(id, "", now_us);
  }

  Result<void> failed(std::int64_t id, const std::string& reason,
                      std::int64_t next_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(
        Statement update,
        connection_.prepare("UPDATE notices SET fault = ?, next_us = ? WHERE id = "
                            "?"));
    return update.bind(reason).bind(next_us).bind(id).run();
  }

  Result<void> forget_ended(const std::string& kinds, std::int64_t before_us) override {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(
        Statement remove,
        connection_.prepare("DELETE FROM notices WHERE ended_us > 0 AND ended_us < "
                            "? AND substr(kind, 1, ?) = ?"));
    return remove.bind(before_us)
        .bind(static_cast<std::int64_t>(kinds.size()))
        .bind(kinds)
        .run();
  }

  Result<void> gave_up(std::int64_t id, const std::string& reason,
                       std::int64_t now_us) override {
    return end(id, reason, now_us);
  }

 private:
  Result<void> end(std::int64_t id, const std::string& fault, std::int64_t now_us) {
    const std::lock_guard lock(mutex_);
    NOSHARE_TRY(Statement update,
                connection_.prepare("UPDATE notices SET fault = ?, ended_us = ? WHERE id "
                                    "= ?"));
    return update.bind(fault).bind(now_us).bind(id).run();
  }

  std::mutex mutex_;  // one connection, many callers
  Connection connection_;
};

}  // namespace

Result<std::unique_ptr<NoticeQueue>> NoticeQueue::open(
    const std::filesystem::path& file) {
  NOSHARE_TRY(Connection connection, open_file(file, false));
  return std::make_unique<DatabaseNoticeQueue>(std::move(connection));
}

}  // namespace noshare::store
