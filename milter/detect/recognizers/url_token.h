// Tokens around a place: is it part of a URL?
//
// In:  a text and a place in it     Out: yes or no. Looks at no more than 256 bytes.
#pragma once

#include <string_view>

#include "noshare/model/segment.h"

namespace noshare::detect {

// True if the unbroken token that holds `span` has "://" or "www." before it ("tel:" is
// none).
bool is_inside_url(std::string_view text, model::Span span) noexcept;

}  // namespace noshare::detect
