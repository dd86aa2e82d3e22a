// Address grammar: streets and localities, in the orders that countries write them.
//
// In:  address tokens and an index     Out: how far a street or a locality reaches
// Source: UPU S42 address templates. Looks at no more than a few dozen tokens per call.
#pragma once

#include <cstddef>
#include <optional>

#include "detect/recognizers/address_tokens.h"

namespace noshare::detect {

struct StreetMatch {
  std::size_t first = 0;  // tokens, half-open
  std::size_t last = 0;
  bool strong = false;  // a word says that it is a street
  bool lower_case = false;
  const char* form = "";  // "number, name, street type": for the explanation
  bool directed = false;  // no street's word, but a point of the compass: "12 S. Wabash"
  bool feature = false;   // the word is no street's by itself: "Central Park"
};

// The street whose house (or box) number is the token at `number`.
std::optional<StreetMatch> match_street(const AddressTokens& tokens, std::size_t number);

enum class LocalityStrength { kCity, kRegion, kPostcode };

struct LocalityMatch {
  std::size_t last = 0;  // behind its last token
  LocalityStrength strength = LocalityStrength::kCity;
};

// The locality behind a street that ends before `at`: directly, after a comma or in one
// of the next lines.
std::optional<LocalityMatch> match_locality(const AddressTokens& tokens, std::size_t at);

// True if a number at `at` is shaped as a postcode that stands before a city's name.
bool leads_postcode_city(const AddressTokens& tokens, std::size_t at);

}  // namespace noshare::detect
