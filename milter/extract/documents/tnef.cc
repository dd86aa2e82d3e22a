// Attributes of a TNEF stream, and the property lists in them. See tnef.h.
#include "extract/documents/tnef.h"

#include <algorithm>
#include <string>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/little_endian.h"
#include "extract/documents/mapi.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

// [MS-OXTNEF] section 2.1.3.3: the upper half is the type.
enum AttributeId : std::uint32_t {
  kSubject = 0x00018004,
  kBody = 0x0002800C,
  kAttachData = 0x0006800F,
  kAttachTitle = 0x00018010,
  kAttachRenderData = 0x00069002,
  kMessageProperties = 0x00069003,
  kRecipients = 0x00069004,
  kAttachProperties = 0x00069005,
  kOemCodePage = 0x00069007,
};
constexpr std::uint32_t kStringType = 0x0001;
constexpr std::uint32_t kTextType = 0x0002;

// Reads numbers and bytes in order; past the end everything is 0 or empty.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}
  bool good() const { return good_; }
  bool at_end() const { return at_ >= bytes_.size(); }
  std::string_view take(std::size_t size) {
    if (size > bytes_.size() - at_) {
      good_ = false;
      size = bytes_.size() - at_;
    }
    const std::string_view taken = bytes_.substr(at_, size);
    at_ += size;
    return taken;
  }
  std::uint32_t number(std::size_t size) {
    const std::string_view taken = take(size);
    return static_cast<std::uint32_t>(little_endian_at(taken, 0, taken.size()));
  }
  // Values are filled up to four bytes.
  std::string_view padded(std::size_t size) {
    const std::string_view taken = take(size);
    take(std::min((4 - size % 4) % 4, bytes_.size() - at_));
    return taken;
  }

 private:
  std::string_view bytes_;
  std::size_t at_ = 0;
  bool good_ = true;
};

std::size_t fixed_size(std::uint16_t type) {
  switch (type) {
    case kMapiShort:
    case kMapiLong:
    case kMapiFloat:
    case kMapiBoolean:
    case kMapiError:
      return 4;
    case kMapiGuid:
      return 16;
    default:  // doubles, times, currencies, long integers
      return 8;
  }
}

bool is_variable(std::uint16_t type) {
  return type == kMapiString8 || type == kMapiUnicode || type == kMapiBinary ||
         type == kMapiObject;
}

class TnefReader {
 public:
  TnefReader(std::string_view bytes, const FilePlace& place, Collector& out)
      : cursor_(bytes), place_(place), out_(out) {}

  void read() {
    cursor_.take(6);  // signature and key
    while (!cursor_.at_end() && out_.time_left()) {
      cursor_.take(1);  // level: message or attachment; the attribute tells as much
      const std::uint32_t id = cursor_.number(4);
      const std::string_view data = cursor_.take(cursor_.number(4));
      attribute(id, data);
      cursor_.take(2);  // checksum
      if (!cursor_.good()) break;
    }
    end_attachment();
    message_.finish_message(place_, out_);
    if (!cursor_.good() || broken_) {
      out_.add_unreadable(place_.part, place_.path, UnreadableReason::kCorrupt,
                          "broken TNEF");
    }
  }

 private:
  // As a property of that number, in single bytes.
  static MapiProperty text(std::uint16_t id, std::string_view value) {
    return {id, kMapiString8, value, ""};
  }

  void attribute(std::uint32_t id, std::string_view data) {
    switch (id) {
      case kOemCodePage:
        if (data.size() >= 4) message_.set_code_page(u32_at(data, 0));
        return;
      case kSubject:
        return message_.put(text(0x0037, data));
      case kBody:
        return message_.put(text(0x1000, data));
      case kAttachRenderData:
        return begin_attachment();
      case kAttachTitle:
        begin_if_none();
        return attachment_.put(text(0x3704, data));
      case kAttachData:
        begin_if_none();
        return attachment_.put({0x3701, kMapiBinary, data, ""});
      case kAttachProperties: {
        begin_if_none();
        Cursor list(data);
        return properties(attachment_, list);
      }
      case kMessageProperties: {
        Cursor list(data);
        return properties(message_, list);
      }
      case kRecipients:
        return recipients(data);
      default:
        break;
    }
    const std::uint32_t type = id >> 16U;
    if (type == kStringType || type == kTextType || type == 0) {
      message_.put(text(0, data.substr(0, data.find_last_not_of('\0') + 1)));
    }
  }

  void begin_attachment() {
    end_attachment();
    attachment_ = {};
    attachment_.set_code_page(message_.code_page());
    in_attachment_ = true;
  }
  void begin_if_none() {
    if (!in_attachment_) begin_attachment();
  }
  void end_attachment() {
    if (!in_attachment_) return;
    in_attachment_ = false;
    if (out_.count_part()) attachment_.finish_attachment(place_, out_);
  }

  void recipients(std::string_view data) {
    Cursor list(data);
    const std::uint32_t rows = list.number(4);
    for (std::uint32_t row = 0; row < rows && !list.at_end(); ++row) {
      if (!out_.time_left()) return;
      MapiObject recipient;
      recipient.set_code_page(message_.code_page());
      properties(recipient, list);
      recipient.finish_message(place_.inside("recipient"), out_);
    }
  }

  // [MS-OXTNEF] section 2.1.3.4.
  void properties(MapiObject& object, Cursor& list) {
    const std::uint32_t count = list.number(4);
    for (std::uint32_t i = 0; i < count && !list.at_end(); ++i) {
      const auto type = static_cast<std::uint16_t>(list.number(2));
      MapiProperty property;
      property.id = static_cast<std::uint16_t>(list.number(2));
      property.type = static_cast<std::uint16_t>(type & ~kMapiMultiple);
      const std::string name = property.id >= 0x8000 ? property_name(list) : "";
      property.name = name;
      values(object, property, (type & kMapiMultiple) != 0, list);
    }
    if (!list.good()) broken_ = true;
  }

  static std::string property_name(Cursor& list) {
    list.take(16);  // the set of names
    if (list.number(4) == 0) {
      list.take(4);
      return "";
    }
    const std::string_view name = list.padded(list.number(4));
    std::string text = decode_charset(name, "utf-16le", false).text.text;
    while (text.ends_with('\0')) text.pop_back();
    return text;
  }

  void values(MapiObject& object, MapiProperty property, bool several, Cursor& list) {
    const bool variable = is_variable(property.type);
    const std::uint32_t count = several || variable ? list.number(4) : 1;
    for (std::uint32_t i = 0; i < count && list.good() && !list.at_end(); ++i) {
      property.value =
          variable ? list.padded(list.number(4)) : list.padded(fixed_size(property.type));
      if (property.type == kMapiObject) {
        attached_object(object, property.value);
      } else {
        object.put(property);
      }
    }
  }

  // An attached message: the number of its interface, then TNEF again.
  void attached_object(MapiObject& object, std::string_view value) {
    constexpr std::size_t kInterface = 16;
    if (value.size() <= kInterface) return;
    const std::string name = object.attachment_name();
    if (!out_.count_part()) return;
    read_member(value.substr(kInterface), name.empty() ? "attached message" : name,
                place_, out_);
  }

  Cursor cursor_;
  const FilePlace& place_;
  Collector& out_;
  MapiObject message_;
  MapiObject attachment_;
  bool in_attachment_ = false;
  bool broken_ = false;
};

}  // namespace

void read_tnef(std::string_view bytes, const FilePlace& place, Collector& out) {
  TnefReader(bytes, place, out).read();
}

}  // namespace noshare::extract
