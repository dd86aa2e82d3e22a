// PostgreSQL behind the interface of database_driver.h, by libpq.
//
// A lost connection is made anew with the next statement, but never inside a transaction:
// that one fails as a whole. Of the server's messages only its code and its general words
// are told, for its details quote values.
#include <array>
#include <charconv>
#include <vector>

#include <libpq-fe.h>
#include <poll.h>

#include "noshare/base/text.h"

#include "database_driver.h"

namespace noshare::store {

namespace {

constexpr int kByteaOid = 17;  // pg_type.dat
constexpr int kText = 0;       // format codes of the protocol
constexpr int kBinary = 1;
// "noshare\0" as a number: the lock that makes writers wait for each other.
constexpr const char* kBegin = "BEGIN; SELECT pg_advisory_xact_lock(7957695015191671808)";

struct Clear {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using ResultPtr = std::unique_ptr<PGresult, Clear>;

struct Finish {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};

// SQLSTATE (PostgreSQL's appendix A) to what a caller can do about it.
ErrorCode code_of(std::string_view state) {
  const std::string_view group = state.substr(0, 2);
  if (state.empty() || group == "08" || group == "53" || group == "57" || group == "40" ||
      state == "25006" || state == "55P03") {
    return ErrorCode::kUnavailable;
  }
  return group == "XX" ? ErrorCode::kCorrupt : ErrorCode::kInternal;
}

tl::unexpected<Error> failure(const PGresult* result) {
  const char* state =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_SQLSTATE);
  const std::string code = state == nullptr ? "" : state;
  const char* words =
      result == nullptr ? nullptr : PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
  // Class 22, data exceptions, quotes the datum in its words.
  const bool tells = words != nullptr && !code.starts_with("22");
  return fail(code_of(code),
              "PostgreSQL: " + std::string(tells ? words : "the server does not answer") +
                  (code.empty() ? "" : " (SQLSTATE " + code + ")"));
}

bool succeeded(const PGresult* result) {
  const ExecStatusType status = PQresultStatus(result);
  return status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK;
}

class PostgresConnection final : public ConnectionDriver {
 public:
  PostgresConnection(PGconn* connection, bool read_only)
      : connection_(connection), read_only_(read_only) {}

  Result<std::unique_ptr<StatementDriver>> prepare(std::string_view sql) override;
  Result<void> execute(const std::string& sql) override {
    NOSHARE_CHECK(ready());
    ResultPtr result(PQexec(connection_.get(), sql.c_str()));
    if (!succeeded(result.get()) && is_lost()) {
      NOSHARE_CHECK(ready());
      result.reset(PQexec(connection_.get(), sql.c_str()));
    }
    if (!succeeded(result.get())) return failure(result.get());
    return {};
  }
  std::int64_t changed_rows() const override { return changed_rows_; }
  Dialect dialect() const override { return Dialect::kPostgres; }
  Result<void> begin() override {
    NOSHARE_CHECK(execute(kBegin));
    in_transaction_ = true;
    return {};
  }
  Result<void> commit() override {
    auto done = execute("COMMIT");
    in_transaction_ = false;
    return done;
  }
  void roll_back() override {
    if (PQstatus(connection_.get()) == CONNECTION_OK) {
      const ResultPtr ignored(PQexec(connection_.get(), "ROLLBACK"));
    }
    in_transaction_ = false;
  }

  // That the server has gone shows with the next statement only. Outside a transaction,
  // what changes nothing or begins one may be said again.
  bool is_lost() const {
    return !in_transaction_ && PQstatus(connection_.get()) == CONNECTION_BAD;
  }
  // Connected, or connected anew.
  Result<void> ready() {
    if (!in_transaction_) notice_end();
    if (PQstatus(connection_.get()) == CONNECTION_OK) return {};
    if (!in_transaction_) {
      PQreset(connection_.get());
      if (PQstatus(connection_.get()) == CONNECTION_OK) return set_up();
    }
    return fail(ErrorCode::kUnavailable, "PostgreSQL: the server does not answer");
  }
  Result<void> set_up() {
    PQsetNoticeProcessor(
        connection_.get(), [](void*, const char*) {}, nullptr);
    const ResultPtr result(PQexec(
        connection_.get(),
        read_only_ ? "SET default_transaction_read_only = on; SET lock_timeout = '10s'"
                   : "SET lock_timeout = '10s'"));
    if (!succeeded(result.get())) return failure(result.get());
    return {};
  }
  // A server that has gone has closed its end: seen before a statement is sent.
  void notice_end() {
    constexpr int kMostReads = 8;
    for (int i = 0; i < kMostReads; ++i) {
      pollfd waiting{PQsocket(connection_.get()), POLLIN, 0};
      if (waiting.fd < 0 || ::poll(&waiting, 1, 0) <= 0) return;
      if (PQconsumeInput(connection_.get()) == 0) return;
    }
  }
  PGconn* raw() { return connection_.get(); }
  void changed(std::int64_t rows) { changed_rows_ = rows; }

 private:
  std::unique_ptr<PGconn, Finish> connection_;
  const bool read_only_;
  bool in_transaction_ = false;
  std::int64_t changed_rows_ = 0;
};

// '?' to "$1", "$2", ...; our SQL has none inside quotes.
std::string numbered(std::string_view sql) {
  std::string made;
  int number = 0;
  for (const char c : sql) {
    if (c == '?') {
      made += '$' + std::to_string(++number);
    } else {
      made += c;
    }
  }
  return made;
}

class PostgresStatement final : public StatementDriver {
 public:
  PostgresStatement(PostgresConnection& connection, std::string_view sql)
      : connection_(connection), sql_(numbered(sql)) {}

  void bind(std::int64_t value) override {
    parameters_.push_back({std::to_string(value), false});
  }
  // PostgreSQL takes neither a NUL nor what is no UTF-8.
  void bind(std::string_view value) override {
    std::string text = to_valid_utf8(value);
    for (std::size_t at = 0; (at = text.find('\0', at)) != std::string::npos;) {
      text.replace(at, 1, "\xEF\xBF\xBD");
    }
    parameters_.push_back({std::move(text), false});
  }
  void bind_blob(std::string_view value) override {
    parameters_.push_back({std::string(value), true});
  }

  Result<bool> step() override {
    if (!result_) NOSHARE_CHECK(ask());
    ++row_;
    return row_ < PQntuples(result_.get());
  }
  void reset() override {
    result_.reset();
    parameters_.clear();
    row_ = -1;
  }

  std::int64_t integer(int column) override {
    const std::string_view text = field(column);
    if (text == "t") return 1;
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  std::string text(int column) override { return std::string(field(column)); }
  std::string blob(int column) override {
    std::size_t size = 0;
    const auto* escaped =
        reinterpret_cast<const unsigned char*>(PQgetvalue(result_.get(), row_, column));
    unsigned char* bytes = PQunescapeBytea(escaped, &size);
    if (bytes == nullptr) return {};
    std::string value(reinterpret_cast<const char*>(bytes), size);
    PQfreemem(bytes);
    return value;
  }

 private:
  struct Parameter {
    std::string bytes;
    bool is_blob;
  };

  Result<void> ask() {
    NOSHARE_CHECK(connection_.ready());
    std::vector<Oid> types;
    std::vector<const char*> values;
    std::vector<int> lengths;
    std::vector<int> formats;
    for (const Parameter& one : parameters_) {
      types.push_back(one.is_blob ? kByteaOid : 0);  // 0: the server knows by the place
      values.push_back(one.bytes.c_str());
      lengths.push_back(static_cast<int>(one.bytes.size()));
      formats.push_back(one.is_blob ? kBinary : kText);
    }
    const auto send = [&] {
      result_.reset(PQexecParams(connection_.raw(), sql_.c_str(),
                                 static_cast<int>(parameters_.size()), types.data(),
                                 values.data(), lengths.data(), formats.data(), kText));
    };
    send();
    if (!succeeded(result_.get()) && connection_.is_lost() &&
        sql_.starts_with("SELECT")) {
      NOSHARE_CHECK(connection_.ready());
      send();
    }
    row_ = -1;
    if (!succeeded(result_.get())) {
      auto failed = failure(result_.get());
      result_.reset();
      return failed;
    }
    const std::string_view count = PQcmdTuples(result_.get());
    std::int64_t rows = 0;
    std::from_chars(count.data(), count.data() + count.size(), rows);
    connection_.changed(rows);
    return {};
  }

  std::string_view field(int column) const {
    return {PQgetvalue(result_.get(), row_, column),
            static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
  }

  PostgresConnection& connection_;
  const std::string sql_;
  std::vector<Parameter> parameters_;
  ResultPtr result_;
  int row_ = -1;
};

Result<std::unique_ptr<StatementDriver>> PostgresConnection::prepare(
    std::string_view sql) {
  return std::make_unique<PostgresStatement>(*this, sql);
}

}  // namespace

Result<std::unique_ptr<ConnectionDriver>> open_postgres(const std::string& conninfo,
                                                        bool read_only) {
  // What the administrator writes comes last and wins.
  const std::array<const char*, 7> keys{"connect_timeout",
                                        "keepalives_idle",
                                        "tcp_user_timeout",
                                        "client_encoding",
                                        "application_name",
                                        "dbname",
                                        nullptr};
  const std::array<const char*, 7> values{
      "5", "30", "10000", "UTF8", "noshare", conninfo.c_str(), nullptr};
  PGconn* raw = PQconnectdbParams(keys.data(), values.data(), 1);
  auto connection = std::make_unique<PostgresConnection>(raw, read_only);
  if (raw == nullptr || PQstatus(raw) != CONNECTION_OK) {
    // The words of a connection that failed name the host and the user, no datum.
    std::string words = raw == nullptr ? "no memory" : PQerrorMessage(raw);
    return fail(ErrorCode::kUnavailable, "PostgreSQL: " + std::string(trimmed(words)));
  }
  NOSHARE_CHECK(connection->set_up());
  return connection;
}

}  // namespace noshare::store
