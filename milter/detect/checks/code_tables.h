// Registered codes: top-level domains and countries.
//
// Source: the IANA root zone and ISO 3166-1, by deploy/data/code_tables.py.
#pragma once

#include <string_view>

namespace noshare::detect {

// `name` in lower case, Unicode or punycode, without a dot.
bool is_top_level_domain(std::string_view name) noexcept;

// ISO 3166-1 in capitals: two letters or three.
bool is_country_code(std::string_view code) noexcept;

}  // namespace noshare::detect
