// Members of a zip file in memory, as any program that opens it might see them.
//
// In:  bytes of a zip file, hostile, perhaps with others' bytes before and behind it
//      (self-extracting programs, two archives back to back)
// Out: its members, each with its packed bytes; unpack() gives their content
// PKWARE APPNOTE 6.3.10. Local headers and central directories are read both: where they
// agree that is one member, where they contradict each other each reading is one, and a
// member that only one of them knows is listed all the same. Nothing is copied but names.
// Time is linear in the file's size. `bytes` must outlive the result.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

// APPNOTE section 4.4.5. Any other number is possible.
enum class ZipMethod : std::uint16_t {
  kStored = 0,
  kDeflated = 8,
  kDeflated64 = 9,
  kBzip2 = 12,
  kLzma = 14,
  kZstd = 93,
  kXz = 95,
  kAes = 99,
};

struct ZipMember {
  std::string name;  // UTF-8: as flagged, as it is well-formed, or from code page 437
  bool encrypted = false;
  ZipMethod method = ZipMethod::kStored;
  std::string_view packed;  // cut short where the file ends too early
  std::uint64_t size = 0;   // unpacked, as the archive claims
  std::size_t header = 0;   // where its local header stands

  bool is_folder() const { return packed.empty() && name.ends_with('/'); }
};

struct ZipMembers {
  std::vector<ZipMember> members;      // as the directory lists them, then the others
  std::vector<std::string_view> gaps;  // bytes that belong to no record; comments
  bool complete = true;  // false: more members than allowed, or a broken record
};

ZipMembers list_zip(std::string_view bytes, std::size_t most_members);

// The first member of that name, or null.
const ZipMember* find_member(const ZipMembers& zip, std::string_view name);

enum class UnpackState : std::uint8_t {
  kWhole,
  kEncrypted,
  kUnsupported,  // a method that is not known here: no bytes
  kCorrupt,      // the bytes before the fault are given
  kTooLarge,     // the first `most_bytes` are given
};

struct Unpacked {
  std::string bytes;
  UnpackState state = UnpackState::kWhole;
};

// The content of a stored or deflated member, at most `most_bytes` of it.
Unpacked unpack(const ZipMember& member, std::size_t most_bytes);

}  // namespace noshare::extract
