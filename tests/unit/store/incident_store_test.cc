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

#include "incidents.h"

namespace noshare::store {
namespace {

namespace fs = std::filesystem;
using Access = IncidentStore::Access;

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

}  // namespace
}  // namespace noshare::store
