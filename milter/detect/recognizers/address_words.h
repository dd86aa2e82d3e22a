// The classes of words that make addresses; tables/address_words.tsv explains each.
#pragma once

#include <cstddef>
#include <cstdint>

#include "detect/recognizers/classed_words.h"

namespace noshare::detect::address_words {

enum Class : std::uint16_t {  // in the order of make_word_table.py
  kStreet = 1 << 0,
  kFeature = 1 << 1,
  kRoute = 1 << 2,
  kLead = 1 << 3,
  kEnding = 1 << 4,
  kSoft = 1 << 5,
  kTrail = 1 << 6,
  kLink = 1 << 7,
  kDirection = 1 << 8,
  kUnit = 1 << 9,
  kBox = 1 << 10,
  kState = 1 << 11,
  kCountry = 1 << 12,
  kVeto = 1 << 13,
};

extern const ClassedWord kWords[];
extern const std::size_t kWordCount;

const ClassedWords& table();

}  // namespace noshare::detect::address_words
