// A pool and a store that do as they are told, by words in the message or by files.
//
// Words in a message: "card" (a finding), "sleep=MS", "full" (queue full), "throw",
// "died" (worker_died). The store writes one file per incident into its folder, or fails
// while a file "store-fails" is there.
#pragma once

#include <chrono>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <thread>

#include "noshare/pool/pool.h"
#include "noshare/store/incident_store.h"

namespace noshare::daemon::testing {

class FakePool : public pool::Pool {
 public:
  explicit FakePool(std::string snapshot) : snapshot_(std::move(snapshot)) {
    status_.workers = 2;
    status_.generation = 1;
    status_.pack_version = "packs";
  }

  Result<model::ScanReport> scan(int message, Limits,
                                 const std::function<bool()>& waiting) override {
    const auto file = MappedFile::map(message);
    if (!file) return tl::unexpected(file.error());
    const std::string text(file->bytes());
    if (text.find("throw") != std::string::npos) throw std::runtime_error("as told");
    if (text.find("full") != std::string::npos) {
      return fail(ErrorCode::kLimit, "the queue is full");
    }
    if (const auto at = text.find("sleep="); at != std::string::npos) {
      if (!sleep(std::stol(text.substr(at + 6)), waiting)) {
        return fail(ErrorCode::kUnavailable, "the mail server has gone");
      }
    }
    return report(text);
  }

  Result<pool::Redaction> redact(int, const std::vector<model::MaskTarget>&, Limits,
                                 const std::function<bool()>&) override {
    pool::Redaction redaction;
    redaction.report.reason = "the fake cannot";
    return redaction;
  }

  Result<void> reload() override {
    ++status_.generation;
    return {};
  }
  pool::Status status() const override { return status_; }

 private:
  static bool sleep(long ms, const std::function<bool()>& waiting) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(ms);
    while (std::chrono::steady_clock::now() < until) {
      std::this_thread::sleep_for(std::chrono::milliseconds(std::min(ms, 100L)));
      if (waiting && !waiting()) return false;
    }
    return true;
  }

  model::ScanReport report(const std::string& text) const {
    model::ScanReport made;
    made.bytes = text.size();
    made.snapshot = snapshot_ + "-packs";
    made.message_fingerprint.bytes[0] = 1;
    if (text.find("died") != std::string::npos) {
      made.unreadable.push_back(
          {"", "message", model::UnreadableReason::kWorkerDied, ""});
    }
    if (text.find("card") != std::string::npos) {
      model::Finding finding;
      finding.entity = "payment_card_number";
      finding.confidence = 95;
      finding.part = "1";
      finding.path = "body";
      finding.masked = "************1111";
      finding.fingerprint.bytes[0] = 7;
      made.entities[finding.entity] = {"Payment card number", {"financial"}};
      made.findings.push_back(finding);
    }
    return made;
  }

  std::string snapshot_;
  pool::Status status_;
};

class FakeStore : public store::IncidentStore {
 public:
  explicit FakeStore(std::filesystem::path folder) : folder_(std::move(folder)) {}

  Result<std::string> record(const model::Incident& incident) override {
    if (std::filesystem::exists(folder_ / "store-fails")) {
      return fail(ErrorCode::kUnavailable, "the store is full");
    }
    // Long enough that an answer which does not wait would come before.
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    std::ofstream(folder_ / "recorded") << model::name(incident.carried_out);
    return "NS-TEST0001";
  }
  Result<std::vector<model::Incident>> list(const store::IncidentFilter&) override {
    return {};
  }
  Result<store::IncidentPage> page(const store::IncidentFilter&) override {
    return store::IncidentPage();
  }
  Result<std::vector<model::Incident>> find_all(
      const std::vector<std::string>&) override {
    return {};
  }
  Result<model::Incident> find(const std::string&) override {
    return fail(ErrorCode::kNotFound, "none");
  }
  Result<store::Purged> purge(std::int64_t) override { return store::Purged(); }
  Result<store::IncidentSummary> summary(const std::string&,
                                         const std::string&) override {
    return store::IncidentSummary();
  }

 private:
  std::filesystem::path folder_;
};

}  // namespace noshare::daemon::testing
