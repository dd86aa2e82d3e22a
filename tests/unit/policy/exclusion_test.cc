// Findings that are none, as officers found; and verdicts made again.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/base/clock.h"
#include "noshare/policy/replay.h"

#include "stories.h"

namespace noshare::policy {
namespace {

using model::Action;
using testing::HasSubstr;

constexpr const char* kRules =
    "rules:\n"
    "  - {id: opted-out, when: {opted_out: true}, then: reject}\n"
    "  - {id: anything, when: {confidence: medium}, then: hold}\n";
const Found kOrder{"payment_card_number", "4111111111111111", 95, ""};
const Found kOther{"payment_card_number", "5500005555555559", 95, ""};

// 2026-11-24T10:15:00Z
constexpr std::int64_t kTime_us = 1'795'515'300'000'000;

model::Incident incident(const std::vector<Found>& found,
                         const std::vector<std::string>& recipients = {"x@shop.test"}) {
  model::Incident made;
  made.time_us = kTime_us;
  made.envelope = mail("jane@example.com", recipients);
  made.report = report(found);
  made.verdict = replay(policy(kRules), made);
  return made;
}

model::Exclusion exclusion(Reach reach, const model::Incident& of) {
  for (auto& [one, made] : exclusions_for(of, 0)) {
    if (one == reach) return made;
  }
  ADD_FAILURE() << "no exclusion reaches " << name(reach);
  return {};
}

Action with(Reach reach, const model::Incident& proposed, const model::Incident& judged) {
  return replay_with(policy(kRules), judged, exclusion(reach, proposed)).action;
}

TEST(Exclusion, LetsPassWhatItIsAboutAndNamesItself) {
  const auto held = incident({kOrder});
  ASSERT_EQ(held.verdict.action, Action::kHold);
  auto one = exclusion(Reach::kHere, held);
  one.id = "FP-00000001";
  const auto verdict = replay_with(policy(kRules), held, one);
  EXPECT_EQ(verdict.action, Action::kDeliver);
  ASSERT_EQ(verdict.allowances.size(), 1U);
  EXPECT_EQ(verdict.allowances[0].reason,
            "no personal data, officers found (FP-00000001)");
}

TEST(Exclusion, LeavesEverythingElseOfTheMailAsItIs) {
  const auto held = incident({kOrder, kOther});
  EXPECT_EQ(with(Reach::kKind, held, held), Action::kDeliver);
  for (const Reach reach : {Reach::kHere, Reach::kSender, Reach::kEverywhere}) {
    EXPECT_EQ(with(reach, held, held), Action::kHold) << name(reach);
  }
}

TEST(Exclusion, ReachesNoFurtherThanItSays) {
  const auto held = incident({kOrder});
  const auto elsewhere = incident({kOrder}, {"x@else.test"});
  auto stranger = held;
  stranger.envelope.sender = "carl@example.com";
  auto number = incident({kOther});
  struct {
    Reach reach;
    Action elsewhere, stranger, number;
  } const cases[] = {
      {Reach::kHere, Action::kHold, Action::kHold, Action::kHold},
      {Reach::kSender, Action::kDeliver, Action::kHold, Action::kHold},
      {Reach::kEverywhere, Action::kDeliver, Action::kDeliver, Action::kHold},
      {Reach::kKind, Action::kHold, Action::kHold, Action::kDeliver}};
  for (const auto& one : cases) {
    EXPECT_EQ(with(one.reach, held, elsewhere), one.elsewhere) << name(one.reach);
    EXPECT_EQ(with(one.reach, held, stranger), one.stranger) << name(one.reach);
    EXPECT_EQ(with(one.reach, held, number), one.number) << name(one.reach);
  }
}

TEST(Exclusion, IsWorthNothingAgainstAnOptOut) {
  const auto held = incident({kOrder});
  auto forbidden = held;
  model::Permission never;
  never.kind = model::PermissionKind::kNever;
  never.subjects = {held.report.findings[0].fingerprint};
  never.recipient = "*";
  forbidden.known.permissions = {never};
  EXPECT_EQ(with(Reach::kEverywhere, held, forbidden), Action::kReject);
}

TEST(Exclusion, IsNotProposedForWhatCountsForNobody) {
  EXPECT_TRUE(exclusions_for(incident({kOrder}, {"bob@example.com"}), 0).empty());
  EXPECT_TRUE(exclusions_for(incident({kOrder}), 7).empty());
}

TEST(Replay, GivesTheSameVerdictWithWhatWasKnownThen) {
  auto held = incident({kOrder});
  EXPECT_TRUE(same_fate(held.verdict, replay(policy(kRules), held)));
  const auto excluded = exclusion(Reach::kHere, held);
  held.known.exclusions = {excluded};
  held.verdict = replay(policy(kRules), held);
  EXPECT_EQ(held.verdict.action, Action::kDeliver);
  EXPECT_TRUE(same_fate(held.verdict, replay(policy(kRules), held)));
}

TEST(Replay, TellsAnotherFate) {
  const auto held = incident({kOrder});
  const auto now = replay(policy("rules:\n  - {id: anything, when: {confidence: medium}, "
                                 "then: reject}\n"),
                          held);
  EXPECT_FALSE(same_fate(held.verdict, now));
}

}  // namespace
}  // namespace noshare::policy
