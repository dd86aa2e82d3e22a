// The index writer: sorted entries and records to one index file.
//
// In:  EntryBuckets, a file of records, a header with columns, counts of records and
// source Out: the index, in place when it is whole
#pragma once

#include <filesystem>

#include "noshare/base/result.h"

#include "customers/entry_buckets.h"
#include "customers/index_format.h"

namespace noshare::customers {

// A value that more customers share than this points to nobody.
inline constexpr std::size_t kSharedByAtMost = 64;

struct Written {
  std::uint64_t shared = 0;  // values left out
  std::uint64_t bytes = 0;   // of the index
};

// `folder` is for what is made on the way.
Result<Written> write_index(const std::filesystem::path& index,
                            const std::filesystem::path& folder,
                            const EntryBuckets& entries,
                            const std::filesystem::path& records, IndexHeader header);

}  // namespace noshare::customers
