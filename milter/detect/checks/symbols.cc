#include "detect/checks/symbols.h"

#include <algorithm>

namespace noshare::detect {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kAlnum = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
constexpr int kMostValue = 999;

void add_map(Parameters& parameters, const Json& map, Symbols& symbols) {
  if (!map.is_object()) {
    parameters.fault("expected a mapping of characters to numbers");
    return;
  }
  for (const auto& [key, entry] : map.items()) {
    const auto value = as_integer(entry);
    if (key.size() != 1 || !value || *value < 0 || *value > kMostValue) {
      parameters.fault("'" + key +
                       "' must be one ASCII character with a number from 0 to 999");
      return;
    }
    symbols.set(key[0], *value);
  }
}

}  // namespace

void Symbols::set(char c, int value) {
  values_[static_cast<unsigned char>(c)] = static_cast<std::int16_t>(value);
  if (value >= size_) size_ = value + 1;
}

bool Symbols::has_plain_digits() const {
  return std::all_of(kDigits.begin(), kDigits.end(),
                     [this](char c) { return value(c) == c - '0'; });
}

Symbols Symbols::from_alphabet(std::string_view alphabet) {
  if (alphabet == "digits") alphabet = kDigits;
  if (alphabet == "alnum") alphabet = kAlnum;
  Symbols symbols;
  int next = 0;
  for (const char c : alphabet) symbols.set(c, next++);
  return symbols;
}

Symbols Symbols::read(Parameters& parameters, const std::string& fallback) {
  Symbols symbols = from_alphabet(parameters.text("alphabet", fallback));
  const Json& values = parameters.item("values");
  if (!values.is_null()) add_map(parameters, values, symbols);
  return symbols;
}

Symbols symbols_from_map(Parameters& parameters, const Json& map) {
  Symbols symbols;
  add_map(parameters, map, symbols);
  return symbols;
}

}  // namespace noshare::detect
