// The families of checks: each on numbers published by their issuers, or computed by
// hand, and on the same with a fault. tests/differential tries thousands more.
#include <gtest/gtest.h>

#include "noshare/base/json.h"

#include "detect/check.h"

namespace noshare::detect {
namespace {

Result<std::unique_ptr<Check>> check_of(const std::string& name,
                                        const std::string& json) {
  config::CheckSpec spec;
  spec.name = name;
  if (!json.empty()) spec.parameters = *parse_json(json);
  return make_check(spec);
}

struct CheckCase {
  const char* name;
  const char* check;
  const char* parameters;
  const char* value;
  bool passes;
};

class Checks : public testing::TestWithParam<CheckCase> {};

TEST_P(Checks, AnswerForAValue) {
  const auto check = check_of(GetParam().check, GetParam().parameters);
  ASSERT_TRUE(check.has_value()) << check.error().message;
  EXPECT_EQ((*check)->passes(GetParam().value, GetParam().value), GetParam().passes);
}

constexpr const char* kNhs =
    R"({"weights":[10,9,8,7,6,5,4,3,2],"modulus":11,"subtract":true,"results":{"10":null}})";
constexpr const char* kDni = R"({"modulus":23,"letters":"TRWAGMYFPDXBNJZSQVHLCKE"})";
constexpr const char* kDate = R"({"layout":"DDMMYY","day_offsets":[0,40]})";

INSTANTIATE_TEST_SUITE_P(
    Cases, Checks,
    testing::Values(
        CheckCase{"Luhn", "luhn", "", "4111111111111111", true},
        CheckCase{"LuhnDigitChanged", "luhn", "", "4111111111111112", false},
        CheckCase{"LuhnWithPrefix", "luhn", R"({"prefix":80840})", "1234567893", true},
        CheckCase{"LuhnLetter", "luhn", "", "41111111x1111111", false},
        CheckCase{"GroupsCountUp", "groups_not_counting", "", "5400 5401 5402 5403",
                  false},
        CheckCase{"GroupsCountDown", "groups_not_counting", "", "5418-5412-5406-5400",
                  false},
        CheckCase{"ThreeGroupsCount", "groups_not_counting", "", "4100 7944 7945 7946",
                  false},
        CheckCase{"GroupsAllTheSame", "groups_not_counting", "", "4242 4242 4242 4242",
                  true},
        CheckCase{"GroupsOfAnyNumber", "groups_not_counting", "", "4111 1111 1111 1111",
                  true},
        CheckCase{"GroupsAreOne", "groups_not_counting", "", "5400540154025403", true},
        // The address of the first block, those of the examples of BIP 173, BIP 350 and
        // EIP-55, and one of Monero whose keys are hashes of words.
        CheckCase{"Base58Check", "base58check", R"({"versions":[0,5]})",
                  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", true},
        CheckCase{"Base58CheckChanged", "base58check", R"({"versions":[0,5]})",
                  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", false},
        CheckCase{"Base58CheckOtherLedger", "base58check", R"({"versions":[48,50]})",
                  "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", false},
        CheckCase{"Base58CheckRipple", "base58check",
                  R"({"versions":[0],"alphabet":"ripple"})",
                  "rHb9CJAWyB4rj91VRWn96DkukG4bwdtyTh", true},
        CheckCase{"Bech32", "bech32", R"({"prefixes":["bc"]})",
                  "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4", true},
        CheckCase{"Bech32Changed", "bech32", R"({"prefixes":["bc"]})",
                  "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", false},
        CheckCase{"Bech32m", "bech32", R"({"prefixes":["bc"]})",
                  "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0", true},
        CheckCase{"Eip55", "eip55", "", "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
                  true},
        CheckCase{"Eip55Changed", "eip55", "",
                  "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD", false},
        CheckCase{"Eip55OneCase", "eip55", "",
                  "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed", true},
        CheckCase{
            "Monero", "monero_address", "",
            "4AxSQnsnu8L3vR9P9DkWV5iT1CVYRZYFdYLEHCbT69cJ4snjCkNKqn6h3UPn6DBQQajGoJSRT9R8"
            "Kj54hyGzfGF47omudvt",
            true},
        CheckCase{
            "MoneroChanged", "monero_address", "",
            "4AxSQnsnu8L3vR9P9DkWV5iT1CVYRZYFdYLEHCbT69cJ4snjCkNKqn6h3UPn6DBQQajGoJSRT9R8"
            "Kj54hyGzfGF47omudvu",
            false},
        CheckCase{"ModuloInTwoLetters", "modulo",
                  R"({"modulus":529,"from":2,"to":18,"check":18,"check_length":2,
                      "letters":"TRWAGMYFPDXBNJZSQVHLCKE"})",
                  "ES1234123456789012JY", true},
        CheckCase{"ModuloInTwoLettersSwapped", "modulo",
                  R"({"modulus":529,"from":2,"to":18,"check":18,"check_length":2,
                      "letters":"TRWAGMYFPDXBNJZSQVHLCKE"})",
                  "ES1234123456789012YJ", false},
        CheckCase{"Verhoeff", "verhoeff", "", "2363", true},
        CheckCase{"VerhoeffSwapped", "verhoeff", "", "2633", false},
        CheckCase{"Damm", "damm", "", "5724", true},
        // The reference number of the specimen in the Swiss QR-bill's guidelines
        CheckCase{"DammSwissReference", "damm", R"({"row":[0,9,4,6,8,2,7,1,3,5]})",
                  "210000000003139471430009017", true},
        CheckCase{"DammSwissReferenceChanged", "damm", R"({"row":[0,9,4,6,8,2,7,1,3,5]})",
                  "210000000003139471430009071", false},
        CheckCase{"DammChanged", "damm", "", "5727", false},
        CheckCase{"Mod97Iban", "mod97", R"({"move":4})", "GB29NWBK60161331926819", true},
        CheckCase{"Mod97Swapped", "mod97", R"({"move":4})", "GB29NWBK60161331926891",
                  false},
        CheckCase{"Mod11And2", "iso7064", R"({"mod":[11,2]})", "000000012281955X", true},
        CheckCase{"Mod11And10", "iso7064", R"({"mod":[11,10]})", "36574261809", true},
        CheckCase{"Mod11And10Wrong", "iso7064", R"({"mod":[11,10]})", "36574261890",
                  false},
        CheckCase{"Weighted", "weighted", kNhs, "9434765919", true},
        CheckCase{"WeightedWrong", "weighted", kNhs, "9434765918", false},
        CheckCase{"WeightedTooLong", "weighted", kNhs, "19434765919", false},
        CheckCase{"ModuloLetter", "modulo", kDni, "12345678Z", true},
        CheckCase{"ModuloWrongLetter", "modulo", kDni, "12345678A", false},
        CheckCase{"DateWithOffset", "date", kDate, "711285", true},
        CheckCase{"DateDoesNotExist", "date", kDate, "310285", false},
        CheckCase{"RangeOutside", "range", R"({"outside":["666"]})", "666123", false},
        CheckCase{"RangeElsewhere", "range", R"({"outside":["666"]})", "665123", true},
        CheckCase{"LongestPrefixDecides", "issuer",
                  R"([{"prefixes":[4],"lengths":[16]},{"prefixes":[49],"lengths":[19]}])",
                  "4900000000000000", false},
        CheckCase{"Structure", "structure", R"({"formats":{"GB":"4a14n"}})",
                  "GB29NWBK60161331926819", true},
        CheckCase{"StructureUnknownKey", "structure", R"({"formats":{"GB":"4a14n"}})",
                  "XX29NWBK60161331926819", false},
        CheckCase{"TranslateRuns", "translate",
                  R"({"map":{"2A":"19"},"at":[1],"then":{"length":{"is":4}}})", "x2Ay",
                  true},
        CheckCase{"SliceOfAShortValue", "slice", R"({"from":4,"to":8,"then":"luhn"})",
                  "123", false},
        CheckCase{"UntilASign", "until", R"({"any_of":"=","then":"luhn"})",
                  "4111111111111111=2912", true},
        CheckCase{"AfterASign", "after", R"({"any_of":"-","then":"luhn"})",
                  "19-4111111111111111", true},
        CheckCase{"AfterNoSign", "after", R"({"any_of":"-","then":"luhn"})",
                  "4111111111111111", true},
        CheckCase{"EmailQuoted", "email_address", "", "\"john doe\"@example.org", true},
        CheckCase{"EmailTwoDots", "email_address", "", "john..doe@example.org", false},
        CheckCase{"EmailUnknownDomain", "email_address", "", "john@example.nosuchtld",
                  false},
        CheckCase{"Ipv4", "ipv4_address", "", "192.0.2.255", true},
        CheckCase{"Ipv4LeadingZero", "ipv4_address", "", "192.0.02.1", false},
        CheckCase{"Ipv6Short", "ipv6_address", "", "2001:db8::1", true},
        CheckCase{"Ipv6TwoGaps", "ipv6_address", "", "2001::db8::1", false},
        CheckCase{"Ipv6Loopback", "ipv6_address", "", "::1", true},
        CheckCase{"Ipv6ProgramNames", "ipv6_address", "", "bad::face", false},
        CheckCase{"WrittenDate", "written_date", "", "05/22/1990", true},
        CheckCase{"WrittenDateImpossible", "written_date", "", "32/05/1990", false}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(CheckParameters, AreToldApartWhenWrong) {
  EXPECT_EQ(check_of("luhm", "").error().message,
            "unknown check 'luhm', did you mean 'luhn'?");
  EXPECT_EQ(check_of("weighted", R"({"weights":[1],"modulo":11})").error().message,
            "check 'weighted': 'modulus' is missing");
  EXPECT_EQ(check_of("mod97", R"({"mov":4})").error().message,
            "check 'mod97': unknown parameter 'mov', did you mean 'move'?");
  EXPECT_FALSE(check_of("slice", R"({"then":{"slice":{"then":"nothing"}}})").has_value());
}

TEST(CheckParameters, SurviveAnyValue) {
  for (const std::string& name : check_names()) {
    const auto check = check_of(name, "");
    if (!check) continue;
    for (const std::string& value :
         {std::string(), std::string(8192, '9'), std::string("\xff\0", 2)}) {
      (*check)->passes(value, value);
    }
  }
}

}  // namespace
}  // namespace noshare::detect
