#include "database.h"

#include <utility>

namespace noshare::store {

Statement& Statement::bind(std::int64_t value) {
  driver_->bind(value);
  return *this;
}

Statement& Statement::bind(std::string_view value) {
  driver_->bind(value);
  return *this;
}

Statement& Statement::bind_blob(std::string_view value) {
  driver_->bind_blob(value);
  return *this;
}

Result<bool> Statement::step() {
  column_ = 0;
  return driver_->step();
}

Result<void> Statement::run() {
  const auto stepped = driver_->step();
  driver_->reset();
  if (!stepped) return tl::unexpected(stepped.error());
  return {};
}

Result<Statement> Connection::prepare(std::string_view sql) {
  NOSHARE_TRY(auto driver, driver_->prepare(sql));
  return Statement(std::move(driver));
}

Result<Transaction> Transaction::begin(Connection& connection) {
  NOSHARE_CHECK(connection.driver_->begin());
  return Transaction(connection);
}

Transaction::Transaction(Transaction&& other) noexcept
    : connection_(std::exchange(other.connection_, nullptr)) {}

Transaction::~Transaction() {
  if (connection_ != nullptr) connection_->driver_->roll_back();
}

Result<void> Transaction::commit() {
  NOSHARE_CHECK(connection_->driver_->commit());
  connection_ = nullptr;
  return {};
}

}  // namespace noshare::store
