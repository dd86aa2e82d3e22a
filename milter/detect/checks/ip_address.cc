// ipv4_address and ipv6_address: the text forms of network addresses.
//
// Sources: RFC 6943 section 3.1.1 (strict dotted quads), RFC 4291 section 2.2 (IPv6).
#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/parameters.h"

namespace noshare::detect {
namespace {

// Four numbers from 0 to 255 without leading zeros.
bool is_ipv4(std::string_view text) noexcept {
  int octets = 0;
  while (true) {
    const std::size_t dot = text.find('.');
    const std::string_view digits = text.substr(0, dot);
    int number = 0;
    if (digits.size() > 3 || !parse_digits(digits, number) || number > 255) return false;
    if (digits.size() > 1 && digits[0] == '0') return false;
    ++octets;
    if (dot == std::string_view::npos) return octets == 4;
    text.remove_prefix(dot + 1);
  }
}

class Ipv4Address final : public Check {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    return is_ipv4(normalised);
  }
  std::string_view name() const noexcept override { return "ipv4_address"; }
};

bool is_hex_group(std::string_view group) noexcept {
  if (group.empty() || group.size() > 4) return false;
  for (const char c : group) {
    const char lower = ascii_lower(c);
    if (!is_ascii_digit(c) && (lower < 'a' || lower > 'f')) return false;
  }
  return true;
}

// What was counted in one side of a "::".
struct Groups {
  int count = 0;
  int with_digit = 0;
  bool valid = true;
};

Groups count_groups(std::string_view side, bool may_end_in_ipv4) noexcept {
  Groups groups;
  while (!side.empty()) {
    const std::size_t colon = side.find(':');
    const std::string_view group = side.substr(0, colon);
    const bool last = colon == std::string_view::npos;
    if (last && may_end_in_ipv4 && is_ipv4(group)) {
      groups.count += 2;
      groups.with_digit += 2;
      return groups;
    }
    groups.valid =
        groups.valid && is_hex_group(group) && (last || colon + 1 < side.size());
    ++groups.count;
    if (group.find_first_of("0123456789") != std::string_view::npos) ++groups.with_digit;
    side.remove_prefix(last ? side.size() : colon + 1);
  }
  return groups;
}

class Ipv6Address final : public Check {
 public:
  // Short forms of letters only, such as "bad::face", are as likely names of a program's
  // parts; they need a digit.
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    const std::string_view text = normalised.substr(0, normalised.find('%'));
    const std::size_t gap = text.find("::");
    if (gap == std::string_view::npos) {
      const Groups all = count_groups(text, true);
      return all.valid && all.count == 8 && all.with_digit > 0;
    }
    if (text.find("::", gap + 1) != std::string_view::npos) return false;
    const Groups left = count_groups(text.substr(0, gap), false);
    const Groups right = count_groups(text.substr(gap + 2), true);
    const int count = left.count + right.count;
    const bool unspecified = count == 0;  // "::", which packs trust only near a word
    return left.valid && right.valid && count <= 7 &&
           (unspecified || left.with_digit + right.with_digit > 0);
  }
  std::string_view name() const noexcept override { return "ipv6_address"; }
  int cost_ns() const noexcept override { return 60; }
};

}  // namespace

Result<std::unique_ptr<Check>> make_ipv4_address(const Json& json) {
  Parameters parameters("ipv4_address", json);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Ipv4Address>();
}

// A zone ("%eth0") is skipped.
Result<std::unique_ptr<Check>> make_ipv6_address(const Json& json) {
  Parameters parameters("ipv6_address", json);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Ipv6Address>();
}

}  // namespace noshare::detect
