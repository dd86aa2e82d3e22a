// Order: text that a style shows in another order than it is written in.
//
// In:  places in a text     Out: the lines of the text that another reading lacks, and a
// line for each rearranged place, behind the words before it; mapped to the text
#pragma once

#include <string_view>
#include <vector>

#include "noshare/model/segment.h"

#include "extract/mapped_text.h"

namespace noshare::extract {

class HtmlOrder {
 public:
  struct Piece {
    long long place;  // rising, as it is shown
    model::Span span;
  };

  // The characters of [begin, end) run from right to left.
  void turn(std::size_t begin, std::size_t end);
  void arrange(std::vector<Piece> pieces);

  // `text` is what the places are in; `other` the reading that is known already.
  MappedText applied(const MappedText& text, std::string_view other, bool mapped) const;

 private:
  struct Place {
    bool turned;
    std::vector<Piece> pieces;
  };
  void put_turned_lines(std::string_view all, TextBuilder& out) const;
  static void put_place(std::string_view all, const Place& place, TextBuilder& out);

  static constexpr std::size_t kMostPlaces = 1000;
  std::vector<Place> places_;
};

}  // namespace noshare::extract
