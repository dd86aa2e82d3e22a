// Only the nearest characters are looked at, so that hostile text costs no more.
#include "detect/edges.h"

#include <algorithm>
#include <array>

#include "noshare/base/account_size.h"
#include "noshare/base/text.h"

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostTokenBytes = 200;  // looked at on either side

char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\0';
}

bool is_identifier_byte(char c) { return is_ascii_alnum(c) || c == '-' || c == '_'; }

// White space, quotes and brackets, and the separators of lists and tables.
constexpr std::array<bool, 256> kTokenEnds = [] {
  std::array<bool, 256> ends{};
  for (const char c : std::string_view(" \t\n\v\f\r<>\"'()[]{}|,;"))
    ends[static_cast<unsigned char>(c)] = true;
  return ends;
}();

bool ends_token(char c) { return kTokenEnds[static_cast<unsigned char>(c)]; }

bool has_digit(std::string_view text) {
  return std::any_of(text.begin(), text.end(), is_ascii_digit);
}

std::string_view identifier_before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < kMostTokenBytes &&
         is_identifier_byte(text[begin - 1]))
    --begin;
  return text.substr(begin, end - begin);
}

std::string_view identifier_after(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kMostTokenBytes &&
         is_identifier_byte(text[end]))
    ++end;
  return text.substr(begin, end - begin);
}

// "123456789,50" with nothing that makes it two fields of a table.
bool is_decimal_comma(std::string_view text, std::size_t comma) {
  if (byte_at(text, comma) != ',' || !is_ascii_digit(byte_at(text, comma + 1)) ||
      !is_ascii_digit(byte_at(text, comma + 2)))
    return false;
  const char after = byte_at(text, comma + 3);
  return after == ' ' && !is_ascii_digit(byte_at(text, comma + 4));
}

// "1234567/M" of "1234567/M/A/X/000": a number in several fields goes on.
bool has_slash(std::string_view match) {
  return match.find('/') != std::string_view::npos;
}

// "root@192.0.2.7": an address of the network behind its user's name.
bool is_host_of_user(std::string_view text, model::Span match) {
  const std::string_view value = text.substr(match.begin, match.end - match.begin);
  if (match.begin < 2 || text[match.begin - 1] != '@' ||
      !is_identifier_byte(text[match.begin - 2]))
    return false;
  constexpr std::ptrdiff_t kDots = 3;
  return value.find(':') != std::string_view::npos ||
         (value.find_first_not_of("0123456789.") == std::string_view::npos &&
          std::count(value.begin(), value.end(), '.') == kDots);
}

bool goes_on_before(std::string_view text, std::size_t begin, std::string_view match) {
  if (begin == 0) return false;
  const char joint = text[begin - 1];
  if (joint == '@') return true;
  if (joint == '/')
    return begin > 1 && is_ascii_alnum(text[begin - 2]) && has_slash(match);
  if (begin < 2 || (joint != '.' && joint != '-')) return false;
  if (is_ascii_digit(text[begin - 2])) return is_ascii_digit(text[begin]);
  return joint == '-' && is_ascii_alpha(text[begin - 2]) &&
         has_digit(identifier_before(text, begin - 1));
}

bool goes_on_after(std::string_view text, std::size_t end, std::string_view match) {
  const char joint = byte_at(text, end), next = byte_at(text, end + 1);
  if (joint == '/') return is_ascii_alnum(next) && has_slash(match);
  if (joint == '@') return is_ascii_alnum(next);
  if (joint == ',') return is_ascii_digit(text[end - 1]) && is_decimal_comma(text, end);
  if (joint != '.' && joint != '-') return false;
  if (is_ascii_digit(next)) return is_ascii_digit(text[end - 1]);
  return joint == '-' && is_ascii_alpha(next) &&
         has_digit(identifier_after(text, end + 1));
}

// ".abc@example.com", "a..bc@example.com": no address begins behind a dot, unless dots
// lead the eye to it.
bool is_behind_stray_dot(std::string_view text, model::Span match) {
  if (match.begin == 0 || text[match.begin - 1] != '.') return false;
  const bool leaders = text.substr(0, match.begin).ends_with("...");
  return !leaders && text.substr(match.begin, match.end - match.begin).find('@') !=
                         std::string_view::npos;
}

bool is_hexadecimal(std::string_view token) {
  constexpr std::string_view kDigits = "0123456789abcdefABCDEF";
  return !token.empty() && token.find_first_not_of(kDigits) == std::string_view::npos;
}

// Eight groups out of "51:C4:0C:6D:7E:A5:6C:D8:8F:B4": a fingerprint's, no address.
bool is_among_groups(std::string_view text, model::Span match) {
  if (text.substr(match.begin, match.end - match.begin).find(':') ==
      std::string_view::npos)
    return false;
  return (match.begin > 0 && text[match.begin - 1] == ':' &&
          is_hexadecimal(identifier_before(text, match.begin - 1))) ||
         (byte_at(text, match.end) == ':' &&
          is_hexadecimal(identifier_after(text, match.end + 1)));
}

// The groups of four of an account: "GB29 NWBK 6016 1331 9268 19". Some of its groups
// may pass for a number of another kind.
bool is_in_account(std::string_view text, model::Span match) {
  constexpr std::size_t kGroup = 4;
  constexpr std::size_t kMostGroups = 8;
  const auto joins = [](char c) { return c == ' ' || c == '-'; };
  const auto is_group = [&](std::size_t at) {
    return at + kGroup <= text.size() &&
           std::all_of(text.begin() + static_cast<std::ptrdiff_t>(at),
                       text.begin() + static_cast<std::ptrdiff_t>(at + kGroup),
                       [](char c) { return is_ascii_digit(c) || is_ascii_upper(c); });
  };
  std::size_t begin = match.begin;
  for (std::size_t i = 0; i < kMostGroups && begin > kGroup; ++i) {
    if (!joins(text[begin - 1]) || !is_group(begin - kGroup - 1)) return false;
    begin -= kGroup + 1;
    if (begin > 0 && is_ascii_alnum(text[begin - 1])) return false;
    if (!is_ascii_upper(text[begin]) || !is_ascii_upper(text[begin + 1])) continue;
    const std::size_t size = account_size(text[begin], text[begin + 1]);
    if (size == 0 || !is_ascii_digit(text[begin + 2]) || !is_ascii_digit(text[begin + 3]))
      continue;
    const std::size_t end = begin + size + (size - 1) / kGroup;
    return match.end <= end && end <= text.size() && is_ascii_alnum(text[end - 1]) &&
           !is_ascii_alnum(byte_at(text, end));
  }
  return false;
}

// "https://": looked for by its first slash, since text full of colons is commoner.
bool has_scheme(std::string_view token) {
  for (std::size_t at = token.find('/', 1); at != std::string_view::npos;
       at = token.find('/', at + 1)) {
    if (token[at - 1] == ':' && byte_at(token, at + 1) == '/') return true;
  }
  return false;
}

bool looks_like_address(std::string_view token) {
  // "@Ann" calls a person; an address has something before its sign.
  return (token.size() > 1 && token.find('@', 1) != std::string_view::npos) ||
         token.substr(0, 4) == "www." || has_scheme(token);
}

// The token in which a match stands, as far as it is looked at.
std::string_view token_round(std::string_view text, model::Span match) {
  const char* const first = text.data();
  const char* begin = first + match.begin;
  const char* end = first + match.end;
  const char* const least = begin - std::min<std::size_t>(match.begin, kMostTokenBytes);
  const char* const most =
      end + std::min<std::size_t>(text.size() - match.end, kMostTokenBytes);
  while (begin != least && !ends_token(begin[-1])) --begin;
  while (end != most && !ends_token(*end)) ++end;
  return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace

bool is_in_fingerprint(std::string_view text, model::Span match) noexcept {
  constexpr std::size_t kGroup = 4, kLeastGroups = 4, kMostGroups = 8, kMostSpaces = 2;
  std::size_t groups = 0;
  bool letters = false;
  const auto take = [&](std::size_t at) {
    const std::string_view group = text.substr(at, kGroup);
    if (group.size() != kGroup || !is_hexadecimal(group)) return false;
    if (at > 0 && is_identifier_byte(text[at - 1])) return false;
    if (is_identifier_byte(byte_at(text, at + kGroup))) return false;
    letters = letters || !std::all_of(group.begin(), group.end(), is_ascii_digit);
    ++groups;
    return true;
  };
  std::size_t at = match.begin;
  for (std::size_t i = 0; i < kMostGroups; ++i) {
    const std::size_t end = at;
    while (at > 0 && end - at < kMostSpaces && text[at - 1] == ' ') --at;
    if (at == end || at < kGroup || !take(at - kGroup)) break;
    at -= kGroup;
  }
  at = match.end;
  for (std::size_t i = 0; i < kMostGroups; ++i) {
    const std::size_t begin = at;
    while (at - begin < kMostSpaces && byte_at(text, at) == ' ') ++at;
    if (at == begin || at >= text.size() || !take(at)) break;
    at += kGroup;
  }
  return groups >= kLeastGroups && letters;
}

bool edge::left_holds(std::string_view text, std::uint32_t begin) noexcept {
  return !is_word_character(character_before(text, begin));
}

bool edge::right_holds(std::string_view text, std::uint32_t end) noexcept {
  return !is_word_character(character_at(text, end));
}

bool is_piece_of_longer(std::string_view text, model::Span match) noexcept {
  const std::string_view value = text.substr(match.begin, match.end - match.begin);
  return (goes_on_before(text, match.begin, value) && !is_host_of_user(text, match)) ||
         goes_on_after(text, match.end, value) || is_behind_stray_dot(text, match) ||
         is_among_groups(text, match) || is_in_account(text, match) ||
         is_in_fingerprint(text, match);
}

bool is_inside_address(std::string_view text, model::Span match) noexcept {
  if (looks_like_address(text.substr(match.begin, match.end - match.begin))) return false;
  if (is_host_of_user(text, match)) return false;
  const std::string_view token = token_round(text, match);
  return token.size() > match.end - match.begin && looks_like_address(token);
}

}  // namespace noshare::detect
