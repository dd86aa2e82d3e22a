// Regular expressions of packs, as trees over bytes.
//
// In:  Hyperscan's syntax without look-around, captures and \b (STYLE.md, "A pattern")
// Out: a tree of byte sets, sequences, alternatives and repetitions
// What can go wrong: an expression outside that syntax, told with the place in it.
//
// Expressions are about characters, the tree is about bytes: a character above U+007F
// becomes the sequence of its UTF-8 bytes, `.` and negated classes take whole characters,
// and ignoring case means simple folding of every script in unicode.h.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/result.h"

#include "detect/byte_set.h"

namespace noshare::detect {

inline constexpr std::uint32_t kUnbounded = UINT32_MAX;

struct RegexNode {
  enum class Kind : std::uint8_t { kEmpty, kBytes, kSequence, kAlternatives, kRepeat };
  Kind kind = Kind::kEmpty;
  ByteSet bytes;                    // kBytes: one byte out of these
  std::vector<RegexNode> children;  // kRepeat: exactly one
  std::uint32_t least = 1;          // kRepeat
  std::uint32_t most = 1;           // kRepeat; kUnbounded: no end
};

// Errors: kInvalidInput, "unexpected ')' at 7". Repetitions are at most 1,000, groups
// nest at most 50 deep.
Result<RegexNode> parse_regex(std::string_view expression, bool ignore_case);

// The shortest and longest match in bytes; kUnbounded where there is no longest.
struct Width {
  std::uint32_t least = 0;
  std::uint32_t most = 0;
};
Width width_of(const RegexNode& node);

// The tree written for Hyperscan, byte by byte (no flag needed but HS_FLAG_DOTALL).
std::string to_hyperscan(const RegexNode& node);

// Adds with kUnbounded as infinity.
std::uint32_t sum_of_bounds(std::uint32_t a, std::uint32_t b);

}  // namespace noshare::detect
