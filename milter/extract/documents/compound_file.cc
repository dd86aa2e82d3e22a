// Header, sector table, directory. See compound_file.h.
#include "extract/documents/compound_file.h"

#include <algorithm>
#include <utility>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/little_endian.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::size_t kHeaderSize = 512;
constexpr std::size_t kEntrySize = 128;
constexpr std::size_t kMiniSector = 64;
constexpr std::uint32_t kLastSector = 0xFFFFFFFA;  // greater numbers are marks
constexpr std::uint32_t kNoEntry = 0xFFFFFFFF;
enum EntryType : std::uint8_t { kStorage = 1, kStream = 2, kRoot = 5 };

void append_numbers(std::vector<std::uint32_t>& numbers, std::string_view bytes) {
  for (std::size_t at = 0; at + 4 <= bytes.size(); at += 4) {
    numbers.push_back(u32_at(bytes, at));
  }
}

}  // namespace

std::optional<CompoundFile> CompoundFile::open(std::string_view bytes) {
  CompoundFile file(bytes);
  if (!file.read_header()) return std::nullopt;
  file.read_table();
  file.read_directory();
  if (file.entries_.empty()) return std::nullopt;
  const CompoundEntry& root = file.entries_.front();
  file.mini_stream_ = file.chain(root.start, bytes.size()).bytes;
  append_numbers(file.mini_table_, file.chain(u32_at(bytes, 60), bytes.size()).bytes);
  return file;
}

bool CompoundFile::read_header() {
  if (bytes_.size() < kHeaderSize ||
      !bytes_.starts_with("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv)) {
    return false;
  }
  const std::uint16_t shift = u16_at(bytes_, 30);
  if (shift != 9 && shift != 12) return false;  // [MS-CFB] section 2.2
  sector_size_ = std::size_t{1} << shift;
  mini_cutoff_ = u32_at(bytes_, 56);
  return true;
}

std::string_view CompoundFile::sector(std::uint32_t number) const {
  const std::uint64_t begin = (std::uint64_t{number} + 1) * sector_size_;
  if (number > kLastSector || begin >= bytes_.size()) return {};
  return bytes_.substr(static_cast<std::size_t>(begin), sector_size_);
}

// The table's own sectors: 109 are named in the header, the rest in a chain of sectors
// each of whose last number names the next.
void CompoundFile::read_table() {
  const std::size_t most = bytes_.size() / sector_size_ + 1;
  std::vector<std::uint32_t> parts;
  append_numbers(parts, bytes_.substr(76, std::size_t{109} * 4));
  std::uint32_t next = u32_at(bytes_, 68);
  for (std::size_t i = 0; i < most; ++i) {
    const std::string_view list = sector(next);
    if (list.size() < sector_size_) break;
    append_numbers(parts, list.substr(0, sector_size_ - 4));
    next = u32_at(list, sector_size_ - 4);
    if (parts.size() > most + 109) break;
  }
  for (std::uint32_t part : parts) {
    if (table_.size() >= most) break;
    if (part <= kLastSector) append_numbers(table_, sector(part));
  }
}

CompoundStream CompoundFile::chain(std::uint32_t first, std::size_t most_bytes) const {
  CompoundStream stream;
  std::size_t steps = 0;
  for (std::uint32_t at = first; at <= kLastSector; at = table_[at]) {
    const std::string_view piece = sector(at);
    if (piece.empty() || ++steps > table_.size()) return {std::move(stream.bytes), false};
    stream.bytes += piece.substr(0, most_bytes - stream.bytes.size());
    if (stream.bytes.size() >= most_bytes) break;
    if (at >= table_.size()) return {std::move(stream.bytes), false};
  }
  return stream;
}

CompoundStream CompoundFile::mini_chain(std::uint32_t first,
                                        std::size_t most_bytes) const {
  CompoundStream stream;
  const std::string_view all = mini_stream_;
  std::size_t steps = 0;
  for (std::uint32_t at = first; at <= kLastSector; at = mini_table_[at]) {
    const std::uint64_t begin = std::uint64_t{at} * kMiniSector;
    if (begin >= all.size() || ++steps > mini_table_.size()) {
      return {std::move(stream.bytes), false};
    }
    stream.bytes += all.substr(static_cast<std::size_t>(begin),
                               std::min(kMiniSector, most_bytes - stream.bytes.size()));
    if (stream.bytes.size() >= most_bytes) break;
    if (at >= mini_table_.size()) return {std::move(stream.bytes), false};
  }
  return stream;
}

void CompoundFile::read_directory() {
  const std::string directory = chain(u32_at(bytes_, 48), bytes_.size()).bytes;
  const std::string_view all = directory;
  for (std::size_t at = 0; at + kEntrySize <= all.size(); at += kEntrySize) {
    const std::string_view entry = all.substr(at, kEntrySize);
    const std::size_t length = std::min<std::size_t>(u16_at(entry, 64), 64);
    const auto type = static_cast<std::uint8_t>(entry[66]);
    CompoundEntry made;
    made.name =
        decode_charset(entry.substr(0, length < 2 ? 0 : length - 2), "utf-16le", false)
            .text.text;
    made.is_storage = type == kStorage || type == kRoot;
    made.start = u32_at(entry, 116);
    // The upper half means nothing in files with small sectors (section 2.6.3).
    made.size = sector_size_ == kHeaderSize ? u32_at(entry, 120) : u64_at(entry, 120);
    if (type != kStorage && type != kStream && type != kRoot) made.size = 0;
    entries_.push_back(std::move(made));
  }
  if (entries_.empty() || !entries_.front().is_storage) return entries_.clear();
  link_children(directory);
}

// The children of a storage form a tree of siblings. Each entry has one parent: one that
// was met before is not followed again, so that this ends.
void CompoundFile::link_children(std::string_view directory) {
  std::vector<bool> met(entries_.size());
  met[0] = true;
  std::vector<std::pair<std::uint32_t, std::size_t>> todo;  // entry, its storage
  const auto number_at = [&](std::size_t entry, std::size_t offset) {
    return u32_at(directory, entry * kEntrySize + offset);
  };
  todo.emplace_back(number_at(0, 76), 0);
  while (!todo.empty()) {
    const auto [entry, parent] = todo.back();
    todo.pop_back();
    if (entry == kNoEntry || entry >= entries_.size() || met[entry]) continue;
    met[entry] = true;
    entries_[parent].children.push_back(entry);
    todo.emplace_back(number_at(entry, 68), parent);
    todo.emplace_back(number_at(entry, 72), parent);
    if (entries_[entry].is_storage) todo.emplace_back(number_at(entry, 76), entry);
  }
  for (CompoundEntry& entry : entries_) {
    std::sort(entry.children.begin(), entry.children.end());
  }
}

const CompoundEntry* CompoundFile::find(const CompoundEntry& storage,
                                        std::string_view name) const {
  for (std::size_t child : storage.children) {
    if (equal_ignoring_case(entries_[child].name, name)) return &entries_[child];
  }
  return nullptr;
}

CompoundStream CompoundFile::read(const CompoundEntry& stream,
                                  std::size_t most_bytes) const {
  const auto wanted =
      static_cast<std::size_t>(std::min<std::uint64_t>(stream.size, most_bytes));
  if (wanted == 0) return {"", stream.size == 0};
  CompoundStream found = stream.size < mini_cutoff_ ? mini_chain(stream.start, wanted)
                                                    : chain(stream.start, wanted);
  found.whole = found.whole && found.bytes.size() == stream.size;
  return found;
}

}  // namespace noshare::extract
