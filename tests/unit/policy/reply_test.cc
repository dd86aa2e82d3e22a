// The sender's answer: complete, short, and without a value.
#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "stories.h"

namespace noshare::policy {
namespace {

using testing::HasSubstr;

std::string reply_to(const std::string& template_text, const std::vector<Found>& found,
                     const char* then = "reject") {
  const std::string reply =
      template_text.empty() ? "" : ", reply: \"" + template_text + "\"";
  return policy("rules: [{id: r, when: {count: 1}, then: " + std::string(then) + reply +
                "}]\n")
      .decide(mail("jane@example.com", {"x@else.test", "y@other.test", "z@else.test"}),
              report(found), kToday)
      .reply;
}

const std::vector<Found> kTwoCards = {{"payment_card_number", "4111111111111111"},
                                      {"payment_card_number", "5555555555554444"},
                                      {"payment_card_number", "4111111111111111"}};

TEST(Reply, FillsInItsPlaceholders) {
  EXPECT_EQ(
      reply_to("{count} {values} {subjects} {entity} {masked} {recipient_domain} "
               "{rule} {case}",
               kTwoCards),
      "550 5.7.1 3 2 2 payment_card_number ****1111, ****4444 else.test, other.test "
      "r {case}");
}

TEST(Reply, HasADefaultThatSaysWhatAndToWhom) {
  EXPECT_EQ(reply_to("", kTwoCards),
            "550 5.7.1 this message would disclose personal data (Title of "
            "payment_card_number: ****1111, ****4444) to else.test, other.test (case "
            "{case})");
}

TEST(Reply, DefersWithItsOwnCode) {
  EXPECT_THAT(reply_to("later", kTwoCards, "defer"),
              testing::StartsWith("451 4.7.1 later"));
}

TEST(Reply, IsEmptyForOtherActions) { EXPECT_EQ(reply_to("", kTwoCards, "tag"), ""); }

TEST(Reply, NamesAtMostThreeValues) {
  std::vector<Found> found;
  for (int i = 0; i < 9; ++i) {
    found.push_back({"iban", "GB29NWBK6016133192" + std::to_string(6810 + i)});
  }
  EXPECT_THAT(reply_to("{masked}", found),
              HasSubstr("****6810, ****6811, ****6812 and 6 more"));
}

TEST(Reply, StaysPrintableAndShortWhateverWasFound) {
  auto scanned = report({{"iban", "GB29NWBK60161331926819"}});
  scanned.findings[0].masked = std::string(2000, '*') + "\r\n\x01\xc3\xbc";
  const auto verdict = policy("rules: [{id: r, when: {count: 1}, then: reject}]\n")
                           .decide(mail("", {"x@else.test"}), scanned, kToday);
  EXPECT_LE(verdict.reply.size(), 450U);
  EXPECT_THAT(verdict.reply, testing::EndsWith("(case {case})"));
  EXPECT_TRUE(std::all_of(verdict.reply.begin(), verdict.reply.end(),
                          [](char c) { return c >= ' ' && c <= '~'; }));
}

TEST(Reply, SaysWhyAPartCouldNotBeRead) {
  model::ScanReport scanned;
  scanned.unreadable.push_back({"2", "a.zip", model::UnreadableReason::kEncrypted, ""});
  const auto verdict =
      policy("rules: [{id: r, when: {unreadable: encrypted}, then: reject}]\n")
          .decide(mail("jane@example.com", {"x@else.test"}), scanned, kToday);
  EXPECT_THAT(verdict.reply, HasSubstr("cannot be checked (encrypted)"));
}

}  // namespace
}  // namespace noshare::policy
