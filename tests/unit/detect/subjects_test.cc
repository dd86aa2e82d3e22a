// Findings that stand together are one person's.
#include <set>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "engine_support.h"

namespace noshare::detect {
namespace {

config::Pattern kind(const std::string& id, const std::string& regex,
                     std::vector<std::string> categories, config::Normalise normalise) {
  config::Pattern result = pattern(id, regex);
  result.categories = std::move(categories);
  result.normalise = normalise;
  result.confidence = {80, 80, 100};
  return result;
}

std::shared_ptr<const Database> database() {
  static const auto kDatabase = database_of(
      {kind("mail", "[a-z]+@[a-z.]+", {"contact"}, config::Normalise::kLower),
       kind("phone", "555-\\d{4}", {"contact"}, config::Normalise::kDigits),
       kind("number", "N\\d{6}", {"government_id"}, config::Normalise::kAlnumUpper)});
  return kDatabase;
}

// As policy counts: a value without a subject is a subject of its own.
std::size_t subjects_in(const std::string& text, model::Zone zone = model::Zone::kBody) {
  model::Segment segment;
  segment.text = text;
  segment.zone = zone;
  std::set<Fingerprint> subjects;
  for (const Detected& one : detected_in(database(), segment)) {
    const model::Finding& finding = one.finding;
    subjects.insert(finding.subject_fingerprint.is_null() ? finding.fingerprint
                                                          : finding.subject_fingerprint);
  }
  return subjects.size();
}

struct Case {
  const char* name;
  const char* text;
  std::size_t subjects;
};
class SubjectsIn : public testing::TestWithParam<Case> {};

TEST_P(SubjectsIn, AreCounted) {
  EXPECT_EQ(subjects_in(GetParam().text), GetParam().subjects);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SubjectsIn,
    testing::Values(
        Case{"RowsOfATable",
             "mail,phone,id\nann@x.org,555-0101,N100101\nbob@x.org,555-0102,N100102\n",
             2},
        Case{"TwoPhonesInColumnsOfTheirOwn",
             "mail;home;work\nann@x.org;555-0101;555-0199\nbob@x.org;555-0102;555-0198\n",
             2},
        Case{"TheSamePersonInTwoRows",
             "mail;phone\nann@x.org;555-0101\nann@x.org;555-0199\n", 1},
        Case{"AClerkInEveryRow",
             "clerk;id;phone\nann@x.org;N100101;555-0101\nann@x.org;N100102;555-0102\n"
             "ann@x.org;N100103;555-0103\n",
             3},
        Case{"ASignature", "Ann Lee\nann@x.org\n555-0101\n", 1},
        Case{"AForm", "Mail: ann@x.org\nHome: 555-0101\nWork: 555-0199\nId: N100101\n",
             1},
        Case{"FormsWithoutEmptyLines",
             "Id: N100101\nPhone: 555-0101\nId: N100102\nPhone: 555-0102\n", 2},
        Case{"EntriesOfAList", "ann@x.org 555-0101\nbob@x.org 555-0102\n", 2},
        Case{"BlocksApart", "ann@x.org\n555-0101\n\nbob@x.org\n555-0102\n", 2},
        Case{"ALineOfAddresses",
             "ann@x.org, bob@x.org, cat@x.org\ndan@x.org, eve@x.org, "
             "fay@x.org\n",
             6},
        Case{"Prose",
             "You may write to ann@x.org about it until Friday, or if that is too late "
             "for "
             "you call 555-0101 and ask for Bob.",
             2}),
    [](const auto& one) { return one.param.name; });

TEST(Subjects, OfARowAreNamedByItsAddress) {
  model::Segment segment;
  segment.zone = model::Zone::kCell;
  segment.text = "mail\tphone\nann@x.org\t555-0101\nbob@x.org\t555-0102\n";
  const auto detected = detected_in(database(), segment);
  ASSERT_EQ(detected.size(), 4U);
  EXPECT_EQ(detected[1].finding.subject_fingerprint, detected[0].finding.fingerprint);
  EXPECT_EQ(detected[3].finding.subject_fingerprint, detected[2].finding.fingerprint);
}

TEST(Subjects, AreFoundInLongLinesInBoundedTime) {
  std::string text = "a;b\n";
  for (int i = 0; i < 20'000; ++i) text += fmt::format("x 555-{:04d} ", i % 5'000);
  EXPECT_EQ(subjects_in(text + ";b\n"), 5'000U);
}

}  // namespace
}  // namespace noshare::detect
