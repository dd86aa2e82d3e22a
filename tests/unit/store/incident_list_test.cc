// Lists, searches and counts of incidents, and what is removed from them.
#include <algorithm>
#include <set>

#include <gtest/gtest.h>

#include "noshare/base/day.h"
#include "noshare/store/hold_store.h"
#include "noshare/store/incident_store.h"

#include "incidents.h"

namespace noshare::store {
namespace {

// A million incidents are counted as they come, by day and by month.
TEST_F(Store, CountsDaysAndWholeMonthsOfASpan) {
  const auto store = open();
  for (const char* day :
       {"2025-12-31", "2026-01-01", "2026-01-31", "2026-02-15", "2026-02-28",
        "2026-03-01", "2026-03-02", "2026-10-10", "2026-11-05"}) {
    auto incident = sample(day);
    incident.time_us = day_begin_us(day).value() + 5;
    ASSERT_TRUE(store->record(incident));
  }
  const auto count = [&](const char* first, const char* last) {
    const auto summary = store->summary(first, last).value();
    const std::int64_t by_rule = summary.by_rule.empty() ? 0 : summary.by_rule[0].count;
    EXPECT_EQ(by_rule, summary.incidents) << first << " to " << last;
    return by_rule;
  };
  EXPECT_EQ(count("2025-12-31", "2026-11-05"), 9);
  EXPECT_EQ(count("2026-01-01", "2026-03-01"), 5);
  EXPECT_EQ(count("2026-01-02", "2026-02-27"), 2);
  EXPECT_EQ(count("2026-02-01", "2026-02-28"), 2);
  EXPECT_EQ(count("2026-09-30", "2026-11-04"), 1);
  EXPECT_EQ(count("2026-04-01", "2026-09-30"), 0);
  const auto year = store->summary("2026-01-01", "2026-12-31").value();
  ASSERT_EQ(year.by_recipient_domain.size(), 1U);
  EXPECT_EQ(year.by_recipient_domain[0].name, "else.test");
  EXPECT_EQ(year.by_recipient_domain[0].count, 8);
  EXPECT_EQ(year.by_day.size(), 8U);
  EXPECT_EQ(year.entity_by_day.size(), 8U);
}

// Counts of months and of tens of days make up the same sums as those of days.
TEST_F(Store, CountsAnySpanWhateverItIsMadeOf) {
  const auto store = open();
  for (const char* day :
       {"2025-12-31", "2026-01-09", "2026-01-10", "2026-01-19", "2026-01-29",
        "2026-01-30", "2026-02-01", "2026-02-10", "2026-02-20"}) {
    auto incident = sample(day);
    incident.time_us = day_begin_us(day).value() + 5;
    ASSERT_TRUE(store->record(incident));
  }
  const std::int64_t begin = day_begin_us("2025-12-30").value();
  constexpr int kDays = 60;
  for (int first = 0; first < kDays; ++first) {
    for (int last = first; last < kDays; ++last) {
      const std::string since = day_of(begin + first * kDay_us);
      const std::string until = day_of(begin + last * kDay_us);
      const auto summary = store->summary(since, until).value();
      const auto sum = summary.by_sender.empty() ? 0 : summary.by_sender[0].count;
      ASSERT_EQ(sum, summary.incidents) << since << " to " << until;
    }
  }
}

// More than are asked for in one question.
TEST_F(Store, FindsManyAtOnceAndLeavesOutWhatIsNotThere) {
  const auto store = open();
  std::vector<std::string> numbers{"NS-NOTTHERE"};
  for (int i = 0; i < 70; ++i) {
    numbers.push_back(store->record(sample(std::to_string(i))).value());
  }
  const auto found = store->find_all(numbers).value();
  ASSERT_EQ(found.size(), 70U);
  for (const model::Incident& one : found) {
    EXPECT_EQ(one.report.findings, sample().report.findings);
    EXPECT_EQ(one.envelope.recipients, sample().envelope.recipients);
    EXPECT_EQ(one.report.unreadable, sample().report.unreadable);
    EXPECT_EQ(std::count(numbers.begin(), numbers.end(), one.case_number), 1);
  }
  EXPECT_TRUE(store->find_all({})->empty());
}

TEST_F(Store, GivesPagesWithoutGapOrRepetition) {
  const auto store = open();
  for (int i = 0; i < 25; ++i) {
    auto incident = sample(std::to_string(i));
    incident.time_us = 1'795'000'000'000'000 + i / 5;  // several at the same time
    ASSERT_TRUE(store->record(incident));
  }
  for (const char* sender : {"", "jane@example.com", "*@example.com", "ja*"}) {
    IncidentFilter filter;
    filter.sender = sender;
    filter.most = 4;
    std::set<std::string> seen;
    for (;;) {
      const auto page = store->list(filter).value();
      for (const auto& one : page) EXPECT_TRUE(seen.insert(one.case_number).second);
      if (page.size() < filter.most) break;
      filter.before_case = page.back().case_number;
    }
    EXPECT_EQ(seen.size(), 25U) << sender;
  }
}

// Two things that many show and few show together: the search comes back in between.
TEST_F(Store, LooksAtSoManyAndThenGoesOn) {
  const auto store = open();
  for (int i = 0; i < 25; ++i) {
    auto incident = sample(std::to_string(i));
    incident.time_us += i;
    if (i != 3) incident.report.findings[0].entity = "iban";
    ASSERT_TRUE(store->record(incident));
  }
  for (const char* sender : {"", "j*@exa*"}) {
    IncidentFilter filter;
    filter.rule = "cards";
    filter.entity = "payment_card_number";
    filter.action = model::Action::kReject;
    filter.sender = sender;
    filter.look_at = 10;
    EXPECT_EQ(store->page(filter)->incidents.size(), 1U) << "the rare one comes first";
    filter.entity.clear();
    filter.most = 8;
    std::set<std::string> seen;
    std::size_t pages = 0;
    for (;; ++pages) {
      const auto page = store->page(filter).value();
      for (const auto& one : page.incidents) {
        EXPECT_TRUE(seen.insert(one.case_number).second);
      }
      if (page.next.empty()) break;
      filter.before_case = page.next;
    }
    EXPECT_EQ(seen.size(), 25U);
    EXPECT_EQ(pages, 3U);
    filter.before_case.clear();
    filter.recipient = "*nobody*";
    EXPECT_TRUE(store->page(filter)->next.empty())
        << "nobody: there is nothing to look at";
    filter.recipient.clear();
    filter.rule = "note";
    filter.look_at = 5;
    EXPECT_EQ(store->page(filter)->incidents.size(), 5U);
    EXPECT_FALSE(store->page(filter)->next.empty());
  }
}

TEST_F(Store, SearchesByAllThatIsAskedAtOnce) {
  const auto store = open();
  ASSERT_TRUE(store->record(sample("one")));
  auto other = sample("two");
  other.envelope.sender = "Carl.B@example.com";
  ASSERT_TRUE(store->record(other));
  const auto found = [&](auto change) {
    IncidentFilter filter;
    change(filter);
    const auto list = store->list(filter);
    EXPECT_TRUE(list) << (list ? "" : list.error().message);
    return list ? list->size() : 0;
  };
  EXPECT_EQ(found([](IncidentFilter& f) { f.sender = "carl.b@EXAMPLE.com"; }), 1U);
  EXPECT_EQ(found([](IncidentFilter& f) { f.sender = "*b@example.*"; }), 1U);
  EXPECT_EQ(found([](IncidentFilter& f) { f.recipient = "*lse.te*"; }), 2U);
  EXPECT_EQ(found([](IncidentFilter& f) { f.recipient = "*_lse.test"; }), 0U);
  EXPECT_EQ(found([](IncidentFilter& f) {
              f.rule = "note";
              f.entity = "payment_card_number";
              f.action = model::Action::kReject;
              f.sender = "*@example.com";
              f.recipient = "x@else.test";
              f.since_us = 1;
              f.until_us = 1'796'000'000'000'000;
            }),
            2U);
  EXPECT_EQ(found([](IncidentFilter& f) {
              f.rule = "cards";
              f.message_id = "two";
              f.queue_id = "4XyZ";
            }),
            1U);
}

TEST_F(Store, GivesSomebodyWhoSeesFewSendersTheirsWhateverElseThereIs) {
  const auto store = open();
  std::string theirs;
  for (int i = 0; i < 9; ++i) {
    auto incident = sample(std::to_string(i));
    incident.time_us += i;
    if (i == 0) incident.envelope.sender = "carol@example.com";
    const std::string number = store->record(incident).value();
    if (i == 0) theirs = number;
  }
  IncidentFilter filter;
  filter.most = 3;
  filter.among_senders = {"carol@*", "dave@*"};
  const auto page = store->page(filter).value();
  ASSERT_EQ(page.incidents.size(), 1U);
  EXPECT_EQ(page.incidents[0].case_number, theirs);
  EXPECT_EQ(page.next, "");
  filter.rule = "cards";
  EXPECT_EQ(store->list(filter)->size(), 1U);
  filter.look_at = 4;
  EXPECT_NE(store->page(filter)->next, "") << "it has not looked at all of them";
  filter.among_senders = std::vector<std::string>();
  EXPECT_TRUE(store->list(filter)->empty());
}

TEST_F(Store, ForgetsSendersOfDaysThatAreGoneAndKeepsThoseOfTheSameMonth) {
  const auto store = open();
  for (const char* day : {"2026-01-11", "2026-01-14", "2026-01-15", "2026-02-03"}) {
    auto incident = sample(day);
    incident.time_us = day_begin_us(day).value() + 5;
    if (std::string(day) == "2026-01-14") incident.envelope.sender = "gone@example.com";
    ASSERT_TRUE(store->record(incident));
  }
  ASSERT_EQ(store->purge(day_begin_us("2026-01-15").value())->incidents, 2);
  for (const char* last : {"2026-01-19", "2026-01-31", "2026-02-28"}) {
    const auto summary = store->summary("2026-01-01", last).value();
    ASSERT_EQ(summary.by_sender.size(), 1U) << last;
    EXPECT_EQ(summary.by_sender[0].name, "jane@example.com");
    EXPECT_EQ(summary.by_sender[0].count, last[6] == '1' ? 1 : 2) << last;
  }
}

TEST_F(Store, RemovesWhatIsOldButNothingThatWaits) {
  const auto store = open();
  const FingerprintKey key = FingerprintKey::random();
  const auto holds = HoldStore::open(file_, HoldStore::Access::kReadWrite, key).value();
  std::vector<std::string> cases;
  for (const char* day : {"2026-01-05", "2026-01-06", "2026-01-07", "2026-03-01"}) {
    auto incident = sample(day);
    incident.time_us = day_begin_us(day).value() + 5;
    if (cases.size() == 2) incident.envelope.sender = "gone@example.com";
    cases.push_back(store->record(incident).value());
  }
  ASSERT_TRUE(holds->held(cases[0], 1));
  ASSERT_TRUE(holds->held(cases[1], 1));
  ASSERT_TRUE(holds->deny(cases[1], "anna", "no", 2));
  const auto purged = store->purge(day_begin_us("2026-02-01").value()).value();
  EXPECT_EQ(purged.incidents, 2);
  EXPECT_EQ(purged.left, 1);
  EXPECT_EQ(day_of(purged.first_us), "2026-01-06");
  EXPECT_EQ(day_of(purged.last_us), "2026-01-07");
  EXPECT_TRUE(store->find(cases[0]));
  EXPECT_EQ(store->find(cases[1]).error().code, ErrorCode::kNotFound);
  EXPECT_EQ(holds->find(cases[1]).error().code, ErrorCode::kNotFound);
  IncidentFilter filter;
  filter.entity = "payment_card_number";
  EXPECT_EQ(store->list(filter)->size(), 2U) << "the index has lost them, too";
  const auto summary = store->summary("2026-01-01", "2026-03-31").value();
  EXPECT_EQ(summary.incidents, 4) << "counts stay";
  ASSERT_EQ(summary.by_sender.size(), 1U);
  EXPECT_EQ(summary.by_sender[0].count, 1) << "but for who sent it";
  EXPECT_EQ(store->purge(day_begin_us("2026-02-01").value())->incidents, 0);
  // Its address is nowhere any more: a second row of the same would be refused.
  place_.execute("INSERT INTO index_names VALUES (1, 'gone@example.com')");
}

}  // namespace
}  // namespace noshare::store
