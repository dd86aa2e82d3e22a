#include "sqlite.h"

#include <utility>

#include <sqlite3.h>

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

}  // namespace

void Statement::Finalise::operator()(sqlite3_stmt* statement) const noexcept {
  sqlite3_finalize(statement);
}

namespace {

// A null pointer would be bound as NULL, which is not the same as empty.
const char* not_null(std::string_view value) {
  return value.data() == nullptr ? "" : value.data();
}

}  // namespace

Statement& Statement::bind(std::int64_t value) {
  sqlite3_bind_int64(statement_.get(), ++parameter_, value);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  sqlite3_bind_text64(statement_.get(), ++parameter_, not_null(value), value.size(),
                      SQLITE_TRANSIENT, SQLITE_UTF8);
  return *this;
}

Statement& Statement::bind_blob(std::string_view value) {
  sqlite3_bind_blob64(statement_.get(), ++parameter_, not_null(value), value.size(),
                      SQLITE_TRANSIENT);
  return *this;
}

Result<bool> Statement::step() {
  column_ = 0;
  const int code = sqlite3_step(statement_.get());
  if (code == SQLITE_ROW) return true;
  if (code == SQLITE_DONE) return false;
  return failure(database_);
}

Result<void> Statement::run() {
  const int code = sqlite3_step(statement_.get());
  auto result = code == SQLITE_DONE || code == SQLITE_ROW
                    ? Result<void>()
                    : Result<void>(failure(database_));
  reset();
  return result;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
  parameter_ = 0;
}

std::int64_t Statement::integer() {
  return sqlite3_column_int64(statement_.get(), column_++);
}

std::string Statement::text() {
  const int column = column_++;
  const void* data = sqlite3_column_blob(statement_.get(), column);
  const int size = sqlite3_column_bytes(statement_.get(), column);
  if (data == nullptr || size <= 0) return {};
  return {static_cast<const char*>(data), static_cast<std::size_t>(size)};
}

void Connection::Close::operator()(sqlite3* database) const noexcept {
  sqlite3_close_v2(database);
}

Result<Connection> Connection::open(const std::filesystem::path& file, bool read_only) {
  sqlite3* raw = nullptr;
  const int flags =
      (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
  const int code = sqlite3_open_v2(file.c_str(), &raw, flags, nullptr);
  Connection connection(raw);  // also after a failure there may be something to close
  if (code != SQLITE_OK) {
    return fail(code_of(code),
                "cannot open " + file.string() + ": " + sqlite3_errstr(code & 0xFF));
  }
  sqlite3_busy_timeout(raw, kBusyMs);
  return connection;
}

Result<Statement> Connection::prepare(std::string_view sql) {
  sqlite3_stmt* statement = nullptr;
  const int code = sqlite3_prepare_v2(database_.get(), sql.data(),
                                      static_cast<int>(sql.size()), &statement, nullptr);
  if (code != SQLITE_OK) return failure(database_.get());
  return Statement(database_.get(), statement);
}

Result<void> Connection::execute(const std::string& sql) {
  const int code = sqlite3_exec(database_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) return failure(database_.get());
  return {};
}

std::int64_t Connection::last_row_id() const {
  return sqlite3_last_insert_rowid(database_.get());
}

std::int64_t Connection::changed_rows() const {
  return sqlite3_changes64(database_.get());
}

Result<Transaction> Transaction::begin(Connection& connection) {
  NOSHARE_CHECK(connection.execute("BEGIN IMMEDIATE"));
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  // A rollback that fails leaves nothing written either: SQLite undoes it on the next
  // open.
  if (connection_ != nullptr) static_cast<void>(connection_->execute("ROLLBACK"));
}

Result<void> Transaction::commit() {
  NOSHARE_CHECK(connection_->execute("COMMIT"));
  connection_ = nullptr;
  return {};
}

}  // namespace noshare::store
