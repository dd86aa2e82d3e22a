// What officers ask of a register with very many incidents, and how long it takes.
//
// In:  store_bench FILE INCIDENTS     FILE is made if it is not there: a year of
// incidents
//      of 500 senders to 2,000 domains, in batches and without fsync
// Out: a line of JSON: milliseconds, the median of several tries each
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <functional>
#include <random>

#include <fmt/format.h>

#include "noshare/base/day.h"
#include "noshare/store/incident_store.h"

#include "store/incident_rows.h"
#include "store/open_file.h"

namespace noshare::store {
namespace {

constexpr std::int64_t kBegin_us = 1'764'000'000'000'000;  // 2025-11-24
constexpr int kDays = 365;
constexpr const char* kEntities[] = {"payment_card_number", "iban",      "email_address",
                                     "phone_number",        "us_ssn",    "person_name",
                                     "street_address",      "birth_date"};
constexpr const char* kRules[] = {"cards", "contact-list", "note", "unread"};
constexpr model::Action kActions[] = {model::Action::kReject, model::Action::kHold,
                                      model::Action::kTag, model::Action::kHold};

[[noreturn]] void die(const Error& error) {
  fmt::print(stderr, "store_bench: {}\n", error.message);
  std::exit(1);
}

model::Incident incident(std::mt19937& random, int number, int of) {
  const auto pick = [&](unsigned most) { return static_cast<unsigned>(random()) % most; };
  model::Incident made;
  made.time_us = kBegin_us + kDays * kDay_us / of * number;
  made.envelope.sender = fmt::format("person{}@example.com", pick(500));
  made.envelope.queue_id = fmt::format("4Q{}", number);
  made.report.message_id = fmt::format("m{}@example.com", number);
  made.report.bytes = 5000;
  const unsigned rule = pick(4);
  made.verdict.action = made.carried_out = kActions[rule];
  made.verdict.rule = kRules[rule];
  for (unsigned i = 0; i <= pick(2); ++i) {
    made.verdict.recipients.push_back({fmt::format("x{}@domain{}.test", i, pick(2000)),
                                       model::Party::kThird,
                                       kActions[rule],
                                       kRules[rule],
                                       {kRules[rule]},
                                       {0}});
  }
  for (unsigned i = 0; i <= pick(3); ++i) {
    model::Finding finding;
    finding.entity = kEntities[pick(8)];
    finding.confidence = 90;
    finding.path = "body";
    finding.masked = "************1111";
    for (auto& byte : finding.fingerprint.bytes)
      byte = static_cast<std::uint8_t>(random());
    finding.why = {"matched 30", "luhn passed, now 75", "near 'card', now 95"};
    made.report.entities[finding.entity] = {"Title", {"payment"}, {}};
    made.report.findings.push_back(std::move(finding));
  }
  return made;
}

Result<void> fill(const std::filesystem::path& file, int count) {
  NOSHARE_TRY(Connection connection, open_file(file, false));
  NOSHARE_CHECK(
      connection.execute("PRAGMA synchronous = OFF; PRAGMA cache_size = -400000"));
  std::mt19937 random(7);
  constexpr int kBatch = 20'000;
  for (int done = 0; done < count;) {
    NOSHARE_TRY(Transaction transaction, Transaction::begin(connection));
    for (const int end = std::min(done + kBatch, count); done < end; ++done) {
      NOSHARE_CHECK(insert_incident(connection, incident(random, done, count),
                                    fmt::format("NS-{:08}", done)));
    }
    NOSHARE_CHECK(transaction.commit());
  }
  return {};
}

double median_ms(const std::function<void()>& act) {
  std::vector<double> times;
  for (int i = 0; i < 7; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    act();
    times.push_back(std::chrono::duration<double, std::milli>(
                        std::chrono::steady_clock::now() - begin)
                        .count());
  }
  std::nth_element(times.begin(), times.begin() + 3, times.end());
  return times[3];
}

int run(const std::filesystem::path& file, int count) {
  if (!std::filesystem::exists(file)) {
    if (const auto filled = fill(file, count); !filled) die(filled.error());
  }
  auto opened = IncidentStore::open(file, IncidentStore::Access::kReadWrite);
  if (!opened) die(opened.error());
  IncidentStore& store = **opened;
  std::string line;
  const auto measure = [&](const char* what, const std::function<bool()>& act) {
    const double ms = median_ms([&] {
      if (!act()) die({ErrorCode::kInternal, std::string(what) + " failed"});
    });
    line += fmt::format("{}\"{}\":{:.1f}", line.empty() ? "" : ",", what, ms);
  };
  const auto search = [&](const char* what, auto change) {
    measure(what, [&] {
      IncidentFilter filter;
      filter.most = 50;
      change(filter);
      return store.list(filter).has_value();
    });
  };
  search("newest", [](IncidentFilter&) {});
  search("a page in the middle",
         [&](IncidentFilter& f) { f.before_case = fmt::format("NS-{:08}", count / 2); });
  search("sender", [](IncidentFilter& f) { f.sender = "person77@example.com"; });
  search("senders of a domain", [](IncidentFilter& f) { f.sender = "*@example.com"; });
  search("recipients of a domain",
         [](IncidentFilter& f) { f.recipient = "*@domain7.test"; });
  search("nobody", [](IncidentFilter& f) { f.sender = "nobody@example.com"; });
  search("rule and entity", [](IncidentFilter& f) {
    f.rule = "unread";
    f.entity = "us_ssn";
  });
  search("sender, rule and domain", [](IncidentFilter& f) {
    f.sender = "person77@example.com";
    f.rule = "cards";
    f.recipient = "*@domain7.test";
  });
  search("pattern in the middle", [](IncidentFilter& f) { f.sender = "*son77*"; });
  measure("one by its number",
          [&] { return store.find(fmt::format("NS-{:08}", count / 3)).has_value(); });
  for (const int days : {30, 365}) {
    measure(days == 30 ? "report of 30 days" : "report of a year", [&] {
      const std::int64_t end = kBegin_us + kDays * kDay_us;
      return store.summary(day_of(end - days * kDay_us), day_of(end)).has_value();
    });
  }
  std::random_device random_seed;
  std::mt19937 random(random_seed());
  measure("record one (fsync)", [&] {
    model::Incident one = incident(random, count, count);
    one.report.message_id = std::to_string(random());
    return store.record(one).has_value();
  });
  fmt::print("{{\"incidents\":{},\"ms\":{{{}}}}}\n", count, line);
  return 0;
}

}  // namespace
}  // namespace noshare::store

int main(int argc, char** argv) {
  if (argc != 3) {
    fmt::print(stderr, "usage: store_bench FILE INCIDENTS\n");
    return 2;
  }
  return noshare::store::run(argv[1], std::atoi(argv[2]));
}
