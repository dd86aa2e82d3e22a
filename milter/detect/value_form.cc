// Values in the form in which equal data are equal, and in the form that may be shown.
#include "detect/value_form.h"

#include <algorithm>

#include "noshare/base/text.h"
#include "noshare/detect/detector.h"

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostShown = 4;  // of a value's end

void append_words(std::string_view value, std::string& out) {
  bool space = false;
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = code_point_at(value, at);
    at += point.bytes;
    if (!is_word_character(point.value) && !is_spaceless_letter(point.value)) {
      space = !out.empty();
      continue;
    }
    if (space) out.push_back(' ');
    space = false;
    append_utf8(out, lower_case(point.value));
  }
}

std::string masked_ascii(std::string_view value) {
  std::string mask;
  for (const char c : value) {
    if (is_ascii_alnum(c) || c == '_') mask.push_back(c);
  }
  const std::size_t shown = std::min(kMostShown, mask.size() / 4);
  std::fill(mask.begin(), mask.end() - static_cast<std::ptrdiff_t>(shown), '*');
  return mask;
}

}  // namespace

void append_normalised(config::Normalise how, std::string_view value, std::string& out) {
  switch (how) {
    case config::Normalise::kAsIs:
      out.append(value);
      return;
    case config::Normalise::kDigits:
      std::copy_if(value.begin(), value.end(), std::back_inserter(out), is_ascii_digit);
      return;
    case config::Normalise::kAlnumUpper:
      for (char c : value) {
        if (is_ascii_alnum(c)) out.push_back(ascii_upper(c));
      }
      return;
    case config::Normalise::kLower:
      out.append(folded(trimmed(value)));
      return;
    case config::Normalise::kWords:
      append_words(value, out);
      return;
  }
}

std::string normalised(config::Normalise how, std::string_view value) {
  std::string out;
  append_normalised(how, value, out);
  return out;
}

// A quarter of the letters and digits is shown, four at most; separators are left out, so
// that a mask tells the length of the value itself. Of an e-mail address the domain is
// shown.
std::string masked(const std::string&, std::string_view value) {
  const std::size_t at_sign = value.rfind('@');
  if (at_sign != std::string_view::npos && at_sign > 0)
    return "****" + std::string(value.substr(at_sign));
  if (is_ascii(value)) return masked_ascii(value);
  std::vector<std::string_view> characters;
  for (std::size_t at = 0; at < value.size();) {
    const CodePoint point = code_point_at(value, at);
    if (is_word_character(point.value) || is_spaceless_letter(point.value))
      characters.push_back(value.substr(at, point.bytes));
    at += point.bytes;
  }
  const std::size_t shown = std::min(kMostShown, characters.size() / 4);
  std::string mask(characters.size() - shown, '*');
  for (std::size_t i = characters.size() - shown; i < characters.size(); ++i)
    mask.append(characters[i]);
  return mask;
}

bool looks_like_placeholder(std::string_view value) {
  constexpr std::size_t kFullAddress = 39;  // of IPv6: all zeros are one, too
  if (value.size() == kFullAddress && value[4] == ':') return false;
  std::size_t digits = 0, same = 0, rising = 0, falling = 0;
  char last = 0;
  for (char c : value) {
    if (is_ascii_alpha(c)) return false;
    if (!is_ascii_digit(c)) continue;
    if (digits > 0) {
      same += c == last ? 1U : 0U;
      rising += c == last + 1 || (last == '9' && c == '0') ? 1U : 0U;
      falling += c == last - 1 || (last == '0' && c == '9') ? 1U : 0U;
    }
    last = c;
    ++digits;
  }
  return digits >= 6 && std::max({same, rising, falling}) == digits - 1;
}

}  // namespace noshare::detect
