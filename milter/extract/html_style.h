// What a style does to the text under it: hide it, turn it round, put it elsewhere.
//
// In:  the value of a style attribute or a rule's declarations (CSS 2.2 and later)
// Out: what any browser does, and what it might do
// `hides()` is sure. `may_hide` is what hides in most places, but might as well shrink or
// move a picture: such text is read both ways.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace noshare::extract {

struct StyleEffect {
  // The ways that hide for sure, and those that are said not to.
  enum Way : unsigned {
    kDisplay = 1,
    kVisibility = 2,
    kSize = 4,
    kOpacity = 8,
    kExtent = 16,  // max-height, max-width
    kAttribute = 32
  };
  unsigned hidden_by = 0;
  unsigned shown_by = 0;
  bool white = false;          // the text is white
  bool background = false;     // a colour or picture lies behind it
  bool may_hide = false;       // off the page, without size, nearly white, clipped ...
  bool right_to_left = false;  // direction
  bool overrides = false;      // unicode-bidi: characters follow the direction
  bool reverses_children = false;  // flex-direction: row-reverse
  bool floats_right = false;       // left of what floated there before it
  bool mirrored = false;           // transform: scaleX(-1)
  std::optional<int> place;        // among its siblings: order, left
  std::optional<int> row;          // how far below them: top
  std::string colour;              // as written, squeezed
  std::string behind;              // the background's colour
  // Text that the style itself brings, as written: strings, attr(), counter().
  std::string content;
  std::string content_behind;  // the same behind the element's own
  std::string counters;  // "name number", "name +number": set and counted, one a line

  bool hides() const { return hidden_by != 0; }
  bool reverses_text() const { return (right_to_left && overrides) != mirrored; }
  // Among elements with a place of their own: line by line, if they say so.
  std::optional<long long> position() const {
    constexpr long long kWidest = 1LL << 21;
    constexpr int kOneLine = 4;  // pixels
    if (!place && !row) return std::nullopt;
    return row.value_or(0) / kOneLine * kWidest + place.value_or(0);
  }
  // Something that only the second reading of a document shows.
  bool is_odd() const {
    return may_hide || right_to_left || reverses_children || floats_right || mirrored ||
           place || row || !content.empty() || !content_behind.empty() ||
           !counters.empty() || !behind.empty();
  }
  // `other` holds where both set the same.
  void merge(const StyleEffect& other);
};

StyleEffect style_effect(std::string_view style);
// What an attribute of SVG does: "translate(10,20) scale(-1,1)".
void take_transform(std::string_view value, StyleEffect& effect);
bool is_white(std::string_view colour);
// The whole number that a value begins with ("12.5px"); nothing if it is none.
std::optional<int> first_number(std::string_view value);

}  // namespace noshare::extract
