// The bounds and the reports that all readers of archives share. See unpacking.h.
#include "extract/containers/unpacking.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::extract {

using model::UnreadableReason;

std::size_t most_unpacked(const Collector& out) {
  return static_cast<std::size_t>(
      std::min<std::uint64_t>(out.limits().part_bytes, out.unpack_left()));
}

void read_unpacked(Unpacked content, std::string_view name, std::string_view detail,
                   const FilePlace& holder, Collector& out) {
  out.charge_unpacked(content.bytes.size());
  if (content.state == UnpackState::kEncrypted ||
      content.state == UnpackState::kUnsupported) {
    refuse_member(name,
                  content.state == UnpackState::kEncrypted
                      ? UnreadableReason::kEncrypted
                      : UnreadableReason::kUnsupported,
                  detail, holder, out);
    return;
  }
  if (content.state == UnpackState::kCorrupt) {
    out.add_unreadable(holder.part, holder.inside(to_valid_utf8(name)).path,
                       UnreadableReason::kCorrupt, detail);
  } else if (content.state == UnpackState::kTooLarge) {
    out.add_unreadable(holder.part, holder.inside(to_valid_utf8(name)).path,
                       UnreadableReason::kTooLarge, "unpacks to more than allowed");
  }
  read_member(content.bytes, name, holder, out);
}

void refuse_member(std::string_view name, UnreadableReason reason,
                   std::string_view detail, const FilePlace& holder, Collector& out) {
  const std::string text = to_valid_utf8(name);
  const FilePlace place = holder.inside(text);
  out.add_text(place.part, place.path, model::Zone::kFilename, {text, {}});
  out.add_unreadable(place.part, place.path, reason, detail);
}

}  // namespace noshare::extract
