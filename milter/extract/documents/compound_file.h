// Compound files: the small file system inside Outlook messages and old Office documents.
//
// In:  bytes of a compound file ([MS-CFB]), hostile     Out: its storages and streams
// Chains that loop or leave the file end there: what came before is given. Memory is
// bounded by the file's size; what streams cost is the caller's to bound, since several
// may share their sectors. `bytes` must outlive the result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

struct CompoundEntry {
  std::string name;  // UTF-8
  bool is_storage = false;
  std::vector<std::size_t> children;  // of a storage: indexes of entries
  std::uint32_t start = 0;            // of a stream: its first sector
  std::uint64_t size = 0;
};

struct CompoundStream {
  std::string bytes;
  bool whole = true;  // false: a broken chain, or more than was asked for
};

class CompoundFile {
 public:
  // Nothing if the header is no such file's.
  static std::optional<CompoundFile> open(std::string_view bytes);

  // The first is the root storage; there is at least one.
  const std::vector<CompoundEntry>& entries() const { return entries_; }
  // A child of a storage, ASCII case ignored, or null.
  const CompoundEntry* find(const CompoundEntry& storage, std::string_view name) const;
  CompoundStream read(const CompoundEntry& stream, std::size_t most_bytes) const;

 private:
  explicit CompoundFile(std::string_view bytes) : bytes_(bytes) {}
  bool read_header();
  void read_table();
  void read_directory();
  void link_children(std::string_view directory);
  std::string_view sector(std::uint32_t number) const;
  CompoundStream chain(std::uint32_t first, std::size_t most_bytes) const;
  CompoundStream mini_chain(std::uint32_t first, std::size_t most_bytes) const;

  std::string_view bytes_;
  std::size_t sector_size_ = 512;
  std::uint64_t mini_cutoff_ = 4096;
  std::vector<std::uint32_t> table_;       // the next sector of each
  std::vector<std::uint32_t> mini_table_;  // the next mini sector of each
  std::string mini_stream_;
  std::vector<CompoundEntry> entries_;
};

}  // namespace noshare::extract
