// EntryBuckets: see entry_buckets.h.
#include "customers/entry_buckets.h"

#include <algorithm>
#include <cstring>
#include <numeric>

#include <fcntl.h>
#include <unistd.h>

namespace noshare::customers {

namespace {

constexpr std::size_t kEntryBytes = 12;
constexpr std::size_t kFlushBytes = 64 * 1024 / kEntryBytes * kEntryBytes;

}  // namespace

Result<EntryBuckets> EntryBuckets::open(const std::filesystem::path& folder,
                                        const Sizes& sizes) {
  EntryBuckets buckets;
  buckets.sizes_ = sizes;
  buckets.waiting_.resize(kBuckets);
  for (std::size_t i = 0; i < kBuckets; ++i) {
    const auto file = folder / ("entries-" + std::to_string(i));
    UniqueFd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd) return fail_errno("cannot open " + file.string());
    const auto size = static_cast<off_t>(sizes[i]);
    if (::ftruncate(fd.get(), size) != 0 || ::lseek(fd.get(), size, SEEK_SET) < 0) {
      return fail_errno("cannot cut " + file.string());
    }
    buckets.files_.push_back(std::move(fd));
  }
  return buckets;
}

Result<void> EntryBuckets::add(const Entry& entry) {
  const std::size_t bucket = entry.hash >> 56U;
  char bytes[kEntryBytes];
  std::memcpy(bytes, &entry.hash, sizeof entry.hash);
  std::memcpy(bytes + sizeof entry.hash, &entry.record, sizeof entry.record);
  waiting_[bucket].append(bytes, kEntryBytes);
  if (waiting_[bucket].size() < kFlushBytes) return {};
  return flush(bucket);
}

Result<void> EntryBuckets::flush(std::size_t bucket) {
  NOSHARE_CHECK(write_all(files_[bucket].get(), waiting_[bucket]));
  sizes_[bucket] += waiting_[bucket].size();
  waiting_[bucket].clear();
  return {};
}

Result<void> EntryBuckets::sync() {
  for (std::size_t i = 0; i < kBuckets; ++i) {
    NOSHARE_CHECK(flush(i));
    if (::fdatasync(files_[i].get()) != 0) return fail_errno("cannot sync entries");
  }
  return {};
}

std::uint64_t EntryBuckets::count() const {
  return std::accumulate(sizes_.begin(), sizes_.end(), std::uint64_t{0}) / kEntryBytes;
}

Result<std::vector<Entry>> EntryBuckets::sorted(std::size_t bucket) const {
  std::vector<Entry> entries;
  if (sizes_[bucket] == 0) return entries;
  NOSHARE_TRY(const MappedFile mapped, MappedFile::map(files_[bucket].get()));
  const std::string_view bytes = mapped.bytes();
  entries.resize(bytes.size() / kEntryBytes);
  for (std::size_t i = 0; i < entries.size(); ++i) {
    std::memcpy(&entries[i].hash, bytes.data() + i * kEntryBytes, 8);
    std::memcpy(&entries[i].record, bytes.data() + i * kEntryBytes + 8, 4);
  }
  std::sort(entries.begin(), entries.end());
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  return entries;
}

}  // namespace noshare::customers
