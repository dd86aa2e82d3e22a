// See digit_groups.h.
#include "extract/disguise/digit_groups.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "extract/disguise/digit_lines.h"

namespace noshare::extract {
namespace {

// True if `is` holds for what stands between each two groups.
template <class Is>
bool all_gaps(std::string_view text, DigitGroups groups, const Is& is) {
  for (std::size_t i = 1; i < groups.size(); ++i) {
    if (!is(gap_before(text, groups, i))) return false;
  }
  return true;
}

}  // namespace

std::string_view gap_before(std::string_view text, DigitGroups groups,
                            std::size_t group) {
  const std::size_t begin = groups[group - 1].end;
  return text.substr(begin, groups[group].begin - begin);
}

bool is_meant_as_number(DigitGroups groups) {
  std::size_t real = 0;
  std::size_t loose = 0;
  for (const DigitToken& group : groups) {
    real += group.real;
    loose += group.digits.size() - group.real - group.close;
  }
  return loose == 0 ? real > 0 : real >= loose;
}

bool has_letters(DigitGroups groups) {
  return std::any_of(groups.begin(), groups.end(),
                     [](const DigitToken& group) { return group.has_letters(); });
}

bool has_usual_gaps(std::string_view text, DigitGroups groups) {
  return std::all_of(groups.begin(), groups.end(),
                     [](const DigitToken& group) {
                       return group.end - group.begin == group.digits.size();
                     }) &&
         all_gaps(text, groups,
                  [](std::string_view gap) { return gap == " " || gap == "-"; });
}

bool is_known_shape(DigitGroups groups) {
  return std::any_of(kDigitShapes.begin(), kDigitShapes.end(), [&](const auto& shape) {
    const auto end = std::find(shape.begin(), shape.end(), 0U);
    return std::equal(groups.begin(), groups.end(), shape.begin(), end,
                      [](const DigitToken& group, std::size_t size) {
                        return group.digits.size() == size;
                      });
  });
}

bool is_usual_shape(std::string_view text, DigitGroups groups) {
  return has_usual_gaps(text, groups) && is_known_shape(groups);
}

bool is_usual_phone(std::string_view text, DigitGroups groups) {
  return all_gaps(text, groups,
                  [](std::string_view gap) {
                    return gap.size() <= 2 && gap.find_first_not_of(" -./()") == gap.npos;
                  }) &&
         !has_letters(groups);
}

bool is_in_cells(std::string_view text, DigitGroups groups) {
  return all_gaps(text, groups, [](std::string_view gap) {
    return gap.find_first_not_of(" \t\r\n|,;\"") == gap.npos;
  });
}

bool are_codes(std::string_view text, DigitGroups groups) {
  constexpr std::size_t kLongest = 3;
  return std::all_of(
             groups.begin(), groups.end(),
             [](const DigitToken& group) { return group.digits.size() <= kLongest; }) &&
         !all_gaps(text, groups, [](std::string_view gap) {
           return gap.find_first_of("%=\\&#") == gap.npos;
         });
}

bool are_versions(std::string_view text, DigitGroups groups) {
  constexpr std::size_t kFewest = 6;  // fewer stand in order by chance, too
  using Part = std::pair<std::size_t, std::string_view>;  // 9 is before 10
  std::vector<std::vector<Part>> versions;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    if (i == 0 || gap_before(text, groups, i) != ".") versions.emplace_back();
    versions.back().emplace_back(groups[i].digits.size(), groups[i].digits);
  }
  const auto dotted = [](const auto& version) { return version.size() > 1; };
  if (versions.size() < kFewest || std::none_of(versions.begin(), versions.end(), dotted))
    return false;
  // The first may be the end of a longer one.
  const auto later = [&](std::size_t i) { return versions[i - 1] < versions[i]; };
  const bool rises = later(2);
  for (std::size_t i = 3; i < versions.size(); ++i) {
    if (later(i) != rises || versions[i - 1] == versions[i]) return false;
  }
  return versions[1] != versions[2];
}

bool is_mirrored(DigitGroups groups) {
  return groups.size() == 3 && groups[0].digits.size() == 4 &&
         groups[1].digits.size() == 2 && groups[2].digits.size() == 3;
}

}  // namespace noshare::extract
