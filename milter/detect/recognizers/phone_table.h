// Numbering plans of all territories, as written by tables/make_phone_table.py at build
// time.
//
// In:  python3-phonenumbers' metadata (Apache-2.0)     Out: constants, never changed
// Source: ITU-T E.164 and the national plans, in the form the metadata gives them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace noshare::detect::phone_table {

// A state of the automaton that accepts all national numbers. State 0 accepts nothing and
// leads nowhere else.
struct PlanState {
  std::uint16_t accepts;
  std::uint16_t next[10];
};

// "44": what may follow it, with or without a national prefix.
struct CallingCode {
  std::uint16_t code;
  std::uint16_t root;
};

// How numbers are grouped in print: per group the least and the most digits.
inline constexpr std::size_t kMostGroups = 6;
struct Shape {
  std::uint8_t groups;
  struct {
    std::uint8_t least;
    std::uint8_t most;
  } bounds[kMostGroups];
};

struct Territory {
  char id[3];             // ISO 3166-1 alpha-2
  std::uint16_t code;     // calling code
  std::uint16_t bare;     // root of national numbers as they stand after the calling code
  std::uint16_t dialled;  // root of those with the national prefix; 0 if there is none
  std::uint16_t first_shape;
  std::uint16_t shape_count;
};

extern const PlanState kStates[];
extern const CallingCode kCallingCodes[];  // ascending
extern const std::size_t kCallingCodeCount;
extern const Shape kShapes[];
extern const Territory kTerritories[];  // by id
extern const std::size_t kTerritoryCount;

}  // namespace noshare::detect::phone_table
