// What a style attribute does to the text under it: hide it, or give it a background.
//
// In:  the value of a style attribute, or a colour     Out: yes or no
// Reads single declarations (CSS 2.2); style sheets and their classes are not followed.
#pragma once

#include <string_view>

namespace noshare::extract {

struct StyleEffect {
  bool hides = false;       // display:none, visibility:hidden, font-size:0, opacity:0 ...
  bool white = false;       // the text is white
  bool background = false;  // a colour or picture lies behind it
};

StyleEffect style_effect(std::string_view style);
bool is_white(std::string_view colour);

}  // namespace noshare::extract
