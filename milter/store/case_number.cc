#include "case_number.h"

#include <array>
#include <cerrno>
#include <cstdint>

#include <sys/random.h>

#include "noshare/base/text.h"

namespace noshare::store {

namespace {
constexpr std::string_view kPrefix = "NS-";
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
constexpr std::size_t kLetters = 8;
}  // namespace

Result<std::string> new_number(std::string_view register_letters) {
  std::array<std::uint8_t, kLetters> random{};
  ssize_t count = 0;
  do {
    count = ::getrandom(random.data(), random.size(), 0);
  } while (count < 0 && errno == EINTR);
  if (count != static_cast<ssize_t>(random.size())) {
    return fail_errno("cannot get random bytes for a case number");
  }
  std::string text(register_letters);
  text += '-';
  for (const std::uint8_t byte : random) text += kAlphabet[byte % kAlphabet.size()];
  return text;
}

Result<std::string> new_case_number() {
  return new_number(kPrefix.substr(0, kPrefix.size() - 1));
}

std::string canonical_case_number(std::string_view typed) {
  typed = trimmed(typed);
  if (typed.size() >= kPrefix.size() &&
      equal_ignoring_case(typed.substr(0, kPrefix.size()), kPrefix)) {
    typed.remove_prefix(kPrefix.size());
  }
  std::string text(kPrefix);
  for (const char c : typed) {
    const char upper = ascii_upper(c);
    if (upper == 'O') {
      text += '0';
    } else if (upper == 'I' || upper == 'L') {
      text += '1';
    } else {
      text += upper;
    }
  }
  return text;
}

}  // namespace noshare::store
