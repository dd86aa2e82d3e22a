// store: incidents, durable before the mail server hears the answer.
//
// In:  Incidents     Out: case numbers; lists and single incidents
// Errors: kIo, kUnavailable (locked, disk full), kCorrupt. The caller answers them by
// deferring. Thread-safe. Several processes may open one file (daemon, cli, review).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/model/incident.h"

namespace noshare::store {

struct IncidentFilter {
  std::optional<std::int64_t> since_us;
  std::optional<std::int64_t> until_us;
  std::string sender;  // glob, empty: any
  // Globs: nothing from anybody else is there for who asks.
  std::optional<std::vector<std::string>> among_senders;
  std::string recipient;  // glob
  std::string rule;
  std::string entity;
  std::optional<model::Action> action;
  Fingerprint value;  // of a finding; null: any
  std::string queue_id;
  std::string message_id;
  std::string before_case;  // for the next page: the last case of the one before
  std::uint32_t most = 100;
  // How many are looked at before a search gives what it has; 0: all. Two things that
  // many incidents show, but hardly any both, would otherwise take a look at each of
  // them.
  std::uint32_t look_at = 0;
};

struct IncidentPage {
  std::vector<model::Incident> incidents;
  std::string next;  // `before_case` of the next page; empty: there is no more
};

struct Counted {
  std::string name;
  std::int64_t count = 0;
};

struct DayCount {
  std::string day;  // "2026-11-24", UTC
  std::string name;
  std::int64_t count = 0;
};

// How often a kind of thing was found or stopped, and how often officers said that it was
// none (proposed or approved exclusions).
struct FalseRate {
  std::string name;
  std::int64_t incidents = 0;
  std::int64_t wrong = 0;  // incidents
};

// How often what happened in a span of days. Lists begin with the largest and end after
// 20; days are in order.
struct IncidentSummary {
  std::int64_t incidents = 0;
  std::vector<Counted> by_day;
  std::vector<Counted> by_action;
  std::vector<Counted> by_rule;
  std::vector<Counted> by_entity;  // findings, not incidents
  std::vector<Counted> by_sender;
  std::vector<Counted> by_recipient_domain;
  std::vector<DayCount> action_by_day;
  std::vector<DayCount> rule_by_day;    // of the rules above
  std::vector<DayCount> entity_by_day;  // of the entities above
  std::vector<FalseRate> false_by_rule;
  std::vector<FalseRate> false_by_entity;
};

// What was removed, for the audit log.
struct Purged {
  std::int64_t incidents = 0;
  std::int64_t first_us = 0;  // times of the oldest and the newest of them
  std::int64_t last_us = 0;
  std::int64_t left = 0;  // older ones that stay, for they wait for a decision
};

class IncidentStore {
 public:
  enum class Access { kReadWrite, kReadOnly };
  // Creates the file and brings its schema up to date (kReadWrite).
  static Result<std::unique_ptr<IncidentStore>> open(const std::filesystem::path& file,
                                                     Access access);
  virtual ~IncidentStore() = default;

  // Writes it, fsynced, and gives its case number. A retry of the same message
  // (fingerprint, Message-ID, sender and recipients) keeps its case number and counts
  // `seen` up. One that has a case number already, from the spool, keeps it if it is
  // free, and may be handed over twice.
  virtual Result<std::string> record(const model::Incident& incident) = 0;
  virtual Result<std::vector<model::Incident>> list(const IncidentFilter& filter) = 0;
  virtual Result<IncidentPage> page(const IncidentFilter& filter) = 0;
  virtual Result<model::Incident> find(const std::string& case_number) = 0;
  // Those of them that there are, in no order.
  virtual Result<std::vector<model::Incident>> find_all(
      const std::vector<std::string>& case_numbers) = 0;
  // Removes incidents of before that time with all their rows, but for those that are
  // held; senders go from the counts of those days, too.
  virtual Result<Purged> purge(std::int64_t before_us) = 0;
  // From the first day to the last, both included: "2026-11-24", UTC.
  virtual Result<IncidentSummary> summary(const std::string& first_day,
                                          const std::string& last_day) = 0;
};

}  // namespace noshare::store
