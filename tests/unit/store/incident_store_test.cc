#include "noshare/store/incident_store.h"

#include <algorithm>
#include <fstream>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "noshare/base/day.h"
#include "noshare/store/hold_store.h"

#include "place.h"

namespace noshare::store {
namespace {

namespace fs = std::filesystem;
using Access = IncidentStore::Access;

model::Incident sample(const std::string& message_id = "<a@example.com>") {
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
  std::unique_ptr<IncidentStore> open(Access access = Access::kReadWrite) {
    auto store = IncidentStore::open(file_, access);
    EXPECT_TRUE(store) << (store ? "" : store.error().message);
    return store ? std::move(*store) : nullptr;
  }
  TestPlace place_;
  fs::path file_;
};

TEST_F(Store, GivesBackWhatWasRecorded) {
  const std::string number = open()->record(sample()).value();
  const model::Incident back = open(Access::kReadOnly)->find(number).value();
  const model::Incident given = sample();
  EXPECT_EQ(back.case_number, number);
  EXPECT_EQ(back.time_us, given.time_us);
  EXPECT_EQ(back.envelope.sender, given.envelope.sender);
  EXPECT_EQ(back.envelope.recipients, given.envelope.recipients);
  EXPECT_EQ(back.report.findings, given.report.findings);
  EXPECT_EQ(back.report.unreadable, given.report.unreadable);
  EXPECT_EQ(back.report.message_fingerprint, given.report.message_fingerprint);
  EXPECT_EQ(back.verdict.action, model::Action::kReject);
  EXPECT_EQ(back.verdict.recipients[0].rules, given.verdict.recipients[0].rules);
  EXPECT_EQ(back.verdict.recipients[0].disclosed, given.verdict.recipients[0].disclosed);
  EXPECT_EQ(back.verdict.recipients[1].party, model::Party::kFirst);
  EXPECT_EQ(back.verdict.allowances[0].reason, "first party");
  EXPECT_EQ(back.verdict.why, given.verdict.why);
  EXPECT_EQ(back.seen, 1U);
}

TEST_F(Store, CountsRetriesInsteadOfRecordingThemAgain) {
  const auto store = open();
  const std::string first = store->record(sample()).value();
  model::Incident again = sample();
  again.envelope.queue_id = "another";  // a retry gets a new queue id
  std::swap(again.envelope.recipients[0], again.envelope.recipients[1]);
  EXPECT_EQ(store->record(again).value(), first);
  EXPECT_EQ(store->find(first)->seen, 2U);
  EXPECT_EQ(store->list({})->size(), 1U);
}

// A filter that died before it answered may come back with another configuration.
TEST_F(Store, TakesTheSameDecisionByANewerPolicyForARetry) {
  const auto store = open();
  const std::string first = store->record(sample()).value();
  model::Incident again = sample();
  again.policy_version = "p2";
  EXPECT_EQ(store->record(again).value(), first);
  EXPECT_EQ(store->find(first)->policy_version, sample().policy_version);
}

TEST_F(Store, TakesAnotherDecisionForAnotherIncident) {
  const auto store = open();
  std::set<std::string> numbers = {store->record(sample()).value(),
                                   store->record(sample("<b@example.com>")).value()};
  model::Incident other = sample();
  other.verdict.rule = "another";
  numbers.insert(store->record(other).value());
  other = sample();
  other.envelope.recipients = {"z@else.test"};
  numbers.insert(store->record(other).value());
  EXPECT_EQ(numbers.size(), 4U);
}

struct FilterCase {
  const char* name;
  IncidentFilter filter;
  std::size_t found;
};

TEST_F(Store, FindsByEveryField) {
  const auto store = open();
  ASSERT_TRUE(store->record(sample()));
  const auto with = [](auto set) {
    IncidentFilter filter;
    set(filter);
    return filter;
  };
  using F = IncidentFilter;
  const std::vector<FilterCase> cases = {
      {"everything", {}, 1},
      {"sender", with([](F& f) { f.sender = "*@example.com"; }), 1},
      {"sender, no glob of SQLite's", with([](F& f) { f.sender = "jan_@example.com"; }),
       0},
      {"recipient", with([](F& f) { f.recipient = "X@ELSE.test"; }), 1},
      {"another recipient", with([](F& f) { f.recipient = "x@other.test"; }), 0},
      {"rule, also one that did not decide", with([](F& f) { f.rule = "note"; }), 1},
      {"another rule", with([](F& f) { f.rule = "not"; }), 0},
      {"entity", with([](F& f) { f.entity = "payment_card_number"; }), 1},
      {"another entity", with([](F& f) { f.entity = "iban"; }), 0},
      {"action", with([](F& f) { f.action = model::Action::kReject; }), 1},
      {"another action", with([](F& f) { f.action = model::Action::kHold; }), 0},
      {"since", with([](F& f) { f.since_us = 1'795'000'000'000'000; }), 1},
      {"later", with([](F& f) { f.since_us = 1'795'000'000'000'001; }), 0},
      {"until", with([](F& f) { f.until_us = 1'795'000'000'000'000; }), 0},
      {"queue id", with([](F& f) { f.queue_id = "4XyZ"; }), 1},
      {"quote in a value", with([](F& f) { f.queue_id = "' OR 1=1 --"; }), 0},
      {"none wanted", with([](F& f) { f.most = 0; }), 0},
  };
  for (const FilterCase& one : cases) {
    const auto list = store->list(one.filter);
    ASSERT_TRUE(list) << one.name;
    EXPECT_EQ(list->size(), one.found) << one.name;
  }
}

TEST_F(Store, IsNotForOthersEyes) {
  if (!TestPlace::is_file()) return;
  open();
  struct stat facts {};
  ASSERT_EQ(::stat(file_.c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0007U, 0U);
}

TEST_F(Store, RefusesWhatIsNoStore) {
  if (!TestPlace::is_file()) return;
  std::ofstream(file_) << std::string(4096, 'x');
  const auto store = IncidentStore::open(file_, Access::kReadWrite);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(fs::file_size(file_), 4096U);
}

TEST_F(Store, RefusesTheFileOfANewerVersionAndLeavesIt) {
  open();
  place_.execute(TestPlace::is_file() ? "PRAGMA user_version = 999"
                                      : "UPDATE noshare_schema SET version = 999");
  const auto store = IncidentStore::open(file_, Access::kReadWrite);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::kInvalidInput);
}

TEST_F(Store, CannotBeReadBeforeItExists) {
  EXPECT_FALSE(IncidentStore::open(file_, Access::kReadOnly));
  EXPECT_FALSE(TestPlace::is_file() && fs::exists(file_));
}

TEST_F(Store, SaysSoWhenItIsLocked) {
  if (!TestPlace::is_file()) return;
  const auto store = open();
  sqlite3* raw = nullptr;
  ASSERT_EQ(sqlite3_open(file_.c_str(), &raw), SQLITE_OK);
  ASSERT_EQ(sqlite3_exec(raw, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr), SQLITE_OK);
  const auto number = store->record(sample());
  ASSERT_FALSE(number);
  EXPECT_EQ(number.error().code, ErrorCode::kUnavailable);
  sqlite3_exec(raw, "ROLLBACK", nullptr, nullptr, nullptr);
  sqlite3_close(raw);
  EXPECT_TRUE(store->record(sample()));
}

TEST_F(Store, TakesRecordsFromManyThreadsAndProcesses) {
  const auto store = open();
  const auto other = open();
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&, t] {
      IncidentStore& mine = t % 2 == 0 ? *store : *other;
      for (int i = 0; i < 20; ++i) {
        const auto id =
            "<" + std::to_string(t) + "." + std::to_string(i) + "@example.com>";
        EXPECT_TRUE(mine.record(sample(id)));
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(store->list({})->size(), 80U);
}

// A process that is killed right after record() returned has lost nothing.
TEST_F(Store, KeepsWhatItAcknowledgedWhenTheProcessIsKilled) {
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto store = IncidentStore::open(file_, Access::kReadWrite);
    const bool recorded = store && (*store)->record(sample());
    if (recorded) ::raise(SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(open()->list({})->size(), 1U);
}

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
