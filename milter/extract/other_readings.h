// Other readings: a text's bytes in charsets that no label names, but digits betray.
//
// In:  bytes of a text that are not UTF-8, or switch charsets by escapes; hostile
// Out: the text as programs show it that guess, one for each guess; often none
// Digits of full width are pairs of bytes in the charsets of East Asia; others strip the
// highest bit, or take UTF-8 in longer forms than it allows (RFC 3629 section 3).
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

std::vector<std::string> other_readings(std::string_view bytes);

}  // namespace noshare::extract
