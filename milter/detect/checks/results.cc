#include "detect/checks/results.h"

#include "noshare/base/text.h"

namespace noshare::detect {

namespace {
constexpr char kNeverIssued = '!';
}

CheckCharacters CheckCharacters::read(Parameters& parameters) {
  CheckCharacters check;
  const int length = parameters.integer("check_length", 1, 1, 6);
  check.length_ = static_cast<std::size_t>(length);
  check.place_ = parameters.integer("check", -length, -64, 64);
  check.letters_ = parameters.text("letters", "");
  const Json& results = parameters.item("results");
  if (results.is_null()) return check;
  if (!results.is_object()) {
    parameters.fault("'results' must be a mapping of results to characters");
    return check;
  }
  for (const auto& [key, entry] : results.items()) {
    int result = 0;
    const auto text = as_text(entry);
    const bool usable = entry.is_null() || (text && text->size() == 1);
    if (!usable || !parse_digits(key, result) || result >= kMostSpecial) {
      parameters.fault("'results' must map results to one character or null");
      return check;
    }
    check.special_[static_cast<std::size_t>(result)] = text ? (*text)[0] : kNeverIssued;
  }
  return check;
}

bool CheckCharacters::locate(std::string_view value, std::size_t& at) const noexcept {
  return resolve_place(place_, value.size(), at) && at + length_ <= value.size();
}

bool CheckCharacters::match(std::string_view value, std::size_t at,
                            int result) const noexcept {
  if (result < 0) return false;
  const char special =
      result < kMostSpecial ? special_[static_cast<std::size_t>(result)] : '\0';
  if (special != '\0')
    return special != kNeverIssued && length_ == 1 && value[at] == special;
  if (!letters_.empty()) {  // as digits to that base, the last character the units
    auto rest = static_cast<std::size_t>(result);
    for (std::size_t i = length_; i-- > 0; rest /= letters_.size()) {
      if (value[at + i] != letters_[rest % letters_.size()]) return false;
    }
    return rest == 0;
  }
  int written = 0;
  return parse_digits(value.substr(at, length_), written) && written == result;
}

int CheckCharacters::digits_for(int result) const noexcept {
  constexpr int kPowers[] = {1, 10, 100, 1'000, 10'000, 100'000, 1'000'000};
  const auto digit = [](char c) { return is_ascii_digit(c) ? c - '0' : -1; };
  if (result < 0) return -1;
  const char special =
      result < kMostSpecial ? special_[static_cast<std::size_t>(result)] : '\0';
  if (special != '\0')
    return special == kNeverIssued || length_ != 1 ? -1 : digit(special);
  const auto index = static_cast<std::size_t>(result);
  if (!letters_.empty()) return index < letters_.size() ? digit(letters_[index]) : -1;
  return result < kPowers[length_] ? result : -1;
}

}  // namespace noshare::detect
