#include "noshare/model/report_json.h"

#include <gtest/gtest.h>

namespace noshare::model {
namespace {

TEST(ReportJson, HasTheDocumentedFormInOrder) {
  ScanReport report;
  report.bytes = 5120;
  report.ms = 1.9;
  Finding finding;
  finding.entity = "payment_card_number";
  finding.confidence = 95;
  finding.part = "2";
  finding.path = "body";
  finding.start = 120;
  finding.end = 139;
  finding.masked = "************1111";
  finding.why = {"matched 30"};
  report.findings = {finding};
  report.unreadable = {{"3", "secret.zip", UnreadableReason::kEncrypted, ""}};
  Verdict verdict;
  verdict.action = Action::kReject;
  verdict.rule = "cards";
  verdict.recipients = {
      {"x@else.test", Party::kThird, Action::kReject, "cards", {"cards", "note"}, {0}}};

  const Json json = scan_report_json("a.eml", report, &verdict);
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  EXPECT_EQ(keys, (std::vector<std::string>{"file", "bytes", "encrypted", "verdict",
                                            "findings", "unreadable", "ms"}));
  EXPECT_EQ(json["verdict"]["action"], "reject");
  EXPECT_EQ(json["verdict"]["recipients"][0]["party"], "third");
  EXPECT_EQ(json["findings"][0]["level"], "high");
  EXPECT_EQ(json["findings"][0]["zone"], "body");
  EXPECT_EQ(json["findings"][0]["disclosed_to"], Json::array({"x@else.test"}));
  EXPECT_EQ(json["unreadable"][0]["reason"], "encrypted");
}

TEST(ReportJson, NamesNobodyWithoutAVerdict) {
  ScanReport report;
  report.findings.resize(1);
  const Json json = scan_report_json("-", report, nullptr);
  EXPECT_TRUE(json["verdict"].is_null());
  EXPECT_EQ(json["findings"][0]["disclosed_to"], Json::array());
}

TEST(ReportJson, NamesTheUmbrellasOfAFinding) {
  ScanReport report;
  report.findings.resize(2);
  report.findings[0].entity = "ipv4_address";
  report.findings[1].entity = "iban";
  report.entities["ipv4_address"] = {"IP address", {"network"}, {"ip_address"}};
  report.entities["iban"] = {"Bank account", {"financial"}};
  const Json json = scan_report_json("-", report, nullptr);
  EXPECT_EQ(json["findings"][0]["umbrellas"], Json::array({"ip_address"}));
  EXPECT_FALSE(json["findings"][1].contains("umbrellas"));
}

}  // namespace
}  // namespace noshare::model
