#include "noshare/scan/scanner.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace noshare::scan {
namespace {

std::shared_ptr<const detect::Database> database() {
  static const auto shared = [] {
    const auto packs =
        config::load_packs({std::filesystem::path(NOSHARE_SOURCE_DIR) / "patterns"});
    if (!packs) throw std::runtime_error(packs.error().message);
    return detect::Database::create(*packs, {}).value();
  }();
  return shared;
}

const FingerprintKey& key() {
  static const FingerprintKey shared = FingerprintKey::random();
  return shared;
}

Scanner scanner(const Limits& limits = {}) {
  return Scanner::create(database(), key(), limits).value();
}

Scanned scan_message(const std::string& bytes, const Limits& limits = {}) {
  return scanner(limits).scan(bytes, InputKind::kMessage, "test.eml", Deadline::never());
}

std::string mail(const std::string& body, const std::string& headers = "") {
  return "From: Jane Roe <Jane.Roe@Example.com>\nTo: Pat <pat@else.test>\n"
         "Message-ID: <1@example.com>\nSubject: order\n" +
         headers + "\n" + body;
}

const model::Finding* find(const model::ScanReport& report, const std::string& entity) {
  const auto at = std::find_if(report.findings.begin(), report.findings.end(),
                               [&](const auto& one) { return one.entity == entity; });
  return at == report.findings.end() ? nullptr : &*at;
}

bool has(const model::ScanReport& report, model::UnreadableReason reason) {
  return std::any_of(report.unreadable.begin(), report.unreadable.end(),
                     [&](const auto& one) { return one.reason == reason; });
}

// The name of a file is its sender's: it says nothing of how the file was read.
TEST(Scanner, FindsNamesInAFileThatIsCalledAsReadersCallTheirReadings) {
  const auto names_in = [](const std::string& file) {
    return find(scan_message("From: a@example.com\nTo: pat@else.test\nSubject: x\n"
                             "Content-Type: text/plain; name=\"" +
                             file +
                             "\"\nContent-Disposition: attachment\n\n"
                             "Dear Mr. John Smith,\n")
                    .report,
                "person_name");
  };
  EXPECT_NE(names_in("list"), nullptr);
  EXPECT_NE(names_in("list (as meant)"), nullptr);
}

TEST(Scanner, ReportsWithoutTheValue) {
  const Scanned scanned = scan_message(mail("My credit card is 4111 1111 1111 1111.\n"));
  const model::Finding* card = find(scanned.report, "payment_card_number");
  ASSERT_NE(card, nullptr);
  EXPECT_EQ(card->level(), model::Level::kHigh);
  EXPECT_EQ(card->masked.find("4111"), std::string::npos);
  EXPECT_EQ(scanned.report.entities.at("payment_card_number").categories.empty(), false);
  EXPECT_EQ(scanned.report.message_id, "1@example.com");
  EXPECT_EQ(scanned.report.snapshot, database()->version());
}

TEST(Scanner, ReportsOnceWhatIsRepeatedBesideADisguise) {
  const Scanned scanned =
      scan_message(mail("Ann Schneider, phone 571-555-0100, card 4.1.1.1.1.1.1.1.1.1.1.1."
                        "1.1.1.1 please.\n"));
  const auto count = [&](std::string_view entity) {
    return std::count_if(
        scanned.report.findings.begin(), scanned.report.findings.end(),
        [&](const auto& one) { return one.entity == entity && one.part != "0"; });
  };
  EXPECT_EQ(count("person_name"), 1);
  EXPECT_EQ(count("phone_number"), 1);
  EXPECT_EQ(count("payment_card_number"), 1);
}

TEST(Scanner, ReportsNoOtherGroupingOfDigitsThatStandOpenly) {
  const Scanned scanned = scan_message(
      mail("Social insurance number: 404-102-790, cell (201) 555-7337\n[10:34] ok\n"));
  std::vector<std::string> found;
  for (const auto& one : scanned.report.findings)
    if (one.part != "0") found.push_back(one.entity);
  std::sort(found.begin(), found.end());
  EXPECT_EQ(found, (std::vector<std::string>{"ca_sin", "phone_number"}));
}

TEST(Scanner, SaysWhereInATextADisguisedNumberStands) {
  const std::string before =
      "Gr\xC3\xBC\xC3\x9F"
      "e, my credit card is ";
  std::string number = "four";
  for (int i = 0; i < 15; ++i) number += " one";
  const Scanned scanned = scanner().scan(before + number + ", thanks", InputKind::kText,
                                         "text", Deadline::never());
  const model::Finding* card = find(scanned.report, "payment_card_number");
  ASSERT_NE(card, nullptr);
  const std::size_t start = before.size() - 2;  // two letters of two bytes
  EXPECT_EQ(card->start, start);
  EXPECT_EQ(card->end, start + number.size());
}

TEST(Scanner, NamesParticipantsByFingerprint) {
  const Scanned scanned = scan_message(mail("Hello.\n"));
  const Fingerprint jane = key().of("email_address", "jane.roe@example.com");
  const Fingerprint pat = key().of("email_address", "pat@else.test");
  const auto contains = [](const auto& list, const auto& value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  EXPECT_TRUE(contains(scanned.report.participants, jane));
  EXPECT_TRUE(contains(scanned.report.participants, pat));
  EXPECT_TRUE(contains(scanned.report.authors, jane));
  EXPECT_FALSE(contains(scanned.report.authors, pat));
}

TEST(Scanner, KnowsARetryOfTheSameMessage) {
  const std::string first = mail("Hello.\n");
  const std::string retry = "Received: by mail.example.com; later\n" + first;
  const std::string other = mail("Hello!\n");
  const auto fingerprint = [](const std::string& bytes) {
    return scan_message(bytes).report.message_fingerprint;
  };
  EXPECT_EQ(fingerprint(first), fingerprint(retry));
  EXPECT_NE(fingerprint(first), fingerprint(other));
}

TEST(Scanner, PutsTheSurestFindingFirst) {
  const Scanned scanned =
      scan_message(mail("Write to someone@else.test. IBAN GB29 NWBK 6016 1331 9268 19, "
                        "credit card 4111 1111 1111 1111.\n"));
  const auto& findings = scanned.report.findings;
  ASSERT_GE(findings.size(), 3U);
  EXPECT_TRUE(std::is_sorted(
      findings.begin(), findings.end(),
      [](const auto& a, const auto& b) { return a.confidence > b.confidence; }));
}

TEST(Scanner, CountsWhatItDropsBeyondTheLimit) {
  std::string body;
  for (int i = 0; i < 50; ++i) body += "person" + std::to_string(i) + "@else.test\n";
  Limits limits;
  limits.findings = 20;
  const Scanned scanned = scan_message(mail(body), limits);
  EXPECT_EQ(scanned.report.findings.size(), 20U);
  EXPECT_EQ(scanned.values.size(), 20U);
  EXPECT_GE(scanned.report.findings_dropped, 30U);
}

TEST(Scanner, ReadsTheBeginningOfATooLargeMessageAndSaysSo) {
  Limits limits;
  limits.message_bytes = 400;
  const Scanned scanned = scan_message(
      mail("My credit card is 4111 1111 1111 1111.\n" + std::string(10'000, 'x')),
      limits);
  EXPECT_TRUE(has(scanned.report, model::UnreadableReason::kTooLarge));
  EXPECT_NE(find(scanned.report, "payment_card_number"), nullptr);
}

TEST(Scanner, SaysWhenTimeIsUp) {
  std::string body;
  for (int i = 0; i < 20'000; ++i)
    body += "line " + std::to_string(i) + " of a long mail\n";
  const Scanned scanned = scanner().scan(mail(body), InputKind::kMessage, "",
                                         Deadline::after(Milliseconds(-1)));
  EXPECT_TRUE(has(scanned.report, model::UnreadableReason::kTimedOut));
}

struct RedactCase {
  const char* name;
  std::string message;
};
class Redact : public testing::TestWithParam<RedactCase> {};

// Masks everything that was found, then scans again: nothing of medium or more is left.
TEST_P(Redact, LeavesNothingToFind) {
  Scanner one = scanner();
  const std::string& message = GetParam().message;
  const Scanned before = one.scan(message, InputKind::kMessage, "", Deadline::never());
  std::vector<model::MaskTarget> targets;
  for (const model::Finding& finding : before.report.findings) {
    targets.push_back(
        {finding.part, finding.path, finding.zone, finding.start, finding.end});
  }
  ASSERT_FALSE(targets.empty());
  const extract::Redacted redacted = one.redact(message, targets, Deadline::never());
  ASSERT_TRUE(redacted.report.possible) << redacted.report.reason;
  ASSERT_TRUE(redacted.report.body_changed);
  const std::size_t body = message.find("\n\n") + 2;
  const Scanned after = one.scan(message.substr(0, body) + redacted.body,
                                 InputKind::kMessage, "", Deadline::never());
  for (const model::Finding& finding : after.report.findings) {
    EXPECT_LT(finding.level(), model::Level::kMedium) << finding.entity;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Redact,
    testing::Values(
        RedactCase{"Plain", "Subject: x\n\nMy credit card is 4111 1111 1111 1111.\n"},
        RedactCase{"Base64",
                   "Subject: x\nContent-Transfer-Encoding: base64\n\n"
                   "TXkgY3JlZGl0IGNhcmQgaXMgNDExMSAxMTExIDExMTEgMTExMS4K\n"},
        RedactCase{"QuotedPrintable",
                   "Subject: x\nContent-Type: text/plain; charset=iso-8859-1\n"
                   "Content-Transfer-Encoding: quoted-printable\n\n"
                   "=DCber IBAN DE89 3704 0044 0532 0=\n130 00 bitte.\n"},
        RedactCase{"Html",
                   "Subject: x\nContent-Type: text/html\n\n"
                   "<p>Credit card <b>4111</b>&nbsp;1111&#32;1111 1111</p>\n"},
        RedactCase{
            "OneOfTwoParts",
            "Subject: x\nContent-Type: multipart/mixed; boundary=b\n\n"
            "--b\nContent-Type: text/plain\n\nHello.\n--b\n"
            "Content-Type: text/plain\n\ncredit card 4111-1111-1111-1111\n--b--\n"}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace noshare::scan
