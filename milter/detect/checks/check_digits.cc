// Check digits that need tables or doubling: Luhn, Verhoeff, Damm.
//
// Sources: ISO/IEC 7812-1 annex B (Luhn); J. Verhoeff, Error Detecting Decimal Codes,
// 1969; H. M. Damm, Total anti-symmetrische Quasigruppen, 2004.
#include <array>
#include <cstdint>

#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/remainder_condition.h"
#include "detect/checks/symbols.h"

namespace noshare::detect {
namespace {

// Luhn over any alphabet of N characters: from the right, every second value doubles and
// is folded into base N; the sum must be a multiple of N.
class Luhn final : public Check {
 public:
  Luhn(const Symbols& symbols, const std::string& prefix) : symbols_(symbols) {
    // The prefix (such as 80840 for US health identifiers) only adds a constant, except
    // for the parity of its places, which depends on the value's length.
    for (int parity = 0; parity < 2; ++parity) {
      prefix_sum_[static_cast<std::size_t>(parity)] = sum(prefix, parity == 1);
    }
  }

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    if (normalised.size() < 2) return false;
    const int own = sum(normalised, false);
    const int before = prefix_sum_[normalised.size() % 2];
    return own >= 0 && before >= 0 && (own + before) % symbols_.size() == 0;
  }
  std::string_view name() const noexcept override { return "luhn"; }
  DigitConditions digit_conditions(std::size_t digits) const override {
    const int before = prefix_sum_[digits % 2];
    if (!symbols_.has_plain_digits() || symbols_.size() != 10 || before < 0) return {};
    if (digits < 2) return never();
    RemainderRule rule(digits);
    for (std::size_t i = 0; i < digits; ++i) {
      const bool doubled = (digits - i) % 2 == 0;
      rule.weights[i] = doubled ? 2 : 1;
      rule.high_weights[i] = doubled ? -9 : 0;
    }
    rule.plus = before;
    rule.modulus = 10;
    rule.written = [](int remainder) { return remainder == 0 ? 0 : -1; };
    return conditions_of(rule);
  }

 private:
  // Negative when a character is not in the alphabet.
  int sum(std::string_view text, bool doubled) const noexcept {
    const int base = symbols_.size();
    int total = 0;
    for (std::size_t i = text.size(); i-- > 0;) {
      int value = symbols_.value(text[i]);
      if (value < 0) return -1;
      if (doubled) value = value * 2 / base + value * 2 % base;
      total += value;
      doubled = !doubled;
    }
    return total;
  }

  Symbols symbols_;
  std::array<int, 2> prefix_sum_{};
};

// Multiplication in the dihedral group D5.
constexpr std::array<std::array<std::uint8_t, 10>, 10> kDihedral = {{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
    {1, 2, 3, 4, 0, 6, 7, 8, 9, 5},
    {2, 3, 4, 0, 1, 7, 8, 9, 5, 6},
    {3, 4, 0, 1, 2, 8, 9, 5, 6, 7},
    {4, 0, 1, 2, 3, 9, 5, 6, 7, 8},
    {5, 9, 8, 7, 6, 0, 4, 3, 2, 1},
    {6, 5, 9, 8, 7, 1, 0, 4, 3, 2},
    {7, 6, 5, 9, 8, 2, 1, 0, 4, 3},
    {8, 7, 6, 5, 9, 3, 2, 1, 0, 4},
    {9, 8, 7, 6, 5, 4, 3, 2, 1, 0},
}};
// The permutation that a digit undergoes, by its place from the right, modulo 8.
constexpr std::array<std::array<std::uint8_t, 10>, 8> kPermutation = {{
    {0, 1, 2, 3, 4, 5, 6, 7, 8, 9},
    {1, 5, 7, 6, 2, 8, 3, 0, 9, 4},
    {5, 8, 0, 3, 7, 9, 6, 1, 4, 2},
    {8, 9, 1, 6, 0, 4, 3, 5, 2, 7},
    {9, 4, 5, 3, 1, 2, 6, 8, 7, 0},
    {4, 2, 8, 6, 5, 7, 3, 9, 0, 1},
    {2, 7, 9, 3, 8, 0, 6, 4, 1, 5},
    {7, 0, 4, 6, 9, 1, 3, 2, 5, 8},
}};

class Verhoeff final : public Check {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t state = 0;
    for (std::size_t i = 0; i < normalised.size(); ++i) {
      const char c = normalised[normalised.size() - 1 - i];
      if (!is_ascii_digit(c)) return false;
      state = kDihedral[state][kPermutation[i % 8][static_cast<std::size_t>(c - '0')]];
    }
    return state == 0 && normalised.size() > 1;
  }
  std::string_view name() const noexcept override { return "verhoeff"; }
};

// A totally anti-symmetric quasigroup of order 10, as in Damm's thesis.
constexpr std::array<std::array<std::uint8_t, 10>, 10> kQuasigroup = {{
    {0, 3, 1, 7, 5, 9, 8, 6, 4, 2},
    {7, 0, 9, 2, 1, 5, 4, 8, 6, 3},
    {4, 2, 0, 6, 8, 7, 1, 3, 5, 9},
    {1, 7, 5, 0, 9, 8, 3, 4, 2, 6},
    {6, 1, 2, 3, 0, 4, 5, 9, 7, 8},
    {3, 6, 7, 4, 2, 0, 9, 5, 8, 1},
    {5, 8, 6, 9, 7, 2, 0, 1, 3, 4},
    {8, 9, 4, 5, 3, 6, 2, 0, 1, 7},
    {9, 4, 3, 8, 6, 1, 7, 2, 0, 5},
    {2, 5, 8, 1, 4, 3, 6, 7, 9, 0},
}};

class Damm final : public Check {
 public:
  Damm() = default;
  // The quasigroup whose rows are this one, each shifted by one more place.
  explicit Damm(const std::vector<int>& row) {
    for (std::size_t i = 0; i < table_.size(); ++i) {
      for (std::size_t j = 0; j < row.size(); ++j)
        table_[i][j] = static_cast<std::uint8_t>(row[(i + j) % row.size()]);
    }
  }

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t state = 0;
    for (const char c : normalised) {
      if (!is_ascii_digit(c)) return false;
      state = table_[state][static_cast<std::size_t>(c - '0')];
    }
    return state == 0 && normalised.size() > 1;
  }
  std::string_view name() const noexcept override { return "damm"; }

 private:
  std::array<std::array<std::uint8_t, 10>, 10> table_ = kQuasigroup;
};

template <class Plain>
Result<std::unique_ptr<Check>> make_plain(const char* name, const Json& json) {
  Parameters parameters(name, json);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Plain>();
}

}  // namespace

// alphabet, values  see symbols.h; digits when not given
// prefix            characters that are checked in front of the value
Result<std::unique_ptr<Check>> make_luhn(const Json& json) {
  Parameters parameters("luhn", json);
  const Symbols symbols = Symbols::read(parameters, "digits");
  const std::string prefix = parameters.text("prefix", "");
  for (const char c : prefix) {
    if (symbols.value(c) < 0)
      parameters.fault("'prefix' holds a character not in 'alphabet'");
  }
  if (symbols.size() < 2) parameters.fault("'alphabet' is too short");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Luhn>(symbols, prefix);
}

Result<std::unique_ptr<Check>> make_verhoeff(const Json& json) {
  return make_plain<Verhoeff>("verhoeff", json);
}

// row  ten digits: the "recursive modulo 10" of Swiss payment slips has rows that are
//      shifts of [0, 9, 4, 6, 8, 2, 7, 1, 3, 5]; Damm's own quasigroup when not given
Result<std::unique_ptr<Check>> make_damm(const Json& json) {
  Parameters parameters("damm", json);
  const std::vector<int> row = parameters.integers("row", 0, 9);
  if (parameters.has("row") && row.size() != 10)
    parameters.fault("'row' must be ten digits");
  NOSHARE_CHECK(parameters.finish());
  return row.empty() ? std::make_unique<Damm>() : std::make_unique<Damm>(row);
}

}  // namespace noshare::detect
