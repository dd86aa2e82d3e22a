// The real worker with the shipped packs: what it finds inside its sandbox, and what it
// costs.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <sstream>
#include <string>
#include <utility>

#include <gtest/gtest.h>
#include <unistd.h>

#include "noshare/base/files.h"
#include "noshare/pool/pool.h"

namespace noshare::worker {
namespace {

std::string config_in(const std::filesystem::path& folder) {
  return "milter: {socket: \"unix:" + (folder / "noshare.sock").string() +
         "\"}\n"
         "organisation: {domains: [example.com]}\n"
         "cache: " +
         (folder / "cache").string() + "\n";
}

class ScanWorker : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    std::string name =
        (std::filesystem::temp_directory_path() / "noshare-worker-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    ASSERT_TRUE(write_file_atomically(folder_ / "noshare.yaml", config_in(folder_)));
    std::filesystem::create_directory(folder_ / "cache");
    pool::Options options;
    options.worker_program = std::filesystem::path(NOSHARE_BIN_DIR) / "noshare-worker";
    options.config_file = folder_ / "noshare.yaml";
    options.workers = 1;
    options.start_time = Milliseconds(240'000);  // sanitizers compile patterns slowly
    auto pool = pool::Pool::start(options, FingerprintKey::random());
    ASSERT_TRUE(pool) << pool.error().message;
    pool_ = std::move(*pool);
  }
  static void TearDownTestSuite() {
    pool_.reset();
    std::filesystem::remove_all(folder_);
  }

  static model::ScanReport scan(const std::string& text) {
    const UniqueFd file = std::move(*create_memory_file("message"));
    EXPECT_TRUE(write_all(file.get(), text));
    EXPECT_TRUE(seal_memory_file(file.get()));
    auto report = pool_->scan(file.get(), Limits{}, {});
    EXPECT_TRUE(report) << report.error().message;
    return report ? std::move(*report) : model::ScanReport{};
  }

  static bool finds(const model::ScanReport& report, const std::string& entity) {
    return std::any_of(report.findings.begin(), report.findings.end(),
                       [&](const auto& finding) { return finding.entity == entity; });
  }

  static std::filesystem::path folder_;
  static std::unique_ptr<pool::Pool> pool_;
};
std::filesystem::path ScanWorker::folder_;
std::unique_ptr<pool::Pool> ScanWorker::pool_;

TEST_F(ScanWorker, FindsACardNumberFromInsideTheSandbox) {
  ASSERT_TRUE(pool_);
  const auto report = scan(
      "From: a@example.com\r\nTo: b@example.org\r\nSubject: order\r\n\r\n"
      "My card is 4111 1111 1111 1111.\r\n");
  EXPECT_TRUE(report.unreadable.empty());
  EXPECT_TRUE(finds(report, "payment_card_number"));
  EXPECT_FALSE(report.snapshot.empty());
}

// Charsets are what libraries load when first used. None may need a file now.
TEST_F(ScanWorker, ReadsEveryCharsetFromInsideTheSandbox) {
  ASSERT_TRUE(pool_);
  for (const char* charset :
       {"us-ascii",     "utf-8",     "iso-8859-2",  "iso-8859-15", "windows-1251",
        "koi8-r",       "shift_jis", "iso-2022-jp", "euc-jp",      "gb18030",
        "gbk",          "big5",      "euc-kr",      "tis-620",     "windows-1255",
        "windows-1256", "macintosh", "ibm850",      "viscii",      "utf-7"}) {
    const auto report = scan(std::string("From: a@example.com\r\nMIME-Version: 1.0\r\n"
                                         "Content-Type: text/plain; charset=") +
                             charset + "\r\n\r\nMy card is 4111 1111 1111 1111.\r\n");
    EXPECT_TRUE(report.unreadable.empty()) << charset;
    EXPECT_TRUE(finds(report, "payment_card_number")) << charset;
  }
}

// A converter reads it in a process of its own, which the worker only asks.
TEST_F(ScanWorker, ReadsAPdfFromInsideTheSandbox) {
  ASSERT_TRUE(pool_);
  const std::string content =
      "BT /F1 12 Tf 10 50 Td (My card is 4111 1111 1111 1111.) Tj ET";
  const std::string pdf =
      "%PDF-1.4\r\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\r\n"
      "2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\r\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 200]/Contents 4 0 R"
      "/Resources<</Font<</F1 5 0 R>>>>>>endobj\r\n4 0 obj<</Length " +
      std::to_string(content.size()) + ">>stream\r\n" + content +
      "\r\nendstream endobj\r\n"
      "5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\r\n"
      "trailer<</Root 1 0 R/Size 6>>\r\n%%EOF\r\n";
  const std::string mail =
      "From: a@example.com\r\nMIME-Version: 1.0\r\nContent-Type: application/pdf; "
      "name=a.pdf\r\n\r\n" +
      pdf;
  for (int i = 0; i < 3; ++i) {
    const auto report = scan(mail);
    EXPECT_TRUE(report.unreadable.empty());
    EXPECT_TRUE(finds(report, "payment_card_number"));
  }
}

// Private memory in KiB: pages that are not shared with the zygote (proc(5),
// smaps_rollup).
std::uint64_t private_kib(int pid) {
  const auto text = read_file("/proc/" + std::to_string(pid) + "/smaps_rollup");
  if (!text) return 0;
  std::istringstream lines(*text);
  std::string line;
  std::uint64_t sum = 0;
  while (std::getline(lines, line)) {
    if (!line.starts_with("Private_")) continue;
    sum += std::stoull(line.substr(line.find(':') + 1));
  }
  return sum;
}

std::string megabyte_mail() {
  std::string text =
      "From: a@example.com\r\nTo: b@example.org\r\nSubject: report\r\n\r\n";
  for (std::uint32_t line = 0; text.size() < 1'000'000; ++line) {
    text += "Line " + std::to_string(line) + " of the report, item " +
            std::to_string(line * 7919 % 100'003) + ", write to user" +
            std::to_string(line) + "@example.net about it.\r\n";
  }
  return text;
}

TEST_F(ScanWorker, KeepsLessThanSixtyMegabytesToItselfOnALargeMail) {
  ASSERT_TRUE(pool_);
  const std::string mail = megabyte_mail();
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(finds(scan(mail), "email_address"));
  const std::uint64_t kib = private_kib(pool_->status().worker_pids.at(0));
  RecordProperty("private_kib", std::to_string(kib));
#ifndef NOSHARE_SANITIZED  // whose bookkeeping is many times what it watches
  EXPECT_LT(kib, 60U * 1024U);
#endif
}

}  // namespace
}  // namespace noshare::worker
