// What a database must be able to do. Only sqlite_driver.cc names SQLite, only
// postgres_driver.cc names PostgreSQL.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "noshare/base/result.h"

namespace noshare::store {

enum class Dialect { kSqlite, kPostgres };

class StatementDriver {
 public:
  virtual ~StatementDriver() = default;
  virtual void bind(std::int64_t value) = 0;
  virtual void bind(std::string_view value) = 0;
  virtual void bind_blob(std::string_view value) = 0;
  virtual Result<bool> step() = 0;
  virtual void reset() = 0;
  virtual std::int64_t integer(int column) = 0;
  virtual std::string text(int column) = 0;
  virtual std::string blob(int column) = 0;
};

class ConnectionDriver {
 public:
  virtual ~ConnectionDriver() = default;
  virtual Result<std::unique_ptr<StatementDriver>> prepare(std::string_view sql) = 0;
  virtual Result<void> execute(const std::string& sql) = 0;
  virtual std::int64_t changed_rows() const = 0;
  virtual Dialect dialect() const = 0;
  // Begins a transaction that no other writer's overlaps.
  virtual Result<void> begin() = 0;
  virtual Result<void> commit() = 0;
  virtual void roll_back() = 0;
};

Result<std::unique_ptr<ConnectionDriver>> open_sqlite(const std::filesystem::path& file,
                                                      bool read_only);
// `conninfo` as libpq reads it: "host=db dbname=noshare", "postgresql://...".
Result<std::unique_ptr<ConnectionDriver>> open_postgres(const std::string& conninfo,
                                                        bool read_only);

}  // namespace noshare::store
