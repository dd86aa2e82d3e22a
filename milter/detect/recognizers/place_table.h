// Gazetteers of cities and of countries' names, as written by tables/make_place_table.py.
//
// In:  a name in lower case     Out: the countries that have it
// Source: GeoNames (CC-BY-4.0) and libphonenumber's places of area codes; see NOTICE.
// Only hashes are kept: of a million other names one is taken for a city.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace noshare::detect {

// ISO 3166-1 alpha-2, its first letter in the high byte; 0: none.
using CountryCode = std::uint16_t;

constexpr CountryCode country_code(const char (&letters)[3]) {
  return static_cast<CountryCode>(letters[0] << 8 | letters[1]);
}

namespace place_table {

struct Entry {
  std::uint32_t hash;  // FNV-1a of the name
  CountryCode country;
};

extern const Entry kCities[];
extern const std::size_t kCitiesCount;
extern const Entry kCountries[];
extern const std::size_t kCountriesCount;

bool is_city_of(std::string_view lower_case_name, CountryCode country) noexcept;
// True if some country has a city of that name.
bool is_city(std::string_view lower_case_name) noexcept;
// The country that is called so; 0: none of those we tell apart.
CountryCode country_named(std::string_view lower_case_name) noexcept;

}  // namespace place_table
}  // namespace noshare::detect
