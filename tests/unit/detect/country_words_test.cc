// The name of a pattern's country before a value.
#include "detect/country_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "engine_support.h"

namespace noshare::detect {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

config::Pattern of_finland(int confidence) {
  config::Pattern result = pattern("number", "\\d{7}-\\d");
  result.country = "FI";
  result.confidence = {confidence, -1, 60};
  result.near.push_back(context({"y-tunnus"}, 30));
  return result;
}

TEST(CountryWords, RaiseWhatStandsByItself) {
  const auto database = database_of({of_finland(52)});
  EXPECT_THAT(found_in(database, "identifier 2077474-0"),
              ElementsAre("number 52 2077474-0"));
  EXPECT_THAT(found_in(database, "Finnish business identifier: 2077474-0"),
              ElementsAre("number 60 2077474-0"))
      << "and are no support: what needs a word of its own stays below";
  EXPECT_THAT(found_in(database, "Finnish y-tunnus: 2077474-0"),
              ElementsAre("number 96 2077474-0"));
  EXPECT_THAT(found_in(database, "2077474-0 is Finnish"),
              ElementsAre("number 52 2077474-0"))
      << "behind the value they say nothing";
}

TEST(CountryWords, MakeNothingOfWhatDoesNotStand) {
  EXPECT_THAT(found_in(database_of({of_finland(20)}), "Finnish identifier: 2077474-0"),
              IsEmpty());
}

TEST(CountryWords, AreNotAddedToThoseOfThePattern) {
  config::Pattern number = of_finland(52);
  number.near.push_back(context({"Finnish"}, 5));
  EXPECT_THAT(found_in(database_of({number}), "Finnish identifier: 2077474-0"),
              ElementsAre("number 57 2077474-0"));
}

TEST(CountryWords, AreKnownByCode) {
  EXPECT_THAT(country_words("ZA"), ElementsAre("South Africa", "South African"));
  EXPECT_THAT(country_words("AD"), ElementsAre("Andorra", "Andorran"));
  EXPECT_TRUE(country_words("INT").empty());
  EXPECT_TRUE(country_words("XX").empty());
}

}  // namespace
}  // namespace noshare::detect
