// See invisible_signs.h.
#include "extract/disguise/invisible_signs.h"

#include <algorithm>
#include <set>

#include "noshare/base/text.h"

#include "extract/encodings.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kFewest = 63;  // nine digits of seven bits
constexpr std::size_t kMost = 1U << 18U;

bool is_invisible(char32_t c) {
  return (c >= 0x200B && c <= 0x200F) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF ||
         c == 0x180E;
}

std::u32string invisible_signs(std::string_view text) {
  std::u32string signs;
  const std::size_t first =
      std::min(text.find("\xE2\x80\x8B"), text.find("\xE2\x80\x8C"));
  for (std::size_t at = first; at < text.size() && signs.size() < kMost;) {
    const CodePoint point = code_point_at(text, at);
    if (is_invisible(point.value)) signs += point.value;
    at += point.bytes;
    if (point.bytes == 1)
      at = std::min(text.find_first_of("\xE1\xE2\xEF", at), text.size());
  }
  return signs;
}

class BitTexts {
 public:
  std::vector<std::string> take() { return std::move(texts_); }

  // `bits`: '0' and '1'; other signs part characters.
  void read(const std::string& bits) {
    if (bits.find_first_not_of("01") != bits.npos) {
      std::string text;
      for (std::string_view one : split(bits, ' ')) {
        if (!one.empty() && one.size() <= 16) put(one, text);
      }
      add(std::move(text));
      return;
    }
    for (const std::size_t width : {std::size_t{8}, std::size_t{7}, std::size_t{16}}) {
      std::string text;
      for (std::size_t i = 0; i + width <= bits.size(); i += width) {
        put(std::string_view(bits).substr(i, width), text);
      }
      add(std::move(text));
    }
  }

 private:
  static void put(std::string_view bits, std::string& text) {
    unsigned value = 0;
    for (const char bit : bits) value = value * 2 + (bit == '1' ? 1U : 0U);
    // Bytes are those of UTF-8; more than a byte is a character.
    if (value > 0xFF) {
      append_utf8(text, value);
    } else {
      text += static_cast<char>(value);
    }
  }

  void add(std::string text) {
    constexpr std::ptrdiff_t kFewestDigits = 9;
    if (std::count_if(text.begin(), text.end(), is_ascii_digit) < kFewestDigits) return;
    if (is_clean_text(text)) texts_.push_back(std::move(text));
  }

  std::vector<std::string> texts_;
};

// The signs as bits, where `one` is 1 and those of `parting` part; all others are 0.
std::string bits_of(const std::u32string& signs, char32_t one, char32_t parting) {
  std::string bits;
  for (const char32_t sign : signs)
    bits += sign == parting ? ' ' : sign == one ? '1' : '0';
  return bits;
}

}  // namespace

std::vector<std::string> texts_in_invisible_signs(std::string_view text) {
  const std::u32string signs = invisible_signs(text);
  if (signs.size() < kFewest / 2) return {};
  const std::set<char32_t> kinds(signs.begin(), signs.end());
  BitTexts found;
  if (kinds.size() == 2 || kinds.size() == 3) {
    for (const char32_t one : kinds) {
      if (kinds.size() == 2) found.read(bits_of(signs, one, 0));
      for (const char32_t parting : kinds) {
        if (kinds.size() == 3 && parting != one) found.read(bits_of(signs, one, parting));
      }
    }
  } else if (kinds.size() == 4) {
    const std::u32string order(kinds.begin(), kinds.end());
    for (const bool falling : {false, true}) {
      std::string bits;
      for (const char32_t sign : signs) {
        const std::size_t value = falling ? 3 - order.find(sign) : order.find(sign);
        bits += value > 1 ? '1' : '0';
        bits += value % 2 == 1 ? '1' : '0';
      }
      found.read(bits);
    }
  }
  return found.take();
}

}  // namespace noshare::extract
