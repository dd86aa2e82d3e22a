// Judges digit groups as a telephone number; see phone_form.h.
#include "detect/recognizers/phone_form.h"

#include <algorithm>
#include <array>
#include <vector>

#include "noshare/base/text.h"

#include "detect/recognizers/phone_plan.h"
#include "detect/recognizers/phone_table.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kLeastDigits = 7;
constexpr std::size_t kMostDigits = 18;  // 15 (E.164), "00" before and "(0)" inside
constexpr std::size_t kLeastPrintedDigits = 9;  // shorter ones are like dates and prices

// Base confidences, compared with tests/eval (docs/detection.md): how often a form
// without any cue near it is a telephone number.
constexpr int kAssignedInternational = 88;
constexpr int kDialledInternational = 72;  // "0044 20 ...", valid
constexpr int kUnassignedInternational = 66;
constexpr int kUnassignedNorthAmerica = 80;  // "+1-555-123-4567": no other thing has it
constexpr int kShortInternational = 60;      // fewer digits than nearly all numbers have
constexpr int kBracketedArea = 75;           // "(571) 555-0100", "(030) 123456"
constexpr int kPrintedWithPrefix = 70;       // "020 7946 0958"
constexpr int kNorthAmericanHyphens = 70;    // "571-555-0100"
constexpr int kUnassignedInPrint = 66;       // the same with an area that is not assigned
constexpr int kNorthAmericanOther = 66;      // "571 555 0100", "571.555.0100"
constexpr int kValidInPrint = 40;            // needs a cue: "601 234 567"
constexpr int kValidSomewhere = 35;          // needs a cue
constexpr int kPossible = 25;                // needs a cue right before it

struct Written {
  std::string digits;
  std::vector<std::uint8_t> sizes;
  bool one_separator = true;  // all joins but those of brackets are of one kind
  Join separator = Join::kNone;
  bool tail_hyphen = false;  // the last join is a hyphen
  int bracketed = -1;        // index of the group in brackets
};

Written read(std::string_view text, std::span<const DigitGroup> groups) {
  Written written;
  written.tail_hyphen = groups.back().join == Join::kHyphen;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const DigitGroup& group = groups[i];
    written.digits += text.substr(group.digits.begin, group.size());
    written.sizes.push_back(
        static_cast<std::uint8_t>(std::min<std::uint32_t>(group.size(), 255)));
    if (group.bracketed && written.bracketed < 0) written.bracketed = static_cast<int>(i);
    if (i == 0 || group.join == Join::kBracket) continue;
    if (i == 1 && groups[0].bracketed) continue;  // "(571) 555-0100", "(0161) 123 4567"
    // "070-123 45 67", "0341 / 99 87 65"
    const bool behind_area = i == 1 && written.digits[0] == '0' && groups.size() > 2 &&
                             (group.join == Join::kHyphen || group.join == Join::kSlash);
    if (behind_area) continue;
    if (written.separator == Join::kNone) written.separator = group.join;
    written.one_separator = written.one_separator && group.join == written.separator;
  }
  return written;
}

PhoneForm form(int confidence, std::string digits, std::string why) {
  PhoneForm result;
  result.confidence = confidence;
  result.checked = confidence > kUnassignedInPrint;
  result.needs_cue = confidence <= kValidInPrint;
  result.why = std::move(why);
  result.digits = std::move(digits);
  return result;
}

// The "(0)" that is only dialled inside the country (E.123 forbids it, people write it).
std::string without_trunk_zero(std::string_view text,
                               std::span<const DigitGroup> groups) {
  std::string digits;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const std::string_view group = text.substr(groups[i].digits.begin, groups[i].size());
    if (i > 0 && groups[i].bracketed && group == "0") continue;
    digits += group;
  }
  return digits;
}

// How much a number with a calling code is worth that nobody was given.
int unassigned_international(std::span<const DigitGroup> groups, std::size_t digits) {
  constexpr std::size_t kUsualDigits = 10;
  constexpr std::array<std::uint32_t, 4> kNorthAmerica{1, 3, 3, 4};
  const bool north_america = std::equal(
      groups.begin(), groups.end(), kNorthAmerica.begin(), kNorthAmerica.end(),
      [](const DigitGroup& group, std::uint32_t size) { return group.size() == size; });
  if (north_america) return kUnassignedNorthAmerica;
  return digits < kUsualDigits ? kShortInternational : kUnassignedInternational;
}

std::optional<PhoneForm> judge_with_calling_code(std::string_view text,
                                                 std::span<const DigitGroup> groups) {
  std::string digits = without_trunk_zero(text, groups);
  if (digits.starts_with("00") && !groups[0].plus) digits.erase(0, 2);
  switch (judge_international(digits)) {
    case PhoneVerdict::kValid:
      return form(kAssignedInternational, std::move(digits),
                  "assigned number with calling code");
    case PhoneVerdict::kPossible:
      return form(unassigned_international(groups, digits.size()), std::move(digits),
                  "calling code and a possible length");
    case PhoneVerdict::kNo:
      break;
  }
  return std::nullopt;
}

// "00" (ITU-T E.123) or, in North America, "011" instead of the plus.
std::optional<PhoneForm> judge_exit_code(const Written& written) {
  for (const std::string_view exit : {"00", "011"}) {
    if (!written.digits.starts_with(exit)) continue;
    std::string digits = written.digits.substr(exit.size());
    if (judge_international(digits) != PhoneVerdict::kValid) continue;
    if (exit == "011" && written.sizes.size() < 2) continue;
    return form(kDialledInternational, std::move(digits),
                "assigned number after an exit code");
  }
  return std::nullopt;
}

// "16/04/2010", "2010-04-16", "2009/2010": groups of day, month and year.
bool shaped_as_date(const Written& written) {
  const std::vector<std::uint8_t>& sizes = written.sizes;
  const std::size_t years =
      static_cast<std::size_t>(std::count(sizes.begin(), sizes.end(), 4));
  const bool rest_short = std::all_of(sizes.begin(), sizes.end(), [](std::uint8_t size) {
    return size == 4 || size <= 2;
  });
  if (!rest_short || years == 0 || sizes.size() > 3) return false;
  const std::size_t at = sizes.front() == 4 ? 0 : written.digits.size() - 4;
  const std::string_view year = std::string_view(written.digits).substr(at, 2);
  return (sizes.size() == 3 || years == sizes.size()) && (year == "19" || year == "20");
}

// "-77.034040723966": a fraction. A number printed as two groups with a dot begins with
// an area code: "06.12328980".
bool shaped_as_fraction(const Written& written) {
  const bool area = written.digits[0] == '0' && written.sizes[0] > 1;
  return written.sizes.size() == 2 && written.separator == Join::kDot && !area;
}

// "[066653.266354]": seconds since the start, as kernels log them.
bool is_time_in_log(std::string_view text, std::span<const DigitGroup> groups) {
  const std::size_t begin = groups.front().digits.begin;
  const std::size_t end = groups.back().digits.end;
  return groups.size() == 2 && groups[1].join == Join::kDot && begin > 0 &&
         text[begin - 1] == '[' && end < text.size() && text[end] == ']';
}

// "Boston, MA 02110-1301": a postcode of the United States with its last four digits.
bool is_postcode(std::string_view text, std::span<const DigitGroup> groups) {
  const std::size_t begin = groups.front().digits.begin;
  if (groups.size() != 2 || groups[0].size() != 5 || groups[1].size() != 4) return false;
  if (groups[1].join != Join::kHyphen || begin < 4) return false;
  std::size_t at = begin;
  while (at > 2 && text[at - 1] == ' ') --at;
  return at < begin && is_ascii_upper(text[at - 1]) && is_ascii_upper(text[at - 2]) &&
         at > 2 && !is_ascii_alnum(text[at - 3]);
}

// "011-12-3456": a social security number of the United States, not a telephone number.
bool shaped_as_ssn(const Written& written) {
  return written.separator == Join::kHyphen &&
         written.sizes == std::vector<std::uint8_t>{3, 2, 4};
}

// "216.136.130.22": an IPv4 address. A number printed so begins with a zero
// ("02.123.45.67") or has groups of two digits alone ("21.10.52.50").
bool shaped_as_address(const Written& written) {
  if (written.separator != Join::kDot || !written.one_separator) return false;
  if (written.sizes.size() != 4 || written.digits[0] == '0') return false;
  std::size_t at = 0;
  bool long_group = false;
  for (const std::uint8_t size : written.sizes) {
    if (size > 3 || (size > 1 && written.digits[at] == '0')) return false;
    if (size == 3 && written.digits.compare(at, size, "255") > 0) return false;
    long_group = long_group || size == 3;
    at += size;
  }
  return long_group;
}

// "6.00.2900.2180", "10.0.19045.3930": a version. Between dots, a number has a single
// digit at most in front, a trunk prefix or a calling code, or behind a zero:
// "06.1.260.5503".
bool shaped_as_version(const Written& written) {
  constexpr std::string_view kPrefixes = "178";
  if (written.digits[0] == '0') return false;
  if (written.separator != Join::kDot || written.sizes.size() < 3) return false;
  if (written.sizes[0] == 1 && kPrefixes.find(written.digits[0]) == std::string::npos)
    return true;
  return std::any_of(written.sizes.begin() + 1, written.sizes.end(),
                     [](std::uint8_t size) { return size == 1; });
}

// The plan of North America is printed in 3-3-4 groups, with or without a 1 before.
std::optional<PhoneForm> judge_north_american(const Written& written) {
  std::span<const std::uint8_t> sizes = written.sizes;
  const bool dialled_abroad =
      sizes.size() == 4 && sizes[0] == 3 && written.digits.starts_with("001");
  const bool long_distance =
      dialled_abroad || (sizes.size() == 4 && sizes[0] == 1 && written.digits[0] == '1');
  const std::size_t before = long_distance ? sizes[0] : 0;
  if (long_distance) sizes = sizes.subspan(1);
  constexpr std::array<std::uint8_t, 3> kGroups{3, 3, 4};
  if (!std::equal(sizes.begin(), sizes.end(), kGroups.begin(), kGroups.end()))
    return std::nullopt;
  const std::string national = written.digits.substr(before);
  const bool assigned = judge_international("1" + national) == PhoneVerdict::kValid;
  const bool in_brackets = written.bracketed == (long_distance ? 1 : 0);
  std::string digits = "1" + national;
  if (in_brackets) {
    return form(assigned ? kBracketedArea : kUnassignedInPrint, std::move(digits),
                "North American grouping, area code in brackets");
  }
  const bool slashed = written.separator == Join::kSlash && written.tail_hyphen;
  if (!written.one_separator && !slashed) return std::nullopt;  // but "264/709-4238"
  if (written.separator == Join::kHyphen || slashed) {
    return form(assigned ? kNorthAmericanHyphens : kUnassignedInPrint, std::move(digits),
                "North American grouping with hyphens");
  }
  if (!shaped_north_american(national)) return std::nullopt;
  return form(assigned ? kNorthAmericanOther : kValidInPrint, std::move(digits),
              "North American grouping");
}

// "0621386928", "5032462878": ten digits as they are dialled in the countries that have
// most mail with them. Other lengths are those of many other numbers.
bool is_unbroken_usual(const std::string& digits) {
  constexpr std::size_t kDigits = 10;
  return digits.size() == kDigits && (digits[0] == '0' || shaped_north_american(digits));
}

std::optional<PhoneForm> judge_national_form(const Written& written) {
  const NationalPhone national = judge_national(written.digits, written.sizes);
  if (shaped_as_date(written) || shaped_as_fraction(written) || shaped_as_ssn(written) ||
      shaped_as_address(written) || shaped_as_version(written))
    return std::nullopt;
  const bool tidy = written.one_separator && written.sizes.size() >= 2;
  const std::string where = std::string(" of ") + national.territory;
  if (national.dialled && tidy && written.digits.size() >= kLeastPrintedDigits) {
    return form(written.bracketed == 0 ? kBracketedArea : kPrintedWithPrefix,
                written.digits,
                "national number" + where + " by its prefix, digits and grouping");
  }
  if (national.printed && written.bracketed == 0 && tidy) {
    return form(kPrintedWithPrefix, written.digits,
                "national number" + where + ", area code in brackets");
  }
  if (national.valid) {
    const bool printed = (tidy && written.digits.size() >= kLeastPrintedDigits) ||
                         is_unbroken_usual(written.digits);
    return form(printed ? kValidInPrint : kValidSomewhere, written.digits,
                "national number" + where + " by its digits");
  }
  if (written.sizes.size() > phone_table::kMostGroups) return std::nullopt;
  return form(kPossible, written.digits, "as long as a telephone number");
}

}  // namespace

std::optional<PhoneForm> judge_phone(std::string_view text,
                                     std::span<const DigitGroup> groups) {
  if (groups.empty()) return std::nullopt;
  if (groups[0].plus) return judge_with_calling_code(text, groups);
  const Written written = read(text, groups);
  if (written.digits.size() < kLeastDigits || written.digits.size() > kMostDigits) {
    return std::nullopt;
  }
  if (auto found = judge_exit_code(written)) return found;
  if (auto found = judge_north_american(written)) return found;
  if (written.digits.size() > 15 || is_time_in_log(text, groups) ||
      is_postcode(text, groups)) {
    return std::nullopt;
  }
  return judge_national_form(written);
}

}  // namespace noshare::detect
