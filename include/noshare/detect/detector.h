// detect: text to findings, each explained.
//
// In:  packs (config/pack.h), Segments (extract)     Out: Findings with their values
// Two passes: a cheap one over all text yields regions of interest, the precise patterns
// run only there (docs/decisions/0002-two-stage-scan.md).
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/base/sensitive.h"
#include "noshare/config/pack.h"
#include "noshare/model/finding.h"
#include "noshare/model/scan_report.h"

namespace noshare::detect {

// A Finding together with what must not leave the process.
struct Detected {
  model::Finding finding;
  model::Span span;       // bytes in Segment::text
  std::uint32_t segment;  // index into the segments given
  Sensitive value;        // as the sender wrote it (source text)
};

// All patterns, compiled. Immutable, shared between threads; survives fork().
class Database {
 public:
  struct Options {
    std::filesystem::path
        cache;                 // folder for compiled databases; empty: compile each time
    bool run_examples = true;  // a pack whose examples fail is an Error
    std::vector<std::string> disabled;  // entity ids
  };
  static Result<std::shared_ptr<const Database>> create(const config::PackSet& packs,
                                                        const Options& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const config::Pattern* find(const std::string& entity) const;
  model::EntityInfo info(const std::string& entity) const;
  std::size_t size() const;
  const std::string& version() const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit Database(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Searches text. Holds scratch memory: one per thread.
class Detector {
 public:
  static Result<Detector> create(std::shared_ptr<const Database> database,
                                 FingerprintKey key);
  ~Detector();
  Detector(Detector&&) noexcept;
  Detector& operator=(Detector&&) noexcept;

  struct Outcome {
    std::vector<Detected> detected;  // in order of segment, then place; arbitrated
    std::uint64_t dropped = 0;       // findings beyond `most`, the least confident ones
    bool timed_out = false;          // what was found until then is there
  };
  static constexpr std::size_t kMostFindings = 10'000;
  Outcome detect(std::span<const model::Segment> segments, Deadline deadline,
                 std::size_t most = kMostFindings);

  // Participants and own data are compared in this form and kind.
  Fingerprint fingerprint(const std::string& entity, std::string_view value) const;

 private:
  struct Impl;
  explicit Detector(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// Runs the examples of a pack set; each failure as "file:line: text". Empty: all hold.
std::vector<std::string> failed_examples(const std::shared_ptr<const Database>& database);

// The value with all but its last characters masked: "************1111".
std::string masked(const std::string& entity, std::string_view value);

// The value in the form in which equal data are equal (Pattern::normalise).
std::string normalised(config::Normalise how, std::string_view value);

}  // namespace noshare::detect
