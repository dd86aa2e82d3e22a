// Lists the members of a zip file by its local headers and its directories. See
// zip_members.h.
#include "extract/containers/zip_members.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/inflate.h"
#include "extract/containers/little_endian.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kLocal = "PK\x03\x04"sv;
constexpr std::string_view kCentral = "PK\x01\x02"sv;
constexpr std::string_view kEnd = "PK\x05\x06"sv;
constexpr std::string_view kDescriptor = "PK\x07\x08"sv;
constexpr std::size_t kLocalSize = 30;
constexpr std::size_t kCentralSize = 46;
constexpr std::size_t kEndSize = 22;
constexpr std::uint32_t kIn64 = 0xFFFFFFFF;  // the value stands in the zip64 field
constexpr std::uint16_t kFlagEncrypted = 1U << 0U;
constexpr std::uint16_t kFlagDescriptor = 1U << 3U;  // sizes follow the data
constexpr std::uint16_t kFlagUtf8 = 1U << 11U;

// What a header says, local or central.
struct Header {
  std::size_t begin = 0;
  std::size_t end = 0;  // behind name, extra field and comment
  std::uint16_t flags = 0;
  std::uint16_t method = 0;
  std::uint64_t packed_size = 0;
  std::uint64_t size = 0;
  std::uint64_t local = 0;  // offset of the local header, as a central one says
  std::string_view name;
  std::string_view extra;
  std::string_view comment;
};

bool tells_number(std::string_view text) {
  constexpr std::ptrdiff_t kFewestDigits = 9;
  return std::count_if(text.begin(), text.end(), is_ascii_digit) >= kFewestDigits;
}

// What records beside the name hold, if that is a number: names and comments in UTF-8
// (APPNOTE 4.6.8, 4.6.9), and whatever else programs put there.
void add_told(std::string_view extra, std::vector<std::string_view>& texts) {
  if (!tells_number(extra)) return;
  constexpr std::size_t kChecksum = 5;  // and a version, before such a name or comment
  while (extra.size() >= 4 && u16_at(extra, 2) + std::size_t{4} <= extra.size()) {
    const auto kind = u16_at(extra, 0);
    std::string_view record = extra.substr(4, u16_at(extra, 2));
    extra.remove_prefix(4 + record.size());
    if (kind == 0x7075 || kind == 0x6375) {
      record.remove_prefix(std::min(kChecksum, record.size()));
    }
    if (tells_number(record)) texts.push_back(record);
  }
  if (tells_number(extra)) texts.push_back(extra);  // no records
}

// Zip64 (APPNOTE 4.5.3): the values that did not fit, in this order.
void read_zip64(std::string_view extra, Header& header) {
  while (extra.size() >= 4) {
    const std::size_t size = std::min<std::size_t>(u16_at(extra, 2), extra.size() - 4);
    std::string_view field = extra.substr(4, size);
    if (u16_at(extra, 0) == 1) {
      for (std::uint64_t* value : {&header.size, &header.packed_size, &header.local}) {
        if (*value != kIn64 || field.size() < 8) continue;
        *value = u64_at(field, 0);
        field.remove_prefix(8);
      }
      return;
    }
    extra.remove_prefix(4 + size);
  }
}

struct Layout {
  std::size_t size;
  std::size_t flags;  // method, times, checksum and sizes follow
  std::size_t lengths;
  bool central;
};
constexpr Layout kLocalLayout = {kLocalSize, 6, 26, false};
constexpr Layout kCentralLayout = {kCentralSize, 8, 28, true};

std::optional<Header> read_header(std::string_view bytes, std::size_t at,
                                  const Layout& layout) {
  if (bytes.size() < layout.size || at > bytes.size() - layout.size) return {};
  const std::string_view fixed = bytes.substr(at, layout.size);
  if (!fixed.starts_with(layout.central ? kCentral : kLocal)) return {};
  Header header;
  header.begin = at;
  header.flags = u16_at(fixed, layout.flags);
  header.method = u16_at(fixed, layout.flags + 2);
  header.packed_size = u32_at(fixed, layout.flags + 12);
  header.size = u32_at(fixed, layout.flags + 16);
  if (layout.central) header.local = u32_at(fixed, 42);
  std::string_view rest = bytes.substr(at + layout.size);
  const auto take = [&rest](std::size_t size) {
    const std::string_view piece = rest.substr(0, size);
    rest.remove_prefix(piece.size());
    return piece;
  };
  header.name = take(u16_at(fixed, layout.lengths));
  header.extra = take(u16_at(fixed, layout.lengths + 2));
  read_zip64(header.extra, header);
  if (layout.central) header.comment = take(u16_at(fixed, layout.lengths + 4));
  header.end = bytes.size() - rest.size();
  return header;
}

std::string name_of(const Header& header) {
  if ((header.flags & kFlagUtf8) != 0 || is_valid_utf8(header.name)) {
    return to_valid_utf8(header.name);
  }
  return decode_charset(header.name, "IBM437", false).text.text;
}

struct Range {
  std::size_t begin;
  std::size_t end;
};

// Sorted, and joined where they touch.
std::vector<Range> merged(std::vector<Range> ranges) {
  std::sort(ranges.begin(), ranges.end(),
            [](const Range& a, const Range& b) { return a.begin < b.begin; });
  std::vector<Range> result;
  for (const Range& range : ranges) {
    if (!result.empty() && range.begin <= result.back().end) {
      result.back().end = std::max(result.back().end, range.end);
    } else {
      result.push_back(range);
    }
  }
  return result;
}

class ZipReader {
 public:
  ZipReader(std::string_view bytes, std::size_t most_members)
      : bytes_(bytes), most_members_(most_members) {}

  ZipMembers read() {
    read_end_record(bytes_.rfind(kEnd));
    walk_locals();
    known_ = merged(covered_);
    read_other_directories();
    read_orphans();
    collect_gaps();
    return std::move(out_);
  }

 private:
  // Besides the last end record: those that lie in no member's data, and those whose
  // comment ends with the file. Programs differ in which one they take.
  void read_other_directories() {
    std::size_t last = bytes_.rfind(kEnd);
    for (int i = 0; i < kMostDirectories && last != 0 && last != std::string_view::npos;
         ++i) {
      last = bytes_.rfind(kEnd, last - 1);
      if (last == std::string_view::npos || bytes_.size() - last < kEndSize) continue;
      const bool at_end =
          last + kEndSize + u16_at(bytes_.substr(last), 20) == bytes_.size();
      if (at_end || !is_known(last)) read_end_record(last);
    }
  }

  void read_end_record(std::size_t end) {
    if (end == std::string_view::npos || bytes_.size() - end < kEndSize) return;
    const std::string_view record = bytes_.substr(end, kEndSize);
    const std::size_t size = u32_at(record, 12);
    const std::size_t offset = u32_at(record, 16);
    const std::string_view comment = bytes_.substr(end + kEndSize, u16_at(record, 20));
    // Another file may stand behind this one, where a wrong length reaches into it.
    const bool foreign = comment.find(kLocal) != std::string_view::npos;
    cover(end, end + kEndSize + (foreign ? 0 : comment.size()));
    if (!foreign && !comment.empty()) out_.gaps.push_back(comment);
    // What stands before the archive shifts it. Where sizes are zip64's, read_orphans()
    // finds the records.
    if (size <= end && read_records(end - size, end, end - size - offset)) return;
    read_records(offset, end, 0);
  }

  // Reads central records one behind the other. `shift` is added to their offsets.
  bool read_records(std::size_t at, std::size_t end, std::size_t shift) {
    bool any = false;
    while (at < end && !is_full()) {
      const auto header = read_header(bytes_, at, kCentralLayout);
      if (!header) break;
      any = true;
      add_central(*header, shift);
      at = header->end;
    }
    return any;
  }

  void add_central(const Header& central, std::size_t shift) {
    if (!seen_central_.insert(central.begin).second) return;
    cover(central.begin, central.end);
    if (!central.comment.empty()) out_.gaps.push_back(central.comment);
    add_told(central.extra, out_.gaps);
    auto local = read_header(bytes_, central.local + shift, kLocalLayout);
    if (!local && shift != 0) local = read_header(bytes_, central.local, kLocalLayout);
    if (!local) {
      // The name is worth scanning even where the content cannot be found.
      out_.complete = false;
      add_member(central, {}, central.begin);
      return;
    }
    const auto walked = walked_.find(local->begin);
    if (walked == walked_.end() || differs(*local, central, walked->second)) {
      add_member(central, data_of(*local, central.packed_size), local->begin);
    }
    by_local_.emplace(local->begin, central);
  }

  std::string_view data_of(const Header& local, std::uint64_t size) const {
    return bytes_.substr(local.end, std::min<std::uint64_t>(size, bytes_.size()));
  }

  bool is_full() {
    if (out_.members.size() < most_members_) return false;
    out_.complete = false;
    return true;
  }

  void add_member(const Header& header, std::string_view packed, std::size_t begin) {
    if (is_full()) return;
    ZipMember member;
    member.name = name_of(header);
    member.encrypted = (header.flags & kFlagEncrypted) != 0;
    member.method = static_cast<ZipMethod>(header.method);
    member.packed = packed;
    member.size = header.size;
    member.header = begin;
    out_.members.push_back(std::move(member));
  }

  // Follows the local headers, each behind the data of the one before it.
  void walk_locals() {
    std::size_t at = bytes_.find(kLocal);
    while (at != std::string_view::npos && !is_full()) {
      const auto local = read_header(bytes_, at, kLocalLayout);
      if (!local) break;
      at = bytes_.find(kLocal, read_local(*local));
    }
  }

  // Returns where the member's data ends.
  std::size_t read_local(const Header& local) {
    const auto known = by_local_.find(local.begin);
    const Header* central = known == by_local_.end() ? nullptr : &known->second;
    const bool deferred = (local.flags & kFlagDescriptor) != 0 && local.packed_size == 0;
    std::uint64_t size = local.packed_size;
    if (deferred) size = central != nullptr ? central->packed_size : measure(local);
    const std::string_view data = data_of(local, size);
    const std::size_t data_end = local.end + data.size();
    cover(local.begin, data_end);
    add_told(local.extra, out_.gaps);
    if ((local.flags & kFlagDescriptor) != 0) cover_descriptor(data_end);
    walked_.emplace(local.begin, data.size());
    if (central == nullptr || differs(local, *central, data.size())) {
      add_member(local, data, local.begin);
    }
    return data_end;
  }

  // `size` is that of the packed data, as the local header's reading has it.
  bool differs(const Header& local, const Header& central, std::size_t size) const {
    return local.name != central.name || local.method != central.method ||
           ((local.flags ^ central.flags) & kFlagEncrypted) != 0 ||
           size != data_of(local, central.packed_size).size();
  }

  // The packed size of a member that tells it behind its data, and of which no directory
  // is known yet.
  std::uint64_t measure(const Header& local) {
    const std::string_view rest = bytes_.substr(local.end);
    if (static_cast<ZipMethod>(local.method) == ZipMethod::kDeflated) {
      return inflated_from(rest, measured_left_);
    }
    for (std::size_t at = rest.find("PK"); at != std::string_view::npos;
         at = rest.find("PK", at + 1)) {
      const std::string_view here = rest.substr(at);
      if (here.starts_with(kDescriptor) || here.starts_with(kLocal) ||
          here.starts_with(kCentral)) {
        return at;
      }
    }
    return rest.size();
  }

  void cover_descriptor(std::size_t at) {
    std::size_t end = at;
    if (bytes_.substr(at).starts_with(kDescriptor)) end += kDescriptor.size();
    // Checksum and two sizes of four or eight bytes: whichever a record follows.
    for (std::size_t size : {std::size_t{12}, std::size_t{20}}) {
      if (bytes_.substr(std::min(end + size, bytes_.size())).starts_with("PK")) {
        cover(at, end + size);
        return;
      }
    }
  }

  // Central records that no end record leads to: zip64, a file cut off, hidden ones.
  void read_orphans() {
    for (std::size_t at = bytes_.find(kCentral); at != std::string_view::npos;
         at = bytes_.find(kCentral, at + 1)) {
      if (is_known(at) || is_full()) continue;
      if (const auto header = read_header(bytes_, at, kCentralLayout)) {
        add_central(*header, 0);
      }
    }
  }

  void cover(std::size_t begin, std::size_t end) { covered_.push_back({begin, end}); }

  // Part of a record, or of a member's data, as the local headers have it.
  bool is_known(std::size_t at) const {
    const auto next = std::upper_bound(
        known_.begin(), known_.end(), at,
        [](std::size_t value, const Range& r) { return value < r.begin; });
    return next != known_.begin() && std::prev(next)->end > at;
  }

  void collect_gaps() {
    constexpr std::size_t kSmallest = 4;  // nothing worth reading is shorter
    constexpr std::size_t kMostGaps = 1000;
    std::size_t at = 0;
    covered_.push_back({bytes_.size(), bytes_.size()});
    for (const Range& range : merged(std::move(covered_))) {
      if (range.begin >= at + kSmallest && out_.gaps.size() < kMostGaps) {
        out_.gaps.push_back(bytes_.substr(at, range.begin - at));
      }
      at = std::max(at, range.end);
    }
  }

  static constexpr int kMostDirectories = 64;

  std::string_view bytes_;
  std::size_t most_members_;
  ZipMembers out_;
  std::size_t measured_left_ = 64U << 20U;  // bytes unpacked only to find their end
  std::unordered_map<std::size_t, Header> by_local_;     // central records, by local one
  std::unordered_map<std::size_t, std::size_t> walked_;  // local headers to packed size
  std::unordered_set<std::size_t> seen_central_;
  std::vector<Range> covered_;  // what records explain
  std::vector<Range> known_;    // the same, merged, after the local headers were walked
};

}  // namespace

ZipMembers list_zip(std::string_view bytes, std::size_t most_members) {
  return ZipReader(bytes, most_members).read();
}

const ZipMember* find_member(const ZipMembers& zip, std::string_view name) {
  for (const ZipMember& member : zip.members) {
    if (member.name == name) return &member;
  }
  return nullptr;
}

Unpacked unpack(const ZipMember& member, std::size_t most_bytes) {
  if (member.encrypted) return {"", UnpackState::kEncrypted};
  if (member.method == ZipMethod::kStored) {
    const bool fits = member.packed.size() <= most_bytes;
    return {std::string(member.packed.substr(0, most_bytes)),
            fits ? UnpackState::kWhole : UnpackState::kTooLarge};
  }
  if (member.method == ZipMethod::kDeflated) return inflate(member.packed, most_bytes);
  return {"", UnpackState::kUnsupported};
}

}  // namespace noshare::extract
