// The classes of words beside and inside names; tables/name_words.tsv explains each.
#pragma once

#include <cstddef>
#include <cstdint>

#include "detect/recognizers/classed_words.h"

namespace noshare::detect::name_words {

enum Class : std::uint16_t {  // in the order of make_word_table.py
  kTitle = 1 << 0,
  kRank = 1 << 1,
  kGreeting = 1 << 2,
  kLink = 1 << 3,
  kSuffix = 1 << 4,
  kGiven = 1 << 5,
  kLeadIn = 1 << 6,
  kNotName = 1 << 7,
  kLabel = 1 << 8,
  kHeadFull = 1 << 9,
  kHeadGiven = 1 << 10,
  kHeadFamily = 1 << 11,
  kPlace = 1 << 12,
  kThing = 1 << 13,
  kOfNames = 1 << 14,
  kArticle = 1 << 15,
};

extern const ClassedWord kWords[];
extern const std::size_t kWordCount;

const ClassedWords& table();

}  // namespace noshare::detect::name_words
