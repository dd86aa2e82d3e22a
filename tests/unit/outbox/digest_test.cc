#include "noshare/outbox/digest.h"

#include <gtest/gtest.h>

#include "noshare/base/text.h"
#include "noshare/outbox/officer_link.h"

namespace noshare::outbox {
namespace {

constexpr std::int64_t kNow_us = 1'795'000'000'000'000;
constexpr std::int64_t kHour_us = 3600LL * 1'000'000;

TEST(OfficerLink, LeadsOnePersonToOneCaseForAWhile) {
  const FingerprintKey key = FingerprintKey::random();
  const OfficerLink link{"anna", "NS-7K3M9QX2", LinkAct::kRelease, kNow_us};
  const std::string token = make_link(key, link);
  const auto read = read_link(key, token, "anna", kNow_us - 1);
  ASSERT_TRUE(read) << read.error().message;
  EXPECT_EQ(read->case_number, "NS-7K3M9QX2");
  EXPECT_EQ(read->act, LinkAct::kRelease);
  EXPECT_FALSE(read_link(key, token, "anna", kNow_us));
  EXPECT_FALSE(read_link(key, token, "ben", kNow_us - 1));
  EXPECT_FALSE(read_link(FingerprintKey::random(), token, "anna", kNow_us - 1));
}

TEST(OfficerLink, IsWorthNothingOnceAByteIsChanged) {
  const FingerprintKey key = FingerprintKey::random();
  const std::string token =
      make_link(key, {"anna", "NS-7K3M9QX2", LinkAct::kDeny, kNow_us});
  for (std::size_t i = 0; i < token.size(); ++i) {
    std::string changed = token;
    changed[i] = changed[i] == '1' ? '2' : '1';
    EXPECT_FALSE(read_link(key, changed, "anna", 0)) << changed;
    EXPECT_FALSE(read_link(key, token.substr(0, i), "anna", 0));
  }
  EXPECT_FALSE(read_link(key, token + ".x", "anna", 0));
}

class DigestTest : public testing::Test {
 protected:
  void SetUp() override {
    settings_ = config::parse_settings(
                    "organisation: {domains: [example.com]}\n"
                    "review: {url: \"https://review.example.com/\"}\n",
                    "test.yaml")
                    .value();
    request_.account.name = "anna";
    request_.account.role = store::Role::kOfficer;
    request_.account.email = "anna@example.com";
    request_.now_us = kNow_us;
    for (const std::int64_t hours : {1, 50}) {
      Waiting one;
      one.held_us = kNow_us - hours * kHour_us;
      one.incident.case_number = "NS-0000000" + std::to_string(hours % 10);
      one.incident.envelope.sender = "jane@example.com";
      one.incident.envelope.recipients = {"x@else.test"};
      one.incident.verdict.rule = "cards";
      one.incident.report.findings.resize(2);
      for (auto& finding : one.incident.report.findings) {
        finding.entity = "iban";
        finding.masked = "GB29************";
      }
      request_.waiting.push_back(one);
    }
  }
  // With soft line breaks and "=3D" undone.
  std::string letter() const {
    std::string text = digest_notice(request_, key_, settings_).value().letter;
    for (const auto& [coded, plain] : {std::pair("=\r\n", ""), std::pair("=3D", "=")}) {
      for (std::size_t at = 0; (at = text.find(coded, at)) != std::string::npos;) {
        text.replace(at, std::string_view(coded).size(), plain);
      }
    }
    return text;
  }

  FingerprintKey key_ = FingerprintKey::random();
  config::Settings settings_;
  DigestRequest request_;
};

TEST_F(DigestTest, TellsWhatWaitsWithoutAddressesOrMasks) {
  const std::string text = letter();
  for (const char* part :
       {"To: <anna@example.com>\r\n", "Subject: noshare: 2 message(s) wait",
        "2 message(s) wait for a decision, 1 of them since yesterday",
        "since 2026-11-16T09:06:40.000Z", "cards: iban (2)",
        "https://review.example.com/go/NS-00000001.release."}) {
    EXPECT_NE(text.find(part), std::string::npos) << part << "\nin\n" << text;
  }
  for (const char* part : {"jane@", "else.test", "GB29"}) {
    EXPECT_EQ(text.find(part), std::string::npos) << part;
  }
}

TEST_F(DigestTest, ProposesToAReviewerWhatTheyMayDo) {
  request_.account.role = store::Role::kReviewer;
  const std::string text = letter();
  EXPECT_EQ(text.find(".release."), std::string::npos);
  EXPECT_NE(text.find(".deny."), std::string::npos);
}

TEST_F(DigestTest, IsOneADay) {
  const auto first = digest_notice(request_, key_, settings_).value();
  request_.now_us += 5 * kHour_us;
  const auto later = digest_notice(request_, key_, settings_).value();
  EXPECT_EQ(first.case_number + first.kind, later.case_number + later.kind);
  request_.now_us += 24 * kHour_us;
  EXPECT_NE(digest_notice(request_, key_, settings_).value().kind, first.kind);
}

TEST_F(DigestTest, NeedsTheAddressOfThePages) {
  settings_.review.url.clear();
  const auto notice = digest_notice(request_, key_, settings_);
  ASSERT_FALSE(notice);
  EXPECT_NE(notice.error().message.find("review.url"), std::string::npos);
}

}  // namespace
}  // namespace noshare::outbox
