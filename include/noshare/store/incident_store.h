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
  std::string sender;     // glob, empty: any
  std::string recipient;  // glob
  std::string rule;
  std::string entity;
  std::optional<model::Action> action;
  Fingerprint value;  // of a finding; null: any
  std::string queue_id;
  std::string message_id;
  std::uint32_t most = 100;
};

struct Counted {
  std::string name;
  std::int64_t count = 0;
};

// How often what happened in a span of time. Lists begin with the largest and end after
// 20; days are in order ("2026-11-24").
struct IncidentSummary {
  std::int64_t incidents = 0;
  std::vector<Counted> by_day;
  std::vector<Counted> by_action;
  std::vector<Counted> by_rule;
  std::vector<Counted> by_entity;  // findings, not incidents
  std::vector<Counted> by_sender;
  std::vector<Counted> by_recipient_domain;
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
  // `seen` up.
  virtual Result<std::string> record(const model::Incident& incident) = 0;
  virtual Result<std::vector<model::Incident>> list(const IncidentFilter& filter) = 0;
  virtual Result<model::Incident> find(const std::string& case_number) = 0;
  // Of incidents with since_us <= time < until_us.
  virtual Result<IncidentSummary> summary(std::int64_t since_us,
                                          std::int64_t until_us) = 0;
};

}  // namespace noshare::store
