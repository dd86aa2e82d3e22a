// A check digit c is brought to the sum's side: sum + a * c leaves one of a few
// remainders, for most rules a single one. The factor a is found by trying all.
#include "detect/checks/remainder_condition.h"

#include <algorithm>

namespace noshare::detect {
namespace {

constexpr std::size_t kMostCheckLength = 2;

using Interval = DigitCondition::Interval;

std::int64_t positive(std::int64_t number, std::int64_t modulus) {
  const std::int64_t rest = number % modulus;
  return rest < 0 ? rest + modulus : rest;
}

// Neighbours joined; more than two intervals become the one from the first to the last.
bool set_allowed(std::vector<Interval> intervals, DigitCondition& condition) {
  std::sort(intervals.begin(), intervals.end(),
            [](const Interval& a, const Interval& b) { return a.first < b.first; });
  std::vector<Interval> joined;
  for (const Interval& next : intervals) {
    if (!joined.empty() && next.first <= joined.back().last + 1) {
      joined.back().last = std::max(joined.back().last, next.last);
    } else {
      joined.push_back(next);
    }
  }
  const bool fits = joined.size() <= condition.allowed.size();
  if (!fits) joined = {{joined.front().first, joined.back().last}};
  std::copy(joined.begin(), joined.end(), condition.allowed.begin());
  return fits;
}

// What sum + factor * written leaves, for each remainder of the sum that is written.
std::vector<bool> left_by(const std::vector<int>& written, std::int64_t factor) {
  std::vector<bool> left(written.size());
  const auto modulus = static_cast<std::int64_t>(written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    if (written[i] < 0) continue;
    const std::int64_t rest =
        positive(static_cast<std::int64_t>(i) + factor * written[i], modulus);
    left[static_cast<std::size_t>(rest)] = true;
  }
  return left;
}

bool says_all(const std::vector<int>& written, std::int64_t factor,
              const std::vector<bool>& left, int check_values) {
  const auto modulus = static_cast<std::int64_t>(written.size());
  for (std::size_t i = 0; i < written.size(); ++i) {
    for (int check = 0; check < check_values; ++check) {
      const auto rest = static_cast<std::size_t>(
          positive(static_cast<std::int64_t>(i) + factor * check, modulus));
      if (left[rest] != (written[i] == check)) return false;
    }
  }
  return true;
}

}  // namespace

DigitConditions never() { return {{DigitCondition{}}, true}; }

DigitConditions conditions_of(const RemainderRule& rule) {
  const std::size_t digits = rule.weights.size();
  if (digits > kMostBankDigits || rule.modulus < 2 ||
      rule.modulus > DigitCondition::kMostModulus || rule.check_length > kMostCheckLength)
    return {};
  std::vector<int> written;
  for (int rest = 0; rest < rule.modulus; ++rest) {
    const int number = rule.written(rest);
    written.push_back(rule.check_length == 0 && number >= 0 ? 0 : number);
  }
  const int check_values = rule.check_length == 0 ? 1 : rule.check_length == 1 ? 10 : 100;
  std::int64_t best_factor = 0;
  std::vector<bool> best = left_by(written, 0);
  const auto count = [](const std::vector<bool>& left) {
    return std::count(left.begin(), left.end(), true);
  };
  for (std::int64_t factor = 1; factor < rule.modulus && rule.check_length > 0;
       ++factor) {
    std::vector<bool> left = left_by(written, factor);
    if (count(left) >= count(best)) continue;
    best = std::move(left);
    best_factor = factor;
  }
  if (count(best) == 0) return never();

  DigitCondition condition;
  condition.modulus = static_cast<int>(rule.modulus);
  condition.plus = static_cast<int>(positive(rule.plus, rule.modulus));
  for (std::size_t i = 0; i < digits; ++i) {
    std::int64_t weight = rule.weights[i];
    if (i >= rule.check_at && i < rule.check_at + rule.check_length)
      weight += best_factor * (rule.check_at + rule.check_length - i == 2 ? 10 : 1);
    condition.weights[i] = static_cast<std::int16_t>(positive(weight, rule.modulus));
    condition.high_weights[i] =
        static_cast<std::int16_t>(positive(rule.high_weights[i], rule.modulus));
  }
  std::vector<Interval> intervals;
  for (int rest = 0; rest < rule.modulus; ++rest) {
    if (best[static_cast<std::size_t>(rest)]) intervals.push_back({rest, rest});
  }
  const bool fits = set_allowed(std::move(intervals), condition);
  return {{condition}, fits && says_all(written, best_factor, best, check_values)};
}

DigitConditions number_within(std::size_t digits, std::size_t at, std::size_t count,
                              std::vector<Interval> intervals, bool complete) {
  constexpr std::size_t kMostNumberDigits = 4;  // 9,999 fits a row's sum
  if (digits > kMostBankDigits || count > kMostNumberDigits) return {};
  if (intervals.empty() || at + count > digits) return never();
  DigitCondition condition;
  int weight = 1;
  for (std::size_t i = count; i-- > 0; weight *= 10)
    condition.weights[at + i] = static_cast<std::int16_t>(weight);
  const bool fits = set_allowed(std::move(intervals), condition);
  return {{condition}, complete && fits};
}

DigitConditions moved(const DigitConditions& part,
                      const std::vector<std::size_t>& places) {
  DigitConditions result{{}, part.exact};
  for (const DigitCondition& condition : part.all) {
    DigitCondition whole = condition;
    whole.weights.fill(0);
    whole.high_weights.fill(0);
    for (std::size_t i = 0; i < places.size(); ++i) {
      // A digit that is read twice counts twice.
      const auto add = [&](auto& weights, std::int16_t more) {
        const int sum = weights[places[i]] + more;
        weights[places[i]] = static_cast<std::int16_t>(sum % condition.modulus);
      };
      add(whole.weights, condition.weights[i]);
      add(whole.high_weights, condition.high_weights[i]);
    }
    result.all.push_back(whole);
  }
  return result;
}

void join(DigitConditions& all, const DigitConditions& more) {
  all.all.insert(all.all.end(), more.all.begin(), more.all.end());
  all.exact = all.exact && more.exact;
}

}  // namespace noshare::detect
