// Where a test of the store keeps its tables, so that the same cases run on both
// databases.
//
// A fresh SQLite file; or, when the environment variable NOSHARE_TEST_POSTGRES tells how
// to connect ("host=/tmp/... dbname=test"), a fresh schema on that server, which
// tests/unit/store/on_postgres starts.
#pragma once

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

#include "store/database_driver.h"

namespace noshare::store {

class TestPlace {
 public:
  TestPlace() {
    static std::atomic<int> count{0};
    const std::string name =
        "t" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    if (is_file()) {
      folder_ = std::filesystem::path(testing::TempDir()) / ("noshare-store-" + name);
      std::filesystem::create_directories(folder_);
      path_ = folder_ / "noshare.db";
    } else {
      schema_ = name;
      if (!server()->execute("CREATE SCHEMA " + schema_)) std::abort();
      path_ =
          "postgresql:" + std::string(postgres()) + " options=-csearch_path=" + schema_;
    }
  }
  ~TestPlace() {
    if (!schema_.empty()) {
      static_cast<void>(server()->execute("DROP SCHEMA " + schema_ + " CASCADE"));
    }
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }
  TestPlace(const TestPlace&) = delete;
  TestPlace& operator=(const TestPlace&) = delete;

  const std::filesystem::path& path() const { return path_; }
  static bool is_file() { return postgres() == nullptr; }
  // What somebody does behind the store's back.
  void execute(const std::string& sql) const {
    const auto connection =
        is_file() ? open_sqlite(path_, false)
                  : open_postgres(
                        path_.string().substr(std::string("postgresql:").size()), false);
    ASSERT_TRUE(connection);
    EXPECT_TRUE((*connection)->execute(sql)) << sql;
  }

 private:
  static const char* postgres() { return std::getenv("NOSHARE_TEST_POSTGRES"); }
  static std::unique_ptr<ConnectionDriver> server() {
    return open_postgres(postgres(), false).value();
  }
  std::filesystem::path folder_;
  std::filesystem::path path_;
  std::string schema_;
};

}  // namespace noshare::store
