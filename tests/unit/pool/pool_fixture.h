// A pool of plain workers, and messages for it.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include <gtest/gtest.h>
#include <unistd.h>

#include "noshare/base/fd.h"
#include "noshare/base/files.h"
#include "noshare/base/fingerprint.h"
#include "noshare/pool/pool.h"

namespace noshare::pool {

// Sanitizers slow programs down; times that tests wait for are scaled.
#ifdef NOSHARE_SANITIZED
inline constexpr int kSlowness = 4;
#else
inline constexpr int kSlowness = 1;
#endif

inline UniqueFd sealed_message(const std::string& text) {
  UniqueFd file = std::move(*create_memory_file("message"));
  EXPECT_TRUE(write_all(file.get(), text));
  EXPECT_TRUE(seal_memory_file(file.get()));
  return file;
}

inline std::string mail_with_fault(const std::string& fault) {
  return "From: sender@example.com\r\nX-Fault: " + fault + "\r\n\r\ntext\r\n";
}
inline std::string plain_mail() { return "From: sender@example.com\r\n\r\ntext 12\r\n"; }

class PoolTest : public testing::Test {
 protected:
  PoolTest() {
    std::string name =
        (std::filesystem::temp_directory_path() / "noshare-pool-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    options_.worker_program =
        std::filesystem::path(NOSHARE_BIN_DIR).parent_path() / "tests" / "plain-worker";
    options_.config_file = folder_ / "config";
    options_.workers = 2;
    write_config("snapshot: v1\nmemory_mb: 128\n");
    limits_.scan_time = Milliseconds(20'000);
  }
  ~PoolTest() override {
    pool_.reset();
    std::filesystem::remove_all(folder_);
  }

  void write_config(const std::string& text) {
    ASSERT_TRUE(write_file_atomically(options_.config_file, text));
  }

  void start() {
    auto pool = Pool::start(options_, key_);
    ASSERT_TRUE(pool) << pool.error().message;
    pool_ = std::move(*pool);
  }

  Result<model::ScanReport> scan(const std::string& text) {
    const UniqueFd message = sealed_message(text);
    return pool_->scan(message.get(), limits_, {});
  }

  // True as soon as `condition` holds, false if it does not within some seconds.
  template <class Condition>
  static bool eventually(Condition condition) {
    const Deadline deadline = Deadline::after(Milliseconds(5000) * kSlowness);
    while (!condition()) {
      if (deadline.expired()) return false;
      std::this_thread::sleep_for(Milliseconds(2));
    }
    return true;
  }

  std::filesystem::path folder_;
  Options options_;
  Limits limits_;
  FingerprintKey key_ = FingerprintKey::random();
  std::unique_ptr<Pool> pool_;
};

}  // namespace noshare::pool
