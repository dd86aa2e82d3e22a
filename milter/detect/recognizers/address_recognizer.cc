// Finds postal addresses around their numbers; see address_recognizer.h.
#include "detect/recognizers/address_recognizer.h"

#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

#include "detect/recognizers/address_country.h"
#include "detect/recognizers/address_hints.h"
#include "detect/recognizers/address_words.h"
#include "detect/recognizers/name_table.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

using namespace address_words;

// An address begins at most so far before its number, its street ends at most so far
// behind it, and its city.
constexpr std::uint32_t kBefore = 120;
constexpr std::uint32_t kStreetAfter = 100;
constexpr std::uint32_t kAfter = 220;
// Most numbers are found to be none by the words beside them.
constexpr std::uint32_t kFirstBefore = 40;
constexpr std::uint32_t kFirstAfter = 48;
constexpr std::size_t kMostHouseDigits = 6;

// Base confidences, measured by tests/eval (docs/detection.md).
constexpr int kStreetAndPostcode = 92;
constexpr int kStreetAndRegion = 86;
constexpr int kStreetAndKnownCity = 78;
constexpr int kStreetAndCity = 72;
constexpr int kStreetOnOwnLine = 66;
constexpr int kStreetAlone = 66;
constexpr int kFeatureAlone = 55;
constexpr int kNameAndPostcode = 76;  // no word says that it is a street
constexpr int kNameAndDigits = 45;    // the same, and no country is known to have it
constexpr int kLowerCasePenalty = 8;

// Only a number after white space or an opening mark can be a house number.
bool can_be_house_number(std::string_view text, std::uint32_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  const bool behind_digit = at > 1 && is_ascii_digit(text[at - 2]);
  if (behind_digit && (before == '.' || before == ':')) return false;  // "2.1", "10:15"
  return is_ascii_space(before) || before == ',' || before == '(' || before == '"' ||
         before == ':' || before == ';' || before == '#' || before == '|' ||
         before == '>' || is_ascii_alpha(before) || before == '.';
}

// "102" of "217 882 102": two groups of digits stand before it, with single marks
// between.
bool ends_grouped_number(std::string_view text, std::uint32_t at) {
  constexpr int kGroups = 2;
  constexpr std::uint32_t kMostDigits = 6;
  for (int group = 0; group < kGroups; ++group) {
    if (at < 2 || (text[at - 1] != ' ' && text[at - 1] != '-')) return false;
    const std::uint32_t end = at - 1;
    at = end;
    while (at > 0 && end - at < kMostDigits && is_ascii_digit(text[at - 1])) --at;
    if (at == end) return false;
  }
  return true;
}

// "10.7", "3.25": not the number of a house.
bool is_before_fraction(std::string_view text, std::uint32_t end) {
  return end + 1 < text.size() && text[end] == '.' && is_ascii_digit(text[end + 1]);
}

// A year of our time, or a span of years: "1992-1996".
bool is_year(std::string_view number) {
  constexpr int kFirst = 1950, kLast = 2039, kDigits = 4;
  const auto one = [&](std::string_view text) {
    if (text.size() != kDigits) return false;
    int year = 0;
    for (const char c : text) {
      if (!is_ascii_digit(c)) return false;
      year = year * 10 + (c - '0');
    }
    return year >= kFirst && year <= kLast;
  };
  const std::size_t hyphen = number.find('-');
  return one(number.substr(0, hyphen)) &&
         (hyphen == std::string_view::npos || hyphen == kDigits);
}

// Cheap first look: a letter follows closely, or a word precedes directly.
bool has_words_beside(std::string_view text, model::Span digits) {
  constexpr std::size_t kMostBetween = 4;  // ", ", "No: "
  const auto is_letter = [](char c) {
    return is_ascii_alpha(c) || static_cast<unsigned char>(c) >= 0x80;
  };
  std::size_t from = digits.end;  // behind "-9-1" of "1-9-1"
  while (from + 1 < text.size() && from < digits.end + 8 &&
         (text[from] == '-' || is_ascii_digit(text[from])) &&
         (is_ascii_digit(text[from + 1]) || is_ascii_digit(text[from])))
    ++from;
  const std::string_view after = text.substr(from, kMostBetween);
  if (std::any_of(after.begin(), after.end(), is_letter)) return true;
  std::size_t at = digits.begin;
  const std::size_t limit = at - std::min<std::size_t>(at, 3);
  while (at > limit && !is_letter(text[at - 1])) --at;
  return at > limit;
}

struct Judged {
  int confidence = 0;
  const char* locality = "";
};

bool fills_line(const AddressTokens& tokens, std::size_t first, std::size_t last) {
  const auto edge = [&](std::size_t at) {
    return tokens.is_beyond(at) || tokens.is(at, TokenKind::kBreak) ||
           tokens.is(at, TokenKind::kStop);
  };
  return (first == 0 || edge(first - 1)) && edge(last);
}

// A field, a cell: no line of copyright stands alone.
bool is_all_there_is(const AddressTokens& tokens, const StreetMatch& street) {
  std::size_t last = street.last;
  while (!tokens.is_beyond(last) && tokens.is(last, TokenKind::kStop)) ++last;
  return street.first == 0 && tokens.at(0).span.begin == 0 && tokens.is_beyond(last);
}

bool holds_number(const AddressTokens& tokens, const StreetMatch& street) {
  for (std::size_t at = street.first; at < street.last; ++at)
    if (tokens.is(at, TokenKind::kNumber)) return true;
  return false;
}

// Numbers of reports and orders stand before words as well.
bool is_long_number(const AddressTokens& tokens, std::size_t at) {
  constexpr std::size_t kLong = 6;
  const std::string_view text = tokens.text_at(at);
  return text.size() >= kLong && std::all_of(text.begin(), text.end(), is_ascii_digit);
}

// A name in small letters is one when some word of it is in no dictionary.
bool holds_uncommon_word(const AddressTokens& tokens, const StreetMatch& street) {
  constexpr std::size_t kMostTokens = 9;
  if (street.last - street.first > kMostTokens) return false;
  for (std::size_t at = street.first + 1; at < street.last; ++at) {
    if (!tokens.is(at, TokenKind::kWord) || tokens.at(at).classes != 0) continue;
    const std::string word = folded(tokens.text_at(at));
    if ((name_table::lookup(word) & name_table::kCommon) == 0) return true;
  }
  return false;
}

// Behind the words that name a city; 0: none is known.
std::size_t known_city_end(const AddressTokens& tokens, const TokenRange& city) {
  for (std::size_t last = city.last; last > city.first; --last) {
    if (place_table::is_city(tokens.name_of(city.first, last))) return last;
  }
  return 0;
}

Judged judge(const AddressTokens& tokens, const StreetMatch& street,
             const std::optional<LocalityMatch>& locality, CountryCode country) {
  const int penalty = street.lower_case ? kLowerCasePenalty : 0;
  const bool numbered = street.strong && (tokens.has(street.first + 1, kDirection) ||
                                          tokens.at(street.first + 1).ordinal);
  const bool clear = street.strong && !street.feature && !street.lower_case;
  const bool behind = !street.strong && is_year(tokens.text_at(street.last - 1));
  bool year = (is_year(tokens.text_at(street.first)) && !numbered) || behind;
  const bool separated = tokens.is(street.last, TokenKind::kComma) ||
                         tokens.is(street.last, TokenKind::kBreak);
  const bool postcode = locality && locality->strength == LocalityStrength::kPostcode;
  const bool dated = postcode && is_year(tokens.text_at(locality->postcode.first));
  if (year && clear && is_all_there_is(tokens, street)) year = false;
  const bool in_state = postcode && locality->state != 0 && !dated;
  if (year && !in_state && (!clear || dated)) return {};
  if (dated && !in_state && !holds_number(tokens, street)) return {};
  if (street.feature && street.lower_case && !postcode) return {};
  if (is_long_number(tokens, street.first) && !clear && !in_state) return {};
  const bool lettered =
      postcode && is_ascii_alpha(tokens.text_at(locality->postcode.first)[0]);
  if (street.inside && (!postcode || (street.lower_case && !lettered) || !separated))
    return {};
  if (!street.strong) {
    if (postcode) {
      const bool placed =
          country != 0 || locality->state != 0 || !locality->country.empty();
      if (street.inside && !placed && dated) return {};
      return {(placed ? kNameAndPostcode : kNameAndDigits) - penalty,
              ", postcode and city"};
    }
    if (street.directed && !street.lower_case && !locality &&
        fills_line(tokens, street.first, street.last)) {
      return {kStreetOnOwnLine, ", a line of its own"};
    }
    const bool region = locality && locality->strength == LocalityStrength::kRegion;
    if (!region || street.lower_case || !fills_line(tokens, street.first, locality->last))
      return {};
    return {kStreetOnOwnLine, ", city and region, a line of its own"};
  }
  if (postcode) return {kStreetAndPostcode - penalty, ", postcode and city"};
  if (locality && locality->strength == LocalityStrength::kRegion) {
    return {kStreetAndRegion - penalty, ", city and region"};
  }
  if (locality && known_city_end(tokens, locality->city) != 0)
    return {kStreetAndKnownCity - penalty, ", known city"};
  if (locality && !street.feature)
    return {street.lower_case ? 0 : kStreetAndCity, ", city"};
  if (!year && fills_line(tokens, street.first, street.last)) {
    const bool named = street.lower_case && holds_uncommon_word(tokens, street);
    return {kStreetOnOwnLine - (named ? 0 : penalty), ", a line of its own"};
  }
  if (street.lower_case) return {};
  return {street.feature || year ? kFeatureAlone : kStreetAlone, ""};
}

// "28195 Bremen, Germany": a postcode where a house number could stand.
bool is_only_locality(const AddressTokens& tokens, const StreetMatch& street,
                      const std::optional<LocalityMatch>& locality) {
  return !street.strong && locality && locality->postcode.empty() &&
         !locality->country.empty() && leads_postcode_city(tokens, street.first);
}

// "115 Broadway San Francisco CA": without a street's word the name runs into the city.
std::optional<LocalityMatch> locality_of(const AddressTokens& tokens,
                                         StreetMatch& street) {
  auto locality = match_locality(tokens, street.last);
  const auto is_firm = [](const std::optional<LocalityMatch>& match) {
    return match && match->strength != LocalityStrength::kCity;
  };
  const bool number_first = tokens.is(street.first, TokenKind::kNumber);
  if (street.strong || is_firm(locality) || !number_first) return locality;
  for (std::size_t cut = street.first + 2; cut < street.last; ++cut) {
    const auto inner = match_locality(tokens, cut);
    if (!is_firm(inner) || inner->last < street.last) continue;
    street.last = cut;
    return inner;
  }
  return locality;
}

// "102, Avenida" of "217 882 102, Avenida", "NIF 217" of the same, "03/14/2024 via
// Udine".
bool is_other_number(std::string_view text, model::Span digits,
                     const AddressTokens& tokens, const StreetMatch& street) {
  if (tokens.at(street.first).span.begin == digits.begin) {
    const std::string_view number = tokens.text_at(street.first);
    return ends_grouped_number(text, digits.begin) ||
           std::count(number.begin(), number.end(), '/') == 2;
  }
  return !street.strong && tokens.is(street.last, TokenKind::kNumber) &&
         !leads_postcode_city(tokens, street.last);
}

std::uint32_t before(std::uint32_t at, std::uint32_t bytes) {
  return at - std::min(at, bytes);
}

std::optional<StreetMatch> street_beside(std::string_view text, model::Span digits,
                                         const AddressTokens& tokens) {
  const std::size_t number = tokens.find(digits.begin);
  auto street = match_street(tokens, number);
  if ((street && street->strong) || !may_follow_city(text, digits)) return street;
  const auto unnumbered = match_street_before(tokens, number);
  return unnumbered ? unnumbered : street;
}

// The street of a number. Tokens of the whole reach are made only where nearer ones do
// not tell; they are those that further steps ask for.
std::optional<StreetMatch> street_at(std::string_view text, model::Span digits,
                                     AddressTokens& tokens) {
  tokens.cover(before(digits.begin, kFirstBefore), digits.end + kFirstAfter);
  if (!street_beside(text, digits, tokens) && !tokens.edge_seen()) return std::nullopt;
  tokens.cover(before(digits.begin, kBefore), digits.end + kStreetAfter);
  return street_beside(text, digits, tokens);
}

struct Address {
  StreetMatch street;
  std::optional<LocalityMatch> locality;
  bool leads = false;  // the locality stands before the street
};

// The address whose house number is `digits`; its tokens are covered.
std::optional<Address> read_address(std::string_view text, model::Span digits,
                                    std::uint32_t taken_until, AddressTokens& tokens) {
  auto street = street_at(text, digits, tokens);
  if (!street || tokens.at(street->first).span.begin < taken_until) return std::nullopt;
  tokens.cover(before(digits.begin, kBefore), digits.end + kAfter);
  if (is_other_number(text, digits, tokens, *street)) return std::nullopt;
  Address address{*street, std::nullopt, false};
  address.locality = locality_of(tokens, address.street);
  const std::size_t last = address.street.last;
  const bool typed = address.street.strong ||
                     tokens.has(last - std::min<std::size_t>(last, 2), kSoftTrail);
  if (typed &&
      (!address.locality || address.locality->strength != LocalityStrength::kPostcode)) {
    const auto before = match_locality_before(tokens, address.street.first);
    address.leads = before && tokens.at(before->first).span.begin >= taken_until;
    if (address.leads) address.locality = before;
  }
  if (is_only_locality(tokens, address.street, address.locality)) return std::nullopt;
  return address;
}

RawCandidate candidate_of(const AddressTokens& tokens, const Address& address,
                          CountryCode country, Judged judged) {
  const auto& locality = address.locality;
  const std::size_t first = address.leads ? locality->first : address.street.first;
  const std::size_t last =
      locality && !address.leads ? locality->last : address.street.last;
  RawCandidate candidate;
  candidate.span = {tokens.at(first).span.begin, tokens.at(last - 1).span.end};
  candidate.country = letters_of(country);
  candidate.confidence = judged.confidence;
  candidate.checked = locality && locality->strength == LocalityStrength::kPostcode;
  candidate.why.push_back(std::string(address.street.form) + judged.locality + ": " +
                          std::to_string(judged.confidence));
  return candidate;
}

std::optional<RawCandidate> address_at(std::string_view text, model::Span digits,
                                       std::uint32_t taken_until, AddressTokens& tokens) {
  if (!may_number_a_street(text, digits)) return std::nullopt;
  const auto address = read_address(text, digits, taken_until, tokens);
  if (!address) return std::nullopt;
  const CountryCode country = country_of(tokens, address->street, address->locality);
  const Judged judged = judge(tokens, address->street, address->locality, country);
  if (judged.confidence == 0) return std::nullopt;
  return candidate_of(tokens, *address, country, judged);
}

// Where nothing is written with capitals, all words could be names: an address has its
// postcode and a city that is known.
std::optional<RawCandidate> small_address_at(std::string_view text, model::Span digits,
                                             std::uint32_t taken_until,
                                             AddressTokens& tokens) {
  auto address = read_address(text, digits, taken_until, tokens);
  if (!address || !address->locality ||
      address->locality->strength != LocalityStrength::kPostcode)
    return std::nullopt;
  // Whatever follows reads as its name as well: "1165 københavn asap".
  TokenRange& city = address->locality->city;
  const std::size_t known = known_city_end(tokens, city);
  if (known == 0) return std::nullopt;
  if (address->locality->last == city.last) address->locality->last = known;
  // "drawer 1256 po box 5935 troy mi 48007": any words behind a number
  if (!address->street.strong && tokens.is(address->street.first, TokenKind::kNumber))
    return std::nullopt;
  const CountryCode country = country_of(tokens, address->street, address->locality);
  Judged judged = judge(tokens, address->street, address->locality, country);
  if (judged.confidence < kNameAndPostcode) return std::nullopt;
  judged.confidence -= kLowerCasePenalty;
  return candidate_of(tokens, *address, country, judged);
}

// The lines in which an address could stand that was written without capitals: they hold
// none, and a second number as long as a postcode. Each line is read once.
class SmallLines {
 public:
  explicit SmallLines(std::string_view text) : text_(text) {}

  bool is_small(model::Span digits) {
    if (digits.begin >= begin_ && digits.end <= end_) return small_;
    begin_ = digits.begin;
    while (begin_ > 0 && digits.begin - begin_ < kBefore && text_[begin_ - 1] != '\n')
      --begin_;
    end_ = digits.end;
    while (end_ < text_.size() && end_ - digits.end < kAfter && text_[end_] != '\n')
      ++end_;
    small_ = judge_line(text_.substr(begin_, end_ - begin_));
    return small_;
  }

 private:
  static bool judge_line(std::string_view line) {
    constexpr int kLeastDigits = 3;  // of "211 34", "1012 ab"
    constexpr std::size_t kMostBytes = 160, kMostWithoutComma = 60;  // logs are longer
    const bool parted = line.find(',') != std::string_view::npos;
    if (line.size() > (parted ? kMostBytes : kMostWithoutComma)) return false;
    int digits = 0, most = 0, numbers = 0;
    for (const char c : line) {
      if (is_ascii_upper(c)) return false;
      digits = is_ascii_digit(c) ? digits + 1 : 0;
      numbers += digits == 1 ? 1 : 0;
      most = std::max(most, digits);
    }
    return numbers > 1 && most >= kLeastDigits && folded(line) == line;
  }

  std::string_view text_;
  std::uint32_t begin_ = 0, end_ = 0;
  bool small_ = false;
};

}  // namespace

AddressRecognizer::AddressRecognizer(const config::Pattern&) {
  anchors_.least_digits = 1;
  anchors_.most_gap = 0;
  anchors_.before = 0;
  anchors_.after = 0;
}

void AddressRecognizer::recognize(const RecognizerInput& input,
                                  std::vector<RawCandidate>& found) const {
  AddressTokens tokens(input.text), small(input.text, true);
  SmallLines around(input.text);
  std::uint32_t taken_until = 0;
  for (const Window& window : input.windows) {
    if (input.deadline.expired()) return;
    for (const Anchor& anchor : window.anchors) {
      const model::Span digits = anchor.span;
      if (anchor.kind != AnchorKind::kDigits || digits.begin < taken_until) continue;
      if (digits.end - digits.begin > kMostHouseDigits) continue;
      if (!can_be_house_number(input.text, digits.begin)) continue;
      if (is_before_fraction(input.text, digits.end)) continue;
      if (!has_words_beside(input.text, digits)) continue;
      auto candidate = address_at(input.text, digits, taken_until, tokens);
      if (!candidate && around.is_small(digits))
        candidate = small_address_at(input.text, digits, taken_until, small);
      if (!candidate) continue;
      taken_until = candidate->span.end;
      found.push_back(*std::move(candidate));
    }
  }
}

}  // namespace noshare::detect
