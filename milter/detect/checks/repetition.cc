// How the characters of a value repeat: what no issuer gives out.
#include <array>
#include <cstdint>

#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/parameters.h"

namespace noshare::detect {
namespace {

using Counts = std::array<int, 256>;

Counts counted(std::string_view text) noexcept {
  Counts counts{};
  for (const char c : text) ++counts[static_cast<unsigned char>(c)];
  return counts;
}

class Plausible : public Check {
 public:
  bool proves() const noexcept override { return false; }
};

class NotAllSame final : public Plausible {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    return normalised.find_first_not_of(normalised.substr(0, 1)) !=
           std::string_view::npos;
  }
  std::string_view name() const noexcept override { return "not_all_same"; }
};

class AllDifferent final : public Plausible {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    const Counts counts = counted(normalised);
    for (const int count : counts) {
      if (count > 1) return false;
    }
    return true;
  }
  std::string_view name() const noexcept override { return "all_different"; }
};

// 123456789 and 987654321, also with 0 after 9 or 9 after 0.
class NotSequential final : public Plausible {
 public:
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    bool rising = true;
    bool falling = true;
    for (std::size_t i = 1; i < normalised.size(); ++i) {
      if (!is_ascii_digit(normalised[i - 1]) || !is_ascii_digit(normalised[i]))
        return true;
      const int step = (normalised[i] - normalised[i - 1] + 10) % 10;
      rising = rising && step == 1;
      falling = falling && step == 9;
    }
    return !rising && !falling;
  }
  std::string_view name() const noexcept override { return "not_sequential"; }
};

// "5400 5401 5402 5403", "4100 7944 7945 7946": a code chart or a list that counts, not
// one number in groups. All groups are equally far apart, or three in a row follow each
// other.
class GroupsNotCounting final : public Plausible {
 public:
  bool passes(std::string_view, std::string_view matched) const noexcept override {
    constexpr std::size_t kMostGroupDigits = 9;
    std::int64_t last = 0, step = 0;
    int groups = 0;
    bool same_steps = true;
    for (std::size_t at = 0; at < matched.size(); ++groups) {
      const std::size_t begin = at;
      std::int64_t group = 0;
      for (; at < matched.size() && is_ascii_digit(matched[at]); ++at) {
        if (at - begin == kMostGroupDigits) return true;
        group = group * 10 + (matched[at] - '0');
      }
      if (at == begin) return true;
      while (at < matched.size() && !is_ascii_alnum(matched[at])) ++at;
      const std::int64_t next_step = group - last;
      if (groups > 1 && next_step == step && (step == 1 || step == -1)) return false;
      same_steps = same_steps && (groups < 2 || next_step == step);
      step = next_step;
      last = group;
    }
    return groups < 3 || step == 0 || !same_steps;
  }
  std::string_view name() const noexcept override { return "groups_not_counting"; }
};

// Exactly so many characters occur more than once, none more often than allowed.
class Repeats final : public Plausible {
 public:
  Repeats(int from, int to, int repeated, int most)
      : from_(from), to_(to), repeated_(repeated), most_(most) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t begin = 0;
    std::size_t end = normalised.size();
    if (!resolve_place(from_, normalised.size(), begin)) return false;
    if (to_ != 0 && !resolve_place(to_, normalised.size(), end)) return false;
    if (begin >= end) return false;
    int repeated = 0;
    for (const int count : counted(normalised.substr(begin, end - begin))) {
      if (count > most_) return false;
      if (count > 1) ++repeated;
    }
    return repeated == repeated_;
  }
  std::string_view name() const noexcept override { return "repeats"; }

 private:
  int from_;
  int to_;
  int repeated_;
  int most_;
};

class HasDigits final : public Plausible {
 public:
  explicit HasDigits(int least) : least_(least) {}
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    int digits = 0;
    for (const char c : normalised) digits += is_ascii_digit(c) ? 1 : 0;
    return digits >= least_;
  }
  std::string_view name() const noexcept override { return "has_digits"; }

 private:
  int least_;
};

template <class Plain>
Result<std::unique_ptr<Check>> make_plain(const char* name, const Json& json) {
  Parameters parameters(name, json);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Plain>();
}

}  // namespace

Result<std::unique_ptr<Check>> make_not_all_same(const Json& json) {
  return make_plain<NotAllSame>("not_all_same", json);
}

Result<std::unique_ptr<Check>> make_all_different(const Json& json) {
  return make_plain<AllDifferent>("all_different", json);
}

Result<std::unique_ptr<Check>> make_not_sequential(const Json& json) {
  return make_plain<NotSequential>("not_sequential", json);
}

Result<std::unique_ptr<Check>> make_groups_not_counting(const Json& json) {
  return make_plain<GroupsNotCounting>("groups_not_counting", json);
}

// from, to   the characters that are counted; all by default
// repeated   how many characters occur more than once (1)
// most       how often a character may occur (3)
Result<std::unique_ptr<Check>> make_repeats(const Json& json) {
  Parameters parameters("repeats", json);
  const int from = parameters.integer("from", 0, -64, 64);
  const int to = parameters.integer("to", 0, -64, 64);
  const int repeated = parameters.integer("repeated", 1, 0, 64);
  const int most = parameters.integer("most", 3, 1, 64);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Repeats>(from, to, repeated, most);
}

// least  how many digits stand in the value at least (1): not every word in capitals is a
// number
Result<std::unique_ptr<Check>> make_has_digits(const Json& json) {
  Parameters parameters("has_digits", json);
  const int least = parameters.integer("least", 1, 1, 64);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<HasDigits>(least);
}

}  // namespace noshare::detect
