// Pool: the thin front of Crew and exchange(), and the judge of what workers answer.
//
// A message is given to another worker only when the first one had not taken it. A
// message that cost a worker its life is never tried again: policy answers its
// Unreadable.
#include "noshare/pool/pool.h"

#include <algorithm>
#include <atomic>
#include <limits>
#include <optional>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>

#include "noshare/base/log.h"
#include "noshare/model/wire.h"
#include "noshare/pool/control.h"

#include "pool/crew.h"
#include "pool/exchange.h"
#include "pool/fault.h"

namespace noshare::pool {

namespace {

// A worker gives up by itself at the end of scan_time and still has to answer.
constexpr Milliseconds kGrace{1000};
// Workers may be killed from outside while they rest; that is not the message's fault.
constexpr int kMostAttempts = 5;
// A mask may be longer than what it covers, and lines are folded anew.
constexpr std::uint64_t kMostGrowthByMasking = 4;

// Its size, once it is sure that the reader may trust it to stay as it is.
Result<std::uint64_t> sealed_size(int file) {
  constexpr int kNeeded = F_SEAL_WRITE | F_SEAL_SHRINK | F_SEAL_GROW;
  const int seals = ::fcntl(file, F_GET_SEALS);
  if (seals < 0 || (seals & kNeeded) != kNeeded) {
    return fail(ErrorCode::kInvalidInput, "not a sealed memory file");
  }
  struct stat facts {};
  if (::fstat(file, &facts) != 0) return fail_errno("cannot read a file's size");
  return static_cast<std::uint64_t>(facts.st_size);
}

class CrewPool final : public Pool {
 public:
  CrewPool(std::unique_ptr<Crew> crew, FingerprintKey key)
      : crew_(std::move(crew)), key_(std::move(key)) {}

  Result<model::ScanReport> scan(int message, Limits limits,
                                 const std::function<bool()>& waiting) override;
  Result<Redaction> redact(int message, const std::vector<model::MaskTarget>& targets,
                           Limits limits, const std::function<bool()>& waiting) override;
  Result<void> reload() override { return crew_->reload(); }
  Status status() const override { return crew_->status(); }

 private:
  // Reads a worker's answer; false when it is not what a sound worker sends.
  using Accept = std::function<bool(std::string_view payload, UniqueFd descriptor)>;
  struct Served {
    std::string snapshot;                    // of the generation that served
    std::optional<model::Unreadable> fault;  // what came instead of an answer
  };
  struct Job {
    model::ScanRequest request;
    int message = -1;
    std::uint64_t bytes = 0;
  };

  Result<Served> serve(Job job, const Limits& limits, const Accept& accept,
                       const std::function<bool()>& waiting);
  model::ScanReport faulty_report(const Job& job, Served served,
                                  Milliseconds taken) const;

  std::unique_ptr<Crew> crew_;
  FingerprintKey key_;
  std::atomic<std::uint64_t> next_id_{1};
};

bool answers(const Exchange& exchange, std::uint64_t id, std::string_view& payload) {
  if (exchange.outcome != Outcome::kAnswered) return false;
  const auto split = split_number(exchange.frame.bytes);
  if (!split || split->id != id) return false;
  payload = split->payload;
  return true;
}

Result<CrewPool::Served> CrewPool::serve(Job job, const Limits& limits,
                                         const Accept& accept,
                                         const std::function<bool()>& waiting) {
  constexpr std::int64_t kLongest = std::numeric_limits<std::uint32_t>::max();
  job.request.id = next_id_.fetch_add(1);
  job.request.time_ms = static_cast<std::uint32_t>(
      std::clamp<std::int64_t>(limits.scan_time.count(), 0, kLongest));
  const std::string frame = numbered(job.request.id, encode(job.request));
  for (int attempt = 1;; ++attempt) {
    NOSHARE_TRY(const WorkerPtr worker, crew_->take(waiting));
    Exchange result = exchange(worker->socket.get(), frame, job.message,
                               Deadline::after(limits.scan_time + kGrace), waiting);
    Served served{worker->generation->snapshot, std::nullopt};
    std::string_view payload;
    if (answers(result, job.request.id, payload) &&
        accept(payload, std::move(result.frame.descriptor))) {
      crew_->give_back(worker, job.bytes);
      return served;
    }
    if (result.outcome == Outcome::kAnswered) result.outcome = Outcome::kGarbage;
    const Ending ending = crew_->remove(worker);
    if (result.outcome == Outcome::kNeverTaken && attempt < kMostAttempts) continue;
    if (result.outcome == Outcome::kAbandoned) {
      return fail(ErrorCode::kUnavailable, "the client has gone");
    }
    served.fault = unreadable_for(result.outcome, ending);
    log::warning("worker_lost", {{"pid", worker->pid},
                                 {"reason", model::name(served.fault->reason)},
                                 {"detail", served.fault->detail},
                                 {"message_bytes", job.bytes}});
    return served;
  }
}

// The fingerprint is that of the raw bytes: nobody could read what a retry repeats.
model::ScanReport CrewPool::faulty_report(const Job& job, Served served,
                                          Milliseconds taken) const {
  model::ScanReport report;
  report.bytes = job.bytes;
  report.ms = static_cast<double>(taken.count());
  report.snapshot = std::move(served.snapshot);
  report.unreadable.push_back(std::move(*served.fault));
  if (auto bytes = MappedFile::map(job.message)) {
    report.message_fingerprint = key_.of("raw_message", bytes->bytes());
  }
  return report;
}

Result<model::ScanReport> CrewPool::scan(int message, Limits limits,
                                         const std::function<bool()>& waiting) {
  const auto begin = SteadyClock::now();
  Job job;
  job.message = message;
  NOSHARE_TRY(job.bytes, sealed_size(message));
  model::ScanReport report;
  const Accept accept = [&](std::string_view payload, const UniqueFd& descriptor) {
    auto decoded = model::decode_scan_report(payload);
    if (!decoded || descriptor) return false;
    report = std::move(*decoded);
    return true;
  };
  NOSHARE_TRY(Served served, serve(job, limits, accept, waiting));
  if (served.fault) {
    const auto taken = SteadyClock::now() - begin;
    return faulty_report(job, std::move(served),
                         std::chrono::duration_cast<Milliseconds>(taken));
  }
  report.snapshot = std::move(served.snapshot);
  return report;
}

Result<Redaction> CrewPool::redact(int message,
                                   const std::vector<model::MaskTarget>& targets,
                                   Limits limits, const std::function<bool()>& waiting) {
  Job job;
  job.request.kind = model::RequestKind::kRedact;
  job.request.targets = targets;
  job.message = message;
  NOSHARE_TRY(job.bytes, sealed_size(message));
  Redaction redaction;
  const std::uint64_t most = (job.bytes + 4096) * kMostGrowthByMasking;
  const Accept accept = [&](std::string_view payload, UniqueFd descriptor) {
    auto decoded = model::decode_redact_report(payload);
    if (!decoded || decoded->body_changed != static_cast<bool>(descriptor)) return false;
    if (descriptor) {
      const auto size = sealed_size(descriptor.get());
      if (!size || *size > most) return false;
    }
    redaction = Redaction{std::move(*decoded), std::move(descriptor)};
    return true;
  };
  NOSHARE_TRY(const Served served, serve(job, limits, accept, waiting));
  if (served.fault) {
    redaction.report.reason = std::string("the worker failed: ") +
                              model::name(served.fault->reason) + ", " +
                              served.fault->detail;
  }
  return redaction;
}

}  // namespace

Result<std::unique_ptr<Pool>> Pool::start(const Options& options,
                                          const FingerprintKey& key) {
  NOSHARE_TRY(std::unique_ptr<Crew> crew, Crew::start(options, key));
  return std::make_unique<CrewPool>(std::move(crew), key);
}

}  // namespace noshare::pool
