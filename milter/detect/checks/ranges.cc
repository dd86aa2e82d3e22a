// Which numbers are issued: lengths, ranges, prefixes, issuers, national structures.
#include <algorithm>
#include <array>
#include <map>

#include "noshare/base/text.h"

#include "detect/checks/families.h"
#include "detect/checks/parameters.h"
#include "detect/checks/remainder_condition.h"

namespace noshare::detect {
namespace {

class Length final : public Check {
 public:
  explicit Length(std::vector<int> lengths) : lengths_(std::move(lengths)) {}
  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    const auto size = static_cast<int>(normalised.size());
    return std::find(lengths_.begin(), lengths_.end(), size) != lengths_.end();
  }
  std::string_view name() const noexcept override { return "length"; }
  bool proves() const noexcept override { return false; }
  int cost_ns() const noexcept override { return 2; }
  DigitConditions digit_conditions(std::size_t digits) const override {
    const bool fits = std::find(lengths_.begin(), lengths_.end(),
                                static_cast<int>(digits)) != lengths_.end();
    return fits ? DigitConditions{{}, true} : never();
  }

 private:
  std::vector<int> lengths_;
};

// The digits from a place on lie in one of the ranges, or in none of them.
class Range final : public Check {
 public:
  Range(int at, std::vector<DigitRange> within, std::vector<DigitRange> outside)
      : at_(at), within_(std::move(within)), outside_(std::move(outside)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t at = 0;
    if (!resolve_place(at_, normalised.size(), at)) return false;
    const std::string_view text = normalised.substr(at);
    return (within_.empty() || in_any(text, within_)) && !in_any(text, outside_);
  }
  std::string_view name() const noexcept override { return "range"; }
  bool proves() const noexcept override { return false; }
  int cost_ns() const noexcept override { return 5; }
  DigitConditions digit_conditions(std::size_t digits) const override {
    std::size_t at = 0;
    if (!resolve_place(at_, digits, at)) return never();
    if (within_.empty()) return {};
    std::vector<DigitCondition::Interval> intervals;
    for (const DigitRange& range : within_) {
      if (range.digits != within_.front().digits) return {};
      intervals.push_back({range.first, range.last});
    }
    return number_within(digits, at, within_.front().digits, std::move(intervals),
                         outside_.empty());
  }

 private:
  static bool in_any(std::string_view text,
                     const std::vector<DigitRange>& ranges) noexcept {
    return std::any_of(ranges.begin(), ranges.end(), [&](const DigitRange& range) {
      int number = 0;
      return parse_digits(text.substr(0, range.digits), number) &&
             text.size() >= range.digits && number >= range.first && number <= range.last;
    });
  }

  int at_;
  std::vector<DigitRange> within_;
  std::vector<DigitRange> outside_;
};

// The characters at a place are one of the given texts, or none of them.
class Prefix final : public Check {
 public:
  Prefix(int at, std::vector<std::string> any, std::vector<std::string> none)
      : at_(at), any_(std::move(any)), none_(std::move(none)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    std::size_t at = 0;
    if (!resolve_place(at_, normalised.size(), at)) return false;
    const std::string_view text = normalised.substr(at);
    return (any_.empty() || begins(text, any_)) && !begins(text, none_);
  }
  std::string_view name() const noexcept override { return "prefix"; }
  bool proves() const noexcept override { return false; }
  int cost_ns() const noexcept override { return 10; }
  DigitConditions digit_conditions(std::size_t digits) const override {
    std::size_t at = 0;
    if (!resolve_place(at_, digits, at)) return never();
    if (any_.empty()) return {};
    std::vector<DigitCondition::Interval> intervals;
    for (const std::string& prefix : any_) {
      int number = 0;
      if (prefix.size() != any_.front().size() || !parse_digits(prefix, number))
        return {};
      intervals.push_back({number, number});
    }
    return number_within(digits, at, any_.front().size(), std::move(intervals),
                         none_.empty());
  }

 private:
  static bool begins(std::string_view text,
                     const std::vector<std::string>& list) noexcept {
    return std::any_of(list.begin(), list.end(), [&](const std::string& prefix) {
      return text.starts_with(prefix);
    });
  }

  int at_;
  std::vector<std::string> any_;
  std::vector<std::string> none_;
};

// A table of issuers: the longest range that the number begins with decides its lengths.
class Issuer final : public Check {
 public:
  struct Row {
    DigitRange prefix;
    std::uint64_t lengths = 0;  // bit n: n characters
  };
  explicit Issuer(std::vector<Row> rows) : rows_(std::move(rows)) {
    std::stable_sort(rows_.begin(), rows_.end(), [](const Row& a, const Row& b) {
      return a.prefix.digits > b.prefix.digits;
    });
  }

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    if (normalised.size() >= 64) return false;
    for (const Row& row : rows_) {
      int number = 0;
      if (normalised.size() >= row.prefix.digits &&
          parse_digits(normalised.substr(0, row.prefix.digits), number) &&
          number >= row.prefix.first && number <= row.prefix.last) {
        return ((row.lengths >> normalised.size()) & 1U) != 0;
      }
    }
    return false;
  }
  std::string_view name() const noexcept override { return "issuer"; }
  bool proves() const noexcept override { return false; }
  int cost_ns() const noexcept override { return 15; }

 private:
  std::vector<Row> rows_;
};

// What follows a prefix has the structure that a table gives for it, in the notation of
// the IBAN registry: 4n digits, 4a capitals, 4c either.
class Structure final : public Check {
 public:
  struct Part {
    std::size_t count = 0;
    char kind = 'n';
  };
  using Formats = std::map<std::string, std::vector<Part>, std::less<>>;
  Structure(std::size_t key_length, std::size_t skip, Formats formats)
      : key_length_(key_length), skip_(skip), formats_(std::move(formats)) {}

  bool passes(std::string_view normalised, std::string_view) const noexcept override {
    if (normalised.size() < skip_) return false;
    const auto format = formats_.find(normalised.substr(0, key_length_));
    if (format == formats_.end()) return false;
    std::string_view rest = normalised.substr(skip_);
    for (const Part& part : format->second) {
      if (rest.size() < part.count) return false;
      const std::string_view here = rest.substr(0, part.count);
      if (!std::all_of(here.begin(), here.end(),
                       [&](char c) { return is_kind(c, part.kind); })) {
        return false;
      }
      rest.remove_prefix(part.count);
    }
    return rest.empty();
  }
  std::string_view name() const noexcept override { return "structure"; }
  bool proves() const noexcept override { return false; }

  static bool is_kind(char c, char kind) noexcept {
    if (kind == 'n') return is_ascii_digit(c);
    if (kind == 'a') return is_ascii_upper(c);
    return is_ascii_digit(c) || is_ascii_upper(c);
  }

 private:
  std::size_t key_length_;
  std::size_t skip_;
  Formats formats_;
};

std::vector<DigitRange> read_ranges(Parameters& parameters, const char* key) {
  std::vector<DigitRange> ranges;
  for (const std::string& text : parameters.texts(key)) {
    const auto range = parse_digit_range(text);
    if (!range) {
      parameters.fault("'" + text + "' is no range of digits such as 001-665");
      break;
    }
    ranges.push_back(*range);
  }
  return ranges;
}

std::vector<Structure::Part> parse_structure(Parameters& parameters,
                                             const std::string& text) {
  std::vector<Structure::Part> parts;
  std::size_t count = 0;
  for (const char c : text) {
    if (is_ascii_digit(c)) {
      count = count * 10 + static_cast<std::size_t>(c - '0');
    } else if ((c == 'n' || c == 'a' || c == 'c') && count > 0 && count <= 64) {
      parts.push_back({count, c});
      count = 0;
    } else {
      parameters.fault("'" + text + "' is no structure such as 4a6n8c");
      return {};
    }
  }
  if (parts.empty() || count != 0)
    parameters.fault("'" + text + "' is no structure such as 4a6n");
  return parts;
}

}  // namespace

// is  the lengths that occur
Result<std::unique_ptr<Check>> make_length(const Json& json) {
  Parameters parameters("length", json);
  parameters.require("is");
  std::vector<int> lengths = parameters.integers("is", 1, 8192);
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Length>(std::move(lengths));
}

// at      the place of the digits (0)
// within  ranges of which one must hold: [001-665, 667-899]
// outside ranges of which none may hold
Result<std::unique_ptr<Check>> make_range(const Json& json) {
  Parameters parameters("range", json);
  const int at = parameters.integer("at", 0, -64, 64);
  auto within = read_ranges(parameters, "within");
  auto outside = read_ranges(parameters, "outside");
  if (within.empty() && outside.empty())
    parameters.fault("'within' or 'outside' is missing");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Range>(at, std::move(within), std::move(outside));
}

// at      the place of the characters (0)
// any_of  texts of which one must stand there
// none_of texts of which none may
Result<std::unique_ptr<Check>> make_prefix(const Json& json) {
  Parameters parameters("prefix", json);
  const int at = parameters.integer("at", 0, -64, 64);
  auto any = parameters.texts("any_of");
  auto none = parameters.texts("none_of");
  if (any.empty() && none.empty()) parameters.fault("'any_of' or 'none_of' is missing");
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Prefix>(at, std::move(any), std::move(none));
}

// A list of rows {prefixes: [51-55, 2221-2720], lengths: [16]}; further keys, such as the
// issuer's name, may stand in a row as `name`.
Result<std::unique_ptr<Check>> make_issuer(const Json& json) {
  if (!json.is_array() || json.empty()) {
    return fail(ErrorCode::kInvalidInput, "check 'issuer': expected a list of rows");
  }
  std::vector<Issuer::Row> rows;
  for (const Json& entry : json) {
    Parameters parameters("issuer", entry);
    parameters.require("prefixes");
    parameters.require("lengths");
    parameters.text("name", "");
    std::uint64_t lengths = 0;
    for (const int length : parameters.integers("lengths", 1, 63))
      lengths |= 1ULL << length;
    for (const DigitRange& prefix : read_ranges(parameters, "prefixes")) {
      rows.push_back({prefix, lengths});
    }
    NOSHARE_CHECK(parameters.finish());
  }
  return std::make_unique<Issuer>(std::move(rows));
}

// key      how many characters of the value are looked up (2)
// skip     where the structure begins (4, behind an IBAN's check digits)
// formats  {DE: 18n, GB: 4a14n}
Result<std::unique_ptr<Check>> make_structure(const Json& json) {
  Parameters parameters("structure", json);
  const int key = parameters.integer("key", 2, 1, 8);
  const int skip = parameters.integer("skip", 4, 1, 64);
  parameters.require("formats");
  const Json& table = parameters.item("formats");
  Structure::Formats formats;
  if (table.is_object()) {
    for (const auto& [prefix, value] : table.items()) {
      if (prefix.size() != static_cast<std::size_t>(key)) {
        parameters.fault("'" + prefix + "' has not the length 'key'");
      }
      formats[prefix] = parse_structure(parameters, as_text(value).value_or(""));
    }
  } else {
    parameters.fault("'formats' must be a mapping of prefixes to structures");
  }
  NOSHARE_CHECK(parameters.finish());
  return std::make_unique<Structure>(static_cast<std::size_t>(key),
                                     static_cast<std::size_t>(skip), std::move(formats));
}

}  // namespace noshare::detect
