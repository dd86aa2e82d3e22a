// Character references of HTML (HTML Living Standard, section 13.2.5.72 and following).
//
// In:  text that starts with '&'     Out: what it stands for and how many bytes it takes
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace noshare::extract {

struct CharacterReference {
  std::size_t bytes =
      0;                 // consumed, '&' included; 0: no reference, '&' stands for itself
  std::size_t size = 0;  // of `utf8`
  std::array<char, 12> utf8{};
  std::string_view text() const { return {utf8.data(), size}; }
};

CharacterReference character_reference(std::string_view text);

}  // namespace noshare::extract
