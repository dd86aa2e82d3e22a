// customers: the index of the organisation's own customers (exact data match).
//
// In:  an index file and the installation's key     Out: which customers a text tells of
// The file holds keyed hashes only (docs/customers.md describes it): without the key
// nobody can test guesses against it. It is mapped into memory and shared by all workers;
// an Index never changes. Thread-safe.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/config/customers.h"
#include "noshare/model/segment.h"

namespace noshare::customers {

// The entity of a finding that a match becomes.
inline constexpr const char* kCustomerEntity = "customer_record";

struct IndexColumn {
  std::string name;
  config::ColumnType type = config::ColumnType::kText;
  bool primary = false;
};

struct IndexFacts {
  std::uint64_t records = 0;  // rows, those since replaced or removed included
  std::uint64_t live = 0;     // rows that can be found
  std::uint64_t entries = 0;  // primary values
  std::uint64_t bytes = 0;
  std::vector<IndexColumn> columns;
  std::string source;  // digest of the CSV file's state, for "nothing has changed"
};

class Index {
 public:
  // Errors: kNotFound, kIo; kCorrupt for a file that is none or damaged; kInvalidInput
  // for another version or another key.
  static Result<std::shared_ptr<const Index>> open(const std::filesystem::path& file,
                                                   const FingerprintKey& key);
  ~Index();
  Index(const Index&) = delete;
  Index& operator=(const Index&) = delete;

  const IndexFacts& facts() const;

  struct Impl;
  const Impl& impl() const { return *impl_; }

 private:
  explicit Index(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// A customer of whom a text tells.
struct Match {
  std::uint32_t segment = 0;       // index into the segments given
  model::Span span;                // of the primary value
  std::vector<model::Span> spans;  // of all values that matched, `span` included
  Fingerprint customer;            // kind kCustomerEntity, of the key column's value
  Fingerprint subject;             // of their e-mail address, else as `customer`
  std::string primary;             // the column's name
  std::vector<std::string> secondary;
  bool in_row = false;        // the others stood in the same row of a table
  bool contact_only = false;  // nothing but names, e-mail addresses and telephone numbers
};

class Matcher {
 public:
  Matcher(std::shared_ptr<const Index> index, const config::Customers& settings);
  ~Matcher();
  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;

  struct Outcome {
    std::vector<Match> matches;  // in order of place; each customer once a segment
    bool timed_out = false;
  };
  Outcome match(std::span<const model::Segment> segments, Deadline deadline,
                std::size_t most) const;

  struct Impl;

 private:
  std::unique_ptr<Impl> impl_;
};

}  // namespace noshare::customers
