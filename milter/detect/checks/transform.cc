// Checks on a part of the value, or on another writing of it: slice, translate, expand,
// remove, until, after.
//
// The other writing is made in a fixed buffer; a value that does not fit fails the check.
#include <algorithm>
#include <array>
#include <utility>

#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/parameters.h"
#include "detect/checks/remainder_condition.h"

namespace noshare::detect {
namespace {

// Longer than any identifier: the longest, a machine-readable zone, has 90 characters.
using Buffer = std::array<char, 256>;

// A text that is built without allocating. Once full it stays marked as too long.
class Writing {
 public:
  void add(char c) noexcept {
    if (size_ < buffer_.size()) {
      buffer_[size_++] = c;
    } else {
      full_ = true;
    }
  }
  void add(std::string_view text) noexcept {
    for (const char c : text) add(c);
  }
  bool fits() const noexcept { return !full_; }
  std::string_view text() const noexcept { return {buffer_.data(), size_}; }

 private:
  Buffer buffer_;
  std::size_t size_ = 0;
  bool full_ = false;
};

class Transform : public Check {
 public:
  explicit Transform(std::unique_ptr<Check> then) : then_(std::move(then)) {}

  bool passes(std::string_view normalised, std::string_view raw) const noexcept override {
    Writing writing;
    return write(normalised, writing) && writing.fits() &&
           then_->passes(writing.text(), raw);
  }
  std::string_view name() const noexcept override { return then_->name(); }
  int cost_ns() const noexcept override { return then_->cost_ns() + 10; }
  bool proves() const noexcept override { return then_->proves(); }
  bool may_prove() const noexcept override { return then_->may_prove(); }

 protected:
  const Check& then() const { return *then_; }

 private:
  virtual bool write(std::string_view value, Writing& writing) const noexcept = 0;
  std::unique_ptr<Check> then_;
};

// Several stretches of the value, one behind the other.
class Slice final : public Transform {
 public:
  struct Stretch {
    int from = 0;
    int to = 0;  // 0: the end
  };
  Slice(std::vector<Stretch> stretches, std::unique_ptr<Check> then)
      : Transform(std::move(then)), stretches_(std::move(stretches)) {}

  DigitConditions digit_conditions(std::size_t digits) const override {
    std::vector<std::size_t> places;
    for (const Stretch& stretch : stretches_) {
      std::size_t begin = 0, end = digits;
      if (!resolve_place(stretch.from, digits, begin) ||
          (stretch.to != 0 && !resolve_place(stretch.to, digits, end)) || begin >= end)
        return never();
      for (; begin < end; ++begin) places.push_back(begin);
    }
    if (places.size() > kMostBankDigits) return {};
    return moved(then().digit_conditions(places.size()), places);
  }

 private:
  bool write(std::string_view value, Writing& writing) const noexcept override {
    for (const Stretch& stretch : stretches_) {
      std::size_t begin = 0;
      std::size_t end = value.size();
      if (!resolve_place(stretch.from, value.size(), begin)) return false;
      if (stretch.to != 0 && !resolve_place(stretch.to, value.size(), end)) return false;
      if (begin >= end) return false;
      writing.add(value.substr(begin, end - begin));
    }
    return true;
  }

  std::vector<Stretch> stretches_;
};

// Characters, or short runs of them, written otherwise; everywhere or at some places
// only.
class Translate final : public Transform {
 public:
  struct Rule {
    std::vector<std::pair<std::string, std::string>> map;
    std::vector<int> at;  // empty: everywhere
  };
  Translate(Rule rule, std::unique_ptr<Check> then)
      : Transform(std::move(then)), rule_(std::move(rule)) {}

 private:
  bool write(std::string_view value, Writing& writing) const noexcept override {
    std::size_t i = 0;
    while (i < value.size()) {
      const auto entry =
          is_place(i, value.size())
              ? std::find_if(rule_.map.begin(), rule_.map.end(),
                             [&](const auto& pair) {
                               return value.substr(i).starts_with(pair.first);
                             })
              : rule_.map.end();
      if (entry == rule_.map.end()) {
        writing.add(value[i++]);
      } else {
        writing.add(entry->second);
        i += entry->first.size();
      }
    }
    return true;
  }

  bool is_place(std::size_t i, std::size_t length) const noexcept {
    return rule_.at.empty() ||
           std::any_of(rule_.at.begin(), rule_.at.end(), [&](int place) {
             std::size_t at = 0;
             return resolve_place(place, length, at) && at == i;
           });
  }

  Rule rule_;
};

// Letters as two digits each, counting from a first number.
class Expand final : public Transform {
 public:
  Expand(int first, std::unique_ptr<Check> then)
      : Transform(std::move(then)), first_(first) {}

 private:
  bool write(std::string_view value, Writing& writing) const noexcept override {
    for (const char c : value) {
      if (!is_ascii_alpha(c)) {
        writing.add(c);
        continue;
      }
      const int number = ascii_upper(c) - 'A' + first_;
      writing.add(static_cast<char>('0' + number / 10));
      writing.add(static_cast<char>('0' + number % 10));
    }
    return true;
  }

  int first_;
};

class Remove final : public Transform {
 public:
  Remove(std::string characters, std::unique_ptr<Check> then)
      : Transform(std::move(then)), characters_(std::move(characters)) {}

 private:
  bool write(std::string_view value, Writing& writing) const noexcept override {
    for (const char c : value) {
      if (characters_.find(c) == std::string::npos) writing.add(c);
    }
    return true;
  }

  std::string characters_;
};

// What stands before the first of some characters.
class Until final : public Transform {
 public:
  Until(std::string characters, std::unique_ptr<Check> then)
      : Transform(std::move(then)), characters_(std::move(characters)) {}

 private:
  bool write(std::string_view value, Writing& writing) const noexcept override {
    writing.add(value.substr(0, value.find_first_of(characters_)));
    return true;
  }

  std::string characters_;
};

// What stands behind the first of some characters; all of it if there is none.
class After final : public Transform {
 public:
  After(std::string characters, std::unique_ptr<Check> then)
      : Transform(std::move(then)), characters_(std::move(characters)) {}

 private:
  bool write(std::string_view value, Writing& writing) const noexcept override {
    const std::size_t at = value.find_first_of(characters_);
    writing.add(at == std::string_view::npos ? value : value.substr(at + 1));
    return true;
  }

  std::string characters_;
};

Result<std::unique_ptr<Check>> make_then(Parameters& parameters) {
  parameters.require("then");
  const Json& then = parameters.item("then");
  NOSHARE_CHECK(parameters.finish());
  return make_nested_check(then);
}

Translate::Rule read_translation(Parameters& parameters) {
  Translate::Rule rule;
  parameters.require("map");
  rule.at = parameters.integers("at", -64, 64);
  const Json& map = parameters.item("map");
  if (!map.is_object())
    parameters.fault("'map' must be a mapping of characters to texts");
  for (const auto& [key, value] : map.items()) {
    const auto text = as_text(value);
    if (key.empty() || !text) {
      parameters.fault("'map' must lead from one text to another");
      break;
    }
    rule.map.emplace_back(key, *text);
  }
  return rule;
}

}  // namespace

// from, to  one stretch; negative places count from the end, `to: 0` is the end
// parts     several stretches, [[0, 10], [13, 20]], joined
// then      the check, or a list of checks
Result<std::unique_ptr<Check>> make_slice(const Json& json) {
  Parameters parameters("slice", json);
  std::vector<Slice::Stretch> stretches;
  const Json& parts = parameters.item("parts");
  const int from = parameters.integer("from", 0, -1000, 1000);
  const int to = parameters.integer("to", 0, -1000, 1000);
  if (parts.is_null()) stretches.push_back({from, to});
  if (!parts.is_null() && !parts.is_array())
    parameters.fault("'parts' must be a list of pairs");
  for (const Json& part : parts.is_array() ? parts : Json::array()) {
    const bool pair = part.is_array() && part.size() == 2;
    const auto first = pair ? as_integer(part[0]) : std::nullopt;
    const auto last = pair ? as_integer(part[1]) : std::nullopt;
    if (!first || !last) {
      parameters.fault("'parts' must be a list of pairs of places");
      break;
    }
    stretches.push_back({*first, *last});
  }
  NOSHARE_TRY(auto then, make_then(parameters));
  return std::make_unique<Slice>(std::move(stretches), std::move(then));
}

// map   characters or runs of them, and what is written instead: {X: 0, Y: 1} or {2A: 19}
// at    only at these places
// then  the check, or a list of checks
Result<std::unique_ptr<Check>> make_translate(const Json& json) {
  Parameters parameters("translate", json);
  Translate::Rule rule = read_translation(parameters);
  NOSHARE_TRY(auto then, make_then(parameters));
  return std::make_unique<Translate>(std::move(rule), std::move(then));
}

// first  the number of A: 10 (ISO 7064) or 1 (German insurance numbers)
// then   the check, or a list of checks
Result<std::unique_ptr<Check>> make_expand(const Json& json) {
  Parameters parameters("expand", json);
  const int first = parameters.integer("first", 10, 0, 70);
  NOSHARE_TRY(auto then, make_then(parameters));
  return std::make_unique<Expand>(first, std::move(then));
}

// characters  what is left out
// then        the check, or a list of checks
Result<std::unique_ptr<Check>> make_remove(const Json& json) {
  Parameters parameters("remove", json);
  parameters.require("characters");
  std::string characters = parameters.text("characters", "");
  NOSHARE_TRY(auto then, make_then(parameters));
  return std::make_unique<Remove>(std::move(characters), std::move(then));
}

namespace {

template <typename Part>
Result<std::unique_ptr<Check>> make_part(const char* name, const Json& json) {
  Parameters parameters(name, json);
  parameters.require("any_of");
  std::string characters = parameters.text("any_of", "");
  NOSHARE_TRY(auto then, make_then(parameters));
  return std::make_unique<Part>(std::move(characters), std::move(then));
}

}  // namespace

// any_of  characters of which the first ends what is checked
// then    the check, or a list of checks
Result<std::unique_ptr<Check>> make_until(const Json& json) {
  return make_part<Until>("until", json);
}

// any_of  characters of which the first stands before what is checked
// then    the check, or a list of checks
Result<std::unique_ptr<Check>> make_after(const Json& json) {
  return make_part<After>("after", json);
}

}  // namespace noshare::detect
