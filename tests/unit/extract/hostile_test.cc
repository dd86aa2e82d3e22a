// Hostile messages: limits become reasons, what was found stays, and time stays bounded.
#include <ctime>

#include <gtest/gtest.h>

#include "noshare/base/text.h"

#include "support.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

std::string nested_multiparts(int levels) {
  std::string text;
  for (int i = 0; i < levels; ++i) {
    const std::string name = "b" + std::to_string(i);
    text += "Content-Type: multipart/mixed; boundary=" + name + "\n\n--" + name + "\n";
  }
  return text + "\ndeep 4111\n";
}

TEST(HostileMessage, DepthIsLimitedAndStillScanned) {
  const Extracted extracted = read(nested_multiparts(3000));
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kTooDeep), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "deep 4111"), nullptr);
}

TEST(HostileMessage, NestedMessagesAreLimited) {
  std::string text;
  for (int i = 0; i < 3000; ++i) text += "Content-Type: message/rfc822\n\n";
  const Extracted extracted = read(text + "\ndeep 4111\n");
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kTooDeep), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "deep 4111"), nullptr);
}

TEST(HostileMessage, PartsAreLimitedAndTheRestScanned) {
  std::string text = "Content-Type: multipart/mixed; boundary=b\n\n";
  for (int i = 0; i < 100'000; ++i) text += "--b\n\nx\n";
  text += "--b\n\nlast 4111\n--b--\n";
  const Extracted extracted = read(text);
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kTooMany), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kBody, "last 4111"), nullptr);
}

TEST(HostileMessage, OneHeaderOfAMegabyteIsRead) {
  const Extracted extracted =
      read("X-Long: " + std::string(1U << 20U, 'a') + " 4111\n\nbody");
  EXPECT_NE(find_text(extracted, Zone::kHeader, "4111"), nullptr);
}

TEST(HostileMessage, SizeLimitsAreReasons) {
  Options options;
  options.limits.part_bytes = 100;
  const Extracted part = read("\nsmall 4111 " + std::string(200, 'x'), options);
  EXPECT_NE(find_unreadable(part, UnreadableReason::kTooLarge), nullptr);
  EXPECT_NE(find_text(part, Zone::kBody, "small 4111"), nullptr);
  options = {};
  options.limits.message_bytes = 100;
  EXPECT_NE(find_unreadable(read("\n4111 " + std::string(200, 'x'), options),
                            UnreadableReason::kTooLarge),
            nullptr);
  options = {};
  options.limits.text_bytes = 10;
  EXPECT_NE(find_unreadable(read("\n" + std::string(200, 'x'), options),
                            UnreadableReason::kTooLarge),
            nullptr);
}

TEST(HostileMessage, APassedDeadlineIsAReason) {
  const Extracted extracted =
      extract_message("Subject: 4111\n\nbody", {}, Deadline::after(Milliseconds(-1)));
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kTimedOut), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kSubject, "4111"), nullptr);
}

struct FloodCase {
  const char* name;
  std::string head;
  std::string piece;
};

class Flood : public testing::TestWithParam<FloodCase> {};

// Each of these sends naive readers into quadratic time or deep recursion.
TEST_P(Flood, EndsInLinearTime) {
  std::string message = GetParam().head;
  while (message.size() < 300'000) message += GetParam().piece;
  const std::clock_t begin = std::clock();
  const Extracted extracted = read(message + "\n\nbody 4111\n");
  EXPECT_LT(std::clock() - begin, 20 * CLOCKS_PER_SEC);  // of processor time
  EXPECT_FALSE(extracted.segments.empty() && extracted.unreadable.empty());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Flood,
    testing::Values(FloodCase{"AddressGroups", "To: ", "a:"},
                    FloodCase{"NestedComments", "To: ", "("},
                    FloodCase{"Quotes", "To: ", "\"\\"}, FloodCase{"Angles", "To: ", "<"},
                    FloodCase{"EncodedWordsNeverClosed", "Subject: ", "=?a?q?"},
                    FloodCase{"EncodedWords", "Subject: ", "=?a?q?b?= "},
                    FloodCase{"Blanks", "Subject: x", " "},
                    FloodCase{"Parameters", "Content-Type: text/plain", "; a=b"},
                    FloodCase{"Continuations", "Content-Type: text/plain", "; a*1*=b"},
                    FloodCase{"Fields", "", "X: y\n"},
                    FloodCase{"Strays", "A: b\n", "no field\n"},
                    FloodCase{"DashLines",
                              "Content-Type: multipart/mixed; boundary=-\n\n", "---\n"},
                    FloodCase{"WroteLines", "\n", "> a@example.com wrote:\n"},
                    FloodCase{"HeadLines", "\n", "From: a@example.com\n"},
                    FloodCase{"Closings", "\n", "Kind regards,\n"},
                    FloodCase{"PgpBegins", "\n", "-----BEGIN PGP MESSAGE-----\n"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(Backspace, TakesAWholeCharacterAway) {
  const Extracted extracted = read(
      "Content-Type: text/plain; charset=utf-8\n\n"
      "card 4111 11\u00e9\b11 1111\u00e9\b 1111\n");
  for (const model::Segment& segment : extracted.segments) {
    EXPECT_TRUE(is_valid_utf8(segment.text)) << segment.path;
  }
}

}  // namespace
}  // namespace noshare::extract
