// Checks that take the value as one large number: ISO 7064 and plain remainders.
//
// Source: ISO/IEC 7064:2003. The number is never built: its remainder is carried along.
#include <cstdint>

#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/remainder_condition.h"
#include "detect/checks/results.h"
#include "detect/checks/symbols.h"

namespace noshare::detect {
namespace {

constexpr int kMostModulus = 1'000'000;

// Appends one character to the number whose remainder is kept: a digit, or a letter as
// the two digits 10 to 35. False for anything else.
bool append_mod(char c, std::int64_t modulus, std::int64_t& remainder) {
  if (is_ascii_digit(c)) {
    remainder = (remainder * 10 + (c - '0')) % modulus;
    return true;
  }
  if (!is_ascii_upper(c)) return false;
  remainder = (remainder * 100 + (c - 'A' + 10)) % modulus;
  return true;
}

// MOD 97-10 with letters as two digits, the first characters moved to the end (IBAN).
class Mod97 final : public Check {
 public:
  explicit Mod97(std::size_t moved) : moved_(moved) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    if (normalised.size() <= moved_ + 1) return false;
    std::int64_t remainder = 0;
    for (std::size_t i = 0; i < normalised.size(); ++i) {
      const std::size_t at = (i + moved_) % normalised.size();
      if (!append_mod(normalised[at], 97, remainder)) return false;
    }
    return remainder == 1;
  }
  std::string_view name() const noexcept override { return "mod97"; }
  DigitConditions digit_conditions(std::size_t digits) const override {
    if (digits <= moved_ + 1) return never();
    RemainderRule rule(digits);
    std::int64_t weight = 1;
    for (std::size_t i = digits; i-- > 0; weight = weight * 10 % 97)
      rule.weights[(i + moved_) % digits] = weight;
    rule.modulus = 97;
    rule.written = [](int remainder) { return remainder == 1 ? 0 : -1; };
    return conditions_of(rule);
  }

 private:
  std::size_t moved_;
};

// A pure system: the remainder of the whole, in the given radix, is 1.
class Iso7064Pure final : public Check {
 public:
  Iso7064Pure(int modulus, int radix, const Symbols& body, const Symbols& last)
      : modulus_(modulus), radix_(radix), body_(body), last_(last) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    if (normalised.size() < 2) return false;
    int remainder = 0;
    for (std::size_t i = 0; i < normalised.size(); ++i) {
      const Symbols& symbols = i + 1 == normalised.size() ? last_ : body_;
      const int value = symbols.value(normalised[i]);
      if (value < 0) return false;
      remainder = (remainder * radix_ + value) % modulus_;
    }
    return remainder == 1;
  }
  std::string_view name() const noexcept override { return "iso7064"; }
  DigitConditions digit_conditions(std::size_t digits) const override {
    if (!body_.has_plain_digits() || !last_.has_plain_digits()) return {};
    if (digits < 2) return never();
    RemainderRule rule(digits);
    std::int64_t weight = 1;
    for (std::size_t i = digits; i-- > 0; weight = weight * radix_ % modulus_)
      rule.weights[i] = weight;
    rule.modulus = modulus_;
    rule.written = [](int remainder) { return remainder == 1 ? 0 : -1; };
    return conditions_of(rule);
  }

 private:
  int modulus_;
  int radix_;
  Symbols body_;
  Symbols last_;  // has one character more: X or *
};

// A hybrid system MOD n+1,n: two moduli, one check character of the same alphabet.
class Iso7064Hybrid final : public Check {
 public:
  Iso7064Hybrid(int base, const Symbols& symbols) : base_(base), symbols_(symbols) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    if (normalised.size() < 2) return false;
    int product = base_;
    for (std::size_t i = 0; i + 1 < normalised.size(); ++i) {
      const int value = symbols_.value(normalised[i]);
      if (value < 0) return false;
      int sum = (product + value) % base_;
      if (sum == 0) sum = base_;
      product = sum * 2 % (base_ + 1);
    }
    const int check = symbols_.value(normalised.back());
    return check >= 0 && (product + check) % base_ == 1;
  }
  std::string_view name() const noexcept override { return "iso7064"; }

 private:
  int base_;
  Symbols symbols_;
};

struct Iso7064System {
  int modulus;
  int second;
  const char* body;
  const char* last;  // null: a hybrid system
};
constexpr Iso7064System kSystems[] = {
    {11, 2, "0123456789", "0123456789X"},
    {37, 2, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
     "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"},
    {97, 10, "0123456789", "0123456789"},
    {11, 10, "0123456789", nullptr},
    {27, 26, "ABCDEFGHIJKLMNOPQRSTUVWXYZ", nullptr},
    {37, 36, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", nullptr},
};

// A part of the value is a number; its remainder is written in another part.
class Modulo final : public Check {
 public:
  struct Rule {
    int modulus = 0;
    int from = 0;
    int to = 0;  // 0: up to the check characters
    bool subtract = false;
    std::vector<std::string> prefixes;  // put in front of the number, one after the other
    CheckCharacters check;
  };
  explicit Modulo(Rule rule) : rule_(std::move(rule)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t check_at = 0;
    std::size_t begin = 0;
    std::size_t end = 0;
    if (!rule_.check.locate(normalised, check_at) ||
        !resolve_place(rule_.from, normalised.size(), begin)) {
      return false;
    }
    end = check_at;
    if (rule_.to != 0 && !resolve_place(rule_.to, normalised.size(), end)) return false;
    if (begin >= end) return false;
    const std::string_view number = normalised.substr(begin, end - begin);
    for (const std::string& prefix : rule_.prefixes) {
      std::int64_t remainder = 0;
      if (!append_all(prefix, remainder) || !append_all(number, remainder)) return false;
      if (rule_.subtract) remainder = rule_.modulus - remainder;
      if (rule_.check.match(normalised, check_at, static_cast<int>(remainder)))
        return true;
    }
    return false;
  }
  std::string_view name() const noexcept override { return "modulo"; }
  DigitConditions digit_conditions(std::size_t digits) const override;

 private:
  bool append_all(std::string_view digits, std::int64_t& remainder) const noexcept {
    for (const char c : digits) {
      if (!append_mod(c, rule_.modulus, remainder)) return false;
    }
    return true;
  }

  Rule rule_;
};

DigitConditions Modulo::digit_conditions(std::size_t digits) const {
  const std::string value(digits, '0');
  RemainderRule rule(digits);
  std::size_t begin = 0;
  if (!rule_.check.locate(value, rule.check_at) ||
      !resolve_place(rule_.from, digits, begin))
    return never();
  std::size_t end = rule.check_at;
  if (rule_.to != 0 && !resolve_place(rule_.to, digits, end)) return never();
  if (begin >= end) return never();
  std::int64_t before = 0;
  if (rule_.prefixes.size() != 1 || !append_all(rule_.prefixes.front(), before))
    return {};
  std::int64_t weight = 1;
  for (std::size_t i = end; i-- > begin; weight = weight * 10 % rule_.modulus)
    rule.weights[i] = weight;
  rule.plus = before * weight;
  rule.modulus = rule_.modulus;
  rule.check_length = rule_.check.length();
  rule.written = [this](int remainder) {
    return rule_.check.digits_for(rule_.subtract ? rule_.modulus - remainder : remainder);
  };
  return conditions_of(rule);
}

}  // namespace

// move  how many characters go from the front to the end first; 4 for an IBAN
Result<std::unique_ptr<Check>> make_mod97(const Json& json) {
  Parameters parameters("mod97", json);
  const int moved = parameters.integer("move", 0, 0, 16);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Mod97>(static_cast<std::size_t>(moved));
}

// mod  [11,2], [37,2], [97,10], [11,10], [27,26] or [37,36]
Result<std::unique_ptr<Check>> make_iso7064(const Json& json) {
  Parameters parameters("iso7064", json);
  const std::vector<int> mod = parameters.integers("mod", 2, 2000);
  NOSHARE_CHECK(parameters.finish());
  for (const Iso7064System& system : kSystems) {
    if (mod.size() != 2 || mod[0] != system.modulus || mod[1] != system.second) continue;
    const Symbols body = Symbols::from_alphabet(system.body);
    if (system.last == nullptr)
      return std::make_unique<Iso7064Hybrid>(system.second, body);
    return std::make_unique<Iso7064Pure>(system.modulus, system.second, body,
                                         Symbols::from_alphabet(system.last));
  }
  return fail(
      ErrorCode::kInvalidInput,
      "check 'iso7064': 'mod' must be [11,2], [37,2], [97,10], [11,10], [27,26] or "
      "[37,36]");
}

// modulus   what the number is divided by
// from, to  the number's place in the value; by default all before the check characters
// subtract  true: the remainder is taken from the modulus (French and Belgian keys)
// prefixes  digits that may stand in front of the number ("2" for births after 1999)
// check, check_length, letters, results   see results.h
Result<std::unique_ptr<Check>> make_modulo(const Json& json) {
  Parameters parameters("modulo", json);
  Modulo::Rule rule;
  parameters.require("modulus");
  rule.modulus = parameters.integer("modulus", 1, 2, kMostModulus);
  rule.from = parameters.integer("from", 0, -64, 64);
  rule.to = parameters.integer("to", 0, -64, 64);
  rule.subtract = parameters.truth("subtract", false);
  const Json& prefixes = parameters.item("prefixes");
  if (prefixes.is_array()) {
    for (const Json& prefix : prefixes)
      rule.prefixes.push_back(as_text(prefix).value_or(""));
  } else {
    rule.prefixes.emplace_back();
  }
  rule.check = CheckCharacters::read(parameters);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Modulo>(std::move(rule));
}

}  // namespace noshare::detect
