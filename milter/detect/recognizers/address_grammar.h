// Address grammar: streets and localities, in the orders that countries write them.
//
// In:  address tokens and an index     Out: how far a street or a locality reaches
// Source: UPU S42 address templates. Looks at no more than a few dozen tokens per call.
#pragma once

#include <cstddef>
#include <optional>

#include "detect/recognizers/address_tokens.h"

namespace noshare::detect {

struct TokenRange {
  std::size_t first = 0;  // tokens, half-open
  std::size_t last = 0;
  bool empty() const { return first >= last; }
};

struct StreetMatch {
  std::size_t first = 0;  // tokens, half-open
  std::size_t last = 0;
  bool strong = false;  // a word says that it is a street
  bool lower_case = false;
  const char* form = "";  // "number, name, street type": for the explanation
  bool directed = false;  // no street's word, but a point of the compass: "12 S. Wabash"
  bool inside = false;    // of a sentence: worth something only with its postcode
  bool feature = false;   // the word is no street's by itself: "Central Park"
  // Languages that the street's word is of (address_words::Language); 0: it does not say.
  std::uint32_t languages = 0;
};

// The street whose house (or box) number is the token at `number`.
std::optional<StreetMatch> match_street(const AddressTokens& tokens, std::size_t number);

enum class LocalityStrength { kCity, kRegion, kPostcode };

struct LocalityMatch {
  std::size_t last = 0;  // behind its last token
  LocalityStrength strength = LocalityStrength::kCity;
  TokenRange postcode = {};
  TokenRange city = {};     // may hold more than the name
  TokenRange country = {};  // may begin with the city's name
  std::size_t state = 0;    // its last word; 0: none
  std::size_t first = 0;    // of one that stands before its street
};

// A street without a number, or with one in words, whose locality holds the postcode at
// `postcode`: "Place de la Mairie, 75001 Paris", "One Main St., Springfield, IL 62704".
std::optional<StreetMatch> match_street_before(const AddressTokens& tokens,
                                               std::size_t postcode);

// The locality behind a street that ends before `at`: directly, after a comma or in one
// of the next lines.
std::optional<LocalityMatch> match_locality(const AddressTokens& tokens, std::size_t at);

// The locality directly before a street that begins at `street`: "1055 Budapest, Fő utca
// 5".
std::optional<LocalityMatch> match_locality_before(const AddressTokens& tokens,
                                                   std::size_t street);

// True if a number at `at` is shaped as a postcode that stands before a city's name.
bool leads_postcode_city(const AddressTokens& tokens, std::size_t at);

}  // namespace noshare::detect
