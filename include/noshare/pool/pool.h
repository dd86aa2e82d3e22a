// pool: sandboxed workers. Starts them, feeds them, times them out, replaces and reloads
// them.
//
// In:  a message in a sealed memory file, a deadline     Out: a ScanReport
// A worker that crashes, hangs, eats memory or answers garbage costs one message its
// report: the answer is then a report whose only content is an Unreadable for the whole
// message (worker_died, timed_out, out_of_memory). Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/limits.h"
#include "noshare/base/result.h"
#include "noshare/model/scan_report.h"

namespace noshare::pool {

struct Options {
  std::filesystem::path worker_program;  // noshare-worker
  std::filesystem::path config_file;
  std::uint32_t workers = 1;
  std::uint32_t max_queue = 200;
  Milliseconds queue_time{30'000};
  Milliseconds start_time{60'000};  // for a zygote to load its packs
};

struct Status {
  std::uint32_t workers = 0;
  std::uint32_t busy = 0;
  std::uint32_t waiting = 0;
  std::uint64_t deaths = 0;
  std::uint64_t generation = 0;
  std::string pack_version;
  std::vector<int> worker_pids;
};

struct Redaction {
  model::RedactReport report;
  UniqueFd body;  // sealed memory file, when report.body_changed
};

class Pool {
 public:
  // Waits until the first zygote is ready. Errors: what it said of config or packs.
  static Result<std::unique_ptr<Pool>> start(const Options& options,
                                             const FingerprintKey& key);
  virtual ~Pool() = default;

  // Blocks until there is a report. `waiting`, if given, is called about once a second
  // from the calling thread, so that the mail server can be told that work goes on; when
  // it returns false (the client has gone), the scan is given up with kUnavailable.
  // Errors: kLimit (queue full), kTimeout (no worker free within queue_time),
  // kUnavailable.
  virtual Result<model::ScanReport> scan(int message, Limits limits,
                                         const std::function<bool()>& waiting) = 0;
  virtual Result<Redaction> redact(int message,
                                   const std::vector<model::MaskTarget>& targets,
                                   Limits limits,
                                   const std::function<bool()>& waiting) = 0;

  // Loads config and packs into a new zygote beside the old one and swaps when it is
  // ready. Scans in flight finish on the old one. On error the old one goes on.
  virtual Result<void> reload() = 0;
  virtual Status status() const = 0;
};

}  // namespace noshare::pool
