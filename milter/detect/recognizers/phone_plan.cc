// Walks the automaton of phone_table.h; see phone_plan.h.
#include "detect/recognizers/phone_plan.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <iterator>

#include "detect/recognizers/phone_table.h"

namespace noshare::detect {
namespace {

using phone_table::Shape;
using phone_table::Territory;

constexpr std::size_t kMostDigits = 15;  // E.164 section 6
constexpr std::size_t kLeastDigits = 7;  // calling code and subscriber number in use
constexpr std::size_t kMostCodeDigits = 3;

bool accepts(std::uint16_t root, std::string_view digits) noexcept {
  std::uint16_t state = root;
  for (const char digit : digits) {
    if (digit < '0' || digit > '9') return false;
    state = phone_table::kStates[state].next[digit - '0'];
    if (state == 0) return false;
  }
  return phone_table::kStates[state].accepts != 0;
}

const phone_table::CallingCode* find_code(unsigned code) noexcept {
  const auto* end = phone_table::kCallingCodes + phone_table::kCallingCodeCount;
  const auto* found =
      std::lower_bound(phone_table::kCallingCodes, end, code,
                       [](const phone_table::CallingCode& entry, unsigned wanted) {
                         return entry.code < wanted;
                       });
  return found != end && found->code == code ? found : nullptr;
}

bool fits(const Shape& shape, std::span<const std::uint8_t> groups) noexcept {
  if (shape.groups != groups.size()) return false;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (groups[i] < shape.bounds[i].least || groups[i] > shape.bounds[i].most)
      return false;
  }
  return true;
}

bool printed_so(const Territory& territory,
                std::span<const std::uint8_t> groups) noexcept {
  const Shape* first = phone_table::kShapes + territory.first_shape;
  return std::any_of(first, first + territory.shape_count,
                     [&](const Shape& shape) { return fits(shape, groups); });
}

}  // namespace

PhoneVerdict judge_international(std::string_view digits) noexcept {
  if (digits.size() < kLeastDigits || digits.size() > kMostDigits + 1 ||
      digits[0] == '0') {
    return PhoneVerdict::kNo;  // one more than E.164 allows: the prefix in "(0)"
  }
  unsigned code = 0;
  for (std::size_t length = 1; length <= kMostCodeDigits; ++length) {
    if (!std::isdigit(static_cast<unsigned char>(digits[length - 1]))) break;
    code = code * 10 + static_cast<unsigned>(digits[length - 1] - '0');
    if (const auto* found = find_code(code)) {  // codes are prefix-free
      return accepts(found->root, digits.substr(length)) ? PhoneVerdict::kValid
                                                         : PhoneVerdict::kPossible;
    }
  }
  return PhoneVerdict::kNo;
}

NationalPhone judge_national(std::string_view digits,
                             std::span<const std::uint8_t> groups) noexcept {
  NationalPhone judged;
  for (std::size_t i = 0; i < phone_table::kTerritoryCount; ++i) {
    const Territory& territory = phone_table::kTerritories[i];
    const bool dialled = territory.dialled != 0 && accepts(territory.dialled, digits);
    if (!dialled && !accepts(territory.bare, digits)) continue;
    const bool printed = printed_so(territory, groups);
    const bool better = !judged.valid || (printed && !judged.printed);
    judged.valid = true;
    judged.printed = judged.printed || printed;
    judged.dialled = judged.dialled || (dialled && printed);
    if (better)
      std::copy(std::begin(territory.id), std::end(territory.id), judged.territory);
  }
  return judged;
}

bool shaped_north_american(std::string_view digits) noexcept {
  if (digits.size() == 11 && digits[0] == '1') digits.remove_prefix(1);
  const auto leads = [&](std::size_t at) {
    return digits[at] >= '2' && digits[at] <= '9';
  };
  return digits.size() == 10 && leads(0) && leads(3);
}

}  // namespace noshare::detect
