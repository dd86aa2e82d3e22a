// Binary search by hash; see place_table.h.
#include "detect/recognizers/place_table.h"

#include <algorithm>
#include <span>

namespace noshare::detect::place_table {
namespace {

std::uint32_t hash_of(std::string_view name) noexcept {
  std::uint32_t hash = 0x811C9DC5;  // FNV-1a, 32 bits
  for (const char c : name) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x01000193;
  }
  return hash;
}

std::span<const Entry> entries_of(std::span<const Entry> table,
                                  std::string_view name) noexcept {
  const auto [first, last] =
      std::equal_range(table.begin(), table.end(), Entry{hash_of(name), 0},
                       [](const Entry& a, const Entry& b) { return a.hash < b.hash; });
  return {first, last};
}

}  // namespace

bool is_city_of(std::string_view lower_case_name, CountryCode country) noexcept {
  const auto found = entries_of({kCities, kCitiesCount}, lower_case_name);
  return std::any_of(found.begin(), found.end(),
                     [&](const Entry& entry) { return entry.country == country; });
}

bool is_city(std::string_view lower_case_name) noexcept {
  return !entries_of({kCities, kCitiesCount}, lower_case_name).empty();
}

CountryCode country_named(std::string_view lower_case_name) noexcept {
  const auto found = entries_of({kCountries, kCountriesCount}, lower_case_name);
  return found.empty() ? CountryCode{0} : found.front().country;
}

}  // namespace noshare::detect::place_table
