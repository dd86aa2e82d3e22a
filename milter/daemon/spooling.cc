#include "daemon/spooling.h"

#include "noshare/base/clock.h"
#include "noshare/base/log.h"

#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

// How long the store is left alone after it failed.
constexpr std::int64_t kAway_us = 2'000'000;
constexpr std::chrono::milliseconds kLookAgain{1000};

}  // namespace

bool is_away(const Error& error) noexcept {
  return error.code == ErrorCode::kUnavailable || error.code == ErrorCode::kIo;
}

Spooling::Spooling(std::unique_ptr<store::Spool> spool, store::IncidentStore& store,
                   const Holding& holding, const Snapshots& snapshots)
    : spool_(std::move(spool)),
      store_(store),
      holding_(holding),
      snapshots_(snapshots),
      thread_(quiet_thread([this] { run(); })) {}

Spooling::~Spooling() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<std::string> Spooling::record(const model::Incident& incident) {
  const std::lock_guard lock(mutex_);
  NOSHARE_TRY(std::string case_number, spool_->record(incident));
  under_way_.insert(case_number);
  ++spooled_;
  log::warning("spooled", {{"case", case_number}, {"spool", spool_->size()}});
  return case_number;
}

Result<void> Spooling::held(const model::Incident& incident) {
  NOSHARE_TRY(const std::string case_number, spool_->held(incident, now_unix_us()));
  log::warning("spooled_hold", {{"case", case_number}, {"spool", spool_->size()}});
  return {};
}

void Spooling::done(const std::string& case_number) {
  const std::lock_guard lock(mutex_);
  under_way_.erase(case_number);
}

void Spooling::failed() noexcept {
  // Never extended by those who did not try: somebody has to, every two seconds.
  if (!expects_failure()) away_until_us_ = now_unix_us() + kAway_us;
}

bool Spooling::expects_failure() const noexcept { return now_unix_us() < away_until_us_; }

void Spooling::run() {
  std::int64_t row = 0;
  for (;;) {
    const auto next = hand_over_one(row);
    std::unique_lock lock(mutex_);
    // Rows that the store does not take are passed over, and tried again in the next
    // round.
    row = next.value_or(0);
    if (!next) wake_.wait_for(lock, kLookAgain, [this] { return stopping_; });
    if (stopping_) return;
  }
}

std::optional<std::int64_t> Spooling::hand_over_one(std::int64_t after_row) {
  std::optional<store::Spooled> spooled;
  {
    const std::lock_guard lock(mutex_);
    if (spool_->size() == 0) return std::nullopt;
    auto read = spool_->next(after_row);
    if (!read) {
      log::error("spool_unavailable", {{"reason", read.error().message}});
      return std::nullopt;
    }
    if (!*read) return std::nullopt;
    spooled = std::move(*read);
    // Its message may be on the way into the vault.
    if (under_way_.contains(spooled->incident.case_number)) return std::nullopt;
  }
  auto done = hand_over(*spooled);
  if (done) {
    const auto removed = spool_->remove(*spooled);
    if (!removed)
      done = tl::unexpected(removed.error());
    else if (!*removed)
      return after_row;
  }
  if (done) {
    away_until_us_ = 0;
    log::notice("spool_handed_over",
                {{"case", spooled->incident.case_number}, {"spool", spool_->size()}});
    return spooled->row;
  }
  if (is_away(done.error())) {
    failed();
    return std::nullopt;
  }
  log::error("spool_refused",
             {{"case", spooled->incident.case_number}, {"reason", done.error().message}});
  return spooled->row;
}

// Each step may be done again after a crash.
Result<void> Spooling::hand_over(const store::Spooled& spooled) {
  const SnapshotPtr snapshot = snapshots_.current();
  model::Incident incident = spooled.incident;
  NOSHARE_TRY(incident.case_number, store_.record(incident));
  if (spooled.held_us == 0) return {};
  const std::string& before = spooled.incident.case_number;
  if (incident.case_number != before) {
    log::notice("spooled_case_renamed", {{"case", before}, {"is", incident.case_number}});
  }
  return holding_.enter(incident, before, spooled.held_us, snapshot->settings);
}

}  // namespace noshare::daemon
