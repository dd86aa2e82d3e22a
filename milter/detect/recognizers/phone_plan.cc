// Walks the automaton of phone_table.h; see phone_plan.h.
#include "detect/recognizers/phone_plan.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cctype>
#include <cstddef>
#include <iterator>
#include <vector>

#include "noshare/base/text.h"

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

// Which territories can have a national number of so many digits that begins so: a bit
// for each, by number of digits and the first three of them. Made once, from the plans.
class TerritoryIndex {
 public:
  static constexpr std::size_t kFirstDigits = 3;
  static constexpr std::size_t kMostNationalDigits = 17;
  static constexpr std::size_t kWords = 5;
  using Set = std::array<std::uint64_t, kWords>;

  static const TerritoryIndex& get() {
    static const TerritoryIndex index;
    return index;
  }

  // False when the index does not know: more digits than any plan has, or territories.
  bool territories(std::string_view digits, Set& set) const {
    if (digits.size() < kFirstDigits || digits.size() > kMostNationalDigits ||
        phone_table::kTerritoryCount > kWords * 64)
      return false;
    std::size_t first = 0;
    for (std::size_t i = 0; i < kFirstDigits; ++i) {
      if (!is_ascii_digit(digits[i])) return false;
      first = first * 10 + static_cast<std::size_t>(digits[i] - '0');
    }
    set = sets_[digits.size() * kPrefixes + first];
    return true;
  }

 private:
  static constexpr std::size_t kPrefixes = 1000;

  TerritoryIndex() : sets_((kMostNationalDigits + 1) * kPrefixes) {
    const std::size_t count = std::min(phone_table::kTerritoryCount, kWords * 64);
    for (std::size_t i = 0; i < count; ++i) {
      add(i, phone_table::kTerritories[i].bare);
      add(i, phone_table::kTerritories[i].dialled);
    }
  }

  void add(std::size_t territory, std::uint16_t root) {
    const auto next = [](std::uint16_t state, std::size_t digit) {
      return phone_table::kStates[state].next[digit];
    };
    for (std::size_t prefix = 0; root != 0 && prefix < kPrefixes; ++prefix) {
      const std::uint16_t state =
          next(next(next(root, prefix / 100), prefix / 10 % 10), prefix % 10);
      for (std::uint32_t lengths = lengths_from(state); lengths != 0;
           lengths &= lengths - 1) {
        const std::size_t size =
            kFirstDigits + static_cast<std::size_t>(std::countr_zero(lengths));
        if (size > kMostNationalDigits) break;
        sets_[size * kPrefixes + prefix][territory / 64] |= std::uint64_t{1}
                                                            << (territory % 64);
      }
    }
  }

  // Bit n: some n further digits are accepted. In a loop every number of them counts.
  std::uint32_t lengths_from(std::uint16_t state) {
    if (state == 0) return 0;
    if (state < lengths_.size() && lengths_[state] != kUnknown) return lengths_[state];
    if (state >= lengths_.size()) lengths_.resize(state + 1U, kUnknown);
    lengths_[state] = UINT32_MAX;
    std::uint32_t lengths = phone_table::kStates[state].accepts != 0 ? 1 : 0;
    for (const std::uint16_t next : phone_table::kStates[state].next)
      lengths |= lengths_from(next) << 1;
    lengths_[state] = lengths;
    return lengths;
  }

  std::vector<Set> sets_;
  // Per state, once it is known. No state but the dead one leads nowhere.
  static constexpr std::uint32_t kUnknown = 0;
  std::vector<std::uint32_t> lengths_;
};

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

void prepare_phone_plans() { static_cast<void>(TerritoryIndex::get()); }

NationalPhone judge_national(std::string_view digits,
                             std::span<const std::uint8_t> groups) noexcept {
  NationalPhone judged;
  TerritoryIndex::Set possible;
  const bool known = TerritoryIndex::get().territories(digits, possible);
  for (std::size_t i = 0; i < phone_table::kTerritoryCount; ++i) {
    if (known && (possible[i / 64] >> (i % 64) & 1) == 0) continue;
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
