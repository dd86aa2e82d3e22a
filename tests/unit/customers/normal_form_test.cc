#include "customers/normal_form.h"

#include <gtest/gtest.h>

namespace noshare::customers {
namespace {

using config::ColumnType;

struct SameCase {
  std::string name;
  ColumnType type;
  std::string a;
  std::string b;
};

class SameForm : public testing::TestWithParam<SameCase> {};

TEST_P(SameForm, OfBothSpellings) {
  const auto& one = GetParam();
  EXPECT_EQ(normal_form(one.type, one.a), normal_form(one.type, one.b));
  EXPECT_FALSE(normal_form(one.type, one.a).empty());
}

INSTANTIATE_TEST_SUITE_P(
    Cases, SameForm,
    testing::Values(
        SameCase{"NameInAnyOrder", ColumnType::kName, "Smith, John", "john smith"},
        SameCase{"NameWithInitial", ColumnType::kName, "John Q. Smith", "John Smith"},
        SameCase{"NameWithAccents", ColumnType::kName, "Zo\u00eb Nu\u00f1ez",
                 "ZOE NUNEZ"},
        SameCase{"NameInCyrillic", ColumnType::kName,
                 "\u0418\u0432\u0430\u043d \u041f\u0435\u0442\u0440\u043e\u0432",
                 "\u0418\u0412\u0410\u041d \u041f\u0415\u0422\u0420\u041e\u0412"},
        SameCase{"EmailCase", ColumnType::kEmail, "Jane@Example.COM",
                 "<jane@example.com>"},
        SameCase{"PhoneAtHome", ColumnType::kPhone, "+44 20 7946 0018", "020 7946 0018"},
        SameCase{"PhoneWithZeroInBrackets", ColumnType::kPhone, "+44 (0)20 7946 0018",
                 "0044 20 7946 0018"},
        SameCase{"PhoneInAmerica", ColumnType::kPhone, "+1 202-555-0143",
                 "(202) 555 0143"},
        SameCase{"IdWithHyphens", ColumnType::kId, "cust-0042-17", "CUST 0042 17"},
        SameCase{"IbanInGroups", ColumnType::kIban, "GB29 NWBK 6016 1331 9268 19",
                 "GB29NWBK60161331926819"},
        SameCase{"DayInWords", ColumnType::kDate, "3 April 1980", "1980-04-03"},
        SameCase{"DayAmerican", ColumnType::kDate, "April 3rd, 1980", "03.04.1980"},
        SameCase{"DayInGerman", ColumnType::kDate, "3. M\u00e4rz 1980", "19800303"},
        SameCase{"StreetShortened", ColumnType::kAddress, "12 Main Street",
                 "12 main st."},
        SameCase{"StreetInGerman", ColumnType::kAddress, "Hauptstra\u00dfe 5",
                 "HAUPTSTR. 5"}),
    [](const auto& one) { return one.param.name; });

TEST(NormalForm, OfWhatIsNoValueIsEmpty) {
  EXPECT_EQ(normal_form(ColumnType::kEmail, "jane"), "");
  EXPECT_EQ(normal_form(ColumnType::kPhone, "12345"), "");
  EXPECT_EQ(normal_form(ColumnType::kId, "none"), "");
  EXPECT_EQ(normal_form(ColumnType::kId, "12"), "");
  EXPECT_EQ(normal_form(ColumnType::kDate, "soon"), "");
  EXPECT_EQ(normal_form(ColumnType::kDate, "99/99/1980"), "");
  EXPECT_EQ(normal_form(ColumnType::kName, " - "), "");
}

TEST(NormalForm, OfDifferentValuesDiffers) {
  EXPECT_NE(normal_form(ColumnType::kPhone, "+44 20 7946 0018"),
            normal_form(ColumnType::kPhone, "+44 20 7946 0019"));
  EXPECT_NE(normal_form(ColumnType::kName, "John Smith"),
            normal_form(ColumnType::kName, "Jane Smith"));
}

TEST(NormalForm, OfAnAmbiguousDayFollowsTheOrder) {
  EXPECT_EQ(normal_form(ColumnType::kDate, "03/04/1980", config::DateOrder::kDayFirst),
            "1980-04-03");
  EXPECT_EQ(normal_form(ColumnType::kDate, "03/04/1980", config::DateOrder::kMonthFirst),
            "1980-03-04");
}

}  // namespace
}  // namespace noshare::customers
