// Address hints: whether a number can belong to a street at all, by the words beside it.
//
// In:  a text and a run of digits     Out: false only where match_street()
// (address_grammar.h) would find nothing that counts
// Reads a word before the number and a few behind it, where they stand: most numbers of
// ordinary text are turned away before anything is cut into tokens.
#pragma once

#include <string_view>

#include "noshare/model/segment.h"

namespace noshare::detect {

bool may_number_a_street(std::string_view text, model::Span digits);

// Whether a name or the letters of a region stand before the number, as a city does
// before its postcode: only then can match_street_before() find a street.
bool may_follow_city(std::string_view text, model::Span digits);

}  // namespace noshare::detect
