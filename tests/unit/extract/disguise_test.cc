// Tests of what is read once more: numbers, accounts, addresses and words in disguise.
#include <string>

#include <gtest/gtest.h>

#include "extract/disguise/account_view.h"
#include "extract/disguise/address_view.h"
#include "extract/disguise/cipher_view.h"
#include "extract/disguise/code_lists.h"
#include "extract/disguise/digit_view.h"
#include "extract/disguise/escapes.h"
#include "extract/disguise/mirror_view.h"
#include "extract/disguise/number_words.h"
#include "extract/disguise/spaced_view.h"

namespace noshare::extract {
namespace {

struct ViewCase {
  std::string name;
  std::string text;
  std::string view;
};

std::string name_of(const testing::TestParamInfo<ViewCase>& one) {
  return one.param.name;
}

class DigitView : public testing::TestWithParam<ViewCase> {};

TEST_P(DigitView, ReadsDigitsAsMeant) {
  EXPECT_EQ(digit_view(GetParam().text, false).text, GetParam().view);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, DigitView,
    testing::Values(
        ViewCase{"OneByOne", "number 4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1.",
                 "number  4111111111111111\n"},
        ViewCase{"Dots", "ssn 6.5.2.2.1.9.0.7.9", "ssn  652-21-9079\nssn  652219079\n"},
        ViewCase{"Wrapped", "no 4111 1111\r\n1111 1111", "no  4111111111111111\n"},
        ViewCase{"Quoted", "> no 4111 1111\n> 1111 1111", "> no  4111111111111111\n"},
        ViewCase{"Cells", "no\t4111\t1111\t1111\t1111", "no  4111111111111111\n"},
        ViewCase{"Emoji",
                 "no 4111\xF0\x9F\x98\x80"
                 "1111\xF0\x9F\x98\x80"
                 "1111\xF0\x9F\x98\x80"
                 "1111",
                 "no  4111111111111111\n"},
        ViewCase{"PartedByALetter", "card 4111x1111x1111x1111",
                 "card  4111111111111111\n"},
        ViewCase{"PartedByLetters", "card 4111a1111bc1111d1111",
                 "card  4111111111111111\n"},
        ViewCase{"ALetterBehindEachDigit", "SSN 6a5b2c2d1e9f0g7h9i",
                 "SSN  652-21-9079\n"},
        ViewCase{"WordsForSigns", "no 4111 dash 1111 (dash) 1111 [dot] 1111",
                 "no  4111111111111111\n"},
        ViewCase{"LookAlikes", "no 4lll llll llll llll", "no  4111111111111111\n"},
        ViewCase{"LooseLookAlikes", "no 3Z82 8224b3 10OO5", "no  328282246310005\n"},
        ViewCase{"Words", "pin six five two two one nine zero seven nine",
                 "pin  652-21-9079\npin  652219079\n"},
        ViewCase{
            "GermanWords",
            "Nr. vier eins eins eins eins eins eins eins eins eins eins eins eins eins "
            "eins eins",
            "Nr.  4111111111111111\n"},
        ViewCase{"WordsBehindAnotherWord",
                 "this one: six five two two one nine zero seven nine, social security",
                 "this  652-21-9079\nthis  652219079\n"},
        ViewCase{"CirclesWithoutSpaces",
                 "card "
                 "\xE2\x9E\x83\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2"
                 "\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E"
                 "\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80\xE2\x9E\x80",
                 "card  4111111111111111\n"},
        ViewCase{"CodesOfCharacters", "pay %47%42%32%39%20%34%31%31%31", ""},
        ViewCase{"WordsRunTogether", "no foursixninezerooneoneoneoneone",
                 "no  469-01-1111\n"
                 "no  469011111\n"},
        ViewCase{"Repeats", "no four triple one 1111 1111 1111",
                 "no  4111111111111111\n"},
        ViewCase{"Tens", "no forty one eleven 1111 1111 1111", "no  4111111111111111\n"},
        ViewCase{"Scientific", "no 4.111111111111111E+15", "no  4111111111111111\n"},
        ViewCase{"GroupsNextToACue", "my card: 41111 11111 11111 1",
                 "my card:  4111111111111111\n"},
        ViewCase{"Backwards", "SSN in reverse 2 3 4 6 5 7 8 9 1",
                 "SSN in reverse  234-65-7891\nSSN in reverse  234657891\n"
                 "SSN in reverse  198-75-6432\nSSN in reverse  198756432\n"}),
    name_of);

TEST(DigitViewOfClean, IsEmpty) {
  for (const char* text : {"Number 4111 1111 1111 1111",
                           "2019\t2020\t2021\t2022\t2023",
                           "1, 2, 3, go",
                           "one or two or three",
                           "Tel. 030 123 45 67",
                           "12.345.678,90 EUR",
                           "loll lollll lloo",
                           "802.11... Also, 802.11",
                           "2024-01-02 03:04:05.678",
                           "4512\t3890\t4123\t5120\t6011",
                           "part 4111x1111x1111x1111",
                           "card 4111x1111x1111x1112",
                           "card 41a1111b111c111111d1",
                           "SSN 65a2b2190c79",
                           "1. first\n2. second\n3. third",
                           "seven of nine, one by one",
                           "1 2 3 4 5 6 7 8 9 10",
                           "served: 2.0 2.1 2.2 2.3.1 2.4.1 2.4.5 2.4.6 2.5",
                           "2.5, 2.4.6, 2.4.5, 2.4.1, 2.3.1, 2.2, 2.1",
                           "pay 2.9.0 2.9.1 2.10.0 2.10.1 2.10.3 2.10.4",
                           "9|8|7|6|5|4|3|2|1",
                           "652\t21\t9079",
                           "4512 | 3890 | 4123 | 5120\n4612 | 3790 | 4023 | 5121\n"
                           "4712 | 3690 | 4223 | 5122\n4812 | 3590 | 4323 | 5123"}) {
    EXPECT_EQ(digit_view(text, false).text, "") << text;
  }
}

TEST(DigitView, LeadsBackToEachDigit) {
  const std::string text = "SSN 4 1 1 1 1 1 1 1 1";
  const MappedText view = digit_view(text, true);
  const std::size_t at = view.text.find("411-11-1111");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(view.map.source_begin(static_cast<std::uint32_t>(at)), 4U);
  EXPECT_EQ(view.map.source_end(static_cast<std::uint32_t>(at + 1)), 5U);
  EXPECT_EQ(view.map.source_begin(static_cast<std::uint32_t>(at + 4)), 10U);
}

TEST(NumberWord, TellsLanguagesApart) {
  const NumberWord* nine = number_word("ni");  // Danish 9, Japanese 2
  ASSERT_NE(nine, nullptr);
  int meanings = 0;
  for (const auto value : nine->value) meanings += value == 9 || value == 2 ? 1 : 0;
  EXPECT_GE(meanings, 2);
  EXPECT_EQ(number_word("F\xC3\xBCnf")->value, number_word("funf")->value);
  EXPECT_EQ(number_word("table"), nullptr);
}

class AccountView : public testing::TestWithParam<ViewCase> {};

TEST_P(AccountView, ReadsAccountsAsMeant) {
  EXPECT_EQ(account_view(GetParam().text, false).text, GetParam().view);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AccountView,
    testing::Values(
        ViewCase{"PartedByALetter", "pay DE89x3704x0044x0532x0130x00 now",
                 "pay  DE89370400440532013000\n"},
        ViewCase{"PartedByOthers", "pay DE89x3704y0044x0532x0130x00 now", ""},
        ViewCase{"Signs", "pay GB29/NWBK/6016/1331/9268/19 now",
                 "pay  GB29NWBK60161331926819\n"},
        ViewCase{"Lines", "pay GB29 NWBK\n> 6016 1331\n> 9268 19",
                 "pay  GB29NWBK60161331926819\n"},
        ViewCase{"OneByOne", "pay G B 2 9 N W B K 6 0 1 6 1 3 3 1 9 2 6 8 1 9",
                 "pay  GB29NWBK60161331926819\n"},
        ViewCase{"LookAlikes", "pay GB29 NWBK 6OI6 l33l 9268 l9",
                 "pay  GB29NWBK60161331926819\n"},
        ViewCase{"OddGroups", "pay GB29N-WBK60-16133-19268-19",
                 "pay  GB29NWBK60161331926819\n"},
        ViewCase{"LettersOfOtherAlphabets",
                 "pay G\xD0\x92"
                 "29 NW\xD0\x92\xD0\x9A 6016 1331 9268 19",
                 "pay  GB29NWBK60161331926819\n"},
        // The word behind it makes a longer one whose check digits hold as well.
        ViewCase{"AsLongAsItsCountrysAre",
                 "compte BE71:9783:9185:8373 merci Thank you and see you soon",
                 "compte  BE71978391858373\n"},
        ViewCase{"NoCountry", "pay ZZ29/NWBK/6016/1331/9268/50", ""},
        ViewCase{"Usual", "pay GB29 NWBK 6016 1331 9268 19", ""},
        ViewCase{"WrongCheckDigits", "pay GB29/NWBK/6016/1331/9268/18", ""},
        ViewCase{"Prose", "at 12 noon we will meet 30 people, at 10 they go", ""}),
    name_of);

class AddressView : public testing::TestWithParam<ViewCase> {};

TEST_P(AddressView, ReadsAddressesAsMeant) {
  EXPECT_EQ(address_view(GetParam().text, false).text, GetParam().view);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AddressView,
    testing::Values(
        ViewCase{"Brackets", "to jane.roe (at) example (dot) com",
                 "to  jane.roe@example.com\n"},
        ViewCase{"Words", "to jane at mail dot example dot org please",
                 "to  jane@mail.example.org\n"},
        ViewCase{"Capitals", "to jane AT example DOT com", "to  jane@example.com\n"},
        ViewCase{"Spaces", "to jane @ example . com", "to  jane@example.com\n"},
        ViewCase{"Square", "to jane[at]example[.]com", "to  jane@example.com\n"},
        ViewCase{"Usual", "to jane@example.com and joe@example.org.", ""},
        ViewCase{"Point", "to jane (at) example (point) fr", "to  jane@example.fr\n"},
        ViewCase{"HyphensAndWords", "to jane-at-example-dot-com",
                 "to  jane@example.com\n"},
        ViewCase{"ProseWithPoint", "but at some point it was over", ""},
        ViewCase{"Prose", "meet me at noon. Com what may", ""},
        ViewCase{"Place", "we were at home (at last) and slept", ""}),
    name_of);

TEST(DigitView, KnowsTheWordsOfManyLanguages) {
  for (const char* words :
       {"vier fünf sechs sieben acht neun eins zwei drei",
        "чотири п'ять шість сім вісім дев'ять один два три",
        "أربعة خمسة ستة سبعة ثمانية تسعة واحد اثنان ثلاثة",
        "चार पांच छह सात आठ नौ एक दो तीन", "사 오 육 칠 팔 구 일 이 삼",
        "ארבע חמש שש שבע שמונה תשע אחת שתיים שלוש", "bốn năm sáu bảy tám chín một hai ba",
        "よん ご ろく なな はち きゅう いち に さん"}) {
    EXPECT_NE(digit_view(words, false).text.find("456789123"), std::string::npos)
        << words;
  }
}

class CipherView : public testing::TestWithParam<ViewCase> {};

TEST_P(CipherView, UndoesWhatIsNamed) {
  const std::string view = cipher_view(GetParam().text, false).text;
  if (GetParam().view.empty()) {
    EXPECT_EQ(view, "");
  } else {
    EXPECT_NE(view.find(GetParam().view), std::string::npos) << view;
  }
}

INSTANTIATE_TEST_SUITE_P(
    Cases, CipherView,
    testing::Values(ViewCase{"Rot13", "ROT13:\nnppbhag QR89 3704", "account DE89 3704"},
                    ViewCase{"Rot18", "rot18: pneq 9666", "card 4111"},
                    ViewCase{"Caesar", "A Caesar cipher:\nfdug 4111\n", "card 4111"},
                    ViewCase{"Atbash", "atbash: xziw 4111", "card 4111"},
                    ViewCase{"Added", "card 3000 (add 1 to each digit)", "card 4111"},
                    ViewCase{"Subtracted", "subtract one from every digit: card 5222",
                             "card 4111"},
                    ViewCase{"Complement", "nines complement: card 5888", "card 4111"},
                    ViewCase{"Pairs", "card 1411 2112 (pairs swapped)", "card 41111221"},
                    ViewCase{"EverySecond", "card, every second digit: 47171717", "4111"},
                    ViewCase{"Groups", "card 1113 1112 4111 (groups in reverse order)",
                             "4111 1112 1113"},
                    ViewCase{"NoneIsNamed", "pneq 4111, protected", ""},
                    ViewCase{"DigitsOfAnotherKind", "each digit of 3000 is large", ""}),
    name_of);

TEST(SpacedView, JoinsLettersThatStandAlone) {
  EXPECT_EQ(spaced_view("no Q Q 1 2 3 4 5 6 C ok", false).text, "no  QQ123456C\n");
  EXPECT_EQ(spaced_view("no j-a-n-e-@-e-x-.-c-o-m", false).text, "no  jane@ex.com\n");
  EXPECT_EQ(spaced_view("a b c d e f g h i j", false).text, "");
  EXPECT_EQ(spaced_view("4 1 1 1 1 1 1 1 1", false).text, "");
}

// Two hundred signs are read at once: those around the first letter.
TEST(SpacedView, FindsALetterInALongListOfDigits) {
  std::string list;
  while (list.size() < 2 * 500) list += "1 ";
  EXPECT_EQ(spaced_view(list, false).text, "");
  list[2 * 400] = 'Q';
  const std::string found = spaced_view(list, false).text;
  EXPECT_NE(found.find(std::string(199, '1') + "Q"), std::string::npos);
  EXPECT_EQ(found.find(std::string(200, '1') + "Q"), std::string::npos);
}

TEST(MirrorView, ShowsTextAsItIsSeen) {
  EXPECT_EQ(mirror_view("no \xE2\x80\xAE"
                        "1111111111111114\xE2\x80\xAC ok",
                        false)
                .text,
            "no 4111111111111111 ok\n");
  EXPECT_EQ(mirror_view("1234 567 rebmun drac ym", false).text,
            "my card number 765 4321\n");
  EXPECT_EQ(mirror_view("moc.elpmaxe@enaj", false).text, "jane@example.com\n");
  EXPECT_EQ(
      mirror_view("card 1111111111111114\nI walked. Mail a@example.com", false).text, "");
}

TEST(MirrorView, ReadsTextHiddenInTags) {
  std::string text = "hello";
  for (const char c : std::string("card 4111")) {
    text += "\xF3\xA0\x80";
    text += static_cast<char>(0x80 + (c & 0x3F));
    if (c >= 0x40) text[text.size() - 2] = '\x81';
  }
  EXPECT_EQ(mirror_view(text, false).text, "card 4111\n");
}

class Escapes : public testing::TestWithParam<ViewCase> {};

TEST_P(Escapes, AreUndone) {
  EXPECT_EQ(without_escapes(GetParam().text, false).text, GetParam().view);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Escapes,
    testing::Values(
        ViewCase{"References", "no &#52;&#x31;&#49; 1111 22\nother\n",
                 "no 411 1111 22\n"},
        ViewCase{"Backslashes", "no \\x34\\u0031\\u{31}\\061 1111", "no 4111 1111\n"},
        ViewCase{"Percent", "no %34%31%u0031 1111 22", "no 411 1111 22\n"},
        ViewCase{"SoftLineEnds", "no 41=\n1111 =31", "no 411111 1\n"},
        ViewCase{"CodePoints", "no U+0034 U+0031 1111 2222", "no 41 1111 2222\n"},
        ViewCase{"SignOfAnAddress", "to jane&#64;example.com", "to jane@example.com\n"},
        ViewCase{"SignOfAnAddressInALink", "https://a.example/?m=jane%40example.com", ""},
        ViewCase{"FewDigits", "a &amp; b, 50%20", ""},
        ViewCase{"CutInTheMiddle", "no \\x34 1111 22 \\u12", "no 4 1111 22 \\u12\n"},
        ViewCase{"CutAfterTheMark", "no \\x34 1111 22 \\u", "no 4 1111 22 \\u\n"},
        ViewCase{"None", "4111 1111", ""}),
    name_of);

class ListedCodes : public testing::TestWithParam<ViewCase> {};

TEST_P(ListedCodes, AreReadInTheirBase) {
  EXPECT_NE(listed_codes(GetParam().text, false).text.find(GetParam().view),
            std::string::npos)
      << listed_codes(GetParam().text, false).text;
}

INSTANTIATE_TEST_SUITE_P(
    Cases, ListedCodes,
    testing::Values(
        ViewCase{"Hexadecimal", "34 31 31 31 31 31 31 31 31", "411111111\n"},
        ViewCase{"Marked", "0x34, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31, 0x31",
                 "411111111\n"},
        ViewCase{"InPairs", "34313131 31313131 31313131 31313131", "4111111111111111\n"},
        ViewCase{"Decimal", "52,49,49,49,49,49,49,49,49", "411111111\n"},
        ViewCase{"Octal", "064 061 061 061 061 061 061 061 061", "411111111\n"},
        ViewCase{
            "Binary",
            "00110100 00110001 00110001 00110001 00110001 00110001 00110001 00110001 "
            "00110001",
            "411111111\n"},
        ViewCase{"Dump",
                 "00000000: 6361 7264 2034 3131 3131 3131 3131 3131  card 41111111111\n"
                 "00000010: 3131 3131 31                             11111\n",
                 "card 4111111111111111\n"}),
    name_of);

TEST(ListedCodes, AreNotSeenInFigures) {
  EXPECT_EQ(listed_codes("12 34 56 78 90 11 22 33 44 55", false).text, "");
  EXPECT_EQ(listed_codes("3431 5131 6131 7131 8131 9131", false).text, "");
  EXPECT_EQ(listed_codes("3b:18:e5:12:db:a7:9e:4c:83:00:dd", false).text, "");
}

}  // namespace
}  // namespace noshare::extract
