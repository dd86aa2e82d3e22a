// Unicode folding with a fast path. See fold.h.
#include "extract/fold.h"

#include <array>

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/utf16.h>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// What a character becomes: itself, nothing, or a few ASCII characters.
struct Folded {
  bool keep = true;
  std::string_view text = {};
};

// Alphabets whose letters and syllables nothing has to be done about: they make up most
// text that is not ASCII, and are passed without asking for their properties.
bool is_plain_letter(char32_t point) {
  return (point >= 0xC0 && point <= 0x24F) || (point >= 0x386 && point <= 0x481) ||
         (point >= 0x48A && point <= 0x52F) || (point >= 0x3041 && point <= 0x30FA) ||
         (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xAC00 && point <= 0xD7A3);
}

// The compatibility form (NFKC) if it is ASCII and written on the line: not for
// superscripts, since a footnote mark behind a number is no part of it. Text lives in
// `buffer`.
std::string_view compatibility_form(char32_t point, std::array<char, 8>& buffer) {
  const auto type =
      u_getIntPropertyValue(static_cast<UChar32>(point), UCHAR_DECOMPOSITION_TYPE);
  if (type == U_DT_NONE || type == U_DT_CANONICAL || type == U_DT_SUPER ||
      type == U_DT_SUB) {
    return {};
  }
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* form = unorm2_getNFKCInstance(&status);
  std::array<UChar, 8> units{};
  const int32_t size =
      unorm2_getDecomposition(form, static_cast<UChar32>(point), units.data(),
                              static_cast<int32_t>(units.size()), &status);
  if (U_FAILURE(status) || size <= 0 || size > static_cast<int32_t>(buffer.size()))
    return {};
  const bool any_sign = type == U_DT_WIDE || type == U_DT_SMALL;
  for (std::size_t i = 0; i < static_cast<std::size_t>(size); ++i) {
    if (units[i] >= 0x80) return {};
    buffer[i] = static_cast<char>(units[i]);
    if (!any_sign && !is_ascii_alnum(buffer[i])) return {};
  }
  return {buffer.data(), static_cast<std::size_t>(size)};
}

Folded fold_point(char32_t point, bool after_digit, std::array<char, 8>& buffer) {
  const auto c = static_cast<UChar32>(point);
  const auto one = [&buffer](char ascii) {
    buffer[0] = ascii;
    return Folded{false, {buffer.data(), 1}};
  };
  if (is_plain_letter(point)) return {};
  switch (u_charType(c)) {
    case U_DECIMAL_DIGIT_NUMBER:
      return one(static_cast<char>('0' + u_charDigitValue(c)));
    case U_SPACE_SEPARATOR:
      return one(' ');
    case U_LINE_SEPARATOR:
    case U_PARAGRAPH_SEPARATOR:
      return one('\n');
    case U_DASH_PUNCTUATION:
      return one('-');
    case U_FORMAT_CHAR:
      return {false, {}};
    case U_ENCLOSING_MARK:
    case U_NON_SPACING_MARK:
      // Strokes and dots over digits are decoration; over letters they are spelling.
      if (after_digit) return {false, {}};
      break;
    default:
      break;
  }
  if (point == 0x2212) return one('-');  // minus sign
  if (u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0) return {false, {}};
  const std::string_view form = compatibility_form(point, buffer);
  return form.empty() ? Folded{} : Folded{false, form};
}

// The next byte from `at` on that is not plain ASCII text: beyond 127, or NUL.
std::size_t next_special(std::string_view text, std::size_t at) {
  while (at < text.size() && static_cast<signed char>(text[at]) > 0) ++at;
  return at;
}

}  // namespace

MappedText folded(std::string_view text) {
  TextBuilder out(true);
  out.reserve(text.size());
  std::array<char, 8> buffer{};
  std::size_t run = 0;  // start of what is copied as it stands
  bool after_digit = false;
  for (std::size_t at = next_special(text, 0); at < text.size();
       at = next_special(text, at)) {
    const CodePoint point = text[at] == '\0' ? CodePoint{0, 1} : code_point_at(text, at);
    if (run < at) after_digit = is_ascii_digit(text[at - 1]);
    const Folded result = point.value == 0 ? Folded{false, {}}
                                           : fold_point(point.value, after_digit, buffer);
    if (!result.keep) {
      out.copy(text.substr(run, at - run), run);
      out.replace(result.text, at);
      run = at + point.bytes;
      if (!result.text.empty()) after_digit = is_ascii_digit(result.text.back());
    } else {
      after_digit = false;
    }
    at += point.bytes;
  }
  out.copy(text.substr(run), run);
  return out.finish(text.size());
}

bool is_folded(std::string_view text) {
  if (is_ascii(text) && text.find('\0') == std::string_view::npos) return true;
  std::array<char, 8> buffer{};
  for (std::size_t at = next_special(text, 0); at < text.size();
       at = next_special(text, at)) {
    if (text[at] == '\0') return false;
    const CodePoint point = code_point_at(text, at);
    const bool after_digit = at > 0 && is_ascii_digit(text[at - 1]);
    if (!fold_point(point.value, after_digit, buffer).keep) return false;
    at += point.bytes;
  }
  return true;
}

model::Segment fold(model::Segment segment) {
  if (is_folded(segment.text)) return segment;
  MappedText result = folded(segment.text);
  segment.source = std::move(segment.text);
  segment.text = std::move(result.text);
  segment.to_source = std::move(result.map);
  return segment;
}

}  // namespace noshare::extract
