#include "noshare/outbox/notice.h"

#include <gtest/gtest.h>

#include "noshare/base/text.h"

namespace noshare::outbox {
namespace {

model::Incident held_incident() {
  model::Incident incident;
  incident.case_number = "NS-7K3M9QX2";
  incident.time_us = 1'795'000'000'000'000;
  incident.envelope.sender = "jane@example.com";
  incident.envelope.recipients = {"x@else.test"};
  incident.report.message_id = "<a@example.com>";
  model::Finding finding;
  finding.entity = "payment_card_number";
  finding.masked = "************1111";
  finding.path = "body";
  incident.report.findings = {finding};
  incident.report.unreadable = {
      {"2", "secret.zip", model::UnreadableReason::kEncrypted, "zip"}};
  return incident;
}

config::Settings settings() {
  return config::parse_settings(
             "organisation: {domains: [\"*.example.com\", example.com]}\n", "test.yaml")
      .value();
}

TEST(HeldNotice, SaysWhatWasFoundMaskedAndWhoWouldHaveGotIt) {
  const auto notice = held_notice(held_incident(), settings());
  ASSERT_TRUE(notice);
  EXPECT_EQ(notice->recipient, "jane@example.com");
  for (const char* part :
       {"From: noshare <postmaster@example.com>\r\n", "To: <jane@example.com>\r\n",
        "Subject: Your message was held, case NS-7K3M9QX2\r\n",
        "Date: Wed, 18 Nov 2026 11:06:40 +0000\r\n", "Auto-Submitted: auto-generated\r\n",
        "payment_card_number  ************1111  in body", "x@else.test",
        "could not be read (encrypted): secret.zip"}) {
    EXPECT_NE(notice->letter.find(part), std::string::npos) << part << "\nin\n"
                                                            << notice->letter;
  }
}

TEST(HeldNotice, HasOnlyLinesThatMailMayCarry) {
  model::Incident incident = held_incident();
  incident.report.message_id = "<\xc3\xa9\r\nBcc: eve@else.test>";
  incident.report.findings[0].path = "a\r\n.\r\nname \xf0\x9f\x98\x80.pdf";
  const auto notice = held_notice(incident, settings());
  ASSERT_TRUE(notice);
  EXPECT_TRUE(is_ascii(notice->letter));
  EXPECT_EQ(notice->letter.find("\r\nBcc:"), std::string::npos);
  for (const std::string_view line : split(notice->letter, '\n')) {
    EXPECT_LE(line.size(), 998U);
    EXPECT_NE(line, ".\r");
  }
}

TEST(HeldNotice, IsNotSentToBouncesStrangersOrAgainstTheSettings) {
  model::Incident incident = held_incident();
  incident.envelope.sender.clear();
  EXPECT_FALSE(held_notice(incident, settings()));
  incident.envelope.sender = "jane@else.test";
  EXPECT_FALSE(held_notice(incident, settings()));
  config::Settings silent = settings();
  silent.notices.held = false;
  EXPECT_FALSE(held_notice(held_incident(), silent));
}

TEST(HeldNotice, CarriesTheAdviceOfTheAdministrator) {
  config::Settings own = settings();
  own.notices.advice = "Call extension 42.";
  own.notices.from = "privacy@example.com";
  const auto notice = held_notice(held_incident(), own);
  ASSERT_TRUE(notice);
  EXPECT_NE(notice->letter.find("Call extension 42.\r\n"), std::string::npos);
  EXPECT_NE(notice->letter.find("From: noshare <privacy@example.com>"),
            std::string::npos);
}

}  // namespace
}  // namespace noshare::outbox
