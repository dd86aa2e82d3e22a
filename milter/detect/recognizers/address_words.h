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
  kNumberSign = 1 << 14,
  kSoftTrail = 1 << 15,
};

enum Language : std::uint32_t {  // in the order of make_word_table.py
  kEnglish = 1U << 0,
  kFrench = 1U << 1,
  kItalian = 1U << 2,
  kSpanish = 1U << 3,
  kPortuguese = 1U << 4,
  kPolish = 1U << 5,
  kRomanian = 1U << 6,
  kRussian = 1U << 7,
  kBulgarian = 1U << 8,
  kGerman = 1U << 9,
  kDutch = 1U << 10,
  kSwedish = 1U << 11,
  kDanish = 1U << 12,
  kNorwegian = 1U << 13,
  kFinnish = 1U << 14,
  kIcelandic = 1U << 15,
  kHungarian = 1U << 16,
  kLatvian = 1U << 17,
  kLithuanian = 1U << 18,
  kEstonian = 1U << 19,
  kCzech = 1U << 20,
  kSlovak = 1U << 21,
  kSlovene = 1U << 22,
  kCroatian = 1U << 23,
  kTurkish = 1U << 24,
  kGreek = 1U << 25,
};

extern const ClassedWord kWords[];
extern const std::size_t kWordCount;

const ClassedWords& table();

}  // namespace noshare::detect::address_words
