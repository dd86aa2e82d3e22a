// Finds postal addresses around their numbers; see address_recognizer.h.
#include "detect/recognizers/address_recognizer.h"

#include <algorithm>
#include <optional>

#include "noshare/base/text.h"

#include "detect/recognizers/address_words.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

using namespace address_words;

constexpr std::uint32_t kBefore =
    120;  // an address begins at most so far before its number
constexpr std::uint32_t kAfter = 220;  // and ends at most so far behind it
constexpr std::size_t kMostHouseDigits = 6;

// Base confidences, measured by tests/eval (docs/detection.md).
constexpr int kStreetAndPostcode = 92;
constexpr int kStreetAndRegion = 86;
constexpr int kStreetAndCity = 72;
constexpr int kStreetOnOwnLine = 66;
constexpr int kStreetAlone = 66;
constexpr int kFeatureAlone = 60;
constexpr int kNameAndPostcode = 76;  // no word says that it is a street
constexpr int kLowerCasePenalty = 8;

// Only a number after white space or an opening mark can be a house number.
bool can_be_house_number(std::string_view text, std::uint32_t at) {
  if (at == 0) return true;
  const char before = text[at - 1];
  return is_ascii_space(before) || before == ',' || before == '(' || before == '"' ||
         before == ':' || before == ';' || before == '#' || before == '|' ||
         before == '>' || is_ascii_alpha(before) || before == '.';
}

// Cheap first look: a letter follows closely, or a word precedes directly.
bool has_words_beside(std::string_view text, model::Span digits) {
  std::size_t at = digits.end;
  while (at < text.size() && at < digits.end + 4 && !is_ascii_alpha(text[at]) &&
         static_cast<unsigned char>(text[at]) < 0x80) {
    ++at;
  }
  const bool after = at < text.size() && at < digits.end + 4;
  const bool before =
      digits.begin >= 2 && is_word_character(character_before(
                               text, digits.begin - (text[digits.begin - 1] == ' ')));
  return after || before;
}

struct Judged {
  int confidence = 0;
  const char* locality = "";
};

bool fills_line(const AddressTokens& tokens, std::size_t first, std::size_t last) {
  const auto edge = [&](std::size_t at) {
    return at >= tokens.size() || tokens.is(at, TokenKind::kBreak) ||
           tokens.is(at, TokenKind::kStop);
  };
  return (first == 0 || edge(first - 1)) && edge(last);
}

Judged judge(const AddressTokens& tokens, const StreetMatch& street,
             const std::optional<LocalityMatch>& locality) {
  const int penalty = street.lower_case ? kLowerCasePenalty : 0;
  const bool postcode = locality && locality->strength == LocalityStrength::kPostcode;
  if (!street.strong) {
    if (postcode) return {kNameAndPostcode - penalty, ", postcode and city"};
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
  if (locality) return {street.lower_case ? 0 : kStreetAndCity, ", city"};
  if (fills_line(tokens, street.first, street.last)) {
    return {kStreetOnOwnLine - penalty, ", a line of its own"};
  }
  if (street.lower_case) return {};
  return {street.feature ? kFeatureAlone : kStreetAlone, ""};
}

// "115 Broadway San Francisco CA": without a street's word the name runs into the city.
std::optional<LocalityMatch> locality_of(const AddressTokens& tokens,
                                         StreetMatch& street) {
  auto locality = match_locality(tokens, street.last);
  const auto is_firm = [](const std::optional<LocalityMatch>& match) {
    return match && match->strength != LocalityStrength::kCity;
  };
  if (street.strong || is_firm(locality)) return locality;
  for (std::size_t cut = street.first + 2; cut < street.last; ++cut) {
    const auto inner = match_locality(tokens, cut);
    if (!is_firm(inner) || inner->last < street.last) continue;
    street.last = cut;
    return inner;
  }
  return locality;
}

}  // namespace

AddressRecognizer::AddressRecognizer(const config::Pattern&) {
  anchors_.least_digits = 1;
  anchors_.most_gap = 0;
  anchors_.before = 0;
  anchors_.after = 0;
}

void AddressRecognizer::recognize(const RecognizerInput& input,
                                  std::vector<RawCandidate>& found) const {
  AddressTokens tokens(input.text);
  std::uint32_t taken_until = 0;
  for (const Window& window : input.windows) {
    if (input.deadline.expired()) return;
    for (const Anchor& anchor : window.anchors) {
      const model::Span digits = anchor.span;
      if (anchor.kind != AnchorKind::kDigits || digits.begin < taken_until) continue;
      if (digits.end - digits.begin > kMostHouseDigits + 2) continue;
      if (!can_be_house_number(input.text, digits.begin)) continue;
      if (!has_words_beside(input.text, digits)) continue;
      tokens.cover(digits.begin - std::min(digits.begin, kBefore), digits.end + kAfter);
      const std::size_t number = tokens.find(digits.begin);
      auto street = match_street(tokens, number);
      if (!street || tokens.at(street->first).span.begin < taken_until) continue;
      const auto locality = locality_of(tokens, *street);
      const Judged judged = judge(tokens, *street, locality);
      if (judged.confidence == 0) continue;
      const std::size_t last = locality ? locality->last : street->last;
      RawCandidate candidate;
      candidate.span = {tokens.at(street->first).span.begin,
                        tokens.at(last - 1).span.end};
      candidate.confidence = judged.confidence;
      candidate.checked = locality && locality->strength == LocalityStrength::kPostcode;
      candidate.why.push_back(std::string(street->form) + judged.locality + ": " +
                              std::to_string(judged.confidence));
      taken_until = candidate.span.end;
      found.push_back(std::move(candidate));
    }
  }
}

}  // namespace noshare::detect
