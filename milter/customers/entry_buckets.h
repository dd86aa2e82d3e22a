// EntryBuckets: pairs of hash and record, too many for memory, brought into order.
//
// In:  pairs in any order     Out: the same, ascending
// Pairs go to 256 files by their upper eight bits; each is then sorted in memory by
// itself. What was written before the last sync() survives an interruption.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "noshare/base/fd.h"
#include "noshare/base/result.h"

namespace noshare::customers {

struct Entry {
  std::uint64_t hash = 0;
  std::uint32_t record = 0;
  auto operator<=>(const Entry&) const = default;
};

class EntryBuckets {
 public:
  static constexpr std::size_t kBuckets = 256;
  using Sizes = std::array<std::uint64_t, kBuckets>;  // in bytes

  // Cuts the files of an earlier run to `sizes`.
  static Result<EntryBuckets> open(const std::filesystem::path& folder,
                                   const Sizes& sizes);

  Result<void> add(const Entry& entry);
  Result<void> sync();
  const Sizes& sizes() const { return sizes_; }
  std::uint64_t count() const;

  // The entries of one bucket, ascending, without repetitions. sync() goes before.
  Result<std::vector<Entry>> sorted(std::size_t bucket) const;

 private:
  Result<void> flush(std::size_t bucket);

  std::vector<UniqueFd> files_;
  std::vector<std::string> waiting_;
  Sizes sizes_{};
};

}  // namespace noshare::customers
