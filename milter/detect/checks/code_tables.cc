#include "detect/checks/code_tables.h"

#include <algorithm>
#include <iterator>

namespace noshare::detect {

namespace {

#include "detect/checks/code_tables.inc"

template <std::size_t Count>
bool contains(const std::string_view (&table)[Count], std::string_view word) noexcept {
  return std::binary_search(std::begin(table), std::end(table), word);
}

}  // namespace

bool is_top_level_domain(std::string_view name) noexcept {
  return contains(kTopLevelDomains, name);
}

bool is_country_code(std::string_view code) noexcept {
  return code.size() == 2 ? contains(kCountries2, code) : contains(kCountries3, code);
}

}  // namespace noshare::detect
