// Case numbers: what a sender quotes and an officer looks up.
//
// "NS-" and eight letters of Crockford's base 32 (no I, L, O, U): 40 random bits, so that
// one cannot be guessed from another, and none is misread on the telephone.
#pragma once

#include <string>
#include <string_view>

#include "noshare/base/result.h"

namespace noshare::store {

// A number of another register, in the same form: "PM-7K3M9QX2" for "PM".
// Errors: kIo if the kernel has no random bytes.
Result<std::string> new_number(std::string_view register_letters);

Result<std::string> new_case_number();  // "NS-7K3M9QX2"

// As typed by a person ("ns-7k3m9qxo") to the written form ("NS-7K3M9QX0"); O reads as 0,
// I and L as 1, and the prefix may be missing.
std::string canonical_case_number(std::string_view typed);

}  // namespace noshare::store
