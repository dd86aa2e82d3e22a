// Which property is what. See mapi.h.
#include "extract/documents/mapi.h"

#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "extract/charset.h"
#include "extract/containers/little_endian.h"
#include "extract/documents/compressed_rtf.h"
#include "extract/documents/rtf.h"
#include "extract/text_part.h"

namespace noshare::extract {
namespace {

using model::Zone;

// Property numbers of [MS-OXPROPS] that are more than some text.
enum PropertyId : std::uint16_t {
  kSubject = 0x0037,
  kConversationTopic = 0x0070,
  kTransportHeaders = 0x007D,
  kNormalizedSubject = 0x0E1D,
  kBody = 0x1000,
  kRtfCompressed = 0x1009,
  kHtml = 0x1013,
  kAttachData = 0x3701,
  kAttachFilename = 0x3704,
  kAttachLongFilename = 0x3707,
  kInternetCodePage = 0x3FDE,
  kMessageCodePage = 0x3FFD,
};

// What a person would call a property: the words tell what the value is.
struct Label {
  std::uint16_t id;
  std::string_view label;
};
constexpr std::array kLabels = {
    Label{0x0042, "From"},
    Label{0x0065, "From"},
    Label{0x0C1A, "From"},
    Label{0x0C1F, "From"},
    Label{0x5D01, "From"},
    Label{0x5D02, "From"},
    Label{0x0E02, "Bcc"},
    Label{0x0E03, "Cc"},
    Label{0x0E04, "To"},
    Label{0x3001, "Name"},
    Label{0x3003, "E-mail"},
    Label{0x39FE, "E-mail"},
    Label{0x3A06, "First name"},
    Label{0x3A11, "Last name"},
    Label{0x3A08, "Business phone"},
    Label{0x3A09, "Home phone"},
    Label{0x3A1B, "Business phone"},
    Label{0x3A1C, "Mobile phone"},
    Label{0x3A1A, "Phone"},
    Label{0x3A1F, "Other phone"},
    Label{0x3A24, "Fax"},
    Label{0x3A25, "Home fax"},
    Label{0x3A2F, "Home phone"},
    Label{0x3A15, "Postal address"},
    Label{0x3A29, "Street"},
    Label{0x3A27, "City"},
    Label{0x3A2A, "Postal code"},
    Label{0x3A16, "Company"},
    Label{0x3A17, "Title"},
    Label{0x3A10, "Government id"},
    Label{0x3A0F, "Customer id"},
};

std::string_view label_of(std::uint16_t id) {
  const auto* found = std::find_if(kLabels.begin(), kLabels.end(),
                                   [&](const Label& label) { return label.id == id; });
  return found == kLabels.end() ? std::string_view() : found->label;
}

bool names_a_correspondent(std::string_view label) {
  return label == "From" || label == "To" || label == "Cc" || label == "Bcc";
}

// Windows code page identifiers.
std::string charset_of(std::uint32_t page) {
  switch (page) {
    case 0:
      return "";
    case 65'001:
      return "utf-8";
    case 20'127:
      return "us-ascii";
    case 932:
      return "shift_jis";
    case 936:
      return "gbk";
    case 949:
      return "euc-kr";
    case 950:
      return "big5";
    case 20'866:
      return "koi8-r";
    default:
      if (page >= 28'591 && page <= 28'606) {
        return "iso-8859-" + std::to_string(page - 28'590);
      }
      return (page >= 1250 && page <= 1258 ? "windows-" : "cp") + std::to_string(page);
  }
}

void add_labelled(std::string& lines, std::string_view label, std::string_view text) {
  if (trimmed(text).empty()) return;
  if (!label.empty()) lines.append(label).append(": ");
  lines.append(text).append("\n");
}

}  // namespace

std::string MapiObject::text_of(const MapiProperty& property) const {
  const std::string charset =
      property.type == kMapiUnicode ? "utf-16le" : charset_of(code_page_);
  std::string text = decode_charset(property.value, charset, false).text.text;
  while (text.ends_with('\0')) text.pop_back();
  return text;
}

void MapiObject::put(const MapiProperty& property) {
  if (property.type == kMapiUnicode || property.type == kMapiString8) {
    put_text(property);
  } else if (property.type == kMapiBinary) {
    put_binary(property);
  } else if (property.type == kMapiLong && property.value.size() >= 4 &&
             (property.id == kMessageCodePage || property.id == kInternetCodePage)) {
    if (code_page_ == 0) code_page_ = u32_at(property.value, 0);
  }
}

void MapiObject::put_text(const MapiProperty& property) {
  const std::string text = text_of(property);
  switch (property.id) {
    case kSubject:
    case kNormalizedSubject:
    case kConversationTopic:
      if (subject_.find(text) == std::string::npos) add_labelled(subject_, "", text);
      return;
    case kBody:
      return add_labelled(body_, "", text);
    case kHtml:
      html_ += text;
      return;
    case kAttachLongFilename:
      long_name_ = text;
      return;
    case kAttachFilename:
      short_name_ = text;
      return;
    case kTransportHeaders:
      return add_labelled(headers_, "", text);
    default:
      break;
  }
  const std::string_view label = label_of(property.id);
  add_labelled(names_a_correspondent(label) ? headers_ : others_,
               label.empty() ? property.name : label, text);
}

void MapiObject::put_binary(const MapiProperty& property) {
  if (property.id == kHtml) html_ += property.value;
  if (property.id == kRtfCompressed) rtf_ += decompress_rtf(property.value);
  if (property.id == kAttachData) data_ += property.value;
}

void MapiObject::finish_message(const FilePlace& place, Collector& out) {
  out.add_text(place.part, place.path, Zone::kSubject, {std::move(subject_), {}});
  out.add_text(place.part, place.path, Zone::kHeader, {std::move(headers_), {}});
  TextFacts facts;
  facts.charset = "utf-8";
  if (!body_.empty()) read_text(body_, facts, place.part, place.path, out);
  const std::string charset = is_valid_utf8(html_) ? "utf-8" : charset_of(code_page_);
  facts.charset = charset;
  facts.html = true;
  if (!html_.empty()) read_text(html_, facts, place.part, place.path, out);
  if (!rtf_.empty()) read_rtf(rtf_, place, out);
  out.add_text(place.part, place.inside("properties").path, Zone::kMetadata,
               {std::move(others_), {}});
}

std::string MapiObject::attachment_name() const {
  return long_name_.empty() ? short_name_ : long_name_;
}

void MapiObject::finish_attachment(const FilePlace& holder, Collector& out) {
  const std::string name = attachment_name();
  const FilePlace place = holder.inside(name.empty() ? "attachment" : name);
  if (long_name_ != short_name_) add_labelled(others_, "", short_name_);
  out.add_text(place.part, place.inside("properties").path, Zone::kMetadata,
               {std::move(others_), {}});
  if (!data_.empty()) {
    read_member(data_, name.empty() ? "attachment" : name, holder, out);
  } else if (!name.empty()) {
    out.add_text(place.part, place.path, Zone::kFilename, {name, {}});
  }
}

}  // namespace noshare::extract
