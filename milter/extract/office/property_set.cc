// Property sets: title, author, keywords, and what the user added ([MS-OLEPS]).
#include <algorithm>

#include "extract/containers/little_endian.h"
#include "extract/office/parts.h"

namespace noshare::extract {
namespace {

constexpr std::uint32_t kMostProperties = 4096;
enum PropertyType : std::uint32_t {
  kInteger16 = 0x02,
  kInteger32 = 0x03,
  kByteText = 0x1E,
  kWideText = 0x1F,
  kVector = 0x1000,
};

class PropertySection {
 public:
  explicit PropertySection(std::string_view bytes) : bytes_(bytes) {}

  std::string text() {
    if (bytes_.size() < 8) return "";
    const std::uint32_t count = std::min(u32_at(bytes_, 4), kMostProperties);
    read_code_page(count);
    std::string all;
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t entry = 8 + std::size_t{i} * 8;
      if (entry + 8 > bytes_.size() || all.size() > kMostOfficeText) break;
      // 0 is the dictionary of names, 1 the code page.
      if (u32_at(bytes_, entry) > 1) append(u32_at(bytes_, entry + 4), all);
    }
    return all;
  }

 private:
  void read_code_page(std::uint32_t count) {
    for (std::uint32_t i = 0; i < count; ++i) {
      const std::size_t entry = 8 + std::size_t{i} * 8;
      if (entry + 8 > bytes_.size()) return;
      const std::size_t at = u32_at(bytes_, entry + 4);
      if (u32_at(bytes_, entry) == 1 && at + 6 <= bytes_.size()) {
        page_ = u16_at(bytes_, at + 4);
      }
    }
  }

  void append(std::size_t at, std::string& all) const {
    if (at + 8 > bytes_.size()) return;
    const std::uint32_t type = u32_at(bytes_, at);
    at += 4;
    std::uint32_t times = 1;
    if ((type & kVector) != 0) {
      times = std::min(u32_at(bytes_, at), kMostProperties);
      at += 4;
    }
    for (std::uint32_t i = 0; i < times; ++i) {
      const std::size_t used = append_text(type & ~std::uint32_t{kVector}, at, all);
      if (used == 0) return;
      at += used;
    }
  }

  // How many bytes the value takes; 0 if it is no text.
  std::size_t append_text(std::uint32_t type, std::size_t at, std::string& all) const {
    const bool wide = type == kWideText;
    if ((!wide && type != kByteText) || at + 4 > bytes_.size()) return 0;
    const std::size_t units = u32_at(bytes_, at);
    const std::size_t size = wide ? units * 2 : units;
    std::string_view value = bytes_.substr(at + 4, size);
    std::string text = wide ? from_utf16(value) : from_code_page(value, page_);
    text.resize(std::min(text.find('\0'), text.size()));
    if (!text.empty()) all += text + "\n";
    return 4 + (wide ? (size + 3) / 4 * 4 : size);
  }

  std::string_view bytes_;
  unsigned page_ = 1252;
};

}  // namespace

std::string property_text(std::string_view stream) {
  constexpr std::size_t kHeader = 28;  // then 20 bytes for each section
  std::string text;
  if (stream.size() < kHeader) return text;
  const std::uint32_t sections = std::min(u32_at(stream, 24), 2U);  // section 2.21
  for (std::uint32_t i = 0; i < sections; ++i) {
    const std::size_t entry = kHeader + std::size_t{i} * 20;
    if (entry + 20 > stream.size()) break;
    const std::size_t at = u32_at(stream, entry + 16);
    if (at < stream.size()) text += PropertySection(stream.substr(at)).text();
  }
  return text;
}

}  // namespace noshare::extract
