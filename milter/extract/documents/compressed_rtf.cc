// Literals and references into a ring of 4096 bytes. See compressed_rtf.h.
#include "extract/documents/compressed_rtf.h"

#include <array>
#include <cstdint>

#include "extract/containers/little_endian.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kHeader = 16;
constexpr std::uint32_t kCompressed = 0x75465A4C;    // "LZFu"
constexpr std::uint32_t kUncompressed = 0x414C454D;  // "MELA"

// What the ring holds at the beginning ([MS-OXRTFCP] section 2.1.3.1.1).
constexpr std::string_view kPreset =
    "{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss "
    "\\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier"
    "{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx";

class Ring {
 public:
  Ring() {
    for (char c : kPreset) push(c);
  }
  void push(char c) {
    bytes_[at_] = c;
    at_ = (at_ + 1) % bytes_.size();
  }
  char get(std::size_t place) const { return bytes_[place % bytes_.size()]; }
  std::size_t at() const { return at_; }

 private:
  std::array<char, 4096> bytes_{};
  std::size_t at_ = 0;
};

std::string unpacked(std::string_view packed) {
  Ring ring;
  std::string text;
  std::size_t at = 0;
  const auto put = [&](char c) {
    text += c;
    ring.push(c);
  };
  while (at < packed.size()) {
    const auto flags = static_cast<std::uint8_t>(packed[at++]);
    for (unsigned bit = 0; bit < 8; ++bit) {
      if ((flags >> bit & 1U) == 0) {
        if (at >= packed.size()) return text;
        put(packed[at++]);
        continue;
      }
      if (at + 2 > packed.size()) return text;
      const unsigned reference = static_cast<std::uint8_t>(packed[at]) * 256U +
                                 static_cast<std::uint8_t>(packed[at + 1]);
      at += 2;
      const std::size_t place = reference >> 4U;
      if (place == ring.at()) return text;  // the mark of the end
      const std::size_t length = (reference & 0xFU) + 2;
      for (std::size_t i = 0; i < length; ++i) put(ring.get(place + i));
    }
  }
  return text;
}

}  // namespace

std::string decompress_rtf(std::string_view bytes) {
  if (bytes.size() < kHeader) return "";
  const std::uint32_t kind = u32_at(bytes, 8);
  if (kind == kUncompressed) return std::string(bytes.substr(kHeader));
  return kind == kCompressed ? unpacked(bytes.substr(kHeader)) : "";
}

}  // namespace noshare::extract
