// What a country and its people are called in English texts.
//
// In:  ISO 3166-1 alpha-2     Out: words, none for a country without a pack
#pragma once

#include <span>
#include <string_view>

namespace noshare::detect {

std::span<const std::string_view> country_words(std::string_view code);

}  // namespace noshare::detect
