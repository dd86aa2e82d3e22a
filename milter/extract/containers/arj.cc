// ARJ archives: names of the members, and the content of those that are stored.
//
// In:  an ARJ archive, hostile     Out: its members through read_member(); those that are
// packed or encrypted are told apart. See unpacking.h. Format: Robert Jung's technotes.
#include "extract/containers/little_endian.h"
#include "extract/containers/unpacking.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using std::string_view_literals::operator""sv;

constexpr std::string_view kMark = "\x60\xEA"sv;
constexpr std::size_t kFixed = 30;         // of a header, at least
constexpr unsigned kGarbled = 1;           // flag: encrypted
constexpr unsigned kStored = 0;            // method
constexpr std::size_t kMostHeader = 2600;  // bytes, as the format says

// Where the data behind the header at `at` begins; 0 if there is no header.
std::size_t data_begin(std::string_view bytes, std::size_t at) {
  if (bytes.size() < at + 4 + kFixed || bytes.substr(at, 2) != kMark) return 0;
  const std::size_t size = u16_at(bytes, at + 2);
  const std::size_t first = static_cast<unsigned char>(bytes[at + 4]);
  if (size < kFixed || size > kMostHeader || first > size) return 0;
  std::size_t end = at + 4 + size + 4;  // and its checksum
  while (end + 2 <= bytes.size()) {
    const std::size_t extended = u16_at(bytes, end);
    end += 2;
    if (extended == 0) return end;
    end += extended + 4;
  }
  return 0;
}

}  // namespace

void read_arj(std::string_view bytes, const FilePlace& place, Collector& out) {
  std::size_t at = data_begin(bytes, 0);  // the archive's own header has no data
  bool whole = at != 0;
  while (whole && bytes.substr(at, 4) != "\x60\xEA\0\0"sv) {
    const std::size_t data = data_begin(bytes, at);
    whole = data != 0 && out.time_left() && out.count_part();
    if (!whole) break;
    const unsigned first = static_cast<unsigned char>(bytes[at + 4]);
    const unsigned flags = static_cast<unsigned char>(bytes[at + 8]);
    const unsigned method = static_cast<unsigned char>(bytes[at + 9]);
    const std::string_view packed = bytes.substr(data, u32_at(bytes, at + 16));
    const std::string_view rest = bytes.substr(at + 4 + first, kMostHeader);
    const std::string_view name = rest.substr(0, rest.find('\0'));
    if ((flags & kGarbled) != 0) {
      refuse_member(name, UnreadableReason::kEncrypted, "member of an archive", place,
                    out);
    } else if (method != kStored) {
      refuse_member(name, UnreadableReason::kUnsupported,
                    "packed member of an ARJ archive", place, out);
    } else {
      read_member(packed, name, place, out);
    }
    at = data + packed.size();
  }
  if (!whole) {
    out.add_unreadable(place.part, place.path, UnreadableReason::kCorrupt, "archive");
  }
}

}  // namespace noshare::extract
