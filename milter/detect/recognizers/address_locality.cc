// Localities of the address grammar; see address_grammar.h.
#include <algorithm>
#include <string>

#include "noshare/base/text.h"

#include "detect/recognizers/address_grammar.h"
#include "detect/recognizers/address_words.h"
#include "detect/recognizers/place_table.h"

namespace noshare::detect {
namespace {

using namespace address_words;

constexpr std::size_t kMostCityWords = 4;
constexpr std::size_t kMostFillers = 2;  // lines between street and locality
constexpr std::size_t kMostParts = 4;    // the same, each a part of a building
constexpr std::size_t kMostFillerWords = 5;

// The shape of a token: "9" for a digit, "A" for a letter, other characters as they are.
std::string shape_of(std::string_view text) {
  std::string shape;
  for (const char c : text.substr(0, 12)) {
    shape += is_ascii_digit(c) ? '9' : is_ascii_alpha(c) ? 'A' : c;
  }
  return shape;
}

bool is_separator(const AddressTokens& tokens, std::size_t at) {
  return tokens.is(at, TokenKind::kComma) || tokens.is(at, TokenKind::kBreak) ||
         tokens.is(at, TokenKind::kDash);
}

std::size_t skip_separator(const AddressTokens& tokens, std::size_t at) {
  if (tokens.is(at, TokenKind::kComma) && tokens.is(at + 1, TokenKind::kBreak))
    return at + 2;
  return is_separator(tokens, at) ? at + 1 : at;
}

bool ends_line(const AddressTokens& tokens, std::size_t at) {
  return tokens.is_beyond(at) || tokens.is(at, TokenKind::kBreak) ||
         tokens.is(at, TokenKind::kStop);
}

// Tokens of a postcode that is written before the city's name; 0: there is none.
std::size_t postcode_before_city(const AddressTokens& tokens, std::size_t at) {
  const std::string shape = shape_of(tokens.text_at(at));
  const std::string next = shape_of(tokens.text_at(at + 1));
  if (tokens.is(at, TokenKind::kWord)) {  // "D-70174", "LV-1009", "SE-111 22"
    const std::size_t hyphen = shape.find('-');
    if (hyphen == std::string::npos || hyphen > 3) return 0;
    const std::string digits = shape.substr(hyphen + 1);
    if (digits == "9999" || digits == "99999" || digits == "999999") return 1;
    return digits == "999" && next == "99" ? 2 : 0;
  }
  if (!tokens.is(at, TokenKind::kNumber)) return 0;
  if (shape == "9999" && next == "AA" && tokens.at(at + 1).capital)
    return 2;  // Netherlands
  if (shape == "9999AA") return 1;
  if (shape == "999" && (next == "99" || next == "99999")) return 2;  // SE, CZ, SK, GR
  if (shape == "99" && next == "999" && tokens.is(at + 1, TokenKind::kNumber))
    return 2;  // France, as it was written once
  for (const char* known :
       {"9999", "99999", "999999", "99-999", "9999-999", "99999-999", "999"}) {
    if (shape == known) return 1;
  }
  return 0;
}

// Tokens of a postcode with letters that stands behind the city: "EC1M 5RF", "L5N 8P7".
std::size_t postcode_with_letters(const AddressTokens& tokens, std::size_t at) {
  if (!tokens.is(at, TokenKind::kWord)) return 0;
  const std::string shape = shape_of(tokens.text_at(at));
  const std::string next = shape_of(tokens.text_at(at + 1));
  const bool outward = shape == "A9" || shape == "A99" || shape == "AA9" ||
                       shape == "AA99" || shape == "A9A" || shape == "AA9A";
  if (outward && next == "9AA") return 2;         // GB and its islands
  if (shape == "A9A" && next == "9A9") return 2;  // Canada
  if ((shape == "A99" || shape == "A9A") && tokens.text_at(at + 1).size() == 4 &&
      next.find('9') != std::string::npos) {
    return 2;  // Ireland
  }
  if (shape == "AAA" && next == "9999" && tokens.at(at).capital) return 2;  // Malta
  for (const char* known : {"AA99AA", "AA999AA", "A99AA", "A999AA", "A9A9A9", "AA9-9999",
                            "AA-9999", "AA-99999", "AAA9999"}) {
    if (shape == known) return 1;  // written without the space
  }
  return 0;
}

// The states whose postcodes have four digits; others are words: "in 1994".
bool is_australian(std::string_view state) {
  for (const std::string_view one : {"nsw", "vic", "qld", "wa", "sa", "tas", "act", "nt"})
    if (equal_ignoring_case(state, one)) return true;
  return false;
}

// Tokens of a postcode that stands behind a state's name and is no ZIP code: "V6B 1A1",
// "2000".
std::size_t postcode_behind_state(const AddressTokens& tokens, std::size_t at,
                                  std::size_t state) {
  if (const std::size_t letters = postcode_with_letters(tokens, at)) return letters;
  const bool digits =
      tokens.is(at, TokenKind::kNumber) && shape_of(tokens.text_at(at)) == "9999";
  return digits && is_australian(tokens.text_at(state)) &&
                 !tokens.is(at + 1, TokenKind::kNumber)
             ? 1
             : 0;
}

// Tokens of digits that stand behind the city: "60201", "60601-1234", "100-0001".
std::size_t postcode_behind_city(const AddressTokens& tokens, std::size_t at) {
  if (!tokens.is(at, TokenKind::kNumber)) return 0;
  const std::string shape = shape_of(tokens.text_at(at));
  for (const char* known :
       {"9999", "99999", "999999", "99999-9999", "999999999", "999-9999", "99999-999"}) {
    if (shape == known) return 1;
  }
  return 0;
}

bool is_zip(const AddressTokens& tokens, std::size_t at) {
  const std::string shape = shape_of(tokens.text_at(at));
  return tokens.is(at, TokenKind::kNumber) &&
         (shape == "99999" || shape == "99999-9999" || shape == "999999999");
}

// Behind the words of a city's name; `any_case`: also in lower case.
std::size_t after_city(const AddressTokens& tokens, std::size_t at, bool any_case) {
  std::size_t end = at;
  for (std::size_t words = 0; words < kMostCityWords; ++words, ++at) {
    const AddressToken& token = tokens.at(at);
    if (token.kind != TokenKind::kWord || (token.classes & kVeto) != 0) break;
    if (token.capital || any_case) {
      end = at + 1;
    } else if ((token.classes & kLink) == 0) {
      break;
    }
    if (token.dotted && tokens.text_of(token).size() > 3) break;
  }
  return end;
}

// "09190675 Castro / RR": Brazil's postcode without its hyphen, before a city and a
// state.
std::optional<LocalityMatch> brazilian_city(const AddressTokens& tokens, std::size_t at) {
  if (!tokens.is(at, TokenKind::kNumber) || shape_of(tokens.text_at(at)) != "99999999")
    return std::nullopt;
  const std::size_t end = after_city(tokens, at + 1, false);
  const bool state = end > at + 1 && tokens.is(end, TokenKind::kDash) &&
                     tokens.text_at(end + 1).size() == 2 && tokens.at(end + 1).capital;
  if (!state) return std::nullopt;
  return LocalityMatch{end + 2, LocalityStrength::kPostcode, {at, at + 1}, {at + 1, end}};
}

bool is_province_code(const AddressTokens& tokens, std::size_t at) {
  const std::string_view code = tokens.text_at(at);
  return tokens.is(at, TokenKind::kWord) && code.size() == 2 && is_ascii_upper(code[0]) &&
         is_ascii_upper(code[1]);
}

// "50122 Firenze (FI)", "10123 Torino TO", "01310-100 São Paulo - SP"
std::size_t after_province(const AddressTokens& tokens, std::size_t at) {
  if (tokens.text_at(at) == "(" && is_province_code(tokens, at + 1) &&
      tokens.text_at(at + 2) == ")")
    return at + 3;
  if (tokens.is(at, TokenKind::kDash) && is_province_code(tokens, at + 1)) return at + 2;
  const bool last = !tokens.is(at + 1, TokenKind::kWord) && !tokens.has(at, kCountry);
  return is_province_code(tokens, at) && last ? at + 1 : at;
}

// "120 00 Praha 2": the part of a city, a number at the end of the line.
std::size_t after_quarter(const AddressTokens& tokens, std::size_t at) {
  constexpr std::size_t kMostDigits = 2;
  const bool quarter = tokens.is(at, TokenKind::kNumber) &&
                       tokens.text_at(at).size() <= kMostDigits &&
                       (is_separator(tokens, at + 1) || ends_line(tokens, at + 1));
  return quarter ? at + 1 : at;
}

std::optional<LocalityMatch> postcode_city(const AddressTokens& tokens, std::size_t at) {
  if (auto brazilian = brazilian_city(tokens, at)) return brazilian;
  const std::size_t code = postcode_before_city(tokens, at);
  if (code == 0) return std::nullopt;
  std::size_t city = at + code;
  const bool lettered = is_ascii_alpha(tokens.text_at(city - 1).back());  // "1234 AB"
  if (tokens.is(city, TokenKind::kComma) ||
      (lettered && tokens.is(city, TokenKind::kBreak)))
    ++city;
  const std::size_t end = after_city(tokens, city, false);
  if (end == city || tokens.text_at(city).size() < 2) return std::nullopt;
  const std::size_t last = after_quarter(tokens, after_province(tokens, end));
  return LocalityMatch{last, LocalityStrength::kPostcode, {at, at + code}, {city, end}};
}

// Codes of states that are words in small letters: "portland, or" says nothing.
bool is_word_too(std::string_view code) {
  for (const std::string_view word : {"or", "in", "me", "hi", "ok", "oh", "as", "de",
                                      "la", "co", "al", "id", "pa", "ma", "on", "act"})
    if (code == word) return true;
  return false;
}

// "Springfield, IL 62704", "Chicago IL", "St-Hyacinthe, QC J2T 3T5"
std::optional<LocalityMatch> city_state(const AddressTokens& tokens, std::size_t at) {
  constexpr std::size_t kMostWords = 8;
  bool past_number = false;
  for (std::size_t state = at; state < at + kMostWords; ++state) {
    if (tokens.is(state, TokenKind::kComma)) continue;
    if (tokens.is(state, TokenKind::kNumber) &&
        state > at) {  // "dept 472 kansas city mo"
      past_number = true;
      continue;
    }
    if (!tokens.is(state, TokenKind::kWord)) break;
    if (!tokens.has(state, kState) && tokens.has(state, kVeto)) break;  // but "MB"
    if (!tokens.has(state, kState)) continue;
    std::size_t code = state + 1;
    if (tokens.is(code, TokenKind::kComma)) ++code;
    if (tokens.is(code, TokenKind::kBreak) && is_zip(tokens, code + 1)) ++code;
    const std::size_t size =
        is_zip(tokens, code) ? 1 : postcode_behind_state(tokens, code, state);
    if (size > 0) {
      return LocalityMatch{
          code + size, LocalityStrength::kPostcode, {code, code + size}, {at, state}, {},
          state};
    }
    if (past_number) continue;
    const std::string_view name = tokens.text_at(state);
    const bool written_out = name.size() > 3 && tokens.at(state).capital;
    const bool code_in_capitals = is_ascii_upper(name[0]) && is_ascii_upper(name[1]);
    const bool behind_comma = state == at && tokens.is(at - 1, TokenKind::kComma);
    const bool clear =
        (state > at || behind_comma) && !tokens.is(state + 1, TokenKind::kWord);
    const bool last_of_all =
        state > at && ends_line(tokens, state + 1) && !is_word_too(name);
    if (clear && (written_out || code_in_capitals || last_of_all)) {
      return LocalityMatch{state + 1, LocalityStrength::kRegion, {}, {at, state}, {},
                           state};
    }
  }
  return std::nullopt;
}

// "London\nEC1M 5RF", "Evanston, 60202", "Pristina 10010"
std::optional<LocalityMatch> city_postcode(const AddressTokens& tokens, std::size_t at) {
  for (std::size_t end = at; end <= at + kMostCityWords; ++end) {
    const std::size_t code = end > at ? skip_separator(tokens, end) : end;
    const auto with_code = [&](std::size_t size) {
      return LocalityMatch{
          code + size, LocalityStrength::kPostcode, {code, code + size}, {at, end}};
    };
    const bool colour = code > 0 && tokens.text_at(code - 1) == "#";  // "#c0c0c0"
    if (const std::size_t letters = postcode_with_letters(tokens, code);
        letters > 0 && !colour) {
      return with_code(letters);
    }
    if (end > at && tokens.at(end - 1).capital && tokens.text_at(end - 1).size() > 1) {
      if (const std::size_t digits = postcode_behind_city(tokens, code)) {
        if (after_city(tokens, code + digits, false) == code + digits) {
          return with_code(digits);
        }
      }
    }
    if (!tokens.is(end, TokenKind::kWord) || tokens.has(end, kVeto)) break;
  }
  return std::nullopt;
}

// "Curitiba - PR, 80020-090", "São Paulo/SP 01310-100": Brazil's postcode behind a state.
std::optional<LocalityMatch> city_code_postcode(const AddressTokens& tokens,
                                                std::size_t at) {
  const std::size_t end = after_city(tokens, at, false);
  if (end == at || !is_separator(tokens, end) || !is_province_code(tokens, end + 1))
    return std::nullopt;
  const std::size_t code = skip_separator(tokens, end + 2);
  if (!tokens.is(code, TokenKind::kNumber) ||
      shape_of(tokens.text_at(code)) != "99999-999")
    return std::nullopt;
  return LocalityMatch{
      code + 1, LocalityStrength::kPostcode, {code, code + 1}, {at, end}};
}

bool names_country(const AddressTokens& tokens, std::size_t first, std::size_t last) {
  constexpr std::size_t kLeastBytes = 4;  // "US", "DE" are words, too
  if (tokens.text_at(last - 1).size() < kLeastBytes) return false;
  return place_table::country_named(tokens.name_of(first, last)) != 0;
}

// "Kampala\nUganda", or the country alone
std::optional<LocalityMatch> country_at(const AddressTokens& tokens, std::size_t at) {
  std::size_t end = at;
  while (end < at + kMostCityWords && tokens.is(end, TokenKind::kWord) &&
         (tokens.at(end).capital || end > at) && !tokens.has(end, kVeto)) {
    ++end;
    if (tokens.has(end - 1, kCountry) || names_country(tokens, at, end))
      return LocalityMatch{end, LocalityStrength::kRegion, {}, {}, {at, end}};
  }
  return std::nullopt;
}

std::optional<LocalityMatch> match_here(const AddressTokens& tokens, std::size_t at) {
  if (auto found = city_state(tokens, at)) return found;
  if (auto found = postcode_city(tokens, at)) return found;
  if (auto found = city_postcode(tokens, at)) return found;
  if (auto found = city_code_postcode(tokens, at)) return found;
  return country_at(tokens, at);
}

// A further country behind a locality: "38560 Champ-sur-Drac\nFrance".
void add_country(const AddressTokens& tokens, LocalityMatch& locality) {
  if (!is_separator(tokens, locality.last)) return;
  const auto country = country_at(tokens, skip_separator(tokens, locality.last));
  if (!country) return;
  locality.last = country->last;
  locality.country = country->country;
}

// "bl. A2", "sc. B", "3.º Esq", "ap. 12": short, and numbered or lettered.
bool is_part_of_building(const AddressTokens& tokens, std::size_t at, std::size_t end) {
  constexpr std::size_t kMostTokens = 3, kMostBytes = 3;
  if (end - at > kMostTokens) return false;
  for (; at < end; ++at) {
    const std::string_view text = tokens.text_at(at);
    if (tokens.is(at, TokenKind::kNumber) ||
        (text.size() <= kMostBytes && is_ascii_upper(text[0])))
      return true;
  }
  return false;
}

// ", Hometown", " Highland Park" up to the end of the line, ", 95472"
std::optional<LocalityMatch> bare_city(const AddressTokens& tokens, std::size_t at) {
  const bool comma = tokens.is(at, TokenKind::kComma);
  const std::size_t city = comma ? at + 1 : at;
  if (comma && is_zip(tokens, city) && ends_line(tokens, city + 1)) {
    return LocalityMatch{city + 1, LocalityStrength::kPostcode, {city, city + 1}};
  }
  std::size_t end = after_city(tokens, city, false);
  if (end == city && comma) {  // "430 webster st, palo alto"
    const std::size_t lower = after_city(tokens, city, true);
    if (lower > city && ends_line(tokens, lower) &&
        place_table::is_city(tokens.name_of(city, lower)))
      end = lower;
  }
  if (end == city || (!comma && !ends_line(tokens, end))) return std::nullopt;
  return LocalityMatch{end, LocalityStrength::kCity, {}, {city, end}};
}

}  // namespace

bool leads_postcode_city(const AddressTokens& tokens, std::size_t at) {
  return postcode_city(tokens, at).has_value();
}

std::optional<LocalityMatch> match_locality_before(const AddressTokens& tokens,
                                                   std::size_t street) {
  if (street < 2 || !(tokens.is(street - 1, TokenKind::kComma) ||
                      tokens.is(street - 1, TokenKind::kBreak)))
    return std::nullopt;
  const std::size_t end = street - 1;
  for (std::size_t words = 1; words <= kMostCityWords && words < end; ++words) {
    const std::size_t city = end - words;
    if (!tokens.is(city, TokenKind::kWord)) break;
    for (std::size_t code = city - std::min<std::size_t>(city, 2); code < city; ++code) {
      if (code + postcode_before_city(tokens, code) != city) continue;
      auto found = postcode_city(tokens, code);
      if (!found || found->last != end) continue;
      found->first = code;
      return found;
    }
  }
  return std::nullopt;
}

std::optional<LocalityMatch> match_locality(const AddressTokens& tokens, std::size_t at) {
  std::size_t place = skip_separator(tokens, at);
  std::size_t fillers = 0, parts = 0;
  while (fillers <= kMostFillers && parts <= kMostParts) {
    if (auto found = match_here(tokens, place)) {
      add_country(tokens, *found);
      return found;
    }
    std::size_t end = place;
    while (end < place + kMostFillerWords &&
           (tokens.is(end, TokenKind::kWord) || tokens.is(end, TokenKind::kNumber))) {
      ++end;
    }
    if (end == place || !is_separator(tokens, end)) break;
    ++(is_part_of_building(tokens, place, end) ? parts : fillers);
    place = skip_separator(tokens, end);
  }
  return bare_city(tokens, at);
}

}  // namespace noshare::detect
