// Zip files, each member read as any program might see it. See unpacking.h.
#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

#include "noshare/base/text.h"

#include "extract/containers/little_endian.h"
#include "extract/containers/unpacking.h"
#include "extract/sniff.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

// LZMA in a zip (APPNOTE 5.8.8) as the stand-alone file that libarchive knows.
std::string as_lzma_file(const ZipMember& member) {
  constexpr std::size_t kHead = 4;  // version and size of the properties
  constexpr std::size_t kProperties = 5;
  if (member.packed.size() < kHead + kProperties) return {};
  std::string file(member.packed.substr(kHead, kProperties));
  for (std::size_t i = 0; i < 8; ++i) {
    file += static_cast<char>(member.size >> 8 * i);
  }
  file += member.packed.substr(kHead + kProperties);
  return file;
}

Unpacked content_of(const ZipMember& member, std::size_t most_bytes) {
  if (member.encrypted) return {"", UnpackState::kEncrypted};
  switch (member.method) {
    case ZipMethod::kBzip2:
    case ZipMethod::kZstd:
    case ZipMethod::kXz:
      return decompress(member.packed, most_bytes);
    case ZipMethod::kLzma:
      return decompress(as_lzma_file(member), most_bytes);
    default:
      return unpack(member, most_bytes);
  }
}

void read_gap(std::string_view gap, const FilePlace& place, Collector& out) {
  if (trimmed(gap).empty() || !out.time_left()) return;
  const std::string path = place.inside("outside the members").path;
  if (is_texty(gap)) {
    TextFacts facts;
    facts.zone = Zone::kMetadata;
    facts.html = looks_like_html(gap);
    read_text(gap, facts, place.part, path, out);
    return;
  }
  const Sniffed found = sniff(gap);
  if (!found.type.empty() && !found.type.starts_with("application/zip")) {
    read_format(found, gap, {place.part, path, place.depth + 1}, out);
  }
}

class ZipFileReader {
 public:
  ZipFileReader(std::string_view bytes, const FilePlace& place, Collector& out)
      : bytes_(bytes), place_(place), out_(out) {}

  void read() {
    const ZipMembers zip = list_zip(bytes_, std::size_t{out_.limits().parts} + 1);
    for (const ZipMember& member : zip.members) {
      if (!out_.time_left() || !out_.count_part()) break;
      read_one(member);
    }
    if (zip.members.empty() && zip.gaps.empty()) {
      out_.add_unreadable(place_.part, place_.path, UnreadableReason::kCorrupt,
                          "zip without members");
    } else if (!zip.complete && zip.members.size() <= out_.limits().parts) {
      out_.add_unreadable(place_.part, place_.path, UnreadableReason::kCorrupt,
                          "broken zip directory");
    }
    read_zip_gaps(zip, place_, out_);
    report_locked();
  }

 private:
  void read_one(const ZipMember& member) {
    const auto key = std::tuple(member.packed.data(), member.packed.size(), member.method,
                                member.encrypted);
    if (member.is_folder() || !seen_.insert(key).second) {
      const std::string path = place_.inside(member.name).path;
      out_.add_text(place_.part, path, Zone::kFilename, {member.name, {}});
    } else if (member.encrypted) {
      locked_.push_back(member.name);
    } else {
      read_unpacked(content_of(member, most_unpacked(out_)), member.name,
                    "member of a zip file", place_, out_);
    }
  }

  void report_locked() {
    if (locked_.empty()) return;
    if (out_.set_aside(
            {place_.part, place_.path, place_.depth, std::string(bytes_), locked_})) {
      return;
    }
    for (const std::string& name : locked_) {
      refuse_member(name, UnreadableReason::kEncrypted, "member of an archive", place_,
                    out_);
    }
  }

  std::string_view bytes_;
  const FilePlace& place_;
  Collector& out_;
  std::vector<std::string> locked_;  // names of encrypted members
  std::set<std::tuple<const char*, std::size_t, ZipMethod, bool>> seen_;
};

}  // namespace

void read_zip_gaps(const ZipMembers& zip, const FilePlace& place, Collector& out) {
  for (std::string_view gap : zip.gaps) read_gap(gap, place, out);
}

void read_zip(std::string_view bytes, const FilePlace& place, Collector& out) {
  ZipFileReader(bytes, place, out).read();
}

}  // namespace noshare::extract
