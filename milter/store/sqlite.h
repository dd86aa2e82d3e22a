// SQLite as values: a connection, and statements that are always finalised.
//
// Errors: kUnavailable (locked by another process, disk full, read-only), kCorrupt (not a
// database, damaged), kIo, kInternal. Messages hold SQLite's words and the file's name,
// never a bound value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "noshare/base/result.h"

struct sqlite3;
struct sqlite3_stmt;

namespace noshare::store {

class Statement {
 public:
  Statement(Statement&&) noexcept = default;
  Statement& operator=(Statement&&) noexcept = default;

  // Parameters in order, from the first '?' on; each call takes the next one.
  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view value);
  Statement& bind_blob(std::string_view value);

  // True while there is a row to be read.
  Result<bool> step();
  // Steps a statement that returns no rows, then makes it ready to be bound again.
  Result<void> run();

  // Gives up what is left of its rows; it may then be bound again.
  void reset();

  // Columns of the current row, in order; each call reads the next one.
  std::int64_t integer();
  std::string text();
  std::string blob() { return text(); }

 private:
  friend class Connection;
  struct Finalise {
    void operator()(sqlite3_stmt* statement) const noexcept;
  };
  Statement(sqlite3* database, sqlite3_stmt* statement)
      : database_(database), statement_(statement) {}
  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, Finalise> statement_;
  int parameter_ = 0;
  int column_ = 0;
};

class Connection {
 public:
  static Result<Connection> open(const std::filesystem::path& file, bool read_only);

  Result<Statement> prepare(std::string_view sql);
  // One or more statements without parameters or rows.
  Result<void> execute(const std::string& sql);
  std::int64_t last_row_id() const;
  std::int64_t changed_rows() const;

 private:
  struct Close {
    void operator()(sqlite3* database) const noexcept;
  };
  explicit Connection(sqlite3* database) : database_(database) {}
  std::unique_ptr<sqlite3, Close> database_;
};

// Rolls back unless commit() succeeded.
class Transaction {
 public:
  static Result<Transaction> begin(Connection& connection);
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  ~Transaction();
  Result<void> commit();

 private:
  explicit Transaction(Connection& connection) : connection_(&connection) {}
  Connection* connection_;
};

}  // namespace noshare::store
