#include "store/case_number.h"

#include <regex>
#include <set>

#include <gtest/gtest.h>

namespace noshare::store {
namespace {

TEST(CaseNumber, IsReadableAndNeverTheSame) {
  const std::regex form("NS-[0-9A-HJKMNP-TV-Z]{8}");
  std::set<std::string> seen;
  for (int i = 0; i < 1000; ++i) {
    const std::string text = new_case_number().value();
    EXPECT_TRUE(std::regex_match(text, form)) << text;
    seen.insert(text);
  }
  EXPECT_EQ(seen.size(), 1000U);
  EXPECT_TRUE(
      std::regex_match(new_number("PM").value(), std::regex("PM-[0-9A-HJKMNP-TV-Z]{8}")));
}

TEST(CaseNumber, IsFoundHoweverItIsTyped) {
  for (const char* typed : {"NS-7K3M9QX0", "ns-7k3m9qxo", " 7K3M9QX0 "}) {
    EXPECT_EQ(canonical_case_number(typed), "NS-7K3M9QX0");
  }
  EXPECT_EQ(canonical_case_number("NS-lI00"), "NS-1100");
}

}  // namespace
}  // namespace noshare::store
