// What the tests of incidents share: an incident, and a fresh store for each case.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <utility>

#include <gtest/gtest.h>

#include "noshare/store/incident_store.h"

#include "place.h"

namespace noshare::store {

inline model::Incident sample(const std::string& message_id = "<a@example.com>") {
  model::Incident incident;
  incident.time_us = 1'795'000'000'000'000;
  incident.envelope.sender = "jane@example.com";
  incident.envelope.recipients = {"x@else.test", "y@example.com"};
  incident.envelope.queue_id = "4XyZ";
  incident.report.bytes = 5120;
  incident.report.message_id = message_id;
  incident.report.message_fingerprint.bytes.fill(3);
  model::Finding finding;
  finding.entity = "payment_card_number";
  finding.confidence = 95;
  finding.part = "1";
  finding.path = "body";
  finding.zone = model::Zone::kHtmlVisible;
  finding.start = 4;
  finding.end = 23;
  finding.masked = "************1111";
  finding.fingerprint.bytes.fill(9);
  finding.why = {"matched 30", "luhn passed, now 75"};
  incident.report.findings = {finding};
  incident.report.unreadable = {
      {"2", "secret.zip", model::UnreadableReason::kEncrypted, "zip"}};
  incident.verdict.action = model::Action::kReject;
  incident.verdict.rule = "cards";
  incident.verdict.reply = "550 5.7.1 no";
  incident.verdict.recipients = {
      {"x@else.test",
       model::Party::kThird,
       model::Action::kReject,
       "cards",
       {"cards", "note"},
       {0}},
      {"y@example.com", model::Party::kFirst, model::Action::kDeliver, "", {}, {}}};
  incident.verdict.allowances = {{0, "y@example.com", "first party"}};
  incident.verdict.why = {"one card"};
  incident.policy_version = "p1";
  incident.pack_version = "k1";
  incident.carried_out = model::Action::kReject;
  return incident;
}

class Store : public testing::Test {
 protected:
  void SetUp() override { file_ = place_.path(); }
  std::unique_ptr<IncidentStore> open(
      IncidentStore::Access access = IncidentStore::Access::kReadWrite) {
    auto store = IncidentStore::open(file_, access);
    EXPECT_TRUE(store) << (store ? "" : store.error().message);
    return store ? std::move(*store) : nullptr;
  }
  TestPlace place_;
  std::filesystem::path file_;
};

}  // namespace noshare::store
