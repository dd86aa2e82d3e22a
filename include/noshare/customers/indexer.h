// The indexer: a CSV file of customers to an index of keyed hashes.
//
// In:  a CSV file with a line of names, `customers:` of the settings, the installation's
// key Out: the index file, in place of the old one when it is whole (rename, fsync)
// Streams: memory does not grow with the file, apart from the filter (1.5 bytes a primary
// value). Work that was interrupted goes on where it stopped, if the CSV file, the
// columns and the key are the same. Errors name lines and columns, never a value.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/config/customers.h"

namespace noshare::customers {

enum class IndexMode {
  kReplace,  // the file lists all customers
  kUpdate,   // the file lists new and changed ones
  kRemove,   // the file lists those who are customers no more
};

struct IndexJob {
  std::filesystem::path csv;
  config::Customers settings;
  IndexMode mode = IndexMode::kReplace;
  std::uint64_t checkpoint_rows = 1'000'000;  // so much work an interruption may cost
  // Called now and then with bytes read and the file's size; false stops the work
  // (kLimit), which goes on from there the next time.
  std::function<bool(std::uint64_t done, std::uint64_t total)> progress;
};

struct IndexResult {
  std::uint64_t rows = 0;      // of the CSV file
  std::uint64_t skipped = 0;   // rows without a usable primary value
  std::uint64_t resumed = 0;   // rows an earlier run had done
  std::uint64_t replaced = 0;  // records of the old index that are gone
  std::uint64_t shared = 0;    // primary values left out, since too many share them
  std::uint64_t records = 0;   // live records of the index
  std::uint64_t bytes = 0;     // of the index
  bool unchanged = false;      // the index is of this very file already
  std::vector<config::CustomerColumn> columns;  // as they were understood
  std::string key;
};

Result<IndexResult> index_customers(const IndexJob& job, const FingerprintKey& key);

// What the names in a CSV file's first line say; used when the settings list no columns.
std::vector<config::CustomerColumn> columns_by_name(
    const std::vector<std::string>& names);

// The fingerprint by which a customer is known, from the key column's value.
Fingerprint customer_fingerprint(const FingerprintKey& key, std::string_view value);

}  // namespace noshare::customers
