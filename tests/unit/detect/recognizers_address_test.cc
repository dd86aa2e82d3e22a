// Postal addresses in the orders of several countries, and look-alikes.
#include <chrono>

#include <gtest/gtest.h>

#include "recognizers_support.h"

namespace noshare::detect {
namespace {

std::vector<SeenCandidate> addresses(std::string_view text) {
  const auto recognizer = make_recognizer(pattern_of("address", {}));
  return run_recognizer(**recognizer, text);
}

struct AddressCase {
  const char* name;
  const char* text;
  const char* value;  // "": nothing of 60 or more
  int at_least = 0;
};

class Addresses : public testing::TestWithParam<AddressCase> {};

TEST_P(Addresses, AreFoundFromStreetToLocality) {
  const auto& [name, text, value, at_least] = GetParam();
  auto found = addresses(text);
  std::erase_if(found, [](const SeenCandidate& seen) { return seen.confidence < 60; });
  if (*value == '\0') {
    EXPECT_EQ(found.size(), 0U) << found.front().value;
    return;
  }
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].value, value);
  EXPECT_GE(found[0].confidence, at_least);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Addresses,
    testing::Values(
        AddressCase{"UnitedStates", "to 742 Evergreen Terrace, Springfield, IL 62704.",
                    "742 Evergreen Terrace, Springfield, IL 62704", 85},
        AddressCase{"LinesAndUnit",
                    "Ship\n10 Sample Rd\nApt. 4\nAnytown, NY 12345-6789\n",
                    "10 Sample Rd\nApt. 4\nAnytown, NY 12345-6789", 85},
        AddressCase{"BehindAGroupedNumber",
                    "NIF 217 882 102, morada Avenida dos Aliados 26, 4000-065 Porto",
                    "Avenida dos Aliados 26, 4000-065 Porto", 85},
        AddressCase{"BehindAnAccount",
                    "ES91 2100 0418 4502 0005 1332 y vivo en Plaza Mayor, 171, 28012 "
                    "Madrid.",
                    "Plaza Mayor, 171, 28012 Madrid", 85},
        AddressCase{"BehindADate", "shipped on 03/14/2024 via Udine, tracking 1", "", 0},
        AddressCase{"QuotedLines", "> 10 Sample Road\n> Anytown, NY 12345",
                    "10 Sample Road\n> Anytown, NY 12345", 85},
        AddressCase{"SoftTypeInLowerCase", "Gedimino pr. 9\nLT-01103 Vilnius\nLietuva",
                    "Gedimino pr. 9\nLT-01103 Vilnius\nLietuva", 65},
        AddressCase{"LowerCase", "100 main st springfield il 62704",
                    "100 main st springfield il 62704", 65},
        AddressCase{"AllInLowerCase", "pickup from nørregade 105, 1165 københavn k asap",
                    "nørregade 105, 1165 københavn", 65},
        AddressCase{"CzechInLowerCase", "nádražní 1013/68, 602 00 brno",
                    "nádražní 1013/68, 602 00 brno", 65},
        AddressCase{"LogInLowerCase", "worker 12 took 1013 ms, 602 bytes of 50311 sent",
                    "", 0},
        AddressCase{"NameThatBeginsWithItsLink", "Pri potoku 29, 811 01 Bratislava",
                    "Pri potoku 29, 811 01 Bratislava", 65},
        AddressCase{"SpanishFloor", "C/ Mayor n.º 27, 3.º B, 41001 Sevilla",
                    "C/ Mayor n.º 27, 3.º B, 41001 Sevilla", 85},
        AddressCase{"DanishFloor", "Nørregade 105, 2. th, 1165 København",
                    "Nørregade 105, 2. th, 1165 København", 65},
        AddressCase{
            "RomanianBlock",
            "Str. Mihai Eminescu nr. 98, bl. A2, sc. B, ap. 12, 400001 Cluj-Napoca",
            "Str. Mihai Eminescu nr. 98, bl. A2, sc. B, ap. 12, 400001 Cluj-Napoca", 85},
        AddressCase{"BrazilianFlat",
                    "Rua das Flores, 123 - apto 12 - Centro, Curitiba - PR, 80020-090",
                    "Rua das Flores, 123 - apto 12 - Centro, Curitiba - PR, 80020-090",
                    85},
        AddressCase{"PostBox", "P.O. Box 5000, Cordova, AK 99574",
                    "P.O. Box 5000, Cordova, AK 99574", 85},
        AddressCase{"UnitedKingdom", "10 Sample Street\nLondon\nEC1A 1BB\nUnited Kingdom",
                    "10 Sample Street\nLondon\nEC1A 1BB\nUnited Kingdom", 85},
        AddressCase{"Norway", "at Karl Johans gate 33, 0154 Oslo.",
                    "Karl Johans gate 33, 0154 Oslo", 65},
        AddressCase{"SpainShortened", "en C/ Alcalá, 81, 41001 Sevilla",
                    "C/ Alcalá, 81, 41001 Sevilla", 85},
        AddressCase{"NamedAfterADay", "in Via XX Settembre 42, 10123 Torino TO.",
                    "Via XX Settembre 42, 10123 Torino TO", 85},
        AddressCase{"StateOfBrazil", "na Rua das Flores, 123, 01310-100 São Paulo - SP",
                    "Rua das Flores, 123, 01310-100 São Paulo - SP", 65},
        AddressCase{"Province", "Viale dei Mille 89, 50122 Firenze (FI), Italia",
                    "Viale dei Mille 89, 50122 Firenze (FI), Italia", 85},
        AddressCase{"HungaryCityFirst", "a 6720 Szeged, Petőfi tér 72. alatt",
                    "6720 Szeged, Petőfi tér 72", 65},
        AddressCase{"HungaryCityAbove", "1061 Budapest\nVáci utca 87",
                    "1061 Budapest\nVáci utca 87", 65},
        AddressCase{"DutchNameBefore", "at Prins Hendrikkade 138, 1016 EK Amsterdam",
                    "Prins Hendrikkade 138, 1016 EK Amsterdam", 85},
        AddressCase{"QuarterOfACity", "Husova 9, 120 00 Praha 2",
                    "Husova 9, 120 00 Praha 2", 65},
        AddressCase{"Germany", "wohnt in der Musterstraße 12a, 12345 Musterstadt",
                    "Musterstraße 12a, 12345 Musterstadt", 85},
        AddressCase{"GermanyWithWords", "Turkuer Straße 30\n18107 Rostock\nGermany",
                    "Turkuer Straße 30\n18107 Rostock\nGermany", 85},
        AddressCase{"France", "au 10 rue de la Paix, 75002 Paris",
                    "10 rue de la Paix, 75002 Paris", 85},
        AddressCase{"Italy", "Via Garibaldi 12, 00153 Roma",
                    "Via Garibaldi 12, 00153 Roma", 85},
        AddressCase{"Netherlands", "Herengracht 573\n1017 CD Amsterdam",
                    "Herengracht 573\n1017 CD Amsterdam", 85},
        AddressCase{"NoStreetWord", "Kasvu 15\n10613 Tallinn\nEstonia",
                    "Kasvu 15\n10613 Tallinn\nEstonia", 65},
        AddressCase{"StreetAlone", "we met at 123 Main Street yesterday",
                    "123 Main Street", 60},
        AddressCase{"GridStreet", "239 South 500 East, Salt Lake City, UT 84102",
                    "239 South 500 East, Salt Lake City, UT 84102", 85},
        AddressCase{"PointOfTheCompass", "4859 S. Wabash", "4859 S. Wabash", 65},
        AddressCase{"StreetRunsIntoCity", "115 Broadway San Francisco CA",
                    "115 Broadway San Francisco CA", 65},
        AddressCase{"BoxWithSign", "Box # 63, Cordova, AK 99574",
                    "Box # 63, Cordova, AK 99574", 65},
        AddressCase{"NameThenStreet", "Skoufa street 11\n10673 Athens\nGreece",
                    "Skoufa street 11\n10673 Athens\nGreece", 85},
        AddressCase{"ShortenedCompound", "wohnhaft Hauptstr. 44b, 79098 Freiburg",
                    "Hauptstr. 44b, 79098 Freiburg", 85},
        AddressCase{"ArticleInTheName", "5 rue de l'Hôpital, 69002 Lyon",
                    "5 rue de l'Hôpital, 69002 Lyon", 85},
        AddressCase{"BehindATelephoneNumber", "0721 234 567, Str. Unirii 25, 010511 Iași",
                    "Str. Unirii 25, 010511 Iași", 85},
        AddressCase{"WithoutNumber", "Place de la Mairie, 75001 Paris",
                    "Place de la Mairie, 75001 Paris", 85},
        AddressCase{"NoNumberInWords", "Rua Augusta, S/N, 1100-053 Lisboa",
                    "Rua Augusta, S/N, 1100-053 Lisboa", 85},
        AddressCase{"NumberInWords", "One Main St., Springfield, IL 62704",
                    "One Main St., Springfield, IL 62704", 85},
        AddressCase{"LeadInASentence", "mieszka przy aleja Orla 36, 49-031 Piła",
                    "aleja Orla 36, 49-031 Piła", 65},
        AddressCase{"PostcodeOnItsOwnLine", "Jillsingel 97\n6600 YY\nArnhem",
                    "Jillsingel 97\n6600 YY\nArnhem", 85},
        AddressCase{"OrdinalNumber", "Fő utca 5., 1055 Budapest",
                    "Fő utca 5., 1055 Budapest", 85},
        AddressCase{"RuralRoute", "HC 21 Box 52, Cordova, AK 99574",
                    "HC 21 Box 52, Cordova, AK 99574", 85},
        AddressCase{"UnitInFront", "Suite 700, 30 Allen Blvd., Atlanta, GA 30308",
                    "Suite 700, 30 Allen Blvd., Atlanta, GA 30308", 85},
        AddressCase{"QuarterBehindAComma", "3750 Peachtree Road, NE, Atlanta, GA 30319",
                    "3750 Peachtree Road, NE, Atlanta, GA 30319", 85},
        AddressCase{"RangeOfNumbers", "3000-3006 West 42nd Street, IL",
                    "3000-3006 West 42nd Street, IL", 65},
        AddressCase{"MonthInTheName", "557 Casa Del Mar Drive, Springfield, IL 62704",
                    "557 Casa Del Mar Drive, Springfield, IL 62704", 85},
        AddressCase{"StateThatIsAUnit", "133 Cain Street\nWinnipeg, MB R4P 4X7",
                    "133 Cain Street\nWinnipeg, MB R4P 4X7", 85},
        AddressCase{"YearAsNumber", "1951 W 19th St", "1951 W 19th St", 65},
        AddressCase{"YearsOfCopyright", "2021 Iain Lane\n 2018-2021 Igalia Ltd", ""},
        AddressCase{"YearOfAnInstitution",
                    "Copyright 1987 Regents of the University of California.", ""},
        AddressCase{"Licence", "either version 2.1 of the License, or\nany later", ""},
        AddressCase{"Version", "Fix the build on OS X 10.7\nMore", ""},
        AddressCase{"NumberOfABug", "648419 crash in remove_feedback at a.c line 10127",
                    ""},
        AddressCase{"Commander", "2016, 2019, D. R. Commander\n  2016, Dmitry M", ""},
        AddressCase{"SpanishDate", "El 31 de marzo de 2001", ""},
        AddressCase{"PostcodeLeadsTheNextLine", "rue Paul\n20542 Ajaccio",
                    "rue Paul\n20542 Ajaccio", 85},
        AddressCase{"BehindAPersonOf", "Tenant Emma Huang of 98 Sample Street, London",
                    "98 Sample Street, London", 65},
        AddressCase{"PostcodeWithE", "860 Sample Street, Anytown, BC N8L 6E5",
                    "860 Sample Street, Anytown, BC N8L 6E5", 85},
        AddressCase{"KindOfStreetInSmallLetters",
                    "of 13 Jacob coves, Anytown, TS68 6QZ has not paid",
                    "13 Jacob coves, Anytown, TS68 6QZ", 65},
        AddressCase{"UnitThenNumber", "Flat 71, 325 Vincent Close, Perth, WA, 6000",
                    "Flat 71, 325 Vincent Close, Perth, WA, 6000", 85},
        AddressCase{"BrazilWithoutHyphen",
                    "Rua Augusta, 85, Centro, 01305000 Castro / SP",
                    "Rua Augusta, 85, Centro, 01305000 Castro / SP", 75},
        AddressCase{"ElidedArticleOfACity", "Davidsingel 8, 5211 AB, 's-Hertogenbosch",
                    "Davidsingel 8, 5211 AB, 's-Hertogenbosch", 85},
        AddressCase{"Ship", "USS Nimitz, FPO AP 96620", "USS Nimitz, FPO AP 96620", 85},
        AddressCase{"HourOfTheDay", "It was 01:10:34 at Bluff Creek, California", ""},
        AddressCase{"YearBehindIn", "[Built in 1933] 26 in ballots in 1994 and", ""},
        AddressCase{"AgeInAWord", "her 25-year-old daughter at the central Florida 17204",
                    ""},
        AddressCase{"EnglishWordsThatLeadElsewhere",
                    "19342 lot of false positives on Japanese mail", ""},
        AddressCase{"Colour", "border:1px solid #c0c0c0;", ""},
        AddressCase{"CountedThings", "Shelf 14\nEF456789A;5;120;Shelf 2", ""},
        AddressCase{"Workers", "We need 3 Field Service Technicians.", ""},
        AddressCase{"Ring", "234 O-ring 20", ""},
        AddressCase{"PostcodeAndCountry", "28195 Bremen\nDeutschland", ""},
        AddressCase{"People", "There are 3 people on the way down the road", ""},
        AddressCase{"Year", "In 2002 the Central Committee met", ""},
        AddressCase{"DateLine", "Monday 14 October 2002 10:15", ""},
        AddressCase{"Ending", "Engineering 3 and Considering 90 others", ""},
        AddressCase{"ListOfPoints", "2. The US is large", ""}),
    [](const auto& one) { return one.param.name; });

struct CountryCase {
  const char* name;
  const char* text;
  const char* country;  // "": not certain
};

class AddressCountry : public testing::TestWithParam<CountryCase> {};

TEST_P(AddressCountry, IsNamedWhereItIsCertain) {
  const auto found = addresses(GetParam().text);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].country, GetParam().country);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AddressCountry,
    testing::Values(
        CountryCase{"ByStateAndZip", "742 Evergreen Terrace, Springfield, IL 62704",
                    "US"},
        CountryCase{"ByLettersOfThePostcode", "10 Sample Street\nLondon\nEC1A 1BB", "GB"},
        CountryCase{"ByLanguageOfTheStreet", "Musterstraße 12a, 12345 Musterstadt", "DE"},
        CountryCase{"ByCityAmongCountriesOfALanguage", "Bahnhofstrasse 12, 8001 Zürich",
                    "CH"},
        CountryCase{"ByPrefixOfThePostcode", "Feldkircher Strasse 7\nFL-9494 Schaan",
                    "LI"},
        CountryCase{"ByItsLine", "Skoufa street 11\n10673 Athens\nGreece", "GR"},
        CountryCase{"LocalityFirst", "1055 Budapest, Kossuth Lajos utca 5", "HU"},
        CountryCase{"NumberAnnounced", "Atatürk Caddesi No: 12, 06420 Ankara", "TR"},
        CountryCase{"CityInLettersWithoutMarks", "Hauptplatz 3, 8010 Graz", "AT"},
        CountryCase{"TwoCountriesFit", "Musterstraße 12, 1234 Musterstadt", ""},
        CountryCase{"LineOfACountryWithOtherPostcodes",
                    "10 Sample Street\nLondon\nEC1A 1BB\nGermany", ""},
        CountryCase{"CountryWithoutAnEntity", "10 Sample Street\nKampala\nUganda", ""},
        CountryCase{"NothingSaysIt", "we met at 123 Main Street", ""}),
    [](const auto& one) { return one.param.name; });

TEST(AddressRecognizer, TakesTimeLinearInHostileText) {
  std::string text;
  while (text.size() < 1'000'000) text += "1 Oak 2 Elm Road, ";
  const auto begin = std::chrono::steady_clock::now();
  addresses(text);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

// Encoded data without a space: once, each number in it was read to the end.
TEST(AddressRecognizer, TakesTimeLinearInOneLongWord) {
  std::string text;
  while (text.size() < 1'000'000) text += "9f3ac07b51";
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_TRUE(addresses(text).empty());
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

}  // namespace
}  // namespace noshare::detect
