// Walks the storages of a message. See outlook_message.h.
#include "extract/documents/outlook_message.h"

#include <optional>
#include <string>

#include "noshare/base/text.h"

#include "extract/containers/little_endian.h"
#include "extract/containers/unpacking.h"
#include "extract/documents/compound_file.h"
#include "extract/documents/mapi.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

constexpr std::string_view kProperties = "__properties_version1.0";
constexpr std::string_view kValue = "__substg1.0_";  // + id and type, 8 hex digits
constexpr std::string_view kRecipient = "__recip_version1.0_";
constexpr std::string_view kAttachment = "__attach_version1.0_";
constexpr std::string_view kAttachedObject = "__substg1.0_3701000D";

std::optional<MapiProperty> property_of(std::string_view stream_name) {
  if (!stream_name.starts_with(kValue)) return std::nullopt;
  std::uint32_t number = 0;
  const std::string_view hex = stream_name.substr(kValue.size(), 8);
  if (hex.size() != 8) return std::nullopt;
  for (char c : hex) {
    const char lower = ascii_lower(c);
    const bool letter = lower >= 'a' && lower <= 'f';
    if (!is_ascii_digit(c) && !letter) return std::nullopt;
    number =
        number * 16 + static_cast<std::uint32_t>(letter ? lower - 'a' + 10 : c - '0');
  }
  MapiProperty property;
  property.id = static_cast<std::uint16_t>(number >> 16U);
  property.type = static_cast<std::uint16_t>(number);
  return property;
}

class MessageFileReader {
 public:
  MessageFileReader(const CompoundFile& file, Collector& out) : file_(file), out_(out) {}

  // `header`: bytes before the first property ([MS-OXMSG] section 2.4.1).
  void read_message(const CompoundEntry& storage, const FilePlace& place,
                    std::size_t header, std::uint32_t code_page) {
    MapiObject message;
    fill(message, storage, header, code_page, place);
    const std::uint32_t page = message.code_page();
    for (const CompoundEntry* child : children(storage, kRecipient)) {
      MapiObject recipient;
      fill(recipient, *child, kPartHeader, page, place);
      recipient.finish_message(place.inside("recipient"), out_);
    }
    message.finish_message(place, out_);
    for (const CompoundEntry* child : children(storage, kAttachment)) {
      if (!out_.time_left() || !out_.count_part()) return;
      read_attachment(*child, place, page);
    }
  }

  static constexpr std::size_t kTopHeader = 32;

 private:
  static constexpr std::size_t kInnerHeader = 24;
  static constexpr std::size_t kPartHeader = 8;
  static constexpr std::size_t kPropertySize = 16;

  std::vector<const CompoundEntry*> children(const CompoundEntry& storage,
                                             std::string_view prefix) const {
    std::vector<const CompoundEntry*> found;
    for (std::size_t index : storage.children) {
      const CompoundEntry& child = file_.entries()[index];
      if (child.is_storage && child.name.starts_with(prefix)) found.push_back(&child);
    }
    return found;
  }

  std::string content(const CompoundEntry& stream, const FilePlace& place) {
    CompoundStream read = file_.read(stream, most_unpacked(out_));
    out_.charge_unpacked(read.bytes.size());
    if (!read.whole) {
      const bool cut = read.bytes.size() >= most_unpacked(out_);
      out_.add_unreadable(place.part, place.path,
                          cut ? UnreadableReason::kTooLarge : UnreadableReason::kCorrupt,
                          "stream of an Outlook message");
    }
    return std::move(read.bytes);
  }

  void fill(MapiObject& object, const CompoundEntry& storage, std::size_t header,
            std::uint32_t code_page, const FilePlace& place) {
    object.set_code_page(code_page);
    if (const CompoundEntry* properties = file_.find(storage, kProperties)) {
      put_numbers(object, content(*properties, place), header);
    }
    for (std::size_t index : storage.children) {
      const CompoundEntry& stream = file_.entries()[index];
      std::optional<MapiProperty> property = property_of(stream.name);
      if (stream.is_storage || !property) continue;
      if (!out_.time_left()) return;
      const bool several = (property->type & kMapiMultiple) != 0;
      // Of a property with several values one stream holds the lengths, the others the
      // values.
      if (several && stream.name.find('-') == std::string::npos) continue;
      property->type = static_cast<std::uint16_t>(property->type & ~kMapiMultiple);
      const std::string value = content(stream, place);
      property->value = value;
      object.put(*property);
    }
  }

  static void put_numbers(MapiObject& object, std::string_view bytes,
                          std::size_t header) {
    for (std::size_t at = header; at + kPropertySize <= bytes.size();
         at += kPropertySize) {
      object.put({u16_at(bytes, at + 2), u16_at(bytes, at), bytes.substr(at + 8, 8), ""});
    }
  }

  void read_attachment(const CompoundEntry& storage, const FilePlace& holder,
                       std::uint32_t code_page) {
    MapiObject attachment;
    fill(attachment, storage, kPartHeader, code_page, holder);
    const std::string name = attachment.attachment_name();
    attachment.finish_attachment(holder, out_);
    const CompoundEntry* object = file_.find(storage, kAttachedObject);
    if (object == nullptr) return;
    const FilePlace place = holder.inside(name.empty() ? "attached message" : name);
    if (place.depth > out_.limits().depth) {
      out_.add_unreadable(place.part, place.path, UnreadableReason::kTooDeep,
                          "files nested too deeply");
    } else if (object->is_storage && file_.find(*object, kProperties) != nullptr) {
      read_message(*object, place, kInnerHeader, code_page);
    } else if (object->is_storage) {
      read_object(*object, place);
    } else {
      read_member(content(*object, place), "object", place, out_);
    }
  }

  // An object of another program: its streams may be files.
  void read_object(const CompoundEntry& storage, const FilePlace& place) {
    for (std::size_t index : storage.children) {
      const CompoundEntry& child = file_.entries()[index];
      if (!out_.time_left() || !out_.count_part()) return;
      if (!child.is_storage && child.size > 0) {
        read_member(content(child, place), child.name, place, out_);
      } else if (child.is_storage) {
        out_.add_unreadable(place.part, place.path, UnreadableReason::kUnsupported,
                            "object in an Outlook message");
      }
    }
  }

  const CompoundFile& file_;
  Collector& out_;
};

}  // namespace

void read_outlook_message(std::string_view bytes, const FilePlace& place,
                          Collector& out) {
  const std::optional<CompoundFile> file = CompoundFile::open(bytes);
  if (!file) {
    out.add_unreadable(place.part, place.path, UnreadableReason::kCorrupt,
                       "broken compound file");
    return;
  }
  const CompoundEntry& root = file->entries().front();
  if (file->find(root, kProperties) == nullptr) {
    return read_format({"application/x-ole-storage", false}, bytes, place, out);
  }
  MessageFileReader(*file, out)
      .read_message(root, place, MessageFileReader::kTopHeader, 0);
}

}  // namespace noshare::extract
