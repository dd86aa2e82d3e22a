// The weighted sum of a value's characters, as most national numbers use it.
//
// The sum of weight times value, divided by the modulus, leaves a remainder that the
// check characters write, as it is or subtracted from the modulus; or the remainder is
// fixed.
#include <algorithm>
#include <cstdint>

#include "detect/checks/families.h"
#include "detect/checks/remainder_condition.h"
#include "detect/checks/results.h"
#include "detect/checks/symbols.h"

namespace noshare::detect {
namespace {

constexpr int kMostWeight = 1'000'000;
constexpr int kMostModulus = 1'000'000;

struct WeightedRule {
  std::vector<int> weights;
  std::vector<int> second_weights;  // used when the first result is 10 or more
  std::vector<Symbols> symbols;     // taken in turn, from place to place
  int modulus = 0;
  int then_modulus = 0;  // 0: none
  int times = 1;
  int plus = 0;
  int from = 0;
  int to = 0;                // 0: up to the check characters
  bool align_right = false;  // the last weight belongs to the last character
  bool cyclic = false;       // weights repeat
  bool sum_digits = false;   // of each product, as 16 counts 1 + 6
  bool subtract = false;
  int remainder = -1;  // not negative: no check character, the remainder must be this
  CheckCharacters check;
};

class Weighted final : public Check {
 public:
  explicit Weighted(WeightedRule rule) : rule_(std::move(rule)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t check_at = normalised.size();
    if (rule_.remainder < 0 && !rule_.check.locate(normalised, check_at)) return false;
    std::size_t begin = 0;
    std::size_t end = check_at;
    if (!resolve_place(rule_.from, normalised.size(), begin)) return false;
    if (rule_.to != 0 && !resolve_place(rule_.to, normalised.size(), end)) return false;
    if (begin >= end) return false;
    const std::string_view text = normalised.substr(begin, end - begin);
    int result = remainder(text, rule_.weights);
    if (result >= 10 && !rule_.second_weights.empty()) {
      result = remainder(text, rule_.second_weights);
    }
    if (rule_.remainder >= 0) return result == rule_.remainder;
    return rule_.check.match(normalised, check_at, result);
  }
  std::string_view name() const noexcept override { return "weighted"; }
  DigitConditions digit_conditions(std::size_t digits) const override;

 private:
  // The result that a sum's remainder means.
  int result_of(std::int64_t remainder) const noexcept {
    if (rule_.subtract) remainder = (rule_.modulus - remainder) % rule_.modulus;
    if (rule_.then_modulus > 0) remainder %= rule_.then_modulus;
    return static_cast<int>(remainder);
  }
  // Negative when the text has a character without value, or more of them than weights.
  int remainder(std::string_view text, const std::vector<int>& weights) const noexcept {
    const std::size_t count = weights.size();
    if (text.size() > count && !rule_.cyclic) return -1;
    // Counting the first character's weight from the right end.
    const std::size_t skipped =
        rule_.align_right ? (count - text.size() % count) % count : 0;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
      const int value = rule_.symbols[i % rule_.symbols.size()].value(text[i]);
      if (value < 0) return -1;
      const std::int64_t product =
          static_cast<std::int64_t>(value) * weights[(i + skipped) % count];
      sum += rule_.sum_digits ? digit_sum(product) : product;
    }
    const std::int64_t modulus = rule_.modulus;
    std::int64_t result = (sum * rule_.times + rule_.plus) % modulus;
    if (result < 0) result += modulus;
    return result_of(result);
  }

  static std::int64_t digit_sum(std::int64_t number) noexcept {
    std::int64_t sum = 0;
    for (; number > 0; number /= 10) sum += number % 10;
    return sum;
  }

  WeightedRule rule_;
};

DigitConditions Weighted::digit_conditions(std::size_t digits) const {
  const bool plain = std::all_of(rule_.symbols.begin(), rule_.symbols.end(),
                                 [](const Symbols& s) { return s.has_plain_digits(); });
  const bool small =
      !rule_.sum_digits || std::all_of(rule_.weights.begin(), rule_.weights.end(),
                                       [](int weight) { return weight <= 2; });
  if (!plain || !small || !rule_.second_weights.empty() || digits > kMostBankDigits)
    return {};
  RemainderRule rule(digits);
  const std::string value(digits, '0');
  std::size_t begin = 0, end = digits;
  if (rule_.remainder < 0) {
    if (!rule_.check.locate(value, rule.check_at)) return never();
    rule.check_length = rule_.check.length();
    end = rule.check_at;
  }
  if (!resolve_place(rule_.from, digits, begin) ||
      (rule_.to != 0 && !resolve_place(rule_.to, digits, end)) || begin >= end)
    return never();
  const std::size_t count = rule_.weights.size(), weighed = end - begin;
  if (weighed > count && !rule_.cyclic) return never();
  const std::size_t skipped = rule_.align_right ? (count - weighed % count) % count : 0;
  for (std::size_t i = 0; i < weighed; ++i) {
    const std::int64_t weight = rule_.weights[(i + skipped) % count];
    rule.weights[begin + i] = weight * rule_.times;
    // The digits of a product from 10 on sum up to nine less than it.
    if (rule_.sum_digits && weight == 2) rule.high_weights[begin + i] = -9 * rule_.times;
  }
  rule.plus = rule_.plus;
  rule.modulus = rule_.modulus;
  rule.written = [this](int remainder) {
    const int result = result_of(remainder);
    if (rule_.remainder >= 0) return result == rule_.remainder ? 0 : -1;
    return rule_.check.digits_for(result);
  };
  return conditions_of(rule);
}

// `symbols` is a list of mappings, used in turn; otherwise one table by symbols.h.
std::vector<Symbols> read_symbols(Parameters& parameters) {
  const Json& list = parameters.item("symbols");
  if (list.is_null()) return {Symbols::read(parameters, "digits")};
  std::vector<Symbols> symbols;
  if (list.is_array()) {
    for (const Json& map : list) symbols.push_back(symbols_from_map(parameters, map));
  }
  if (symbols.empty()) {
    parameters.fault("'symbols' must be a list of mappings of characters to numbers");
    symbols.emplace_back();
  }
  return symbols;
}

void check_weighted_rule(Parameters& parameters, const WeightedRule& rule) {
  if (rule.weights.empty()) parameters.fault("'weights' must be a list of whole numbers");
  const bool negative = std::any_of(rule.weights.begin(), rule.weights.end(),
                                    [](int weight) { return weight < 0; });
  if (rule.sum_digits && negative) {
    parameters.fault("'sum_digits' goes with weights that are not negative");
  }
  if (!rule.second_weights.empty() && rule.second_weights.size() != rule.weights.size()) {
    parameters.fault("'second_weights' must be as many as 'weights'");
  }
}

}  // namespace

// weights, modulus     required
// from, to             the characters that are weighed; by default all before the check
// align                right: the weights end at the last character; left (default)
// cyclic               true: the weights begin again when there are more characters
// sum_digits           true: a product of two digits counts as their sum
// symbols, alphabet, values   what characters stand for; digits by default (symbols.h)
// times, plus          the sum is multiplied, and increased, before it is divided
// subtract             true: the remainder is taken from the modulus, modulo the modulus
// then_modulus         the result is divided once more (10 of 11 becomes 0)
// second_weights       used when the result of the first weights is 10 or more
// remainder            there are no check characters, and the result must be this
// check, check_length, letters, results   see results.h
Result<std::unique_ptr<Check>> make_weighted(const Json& json) {
  Parameters parameters("weighted", json);
  WeightedRule rule;
  parameters.require("weights");
  parameters.require("modulus");
  rule.weights = parameters.integers("weights", -kMostWeight, kMostWeight);
  rule.second_weights = parameters.integers("second_weights", -kMostWeight, kMostWeight);
  rule.modulus = parameters.integer("modulus", 1, 2, kMostModulus);
  rule.then_modulus = parameters.integer("then_modulus", 0, 2, kMostModulus);
  rule.times = parameters.integer("times", 1, -1000, 1000);
  rule.plus = parameters.integer("plus", 0, -1000, 1000);
  rule.from = parameters.integer("from", 0, -64, 64);
  rule.to = parameters.integer("to", 0, -64, 64);
  rule.cyclic = parameters.truth("cyclic", false);
  rule.sum_digits = parameters.truth("sum_digits", false);
  rule.subtract = parameters.truth("subtract", false);
  rule.remainder = parameters.integer("remainder", -1, 0, kMostModulus);
  const std::string align = parameters.text("align", "left");
  if (align != "left" && align != "right")
    parameters.fault("'align' must be left or right");
  rule.align_right = align == "right";
  rule.symbols = read_symbols(parameters);
  rule.check = CheckCharacters::read(parameters);
  check_weighted_rule(parameters, rule);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Weighted>(std::move(rule));
}

}  // namespace noshare::detect
