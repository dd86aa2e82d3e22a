// A database as values: a connection, statements, transactions, whichever server is
// behind them. SQL is written once, in what SQLite and PostgreSQL share; a driver each
// does the rest (database_driver.h).
//
// Errors: kUnavailable (locked by another process, disk full, read-only, the server does
// not answer), kCorrupt (not a database, damaged), kIo, kInternal. Messages hold the
// database's words and its name, never a bound value.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "noshare/base/result.h"

#include "database_driver.h"

namespace noshare::store {

class Statement {
 public:
  explicit Statement(std::unique_ptr<StatementDriver> driver)
      : driver_(std::move(driver)) {}

  // Parameters in order, from the first '?' on; each call takes the next one.
  Statement& bind(std::int64_t value);
  Statement& bind(std::string_view value);
  Statement& bind_blob(std::string_view value);

  // True while there is a row to be read.
  Result<bool> step();
  // Steps a statement that returns no rows, then makes it ready to be bound again.
  Result<void> run();

  // Gives up what is left of its rows; it may then be bound again.
  void reset() { driver_->reset(); }

  // Columns of the current row, in order; each call reads the next one.
  std::int64_t integer() { return driver_->integer(column_++); }
  std::string text() { return driver_->text(column_++); }
  std::string blob() { return driver_->blob(column_++); }

 private:
  std::unique_ptr<StatementDriver> driver_;
  int column_ = 0;
};

class Connection {
 public:
  explicit Connection(std::unique_ptr<ConnectionDriver> driver)
      : driver_(std::move(driver)) {}

  Result<Statement> prepare(std::string_view sql);
  // One or more statements without parameters or rows.
  Result<void> execute(const std::string& sql) { return driver_->execute(sql); }
  std::int64_t changed_rows() const { return driver_->changed_rows(); }
  Dialect dialect() const { return driver_->dialect(); }

 private:
  friend class Transaction;
  std::unique_ptr<ConnectionDriver> driver_;
};

// One writer at a time, whichever machine it is on. Rolls back unless commit() succeeded.
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
