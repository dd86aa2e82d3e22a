// Look-alikes: what a character passes for, if it stands among digits.
//
// In:  a code point     Out: the digit; or nothing
#pragma once

#include <cstdint>

namespace noshare::extract {

// How much a character looks like a digit.
enum class DigitLook : std::uint8_t {
  kNone,
  kLoose,  // S for 5, B for 8: only among many digits
  kClose,  // O for 0, l for 1, their like in other alphabets
  kDigit,  // one itself: of any script, in a circle, raised, as an ideograph
};

struct LookAlike {
  DigitLook look = DigitLook::kNone;
  char digit = '\0';
};

LookAlike look_alike(char32_t c);

// The Latin capital that a letter is or passes for: Cyrillic and Greek ones that look the
// same. '\0' for all others.
char latin_letter(char32_t c);

// What look_alike() says of ASCII: a byte beyond it looks like nothing.
LookAlike ascii_look_alike(char c);

}  // namespace noshare::extract
