// SQLite behind the interface of database_driver.h.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include <sqlite3.h>

#include "database_driver.h"

namespace noshare::store {

namespace {

// How long a writer waits for another process (an officer's query, a backup).
constexpr int kBusyMs = 5'000;

ErrorCode code_of(int sqlite_code) {
  switch (sqlite_code & 0xFF) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_READONLY:
      return ErrorCode::kUnavailable;
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return ErrorCode::kCorrupt;
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
      return ErrorCode::kIo;
    default:
      return ErrorCode::kInternal;
  }
}

tl::unexpected<Error> failure(sqlite3* database) {
  const int code = sqlite3_extended_errcode(database);
  const char* file = sqlite3_db_filename(database, "main");
  return fail(code_of(code), std::string(file == nullptr ? "store" : file) + ": " +
                                 sqlite3_errstr(code & 0xFF) + " (SQLite " +
                                 std::to_string(code) + ")");
}

// A null pointer would be bound as NULL, which is not the same as empty.
const char* not_null(std::string_view value) {
  return value.data() == nullptr ? "" : value.data();
}

struct Finalise {
  void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
};

struct Close {
  void operator()(sqlite3* database) const noexcept { sqlite3_close_v2(database); }
};

using Prepared = std::unique_ptr<sqlite3_stmt, Finalise>;

// Statements that were prepared and are idle: every message asks the same few questions,
// and to parse one takes longer than to answer it.
class IdleStatements {
 public:
  Prepared take(std::string_view sql) {
    const auto found = statements_.find(sql);
    if (found == statements_.end()) return nullptr;
    return std::move(statements_.extract(found).mapped());
  }
  void keep(std::string sql, Prepared statement) {
    if (statements_.size() >= kMost) return;
    sqlite3_reset(statement.get());
    sqlite3_clear_bindings(statement.get());
    statements_.emplace(std::move(sql), std::move(statement));
  }

 private:
  static constexpr std::size_t kMost = 64;
  std::multimap<std::string, Prepared, std::less<>> statements_;
};

class SqliteStatement final : public StatementDriver {
 public:
  SqliteStatement(sqlite3* database, std::string sql, Prepared statement,
                  std::shared_ptr<IdleStatements> idle)
      : database_(database),
        sql_(std::move(sql)),
        statement_(std::move(statement)),
        idle_(std::move(idle)) {}
  ~SqliteStatement() override { idle_->keep(std::move(sql_), std::move(statement_)); }
  SqliteStatement(const SqliteStatement&) = delete;
  SqliteStatement& operator=(const SqliteStatement&) = delete;

  void bind(std::int64_t value) override {
    sqlite3_bind_int64(statement_.get(), ++parameter_, value);
  }
  void bind(std::string_view value) override {
    sqlite3_bind_text64(statement_.get(), ++parameter_, not_null(value), value.size(),
                        SQLITE_TRANSIENT, SQLITE_UTF8);
  }
  void bind_blob(std::string_view value) override {
    sqlite3_bind_blob64(statement_.get(), ++parameter_, not_null(value), value.size(),
                        SQLITE_TRANSIENT);
  }
  Result<bool> step() override {
    const int code = sqlite3_step(statement_.get());
    if (code == SQLITE_ROW) return true;
    if (code == SQLITE_DONE) return false;
    return failure(database_);
  }
  void reset() override {
    sqlite3_reset(statement_.get());
    sqlite3_clear_bindings(statement_.get());
    parameter_ = 0;
  }
  std::int64_t integer(int column) override {
    return sqlite3_column_int64(statement_.get(), column);
  }
  std::string text(int column) override {
    const void* data = sqlite3_column_blob(statement_.get(), column);
    const int size = sqlite3_column_bytes(statement_.get(), column);
    if (data == nullptr || size <= 0) return {};
    return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
  }
  std::string blob(int column) override { return text(column); }

 private:
  sqlite3* database_;
  std::string sql_;
  Prepared statement_;
  std::shared_ptr<IdleStatements> idle_;
  int parameter_ = 0;
};

class SqliteConnection final : public ConnectionDriver {
 public:
  explicit SqliteConnection(sqlite3* database) : database_(database) {}

  Result<std::unique_ptr<StatementDriver>> prepare(std::string_view sql) override {
    Prepared statement = idle_->take(sql);
    if (statement == nullptr) {
      sqlite3_stmt* fresh = nullptr;
      const int code =
          sqlite3_prepare_v3(database_.get(), sql.data(), static_cast<int>(sql.size()),
                             SQLITE_PREPARE_PERSISTENT, &fresh, nullptr);
      if (code != SQLITE_OK) return failure(database_.get());
      statement.reset(fresh);
    }
    return std::make_unique<SqliteStatement>(database_.get(), std::string(sql),
                                             std::move(statement), idle_);
  }
  Result<void> execute(const std::string& sql) override {
    const int code =
        sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
    if (code != SQLITE_OK) return failure(database_.get());
    return {};
  }
  std::int64_t changed_rows() const override {
    return sqlite3_changes64(database_.get());
  }
  Dialect dialect() const override { return Dialect::kSqlite; }
  Result<void> begin() override { return execute("BEGIN IMMEDIATE"); }
  Result<void> commit() override { return execute("COMMIT"); }
  // One that fails leaves nothing written either: SQLite undoes it on the next open.
  void roll_back() override { static_cast<void>(execute("ROLLBACK")); }

 private:
  std::unique_ptr<sqlite3, Close> database_;
  std::shared_ptr<IdleStatements> idle_ = std::make_shared<IdleStatements>();
};

}  // namespace

Result<std::unique_ptr<ConnectionDriver>> open_sqlite(const std::filesystem::path& file,
                                                      bool read_only) {
  sqlite3* raw = nullptr;
  const int flags =
      (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  // Also after a failure there may be something to close.
  auto connection = std::make_unique<SqliteConnection>(raw);
  if (code != SQLITE_OK) {
    return fail(code_of(code),
                "cannot open " + file.string() + ": " + sqlite3_errstr(code & 0xFF));
  }
  sqlite3_busy_timeout(raw, kBusyMs);
  return connection;
}

}  // namespace noshare::store
