// See rar5.h.
#include "extract/containers/rar5.h"

#include <cstdint>

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

constexpr std::string_view kMark = "Rar!\x1A\x07\x01\0"sv;
constexpr std::size_t kMostMembers = 100000;

// A header's fields, one after the other; all zero once they reach beyond its end.
class Fields {
 public:
  explicit Fields(std::string_view bytes) : bytes_(bytes) {}

  // Seven bits a byte, the lowest first; the highest bit says that more follow.
  std::uint64_t number() {
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64 && at_ < bytes_.size(); shift += 7) {
      const auto byte = static_cast<unsigned char>(bytes_[at_++]);
      value |= std::uint64_t{byte & 0x7FU} << shift;
      if (byte < 0x80) return value;
    }
    at_ = bytes_.size();
    return 0;
  }
  std::string_view text(std::uint64_t size) {
    const std::string_view part = bytes_.substr(at_, size);
    at_ += part.size();
    return part;
  }
  std::size_t position() const { return at_; }
  bool at_end() const { return at_ >= bytes_.size(); }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
};

bool has_encryption(std::string_view extra) {
  constexpr std::uint64_t kEncryption = 1;
  Fields records(extra);
  while (!records.at_end()) {
    const std::uint64_t size = records.number();
    Fields record(records.text(size));
    if (record.number() == kEncryption) return true;
  }
  return false;
}

// The name in a file's header, of whose own fields `fields` stands at the first.
std::string_view name_of_file(Fields& fields) {
  constexpr std::size_t kTime = 4;
  constexpr std::size_t kChecksum = 4;
  const std::uint64_t flags = fields.number();
  fields.number();  // unpacked size
  fields.number();  // attributes
  if ((flags & 2U) != 0) fields.text(kTime);
  if ((flags & 4U) != 0) fields.text(kChecksum);
  fields.number();  // compression
  fields.number();  // system
  const std::uint64_t size = fields.number();
  return fields.text(size);
}

}  // namespace

std::set<std::string, std::less<>> encrypted_in_rar5(std::string_view bytes) {
  constexpr std::uint64_t kFile = 2;
  std::set<std::string, std::less<>> names;
  const std::size_t mark = bytes.find(kMark);
  if (mark == std::string_view::npos) return names;
  std::size_t at = mark + kMark.size();
  for (std::size_t count = 0; count < kMostMembers && at + 4 < bytes.size(); ++count) {
    at += 4;  // checksum
    Fields size(bytes.substr(at));
    const std::uint64_t header = size.number();
    at += size.position();
    if (header == 0 || header > bytes.size() - at) break;
    Fields fields(bytes.substr(at, header));
    at += header;
    const std::uint64_t type = fields.number();
    const std::uint64_t flags = fields.number();
    const std::uint64_t extra = (flags & 1U) != 0 ? fields.number() : 0;
    const std::uint64_t data = (flags & 2U) != 0 ? fields.number() : 0;
    if (type == kFile && extra > 0 && extra <= header &&
        has_encryption(bytes.substr(at - extra, extra))) {
      names.emplace(name_of_file(fields));
    }
    if (data > bytes.size() - at) break;
    at += data;
  }
  return names;
}

}  // namespace noshare::extract
