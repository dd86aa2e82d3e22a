// Streets of the address grammar; see address_grammar.h.
#include <algorithm>
#include <array>

#include "noshare/base/text.h"

#include "detect/recognizers/address_grammar.h"
#include "detect/recognizers/address_words.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

using namespace address_words;

constexpr std::size_t kMostNameWords = 6;
constexpr std::size_t kMostUnits = 3;
constexpr std::size_t kLeastStemBytes =
    3;  // "Alte" of "Altestrasse"; "Ring" alone is no compound

// "Am Markt 4": not the hour of "10 am".
bool is_link_in_front(const AddressTokens& tokens, std::size_t at) {
  const std::string_view word = tokens.text_at(at);
  return tokens.has(at, kLink) && tokens.at(at).capital && word.size() > 1 &&
         is_ascii_lower(word[1]);
}

bool is_name_word(const AddressTokens& tokens, std::size_t at) {
  const AddressToken& token = tokens.at(at);
  const bool linked = at > 0 && tokens.has(at - 1, kLink) && token.capital &&
                      tokens.at(at - 1).capital;  // "Casa Del Mar Drive"
  const bool veto =
      (token.classes & kVeto) != 0 && !linked && !is_link_in_front(tokens, at);
  return token.kind == TokenKind::kWord && !veto && tokens.text_of(token) != "#";
}

bool is_separator(const AddressTokens& tokens, std::size_t at) {
  return tokens.is(at, TokenKind::kComma) || tokens.is(at, TokenKind::kBreak);
}

bool begins_line(const AddressTokens& tokens, std::size_t at) {
  return at == 0 || is_separator(tokens, at - 1) || tokens.is(at - 1, TokenKind::kStop);
}

bool is_all_capitals(std::string_view word) {
  return word.size() > 1 && std::none_of(word.begin(), word.end(), is_ascii_lower);
}

// A word that begins a street's name. One letter needs its full stop ("C. de Alcalá"),
// one in capitals a name in capitals: "VIA ROMA", not "OS X", "VIA Technologies".
bool is_lead(const AddressTokens& tokens, std::size_t at) {
  if (!tokens.has(at, kLead)) return false;
  const std::string_view word = tokens.text_at(at);
  if (word.size() == 1) return tokens.at(at).dotted && begins_line(tokens, at);
  if (word.back() == '/') return true;    // "C/ Alcalá"
  constexpr std::size_t kSpelledOut = 4;  // "AVENUE E"
  const std::string_view next = tokens.text_at(at + 1);
  return !is_all_capitals(word) || is_all_capitals(next) ||
         (word.size() >= kSpelledOut && next.size() == 1);
}

std::uint32_t languages_at(const AddressTokens& tokens, std::size_t at) {
  return table().languages_of(folded(tokens.text_at(at)));
}

// "Apt 4", ", Suite 200", "# 2", "37th Floor", "- 37th Floor"; returns behind the last
// one.
std::size_t after_units(const AddressTokens& tokens, std::size_t at) {
  for (std::size_t count = 0; count < kMostUnits; ++count) {
    std::size_t unit = at;
    if (is_separator(tokens, unit) || tokens.is(unit, TokenKind::kDash)) ++unit;
    if (tokens.at(unit).ordinal && tokens.has(unit + 1, kUnit)) {
      at = unit + 2;
      continue;
    }
    if (!tokens.has(unit, kUnit)) break;
    std::size_t value = unit + 1;
    if (tokens.has(value, kUnit)) ++value;  // "Apt # 2"
    const bool letter = tokens.is(value, TokenKind::kWord) &&
                        tokens.text_at(value).size() <= 2 && tokens.at(value).capital;
    if (!tokens.is(value, TokenKind::kNumber) && !letter) break;
    at = value + 1;
  }
  return at;
}

// "Unit 1S", "Apt 4": the street's name has ended.
bool begins_unit(const AddressTokens& tokens, std::size_t at) {
  return tokens.has(at, kUnit) && !tokens.has(at, kStreet | kFeature) &&
         tokens.is(at + 1, TokenKind::kNumber);
}

// A word that is only a type when a number or a letter follows: "US 16", "CR K".
bool is_route(const AddressTokens& tokens, std::size_t at) {
  if (!tokens.has(at, kRoute)) return false;
  const bool letters = tokens.is(at + 1, TokenKind::kWord) &&
                       tokens.text_at(at + 1).size() <= 2 && tokens.at(at + 1).capital &&
                       !tokens.has(at + 1, kDirection | kState);
  return tokens.is(at + 1, TokenKind::kNumber) || letters;
}

// "NE", "s.w": a quarter of a town; "South" and "no" can be other words.
bool points_nowhere_else(const AddressTokens& tokens, std::size_t at) {
  const std::string word = folded(tokens.text_at(at));
  for (const std::string_view point :
       {"ne", "nw", "se", "sw", "n.e", "n.w", "s.e", "s.w"})
    if (word == point) return true;
  return false;
}

// Behind the type: the number of a route ("Highway 16"), a direction ("NW"), a short unit
// ("C1S").
std::size_t after_type(const AddressTokens& tokens, std::size_t type) {
  std::size_t at = type + 1;
  if (is_route(tokens, type) && !leads_postcode_city(tokens, at)) ++at;
  if (tokens.has(at, kDirection) &&
      (tokens.at(at).capital || points_nowhere_else(tokens, at))) {
    ++at;
  } else if (tokens.is(at, TokenKind::kComma) && tokens.has(at + 1, kDirection) &&
             points_nowhere_else(tokens, at + 1)) {
    at += 2;  // "Peachtree Road, N.E."
  }
  const std::string_view unit = tokens.text_at(at);
  const bool mixed =
      unit.size() <= 4 && std::any_of(unit.begin(), unit.end(), is_ascii_digit);
  if (tokens.is(at, TokenKind::kWord) && !tokens.at(at).ordinal && mixed) ++at;
  return at;
}

// "rue de la Paix", "Avenue du 8 mai 1945": from the lead to the end of the name.
std::size_t after_led_name(const AddressTokens& tokens, std::size_t lead) {
  std::size_t at = lead + 1;
  std::size_t end = at;
  constexpr std::size_t kMostSmallWords = 2;  // "rue du général de Gaulle"
  std::size_t small = 0;
  for (std::size_t words = 0; words <= kMostNameWords; ++words, ++at) {
    const AddressToken& token = tokens.at(at);
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kNumber) break;
    const bool leads = token.kind == TokenKind::kNumber && end == lead + 1;
    const bool day = tokens.has(at + 1, kLink) && !tokens.at(at + 1).capital;
    if (leads && !tokens.has(at - 1, kLink) && !day)
      break;  // but "Avenida 4 de Fevereiro"
    const bool named = token.capital || token.kind == TokenKind::kNumber;
    const bool linked = tokens.has(at, kLink | kDirection);
    if (!named && (tokens.has(at, kVeto) || (!linked && ++small > kMostSmallWords)))
      break;
    if (token.kind == TokenKind::kNumber && leads_postcode_city(tokens, at)) break;
    if (named) end = at + 1;
  }
  return end;
}

// 12 [rue de la Paix]
std::optional<StreetMatch> number_then_lead(const AddressTokens& tokens,
                                            std::size_t number) {
  std::size_t at = number + 1;
  for (const std::string_view repeat : {"bis", "ter", "quater"}) {
    if (equal_ignoring_case(tokens.text_at(at), repeat)) ++at;
  }
  const bool apart = is_separator(tokens, at);
  if (apart) ++at;
  if (!is_lead(tokens, at) || tokens.is(at - 1, TokenKind::kStop)) return std::nullopt;
  // The end of a telephone number: "0721 234 567, Str. Unirii 25".
  if (apart && number > 0 && tokens.is(number - 1, TokenKind::kNumber))
    return std::nullopt;
  const std::size_t end = after_led_name(tokens, at);
  if (end < at + 2) return std::nullopt;
  StreetMatch match{number, end, true, false, "number, street type, name"};
  match.languages = languages_at(tokens, at) & ~kEnglish;
  return match;
}

bool type_again(const AddressTokens& tokens, std::size_t first, std::size_t last) {
  for (; first < last; ++first)
    if (tokens.has(first, kStreet)) return true;
  return false;
}

// Index of the word that says what kind of street the name before it is; 0: there is
// none. "Lake Shore Drive", "Ocean Isle West Blvd": a street's word beats one that names
// a feature.
std::size_t type_in(const AddressTokens& tokens, std::size_t first, std::size_t last) {
  std::size_t type = 0;
  for (std::size_t at = first + 1; at < last; ++at) {
    // "S St Thomas", "s dr martin luther king blvd"
    const bool again = type_again(tokens, at + 1, last);
    const bool saint =
        at == first + 1 && tokens.has(first, kDirection) &&
        tokens.text_at(first).size() <= 2 && tokens.text_at(at).size() == 2 &&
        (tokens.at(at + 1).capital || again) && tokens.is(at + 1, TokenKind::kWord);
    if (tokens.has(at, kStreet) && !saint) {
      if (type == 0 || type + 1 == at || !tokens.has(type, kStreet)) type = at;
    } else if (type == 0 && (tokens.has(at, kFeature) || is_route(tokens, at))) {
      type = at;
    } else if (type != 0 && type + 1 == at && tokens.has(at, kFeature)) {
      type = at;
    }
  }
  return type;
}

// [239] [South] [500] [East]: streets that are counted from the middle of a town.
std::optional<StreetMatch> number_in_grid(const AddressTokens& tokens,
                                          std::size_t number) {
  const std::size_t first = number + 1;
  const bool grid = tokens.has(first, kDirection) &&
                    tokens.is(first + 1, TokenKind::kNumber) &&
                    tokens.has(first + 2, kDirection) && tokens.at(first).capital &&
                    tokens.at(first + 2).capital;
  if (grid) return StreetMatch{number, first + 3, true, false, "number, grid street"};
  // [5536] [West] [103] [Place]
  const bool numbered = tokens.has(first, kDirection) && tokens.at(first).capital &&
                        tokens.is(first + 1, TokenKind::kNumber) &&
                        tokens.has(first + 2, kStreet) && tokens.at(first + 2).capital;
  if (!numbered) return std::nullopt;
  StreetMatch match{number, after_type(tokens, first + 2), true, false,
                    "number, numbered street"};
  match.languages = kEnglish;
  return match;
}

// 12 [1/2] [N] [Oak Tree] [Street] [NW]
std::optional<StreetMatch> number_then_name(const AddressTokens& tokens,
                                            std::size_t number) {
  std::size_t first = number + 1;
  if (tokens.is(first, TokenKind::kNumber) && tokens.text_at(first).find('/') == 1)
    ++first;
  std::size_t last = first;
  while (last <= first + kMostNameWords && is_name_word(tokens, last) &&
         !(last > first && begins_unit(tokens, last))) {
    ++last;
  }
  if (last == first) return std::nullopt;
  StreetMatch match{number, 0, true, false, "number, name, street type"};
  const std::size_t type = type_in(tokens, first, last);
  if (type != 0) {
    match.languages = kEnglish;
    match.last = after_type(tokens, type);
    const bool numbered = tokens.is(type + 1, TokenKind::kNumber) &&
                          match.last == type + 1 &&
                          !leads_postcode_city(tokens, type + 1);
    match.feature = !tokens.has(type, kStreet);
    if (match.feature && numbered && equal_ignoring_case(tokens.text_at(type), "loop")) {
      match.feature = false;  // "830 NW Loop 410"
      ++match.last;
    }
    last = type + 1;
  } else if (is_route(tokens, first)) {
    match = {number, first + 2, false, false, "number, route"};
    last = first + 1;
  } else {
    if (last - first > 4 && !begins_line(tokens, number)) return std::nullopt;
    if (tokens.has(first, kLink) && !tokens.at(first).capital)
      return std::nullopt;  // "2003 of the United Kingdom"
    match = {number, last, false, false, "number, name"};
    match.directed = tokens.has(first, kDirection) && last - first >= 2;
  }
  bool capital = false;
  for (std::size_t at = first; at < last; ++at) {
    capital = capital || tokens.at(at).capital;
    match.lower_case = match.lower_case ||
                       (!tokens.at(at).capital && !tokens.has(at, kLink | kDirection));
  }
  match.lower_case = match.lower_case || !capital;
  if (match.lower_case && !match.strong && !begins_line(tokens, number)) {
    if (!tokens.at(first).capital) return std::nullopt;
    match.inside = true;  // "13 Jacob coves, Anytown, TS68 6QZ"
  }
  return match;
}

struct Ending {
  unsigned classes = 0;
  std::uint32_t languages = 0;
};

// What a compound ends with: kEnding of "Hauptstrasse", "Otto-Hahn-Str", kSoft of
// "Kaiserring"; no classes for other words.
Ending ending_of(const AddressTokens& tokens, std::size_t at) {
  if (!tokens.is(at, TokenKind::kWord) || !tokens.at(at).capital) return {};
  const std::string word = folded(tokens.text_at(at));
  const std::size_t hyphen = word.rfind('-');
  if (hyphen != std::string::npos) {
    const auto piece = std::string_view(word).substr(hyphen + 1);
    const unsigned classes = table().classes_of(piece);
    if ((classes & (kEnding | kTrail)) != 0)  // "Otto-Hahn-Ring", but also "O-ring"
      return {(classes & kEnding) != 0 ? kEnding : kSoft, table().languages_of(piece)};
  }
  constexpr std::size_t kLongestEnding = 12;
  Ending found;
  for (std::size_t length = 3;
       length <= kLongestEnding && length + kLeastStemBytes <= word.size(); ++length) {
    const auto ending = std::string_view(word).substr(word.size() - length);
    const unsigned classes = table().classes_of(ending) & unsigned{kEnding | kSoft};
    if (classes == 0) continue;
    found.classes |= classes;  // the longest ending tells the language
    found.languages = table().languages_of(ending);
  }
  return found;
}

// Back over capital words, and links between them, to where the name begins.
std::size_t name_begin(const AddressTokens& tokens, std::size_t end, std::size_t most) {
  std::size_t begin = end;
  for (std::size_t at = end; at > 0 && end - at < most; --at) {
    if (!is_name_word(tokens, at - 1)) break;
    if (tokens.at(at - 1).capital) {
      begin = at - 1;
    } else if (!tokens.has(at - 1, kLink)) {
      // "Pri potoku", "U Lesa": a name that begins with its link
      if (at == end && at > 1 && begins_line(tokens, at - 2) &&
          is_link_in_front(tokens, at - 2))
        begin = at - 2;
      break;
    }
  }
  return begin;
}

// [Via Garibaldi] 12, [ul. Prosta] 12, [Rua da Graça], 2
std::optional<StreetMatch> lead_then_number(const AddressTokens& tokens,
                                            std::size_t number, std::size_t name_end) {
  for (std::size_t back = 2; back <= kMostNameWords + 1 && back <= name_end; ++back) {
    const std::size_t lead = name_end - back;
    const AddressToken& token = tokens.at(lead);
    if (token.kind != TokenKind::kWord && token.kind != TokenKind::kNumber) break;
    if (!is_lead(tokens, lead)) continue;
    const bool inside = !token.capital && !token.dotted && !begins_line(tokens, lead);
    const bool named = after_led_name(tokens, lead) >= name_end;
    if (!named && !(token.capital && begins_line(tokens, lead))) continue;
    // "Námestie slobody 5": a name in lower case needs its city.
    StreetMatch match{lead, number + 1, named && !inside, false,
                      "street type, name, number"};
    match.inside = inside;
    match.languages = languages_at(tokens, lead) & ~kEnglish;
    return match;
  }
  return std::nullopt;
}

// "Via XX Settembre", "Rua 25 de Abril", "Piazza 4 Novembre": the month belongs to the
// name.
bool ends_with_day(const AddressTokens& tokens, std::size_t end) {
  if (end < 3 || !tokens.has(end - 1, kVeto) || !tokens.at(end - 1).capital) return false;
  std::size_t day = end - 2;
  if (tokens.has(day, kLink) && day > 0) --day;
  return tokens.is(day, TokenKind::kNumber) || tokens.at(day).ordinal ||
         tokens.text_at(day).find_first_not_of("IVX") == std::string_view::npos;
}

// [P.O. Box] 12, [Postfach] 12 34, [RR 7 Box #] 2A
std::optional<StreetMatch> box_then_number(const AddressTokens& tokens,
                                           std::size_t number) {
  std::size_t box = number - 1;
  if (box > 0 && tokens.has(box, kUnit) && tokens.has(box - 1, kBox))
    --box;  // "Box # 12"
  if (!tokens.has(box, kBox)) return std::nullopt;
  StreetMatch match{box, number + 1, tokens.text_at(box).size() > 3, false, "post box"};
  while (match.first > 0 && number - match.first < 5) {
    const std::string word = folded(tokens.text_at(match.first - 1));
    const bool post = word == "po" || word == "p.o" || word == "p" || word == "o" ||
                      word == "post" || word == "office";
    if (!post) break;
    match.strong = true;
    --match.first;
  }
  // "HC 21 Box 52", "RR 4 Box 283"
  if (match.first >= 2 && tokens.is(match.first - 1, TokenKind::kNumber) &&
      tokens.has(match.first - 2, kRoute | kUnit)) {
    match.first -= 2;
    match.strong = true;
  }
  return match;
}

bool joins_english(const AddressTokens& tokens, std::size_t at) {
  for (const std::string_view word : {"of", "at", "and", "on", "by", "near", "upon"})
    if (tokens.text_at(at) == word) return true;
  return false;
}

// [Hauptstrasse] 5, [Berliner Str.] 5, [Herengracht] 573, name and number alone
std::optional<StreetMatch> name_then_number(const AddressTokens& tokens,
                                            std::size_t number) {
  std::size_t end = number;                                // behind the name
  if (end > 1 && tokens.has(end - 1, kNumberSign)) --end;  // "Atatürk Cad. No: 5"
  const bool comma = end > 0 && tokens.is(end - 1, TokenKind::kComma);
  if (comma) --end;
  if (end == 0) return std::nullopt;
  if (auto box = box_then_number(tokens, number)) return box;
  if (!is_name_word(tokens, end - 1) && !ends_with_day(tokens, end)) return std::nullopt;
  if (comma && leads_postcode_city(tokens, number)) return std::nullopt;
  if (auto led = lead_then_number(tokens, number, end)) return led;
  if (comma && !tokens.has(end - 1, kTrail | kSoftTrail)) return std::nullopt;
  if (const Ending ending = ending_of(tokens, end - 1); ending.classes != 0) {
    const std::size_t begin = name_begin(tokens, end, 3);
    // German writes its nouns with capitals: "Anschrift Hauptstraße 5".
    const bool whole = begins_line(tokens, begin) ||
                       (ending.languages != 0 && (ending.languages & kGerman) == 0);
    StreetMatch match{whole ? begin : end - 1, number + 1,
                      (ending.classes & kEnding) != 0, false, "compound street, number"};
    match.languages = ending.languages;
    return match;
  }
  const bool trail = tokens.has(end - 1, kTrail | kSoftTrail);
  const std::size_t name_end = trail && end > 1 ? end - 1 : end;  // "Skoufa street 11"
  std::size_t begin = name_begin(tokens, name_end, 4);
  for (std::size_t at = begin; at < name_end; ++at) {
    if (joins_english(tokens, at)) begin = at + 1;  // "Emma Ashworth of Studio 52"
  }
  if (begin == name_end) return std::nullopt;
  if (trail && end - begin >= 2) {
    StreetMatch match{begin, number + 1, tokens.has(end - 1, kTrail), false,
                      "name, street type, number"};
    match.languages = languages_at(tokens, end - 1);
    return match;
  }
  // "Suite 700, 30 Main Street": the number of the house comes later.
  const std::size_t next = is_separator(tokens, number + 1) ? number + 2 : number + 1;
  if (tokens.has(end - 1, kUnit) && !tokens.has(end - 1, kStreet | kLead) &&
      tokens.is(next, TokenKind::kNumber))
    return std::nullopt;
  StreetMatch match{begin, number + 1, false, false, "name, number"};
  match.inside = !begins_line(tokens, begin);
  return match;
}

// "One", "Twenty" of "One Main Street"; the words up to ten and the tens.
bool is_number_word(const AddressTokens& tokens, std::size_t at) {
  constexpr std::array<std::string_view, 18> kNumbers{
      "one",    "two",    "three", "four",  "five",   "six",
      "seven",  "eight",  "nine",  "ten",   "eleven", "twelve",
      "twenty", "thirty", "forty", "fifty", "sixty",  "hundred"};
  if (!tokens.is(at, TokenKind::kWord) || !tokens.at(at).capital) return false;
  const std::string word = folded(tokens.text_at(at));
  return std::find(kNumbers.begin(), kNumbers.end(), word) != kNumbers.end();
}

// "USS Nimitz" before the post office of a fleet.
bool is_ship(const AddressTokens& tokens, std::size_t at) {
  for (const std::string_view prefix : {"USS", "USNS", "USCGC", "USNV"}) {
    if (tokens.text_at(at) == prefix) return tokens.at(at + 1).capital;
  }
  return false;
}

// [One] [Main] [Street] or [rue de la Paix] at `at`.
std::optional<StreetMatch> unnumbered_street(const AddressTokens& tokens,
                                             std::size_t at) {
  if (is_number_word(tokens, at)) {
    auto match = number_then_name(tokens, at);
    if (!match || !match->strong || match->lower_case) return std::nullopt;
    match->form = "number in words, name, street type";
    return match;
  }
  if (is_ship(tokens, at)) return StreetMatch{at, at + 2, true, false, "ship"};
  if (!is_lead(tokens, at)) return std::nullopt;
  const std::size_t end = after_led_name(tokens, at);
  if (end < at + 2) return std::nullopt;
  StreetMatch match{at, end, true, false, "street type, name"};
  match.languages = languages_at(tokens, at) & ~kEnglish;
  return match;
}

// Back over "Suite 700," to where the line begins.
std::size_t before_units(const AddressTokens& tokens, std::size_t first) {
  for (std::size_t count = 0; count < kMostUnits && first >= 3; ++count) {
    const bool unit = tokens.is(first - 1, TokenKind::kComma) &&
                      tokens.is(first - 2, TokenKind::kNumber) &&
                      tokens.has(first - 3, kUnit);
    if (!unit) break;
    first -= 3;
  }
  return first;
}

}  // namespace

std::optional<StreetMatch> match_street_before(const AddressTokens& tokens,
                                               std::size_t postcode) {
  constexpr std::size_t kMostTokens = 14;
  for (std::size_t back = 3; back <= kMostTokens && back <= postcode; ++back) {
    const std::size_t at = postcode - back;
    if (tokens.is(at, TokenKind::kStop)) break;
    auto match = unnumbered_street(tokens, at);
    if (!match || match->last > postcode) continue;
    match->last = after_units(tokens, match->last);
    if (match->last > postcode) return match;  // "Six Main Street Suite 2500"
    const auto locality = match_locality(tokens, match->last);
    const bool covers = locality && locality->strength == LocalityStrength::kPostcode &&
                        locality->postcode.first <= postcode &&
                        postcode < locality->postcode.last;
    if (covers) return match;
  }
  return std::nullopt;
}

std::optional<StreetMatch> match_street(const AddressTokens& tokens, std::size_t number) {
  if (!tokens.is(number, TokenKind::kNumber)) return std::nullopt;
  // "HC 21 Box 52": judged at its box.
  if (number > 0 && tokens.has(number - 1, kRoute | kUnit) &&
      tokens.has(number + 1, kBox))
    return std::nullopt;
  auto best = number_then_lead(tokens, number);
  if (!best) best = number_in_grid(tokens, number);
  if (!best) best = number_then_name(tokens, number);
  if (!best || !best->strong || best->lower_case) {
    const auto before = name_then_number(tokens, number);
    if (before && (before->strong || !best)) best = before;
  }
  if (!best) return best;
  best->last = after_units(tokens, best->last);
  best->first = before_units(tokens, best->first);
  return best;
}

}  // namespace noshare::detect
