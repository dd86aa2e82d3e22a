// The text of a page, in the order in which a person reads it.
//
// In:  a page     Out: UTF-8; lines, and tabs where a row has a gap
// A page of two columns of prose is read column by column, a table row by row.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <poppler-page.h>

namespace noshare::convert {

// A word and where it stands, in points from the top left corner.
struct PlacedWord {
  std::string text;
  double left = 0;
  double top = 0;
  double right = 0;
  double bottom = 0;
  int turns = 0;  // of 90 degrees, clockwise
  bool space_after = false;
};

// In poppler's reading order.
std::vector<PlacedWord> words_of(const poppler::page& page);
std::string arrange(const std::vector<PlacedWord>& words);

}  // namespace noshare::convert
