// From packs to findings, with patterns made by hand.
#include "noshare/detect/detector.h"

#include <filesystem>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/base/files.h"

#include "engine_support.h"

namespace noshare::detect {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

config::Pattern card() {
  config::Pattern result = pattern("card", "\\d{4}(?:[ -]?\\d{4}){3}");
  result.normalise = config::Normalise::kDigits;
  result.check.push_back({"luhn", {}, 3});
  result.confidence = {30, 75, 100};
  result.near.push_back(context({"card", "credit card"}, 20));
  result.not_near.push_back(context({"order"}, 40, 20));
  return result;
}

TEST(Detector, RaisesAndLowersWithReasons) {
  const auto database = database_of({card()});
  EXPECT_THAT(found_in(database, "4111 1111 1111 1111"),
              ElementsAre("card 75 4111 1111 1111 1111"));
  EXPECT_THAT(found_in(database, "my Card: 4111-1111-1111-1111."),
              ElementsAre("card 95 4111-1111-1111-1111"));
  EXPECT_THAT(found_in(database, "order 4111111111111111"),
              ElementsAre("card 35 4111111111111111"));
  EXPECT_THAT(found_in(database, "4111 1111 1111 1112"), IsEmpty());

  model::Segment segment;
  segment.text = "credit card 4111111111111111";
  const auto detected = detected_in(database, segment);
  ASSERT_EQ(detected.size(), 1U);
  EXPECT_THAT(detected[0].finding.why, ElementsAre("matched 30", "luhn passed, now 75",
                                                   "near 'credit card', now 95"));
}

TEST(Detector, HearsNoWordAgainstAValueInsideAWordForIt) {
  config::Pattern taxpayer = pattern("taxpayer", "\\d{10}");
  taxpayer.confidence.matched = 40;
  taxpayer.near.push_back(context({"taxpayer reference"}, 30));
  taxpayer.not_near.push_back(context({"reference"}, 35, 20));
  const auto database = database_of({taxpayer});
  EXPECT_THAT(found_in(database, "taxpayer reference 1089472875"),
              ElementsAre("taxpayer 70 1089472875"));
  EXPECT_THAT(found_in(database, "taxpayer reference, reference 1089472875"),
              ElementsAre("taxpayer 35 1089472875"));
}

TEST(Detector, PrefersTheReadingThatItsLabelNames) {
  config::Pattern citizen = pattern("citizen", "\\d{6}-\\d{4}");
  citizen.confidence.matched = 40;
  citizen.near.push_back(context({"cpr-nummer"}, 30));
  config::Pattern phone = pattern("phone", "\\d{6}-\\d{4}");
  phone.confidence.matched = 60;
  phone.near.push_back(context({"tlf"}, 20));
  const auto database = database_of({citizen, phone});
  EXPECT_THAT(found_in(database, "cpr-nummer: 030855-1553, tlf later"),
              ElementsAre("citizen 70 030855-1553"));
  EXPECT_THAT(found_in(database, "tlf 030855-1553, cpr-nummer later"),
              ElementsAre("phone 80 030855-1553"));
}

TEST(Detector, HearsWordsWithoutTheirAccentsUnlessTheyAreShort) {
  config::Pattern birth = pattern("birth", "\\d{4}-\\d{2}");
  birth.confidence.matched = 40;
  birth.near.push_back(context({"narození", "né"}, 30));
  const auto database = database_of({birth});
  EXPECT_THAT(found_in(database, "narozeni 1971-02"), ElementsAre("birth 70 1971-02"));
  EXPECT_THAT(found_in(database, "né 1971-02"), ElementsAre("birth 70 1971-02"));
  EXPECT_THAT(found_in(database, "ne 1971-02"), ElementsAre("birth 40 1971-02"));
}

TEST(Detector, IsSureOfACheckedValueBehindItsOwnLabel) {
  const auto numbered = [](const std::string& id, const std::string& word) {
    config::Pattern result = pattern(id, "\\d{8}");
    result.check.push_back({"luhn", {}, 3});
    result.confidence = {25, 25, 100};
    result.near.push_back(context({word}, 42));
    return result;
  };
  const auto own = database_of({numbered("plate", "plaque"), numbered("other", "badge")});
  EXPECT_THAT(found_in(own, "plaque: 49271836"), ElementsAre("plate 85 49271836"));
  EXPECT_THAT(found_in(own, "plaque in May 49271836"), ElementsAre("plate 67 49271836"));
  EXPECT_THAT(found_in(own, "plaque: 49271837"), IsEmpty());
  // A word for four kinds of numbers is the name of none.
  const auto shared = database_of({numbered("a", "number"), numbered("b", "number"),
                                   numbered("c", "number"), numbered("d", "number")});
  EXPECT_THAT(found_in(shared, "number: 49271836"), ElementsAre("a 67 49271836"));
}

TEST(Detector, TakesAParameterOfALinkThatBearsTheValuesName) {
  const auto database = database_of({card()});
  EXPECT_THAT(found_in(database, "https://a.test/?card=4111111111111111&x=1"),
              ElementsAre("card 95 4111111111111111"));
  EXPECT_THAT(found_in(database, "https://a.test/?id=4111111111111111&x=1"),
              ElementsAre("card 35 4111111111111111"));
}

TEST(Detector, HearsAPhraseWrittenAsOneWord) {
  config::Pattern account = pattern("account", "\\d{8}");
  account.confidence.matched = 30;
  account.near.push_back(context({"account number", "tax id"}, 40));
  const auto database = database_of({account});
  EXPECT_THAT(found_in(database, "{\"accountNumber\": \"49271836\"}"),
              ElementsAre("account 70 49271836"));
  EXPECT_THAT(found_in(database, "taxid 49271836"), ElementsAre("account 30 49271836"))
      << "five letters may be another word";
}

TEST(Detector, CountsAColumnsHeaderAsNear) {
  const auto database = database_of({card()});
  std::string table = "name\tcard\tcity\n";
  for (int i = 0; i < 40; ++i) table += "Ann Example\t0\tSpringfield\n";
  table += "Bob Example\t4111111111111111\tSpringfield\n";
  EXPECT_THAT(found_in(database, table), ElementsAre("card 95 4111111111111111"));
}

config::Pattern address_pattern(const std::string& id, const std::string& country) {
  config::Pattern result;
  result.id = id;
  result.recognizer = "address";
  result.country = country;
  result.edges = config::Edges::kNone;
  result.normalise = config::Normalise::kWords;
  return result;
}

TEST(Detector, GivesACountrysPatternWhatIsCertainlyOfThatCountry) {
  const std::string us = "742 Evergreen Terrace, Springfield, IL 62704";
  const std::string unknown = "12 Sample Street, Kampala, Uganda";
  const auto both = database_of({address_pattern("us_postal_address", "US"),
                                 address_pattern("street_address", "INT")});
  EXPECT_THAT(found_in(both, us), ElementsAre("us_postal_address 92 " + us));
  EXPECT_THAT(found_in(both, unknown), ElementsAre("street_address 86 " + unknown));
  const auto general = database_of({address_pattern("street_address", "INT")});
  EXPECT_THAT(found_in(general, us), ElementsAre("street_address 92 " + us));
  const auto national = database_of({address_pattern("us_postal_address", "US")});
  EXPECT_THAT(found_in(national, us), ElementsAre("us_postal_address 92 " + us));
  EXPECT_THAT(found_in(national, unknown), IsEmpty());
}

TEST(Detector, ComparesACountrysAddressesAsTheInternationalEntity) {
  model::Segment segment;
  segment.text = "742 Evergreen Terrace, Springfield, IL 62704";
  const auto database = database_of({address_pattern("us_postal_address", "US"),
                                     address_pattern("street_address", "INT")});
  auto detector = Detector::create(database, FingerprintKey::random());
  ASSERT_TRUE(detector);
  const auto found = detector->detect({&segment, 1}, Deadline::never()).detected;
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].finding.entity, "us_postal_address");
  for (const char* entity : {"us_postal_address", "street_address"})
    EXPECT_EQ(found[0].finding.fingerprint, detector->fingerprint(entity, segment.text));
}

TEST(Detector, LeavesOutWhatIsExcluded) {
  config::Pattern excluding = card();
  excluding.exclude.values = {"4111 1111 1111 1111"};
  excluding.exclude.patterns.push_back({"5500\\d{12}", false, -1, 4});
  const auto database = database_of({excluding});
  EXPECT_THAT(found_in(database, "4111111111111111 and 5500000000000004"), IsEmpty());
  EXPECT_THAT(found_in(database, "4012888888881881"),
              ElementsAre("card 75 4012888888881881"));
}

TEST(Detector, KeepsAWrongCheckDigitOfAKindThatHasThem) {
  config::Pattern lenient = card();
  lenient.check.push_back({"length", {{"is", {16}}}, 4});
  lenient.confidence = {30, 75, 100, 30};
  const auto database = database_of({lenient});
  EXPECT_THAT(found_in(database, "4111 1111 1111 1112"),
              ElementsAre("card 30 4111 1111 1111 1112"));
  EXPECT_THAT(found_in(database, "card 4111111111111112"),
              ElementsAre("card 50 4111111111111112"));
  EXPECT_THAT(found_in(database, "card 4111111111111111"),
              ElementsAre("card 95 4111111111111111"));

  lenient.check.push_back({"range", {{"at", 0}, {"outside", {"41"}}}, 5});
  EXPECT_THAT(found_in(database_of({lenient}), "card 4111111111111112"), IsEmpty())
      << "only a check digit may be wrong, never the form";
}

TEST(Detector, CapsWhatHasNoContext) {
  config::Pattern number = pattern("number", "\\d{9}");
  number.confidence = {80, -1, 40};
  number.near.push_back(context({"tax"}, 10));
  number.near.push_back(context({"id"}, 5));
  const auto database = database_of({number});
  EXPECT_THAT(found_in(database, "It is 481516234 here"),
              ElementsAre("number 40 481516234"));
  EXPECT_THAT(found_in(database, "tax id 481516234"), ElementsAre("number 95 481516234"));
  EXPECT_THAT(found_in(database, "123456789"), IsEmpty()) << "a placeholder";
}

TEST(Detector, TakesTheFormOfAGuessForNoProof) {
  config::Pattern number = pattern("number", "\\d{3}-\\d{2}-\\d{4}");
  number.normalise = config::Normalise::kDigits;
  number.confidence = {66, -1, 100};
  number.near.push_back(context({"tax"}, 10));
  const auto database = database_of({number});
  model::Segment segment;
  segment.text = "It is 481-51-6234 here";
  EXPECT_EQ(detected_in(database, segment).at(0).finding.confidence, 66);
  segment.guessed = true;
  EXPECT_EQ(detected_in(database, segment).at(0).finding.confidence, 60);
  segment.text = "tax 481-51-6234";
  EXPECT_EQ(detected_in(database, segment).at(0).finding.confidence, 76);
}

TEST(Detector, FindsWhatStandsBesideALongListOfShortNumbers) {
  const auto database = database_of(
      {pattern("pairs", "\\d\\d \\d\\d \\d\\d"), pattern("number", "\\d{6}")});
  std::string list;
  for (int i = 0; i < 500; ++i) list += std::string(i == 0 ? "" : " ") + "12";
  const auto numbers = [&](const std::string& text) {
    std::vector<std::string> found = found_in(database, text);
    std::erase_if(found,
                  [](const std::string& one) { return !one.starts_with("number"); });
    return found;
  };
  EXPECT_THAT(numbers("481516 " + list + " 234217, " + list + ": 902715"), SizeIs(3));
  // A list is no value; a few of its numbers are, where they stand alone.
  EXPECT_THAT(found_in(database, "41 52 63"), SizeIs(1));
  EXPECT_LT(found_in(database, list).size(), 20U);
}

TEST(Detector, ReportsOneValueOnce) {
  config::Pattern strong = card();
  config::Pattern weak = pattern("digits", "\\d{4}[ -]?\\d{4}");
  weak.confidence.matched = 60;
  const auto database = database_of({weak, strong});
  EXPECT_THAT(found_in(database, "4111 1111 1111 1111"),
              ElementsAre("card 75 4111 1111 1111 1111"));
  EXPECT_THAT(found_in(database, "4111 1112"), ElementsAre("digits 60 4111 1112"));
}

TEST(Detector, TakesAUsersAddressForAPartOfItsCredentials) {
  config::Pattern address = pattern("address", "[a-z]+@[a-z.]+");
  address.categories = {"contact"};
  address.confidence.matched = 95;
  config::Pattern login = pattern("login", "user [^ ]+ pass [^ ]+");
  login.categories = {"credential"};
  login.confidence.matched = 70;
  const auto database = database_of({address, login});
  EXPECT_THAT(found_in(database, "user ann@example.com pass Kiesel9"),
              ElementsAre("login 70 user ann@example.com pass Kiesel9"));
  EXPECT_THAT(found_in(database, "user ann@example.com"),
              ElementsAre("address 95 ann@example.com"));

  config::Pattern key = pattern("key", "[a-z]+@[a-z.]+");  // in the same place
  key.categories = {"credential"};
  key.confidence.matched = 70;
  EXPECT_THAT(found_in(database_of({address, key}), "ann@example.com"),
              ElementsAre("key 70 ann@example.com"));
}

// A piece of a longer number passes by chance: its check proves nothing.
TEST(Detector, KeepsTheLongestThatPasses) {
  config::Pattern number = card();
  number.match = {{"\\d(?:[ -]?\\d){12,18}", false, -1, 2}};
  EXPECT_THAT(found_in(database_of({number}), "4111 1111 1111 1111 12"),
              ElementsAre("card 30 4111 1111 1111 1111"));
}

TEST(Detector, TakesTheValueBehindTheWordsThatBelongToTheExpression) {
  config::Pattern code = pattern("code", "");
  code.match.push_back(
      {"(?:CVV2?|security code)[ :]{1,3}\\d{3,4}", true, 30, -1, 2, "\\d{3,4}"});
  code.near.push_back(context({"cvv", "security code"}, 40));
  const auto database = database_of({code});
  EXPECT_THAT(found_in(database, "cvv: 123"), ElementsAre("code 70 123"));
  EXPECT_THAT(found_in(database, "CVV2 4567, security code 89"),
              ElementsAre("code 70 4567"));
  EXPECT_THAT(found_in(database, "Xcvv: 123"), IsEmpty());
  EXPECT_THAT(found_in(database, "123"), IsEmpty());
}

TEST(Detector, TellsPlacesInCodePointsOfTheSource) {
  model::Segment segment;
  segment.text = "\xC3\xA4 4111111111111111 x 4012888888881881";
  segment.regions = {{{22, 40}, model::RegionKind::kQuoted}};
  auto detected = detected_in(database_of({card()}), segment);
  ASSERT_EQ(detected.size(), 2U);
  EXPECT_EQ(detected[0].finding.start, 2U);
  EXPECT_EQ(detected[0].finding.end, 18U);
  EXPECT_FALSE(detected[0].finding.quoted);
  EXPECT_EQ(detected[1].finding.start, 21U);
  EXPECT_TRUE(detected[1].finding.quoted);

  // The reader sees fullwidth digits where the search sees plain ones.
  segment.text =
      "411111111111111"
      "1";
  segment.source =
      "\xEF\xBC\x94"
      "111111111111111";
  segment.regions.clear();
  segment.to_source.add(0, 0, false);
  segment.to_source.add(1, 3);
  detected = detected_in(database_of({card()}), segment);
  ASSERT_EQ(detected.size(), 1U);
  EXPECT_EQ(detected[0].finding.start, 0U);
  EXPECT_EQ(detected[0].finding.end, 16U);
  EXPECT_EQ(detected[0].value.reveal(), segment.source);
}

TEST(Detector, FingerprintsEqualValuesEqually) {
  const auto database = database_of({card()});
  auto detector = Detector::create(database, FingerprintKey::random());
  ASSERT_TRUE(detector.has_value());
  model::Segment segment;
  segment.text = "4111-1111-1111-1111";
  const auto outcome = detector->detect({&segment, 1}, Deadline::never());
  ASSERT_EQ(outcome.detected.size(), 1U);
  EXPECT_EQ(outcome.detected[0].finding.fingerprint,
            detector->fingerprint("card", "4111 1111 1111 1111"));
}

TEST(Detector, KeepsTheMostConfidentOfTooMany) {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "4111111111111111 and then some words, ";
  text += std::string(200, '.') + " card 4012888888881881";
  const auto database = database_of({card()});
  auto detector = Detector::create(database, FingerprintKey::random());
  ASSERT_TRUE(detector.has_value());
  model::Segment segment;
  segment.text = text;
  const auto outcome = detector->detect({&segment, 1}, Deadline::never(), 10);
  ASSERT_EQ(outcome.detected.size(), 10U);
  EXPECT_EQ(outcome.dropped, 91U);
  EXPECT_EQ(outcome.detected.back().finding.confidence, 95);
}

TEST(Detector, StopsAtItsDeadline) {
  const auto database = database_of({card()});
  auto detector = Detector::create(database, FingerprintKey::random());
  ASSERT_TRUE(detector.has_value());
  std::vector<model::Segment> segments(2);
  for (auto& segment : segments)
    for (int i = 0; i < 20000; ++i) segment.text += "4111111111111111 ";
  EXPECT_TRUE(detector->detect(segments, Deadline::after(Milliseconds(0))).timed_out);
}

struct BadPack {
  const char* name;
  config::Pattern pattern;
  const char* message;
};

TEST(Database, NamesTheLineThatIsWrong) {
  const auto error_of = [](config::Pattern faulty) {
    config::PackSet packs;
    packs.patterns.push_back(std::move(faulty));
    const auto database = Database::create(packs, {});
    return database ? std::string("no error") : database.error().message;
  };
  EXPECT_THAT(error_of(pattern("x", "(a")), HasSubstr("test.yaml:2: x: missing ')'"));
  EXPECT_THAT(error_of(pattern("x", "a*")),
              HasSubstr("test.yaml:2: x: the expression matches nothing"));
  config::Pattern unchecked = pattern("x", "a");
  unchecked.check.push_back({"no_such_check", {}, 7});
  EXPECT_THAT(error_of(unchecked),
              HasSubstr("test.yaml:7: x: unknown check 'no_such_check'"));
  EXPECT_THAT(error_of(pattern("x", "[ab]*a[ab]{25}")), HasSubstr("too complex"));
}

TEST(Database, SwitchesOffWhatStandsUnderADisabledUmbrella) {
  config::Pattern umbrella = pattern("numbers", "");
  umbrella.includes = {"card"};
  config::Pattern member = card();
  member.umbrellas = {"numbers"};
  const auto database = database_of({umbrella, member});
  EXPECT_EQ(database->size(), 1U);
  EXPECT_THAT(database->info("card").umbrellas, ElementsAre("numbers"));
  EXPECT_THAT(found_in(database, "4111 1111 1111 1111"), testing::SizeIs(1));
  Database::Options options;
  options.disabled = {"numbers"};
  EXPECT_THAT(found_in(database_of({umbrella, member}, options), "4111 1111 1111 1111"),
              IsEmpty());
}

TEST(Database, RefusesPacksWhoseExamplesFail) {
  config::Pattern proven = card();
  proven.found.push_back({"card 4111 1111 1111 1111", "4111 1111 1111 1111", "", 85,
                          model::Zone::kBody, 10});
  proven.not_found.push_back(
      {"4111 1111 1111 1112", "", "wrong digit", 65, model::Zone::kBody, 11});
  EXPECT_NE(database_of({proven}), nullptr);
  proven.found[0].value = "4111";
  proven.not_found[0].text = "4012888888881881";
  config::PackSet packs;
  packs.patterns = {proven};
  const auto database = Database::create(packs, {});
  ASSERT_FALSE(database.has_value());
  EXPECT_THAT(database.error().message, HasSubstr("test.yaml:10: card: expected '4111'"));
  EXPECT_THAT(database.error().message,
              HasSubstr("test.yaml:11: card: expected less than 65"));
}

class DatabaseCacheFile : public testing::Test {
 protected:
  DatabaseCacheFile() {
    std::string name =
        (std::filesystem::temp_directory_path() / "noshare-cache-XXXXXX").string();
    folder_ = mkdtemp(name.data());
    options_.cache = folder_;
  }
  ~DatabaseCacheFile() override { std::filesystem::remove_all(folder_); }
  std::filesystem::path file() const {
    return std::filesystem::directory_iterator(folder_)->path();
  }
  std::filesystem::path folder_;
  Database::Options options_;
};

TEST_F(DatabaseCacheFile, IsUsedAndRebuiltWhenDamaged) {
  const auto expect_card = [&] {
    EXPECT_THAT(found_in(database_of({card()}, options_), "4111111111111111"),
                ElementsAre("card 75 4111111111111111"));
  };
  expect_card();
  const auto bytes = read_file(file());
  ASSERT_TRUE(bytes.has_value());
  expect_card();
  for (const std::size_t at :
       {std::size_t{0}, std::size_t{9}, std::size_t{40}, bytes->size() - 1}) {
    std::string damaged = *bytes;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    ASSERT_TRUE(write_file_atomically(file(), damaged).has_value());
    expect_card();
    EXPECT_EQ(*read_file(file()), *bytes) << "damaged at " << at;
  }
  ASSERT_TRUE(write_file_atomically(file(), bytes->substr(0, 100)).has_value());
  expect_card();
}

TEST_F(DatabaseCacheFile, IsAnotherForOtherPacks) {
  database_of({card()}, options_);
  database_of({pattern("x", "abc\\d{9}")}, options_);
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_), {}), 2);
}

}  // namespace
}  // namespace noshare::detect
