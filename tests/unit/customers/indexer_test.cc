// From a CSV file to an index: whole, again, in part, interrupted.
#include "noshare/base/files.h"

#include "support.h"

namespace noshare::customers {
namespace {

using Indexing = CustomersTest;

TEST_F(Indexing, KnowsColumnsByTheirNames) {
  const auto result = index(kCustomers);
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->rows, 3U);
  EXPECT_EQ(result->records, 3U);
  ASSERT_EQ(result->columns.size(), 7U);
  EXPECT_EQ(result->columns[0].type, config::ColumnType::kId);
  EXPECT_EQ(result->columns[1].type, config::ColumnType::kEmail);
  EXPECT_EQ(result->columns[4].type, config::ColumnType::kDate);
  EXPECT_TRUE(result->columns[5].primary);
  EXPECT_FALSE(result->columns[6].primary);
}

TEST_F(Indexing, HoldsNoValueInTheClear) {
  ASSERT_TRUE(index(kCustomers));
  const std::string bytes = read_file(folder_ / "customers.index").value();
  for (const char* value : {"ada@customer", "Quill", "quill", "100042", "1980-04-03"}) {
    EXPECT_EQ(bytes.find(value), std::string::npos) << value;
  }
}

TEST_F(Indexing, OpensWithItsOwnKeyOnly) {
  ASSERT_TRUE(index(kCustomers));
  const auto other = Index::open(folder_ / "customers.index", FingerprintKey::random());
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().code, ErrorCode::kInvalidInput);
}

TEST_F(Indexing, RefusesADamagedIndex) {
  ASSERT_TRUE(index(kCustomers));
  std::string bytes = read_file(folder_ / "customers.index").value();
  write("customers.index", bytes.substr(0, bytes.size() - 1));
  EXPECT_EQ(Index::open(folder_ / "customers.index", test_key()).error().code,
            ErrorCode::kCorrupt);
  write("customers.index", "no index at all");
  EXPECT_EQ(Index::open(folder_ / "customers.index", test_key()).error().code,
            ErrorCode::kCorrupt);
}

TEST_F(Indexing, DoesNothingTwice) {
  const IndexJob job = this->job(kCustomers);
  ASSERT_TRUE(index_customers(job, test_key()));
  EXPECT_TRUE(index_customers(job, test_key())->unchanged);
}

TEST_F(Indexing, ReplacesTheOldIndexWhole) {
  ASSERT_TRUE(index(kCustomers));
  const auto old = opened();
  ASSERT_TRUE(index("e-mail,last_name\nzed@customer.test,Zeal\n"));
  EXPECT_EQ(old->facts().live, 3U);  // who had it mapped keeps it
  EXPECT_TRUE(matches("Ada Quill ada@customer.test").empty());
  EXPECT_EQ(matches("Zeal, zed@customer.test").size(), 1U);
  EXPECT_FALSE(std::filesystem::exists(folder_ / "customers.index.work"));
}

TEST_F(Indexing, UpdatesSomeAndRemovesSome) {
  settings_.key = "customer_no";
  ASSERT_TRUE(index(kCustomers));
  const std::string header = kCustomers.substr(0, kCustomers.find('\n') + 1);
  const auto updated = index(header +
                                 "C-100042,ada@new.test,Ada,Quill,1980-04-03,,\n"
                                 "C-100050,di@customer.test,Di,Wren,1999-09-09,,\n",
                             IndexMode::kUpdate);
  ASSERT_TRUE(updated) << updated.error().message;
  EXPECT_EQ(updated->replaced, 1U);
  EXPECT_EQ(updated->records, 4U);
  EXPECT_TRUE(matches("Ada Quill ada@customer.test").empty());
  EXPECT_EQ(matches("Ada Quill ada@new.test").size(), 1U);
  EXPECT_EQ(matches("Bo Thistle bo@customer.test").size(), 1U);
  EXPECT_EQ(matches("Di Wren di@customer.test").size(), 1U);
  const auto removed = index(header + "C-100043,,,,,,\n", IndexMode::kRemove);
  ASSERT_TRUE(removed) << removed.error().message;
  EXPECT_EQ(removed->records, 3U);
  EXPECT_TRUE(matches("Bo Thistle bo@customer.test").empty());
}

TEST_F(Indexing, UpdatesNoIndexOfOtherColumns) {
  ASSERT_TRUE(index(kCustomers));
  EXPECT_FALSE(index("e-mail,last_name\na@b.test,X\n", IndexMode::kUpdate));
}

TEST_F(Indexing, GoesOnWhereItWasStopped) {
  std::string many = "e-mail,last_name\n";
  for (int i = 0; i < 60'000; ++i) {
    many += "c" + std::to_string(i) + "@customer.test,Name" + std::to_string(i) + "\n";
  }
  IndexJob job = this->job(many);
  job.progress = [](std::uint64_t, std::uint64_t) { return false; };
  EXPECT_EQ(index_customers(job, test_key()).error().code, ErrorCode::kLimit);
  job.progress = nullptr;
  const auto result = index_customers(job, test_key());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->resumed, 20'000U);
  EXPECT_EQ(result->records, 60'000U);
  EXPECT_EQ(matches("Name7 c7@customer.test").size(), 1U);
  EXPECT_EQ(matches("Name59999 c59999@customer.test").size(), 1U);
}

TEST_F(Indexing, LeavesOutAValueThatManyShare) {
  std::string many = "phone,customer_no,last_name\n";
  for (int i = 0; i < 100; ++i) {
    many += "+44 20 7946 0000,K-" + std::to_string(10'000 + i) + ",Name\n";
  }
  const auto result = index(many);
  ASSERT_TRUE(result);
  EXPECT_EQ(result->shared, 1U);
  EXPECT_TRUE(matches("Name, 020 7946 0000").empty());
  EXPECT_EQ(matches("Name, K-10007").size(), 1U);
}

TEST_F(Indexing, SaysWhichColumnIsMissing) {
  settings_.columns = {{"mail", config::ColumnType::kEmail, true, {}}};
  const auto result = index(kCustomers);
  ASSERT_FALSE(result);
  EXPECT_NE(result.error().message.find("no column 'mail'"), std::string::npos);
  EXPECT_NE(result.error().message.find("e-mail"), std::string::npos);
}

TEST_F(Indexing, SkipsRowsThatPointToNobody) {
  const auto result = index("e-mail,last_name\n,Quill\nnone,Vane\na@b.test,Moss\n");
  ASSERT_TRUE(result);
  EXPECT_EQ(result->skipped, 2U);
  EXPECT_EQ(result->records, 1U);
}

}  // namespace
}  // namespace noshare::customers
