// A small index of made-up customers, for the tests of this room.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "noshare/customers/index.h"
#include "noshare/customers/indexer.h"

namespace noshare::customers {

inline const FingerprintKey& test_key() {
  static const FingerprintKey key =
      *FingerprintKey::from_bytes("0123456789abcdef0123456789abcdef");
  return key;
}

inline const std::string kCustomers =
    "customer_no,e-mail,first_name,last_name,birth_date,phone,street\n"
    "C-100042,ada@customer.test,Ada,Quill,1980-04-03,+44 20 7946 0018,12 Main Street\n"
    "C-100043,bo@customer.test,Bo,Thistle,1975-12-24,+44 20 7946 0019,7 Elm Road\n"
    "C-100044,,Cleo,Vane,1990-01-31,+1 202 555 0143,\"Hauptstra\u00dfe 5\"\n";

// A folder of its own for each test.
class CustomersTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(testing::TempDir()) /
              (std::string(test->test_suite_name()) + "." + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path write(const std::string& name, const std::string& text) {
    std::ofstream(folder_ / name, std::ios::binary) << text;
    return folder_ / name;
  }
  IndexJob job(const std::string& text, IndexMode mode = IndexMode::kReplace) {
    IndexJob job;
    job.csv = write("customers.csv", text);
    job.settings = settings_;
    job.settings.index = folder_ / "customers.index";
    job.mode = mode;
    return job;
  }
  Result<IndexResult> index(const std::string& text,
                            IndexMode mode = IndexMode::kReplace) {
    return index_customers(job(text, mode), test_key());
  }
  std::shared_ptr<const Index> opened() {
    return Index::open(folder_ / "customers.index", test_key()).value();
  }
  std::vector<Match> matches(const std::string& text) {
    model::Segment segment;
    segment.text = text;
    return Matcher(opened(), settings_)
        .match({&segment, 1}, Deadline::never(), 1000)
        .matches;
  }

  std::filesystem::path folder_;
  config::Customers settings_;
};

}  // namespace noshare::customers
