// See ole_package.h.
#include "extract/documents/ole_package.h"

#include <algorithm>

#include "extract/containers/little_endian.h"
#include "extract/containers/unpacking.h"
#include "extract/documents/compound_file.h"

namespace noshare::extract {
namespace {

using std::string_view_literals::operator""sv;

// Takes a number of `size` bytes from the front; false if there is none.
bool take_number(std::string_view& bytes, std::size_t size, std::uint64_t& value) {
  if (bytes.size() < size) return false;
  value = little_endian_at(bytes, 0, size);
  bytes.remove_prefix(size);
  return true;
}

bool take_string(std::string_view& bytes, std::string_view& text) {
  const std::size_t end = bytes.find('\0');
  if (end == std::string_view::npos) return false;
  text = bytes.substr(0, end);
  bytes.remove_prefix(end + 1);
  return true;
}

// The packaged file: label, path, a path again, and its bytes.
bool read_native(std::string_view data, const FilePlace& place, Collector& out) {
  std::uint64_t number = 0;
  std::string_view label;
  std::string_view text;
  if (!take_number(data, 2, number) || !take_string(data, label) ||
      !take_string(data, text) || !take_number(data, 4, number) ||
      !take_number(data, 4, number)) {
    return false;
  }
  data.remove_prefix(std::min<std::size_t>(number, data.size()));  // the path again
  if (!take_number(data, 4, number)) return false;
  const std::string_view content = data.substr(0, number);
  read_member(content, label.empty() ? "object" : label, place, out);
  return true;
}

bool read_streams(std::string_view bytes, const FilePlace& place, Collector& out) {
  const auto file = CompoundFile::open(bytes);
  if (!file) return false;
  bool any = false;
  for (const CompoundEntry& entry : file->entries()) {
    const bool native = entry.name == "\1Ole10Native";
    const bool document = entry.name == "Package" || entry.name == "CONTENTS" ||
                          entry.name == "EmbeddedOdf";
    if (entry.is_storage || (!native && !document)) continue;
    if (!out.time_left() || !out.count_part()) return true;
    const std::string content = file->read(entry, most_unpacked(out)).bytes;
    out.charge_unpacked(content.size());
    if (document) {
      read_member(content, entry.name, place, out);
      any = true;
    } else if (content.size() > 4) {
      any = read_native(std::string_view(content).substr(4), place, out) || any;
    }
  }
  return any;
}

}  // namespace

void read_ole_package(std::string_view bytes, const FilePlace& place, Collector& out) {
  if (read_streams(bytes, place, out)) return;
  out.add_unreadable(place.part, place.path, model::UnreadableReason::kUnsupported,
                     "OLE object");
}

void read_embedded_object(std::string_view bytes, const FilePlace& place,
                          Collector& out) {
  const std::size_t inner = bytes.find("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"sv);
  if (inner != std::string_view::npos) {
    return read_member(bytes.substr(inner), "object", place, out);
  }
  // OLE 1: version, kind, three strings with their lengths, the data with its length.
  std::string_view rest = bytes;
  std::uint64_t number = 0;
  bool whole = take_number(rest, 4, number) && take_number(rest, 4, number);
  std::string_view name;
  for (int i = 0; whole && i < 3; ++i) {
    whole = take_number(rest, 4, number) && number <= rest.size();
    if (!whole) break;
    if (i == 0) name = rest.substr(0, number);
    rest.remove_prefix(number);
  }
  whole = whole && take_number(rest, 4, number);
  if (whole && name.starts_with("Package") && read_native(rest, place, out)) return;
  out.add_unreadable(place.part, place.path, model::UnreadableReason::kUnsupported,
                     "object embedded in RTF");
}

}  // namespace noshare::extract
