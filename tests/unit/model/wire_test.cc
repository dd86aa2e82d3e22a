#include "noshare/model/wire.h"

#include <random>

#include <gtest/gtest.h>

namespace noshare::model {
namespace {

Finding sample_finding() {
  Finding finding;
  finding.entity = "payment_card_number";
  finding.confidence = 95;
  finding.part = "1.2";
  finding.path = "customers.zip \xE2\x80\xBA list.csv";
  finding.zone = Zone::kCell;
  finding.start = 120;
  finding.end = 139;
  finding.masked = "************1111";
  finding.fingerprint.bytes.fill(7);
  finding.quoted = true;
  finding.why = {"matched 30", "luhn passed, now 75"};
  return finding;
}

ScanReport sample_report() {
  ScanReport report;
  report.bytes = 5120;
  report.ms = 1.5;
  report.is_signed = true;
  report.message_id = "<a@example.com>";
  report.snapshot = "abc";
  report.findings = {sample_finding(), sample_finding()};
  report.unreadable = {{"3", "secret.zip", UnreadableReason::kEncrypted, "zip"}};
  report.participants.resize(2);
  report.entities["payment_card_number"] = {
      "Payment card number", {"financial", "payment"}, {"financial_account_number"}};
  return report;
}

TEST(Wire, ReportsComeBackAsTheyWere) {
  const ScanReport report = sample_report();
  const std::string bytes = encode(report);
  const ScanReport back = decode_scan_report(bytes).value();
  EXPECT_EQ(back.findings, report.findings);
  EXPECT_EQ(back.unreadable, report.unreadable);
  EXPECT_EQ(back.entities, report.entities);
  EXPECT_EQ(back.participants, report.participants);
  EXPECT_EQ(back.ms, report.ms);
  EXPECT_TRUE(back.is_signed);
  EXPECT_EQ(encode(back), bytes);
}

TEST(Wire, RequestsComeBackAsTheyWere) {
  ScanRequest request;
  request.kind = RequestKind::kRedact;
  request.id = 0xFEDCBA9876543210ULL;
  request.targets = {{"1", "body", Zone::kBody, 3, 9}};
  EXPECT_EQ(decode_scan_request(encode(request)).value(), request);
}

TEST(Wire, EveryShortenedOrLengthenedFormIsRefused) {
  const std::string bytes = encode(sample_report());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    EXPECT_FALSE(decode_scan_report(std::string_view(bytes).substr(0, size))) << size;
  }
  EXPECT_FALSE(decode_scan_report(bytes + '\0'));
}

TEST(Wire, OneStructIsNotTakenForAnother) {
  EXPECT_FALSE(decode_scan_report(encode(ScanRequest{})));
  EXPECT_FALSE(decode_scan_request(encode(ScanReport{})));
  EXPECT_FALSE(decode_redact_report(encode(ScanReport{})));
}

TEST(Wire, AFalseCountCostsNoMemory) {
  std::string bytes = encode(ScanRequest{});
  bytes.replace(bytes.size() - 4, 4, "\xFF\xFF\xFF\xFF");
  EXPECT_FALSE(decode_scan_request(bytes));
}

// Whatever a decoder accepts, the encoder writes in the same way: there is one form only.
TEST(Wire, WhatIsAcceptedAfterDamageIsStillCanonical) {
  std::mt19937 random(1);
  const std::string good = encode(sample_report());
  int accepted = 0;
  for (int round = 0; round < 5000; ++round) {
    std::string bytes = good;
    bytes[random() % bytes.size()] = static_cast<char>(random());
    if (const auto report = decode_scan_report(bytes)) {
      EXPECT_EQ(encode(*report), bytes);
      ++accepted;
    }
  }
  EXPECT_GT(accepted, 0);
  EXPECT_LT(accepted, 5000);
}

}  // namespace
}  // namespace noshare::model
