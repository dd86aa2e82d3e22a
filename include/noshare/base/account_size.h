// How long a country's bank accounts are (ISO 13616-1:2020; IBAN Registry, SWIFT).
//
// In:  a country's two capitals     Out: letters and digits of its IBANs; 0 for what is
// no country that has any
#pragma once

#include <cstddef>

namespace noshare {

std::size_t account_size(char first, char second) noexcept;

}  // namespace noshare
