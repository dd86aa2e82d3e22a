// MAPI properties: what Outlook messages, contacts and appointments are made of.
//
// In:  properties, one by one, of a message, a recipient or an attachment ([MS-OXPROPS])
// Out: segments: subject, bodies, addresses, all other texts as metadata; attached files
// are read as what they are
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "extract/file_reader.h"

namespace noshare::extract {

// Types of values ([MS-OXCDATA] section 2.11.1).
enum MapiType : std::uint16_t {
  kMapiShort = 0x0002,
  kMapiLong = 0x0003,
  kMapiFloat = 0x0004,
  kMapiBoolean = 0x000B,
  kMapiError = 0x000A,
  kMapiObject = 0x000D,
  kMapiString8 = 0x001E,
  kMapiUnicode = 0x001F,
  kMapiGuid = 0x0048,
  kMapiBinary = 0x0102,
};
inline constexpr std::uint16_t kMapiMultiple = 0x1000;  // a flag: several values

struct MapiProperty {
  std::uint16_t id = 0;
  std::uint16_t type = 0;  // without the flag
  std::string_view value;
  std::string_view name;  // of a named property, UTF-8; may be empty
};

// The properties of one object.
class MapiObject {
 public:
  void put(const MapiProperty& property);
  // Texts in single bytes are read in this code page; without one as they look.
  void set_code_page(std::uint32_t page) { code_page_ = page; }
  std::uint32_t code_page() const { return code_page_; }

  // What was gathered, as a message, a recipient of it, or what its properties make it.
  void finish_message(const FilePlace& place, Collector& out);
  // Reads the attached file, if the object holds one.
  void finish_attachment(const FilePlace& holder, Collector& out);

  // The name of the attached file.
  std::string attachment_name() const;

 private:
  std::string text_of(const MapiProperty& property) const;
  void put_text(const MapiProperty& property);
  void put_binary(const MapiProperty& property);

  std::uint32_t code_page_ = 0;
  std::string subject_;
  std::string body_;
  std::string html_;  // bytes in the code page
  std::string rtf_;
  std::string headers_;  // of the mail as it came, and who sent it to whom
  std::string others_;
  std::string long_name_;
  std::string short_name_;
  std::string data_;
};

}  // namespace noshare::extract
