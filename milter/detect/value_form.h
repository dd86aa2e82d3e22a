// Forms of a value: normalised, and a test for placeholders. normalised() and masked()
// are declared in noshare/detect/detector.h.
#pragma once

#include <string>
#include <string_view>

#include "noshare/config/pack.h"

namespace noshare::detect {

// Appends the value in the form in which equal data are equal.
void append_normalised(config::Normalise how, std::string_view value, std::string& out);

// Digits as people type them where a number is missing: all equal, or counting up or
// down.
bool looks_like_placeholder(std::string_view value);

}  // namespace noshare::detect
