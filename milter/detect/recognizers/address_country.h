// Whose country's address it is, where that is certain.
//
// In:  the street and the locality that the grammar read     Out: the country, or none
// A country's line says it, unless the postcode has another country's form. Otherwise the
// postcode's form leaves a few countries, the language of the street's word some of
// those, and the city's name, if it is known, one. Two that remain make none.
#pragma once

#include <optional>
#include <string>

#include "detect/recognizers/address_grammar.h"
#include "detect/recognizers/place_table.h"

namespace noshare::detect {

// 0: not certain, or none of the countries whose addresses are an entity of their own.
CountryCode country_of(const AddressTokens& tokens, const StreetMatch& street,
                       const std::optional<LocalityMatch>& locality);

// "US"; "" for 0.
std::string letters_of(CountryCode country);

}  // namespace noshare::detect
