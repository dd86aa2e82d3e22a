// Checks made of checks: any_of, all_of, none_of, when.
#include <algorithm>

#include "detect/checks/families.h"
#include "detect/checks/parameters.h"
#include "detect/checks/remainder_condition.h"

namespace noshare::detect {
namespace {

using Checks = std::vector<std::unique_ptr<Check>>;

class Combination : public Check {
 public:
  explicit Combination(Checks checks) : checks_(std::move(checks)) {
    for (const auto& check : checks_) cost_ns_ += check->cost_ns();
  }
  int cost_ns() const noexcept override { return cost_ns_; }
  bool may_prove() const noexcept override {
    return std::any_of(checks_.begin(), checks_.end(),
                       [](const auto& check) { return check->may_prove(); });
  }

 protected:
  // The first one that proves something speaks for all.
  const Check& speaker() const {
    for (const auto& check : checks_) {
      if (check->proves()) return *check;
    }
    return *checks_.front();
  }
  Checks checks_;

 private:
  int cost_ns_ = 0;
};

class AllOf final : public Combination {
 public:
  using Combination::Combination;
  bool passes(std::string_view normalised, std::string_view raw) const noexcept override {
    return std::all_of(checks_.begin(), checks_.end(),
                       [&](const auto& check) { return check->passes(normalised, raw); });
  }
  std::string_view name() const noexcept override { return speaker().name(); }
  bool proves() const noexcept override { return speaker().proves(); }
  DigitConditions digit_conditions(std::size_t digits) const override {
    DigitConditions all{{}, true};
    for (const auto& check : checks_) join(all, check->digit_conditions(digits));
    return all;
  }
};

class AnyOf final : public Combination {
 public:
  using Combination::Combination;
  bool passes(std::string_view normalised, std::string_view raw) const noexcept override {
    return std::any_of(checks_.begin(), checks_.end(),
                       [&](const auto& check) { return check->passes(normalised, raw); });
  }
  std::string_view name() const noexcept override { return speaker().name(); }
  // Only what every branch proves is proved.
  bool proves() const noexcept override {
    return std::all_of(checks_.begin(), checks_.end(),
                       [](const auto& check) { return check->proves(); });
  }
};

class NoneOf final : public Combination {
 public:
  using Combination::Combination;
  bool passes(std::string_view normalised, std::string_view raw) const noexcept override {
    return std::none_of(checks_.begin(), checks_.end(), [&](const auto& check) {
      return check->passes(normalised, raw);
    });
  }
  std::string_view name() const noexcept override { return "none_of"; }
  bool proves() const noexcept override { return false; }
  bool may_prove() const noexcept override { return false; }
};

// Where the first holds, the second must; elsewhere nothing is asked.
class When final : public Check {
 public:
  When(std::unique_ptr<Check> condition, std::unique_ptr<Check> then)
      : condition_(std::move(condition)), then_(std::move(then)) {}
  bool passes(std::string_view normalised, std::string_view raw) const noexcept override {
    return !condition_->passes(normalised, raw) || then_->passes(normalised, raw);
  }
  std::string_view name() const noexcept override { return then_->name(); }
  int cost_ns() const noexcept override {
    return condition_->cost_ns() + then_->cost_ns();
  }
  bool proves() const noexcept override { return false; }
  bool may_prove() const noexcept override { return then_->may_prove(); }

 private:
  std::unique_ptr<Check> condition_;
  std::unique_ptr<Check> then_;
};

Result<Checks> make_list(const char* name, const Json& json) {
  if (!json.is_array() || json.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "check '" + std::string(name) + "': expected a list of checks");
  }
  Checks checks;
  for (const Json& entry : json) {
    NOSHARE_TRY(auto check, make_nested_check(entry));
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace

Result<std::unique_ptr<Check>> make_any_of(const Json& json) {
  NOSHARE_TRY(auto checks, make_list("any_of", json));
  return std::make_unique<AnyOf>(std::move(checks));
}

Result<std::unique_ptr<Check>> make_all_of(const Json& json) {
  NOSHARE_TRY(auto checks, make_list("all_of", json));
  return std::make_unique<AllOf>(std::move(checks));
}

Result<std::unique_ptr<Check>> make_none_of(const Json& json) {
  NOSHARE_TRY(auto checks, make_list("none_of", json));
  return std::make_unique<NoneOf>(std::move(checks));
}

// if, then  two checks, or lists of checks
Result<std::unique_ptr<Check>> make_when(const Json& json) {
  Parameters parameters("when", json);
  parameters.require("if");
  parameters.require("then");
  const Json& condition_json = parameters.item("if");
  const Json& then_json = parameters.item("then");
  NOSHARE_CHECK(parameters.finish());
  NOSHARE_TRY(auto condition, make_nested_check(condition_json));
  NOSHARE_TRY(auto then, make_nested_check(then_json));
  return std::make_unique<When>(std::move(condition), std::move(then));
}

}  // namespace noshare::detect
