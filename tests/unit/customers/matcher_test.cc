// What is a customer's record in a text, and what is a coincidence.
#include "support.h"

namespace noshare::customers {
namespace {

class Matching : public CustomersTest {
 protected:
  void SetUp() override {
    CustomersTest::SetUp();
    ASSERT_TRUE(index(kCustomers));
  }
};

TEST_F(Matching, NeedsASecondColumnBesideThePrimaryOne) {
  EXPECT_TRUE(matches("please write to ada@customer.test today").empty());
  const auto found = matches("Ada Quill, ada@customer.test, asked for it");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0].primary, "e-mail");
  EXPECT_EQ(found[0].secondary, (std::vector<std::string>{"first_name", "last_name"}));
  EXPECT_TRUE(found[0].contact_only);
  EXPECT_EQ(found[0].customer, customer_fingerprint(test_key(), "C-100042"));
  EXPECT_EQ(found[0].subject, test_key().of("email_address", "ada@customer.test"));
}

TEST_F(Matching, IsContentWithOneColumnWhereTheSettingsSaySo) {
  settings_.secondary = 0;
  EXPECT_EQ(matches("please write to ada@customer.test today").size(), 1U);
}

TEST_F(Matching, WantsAsManyColumnsAsTheSettingsSay) {
  settings_.secondary = 3;
  EXPECT_TRUE(matches("Ada Quill, ada@customer.test").empty());
  EXPECT_EQ(matches("Ada Quill, ada@customer.test, born 3 April 1980").size(), 1U);
}

TEST_F(Matching, KnowsValuesHoweverTheyAreWritten) {
  const auto found = matches(
      "Customer no. c100044: VANE Cleo, born 31/01/1990, call (202) 555-0143, "
      "lives at Hauptstr. 5");
  ASSERT_GE(found.size(), 1U);
  EXPECT_EQ(found[0].primary, "customer_no");
  EXPECT_EQ(found[0].secondary.size(), 5U);
  EXPECT_FALSE(found[0].contact_only);
  EXPECT_EQ(found[0].subject, found[0].customer);
}

TEST_F(Matching, DoesNotMixTwoCustomers) {
  EXPECT_TRUE(
      matches("ada@customer.test belongs to Bo Thistle, born 24.12.1975").empty());
}

TEST_F(Matching, LooksNoFurtherThanTheSettingsSay) {
  const std::string far(400, '.');
  EXPECT_TRUE(matches("ada@customer.test " + far + " Ada Quill").empty());
  settings_.within_chars = 600;
  EXPECT_EQ(matches("ada@customer.test " + far + " Ada Quill").size(), 1U);
}

TEST_F(Matching, TakesARowForWhole) {
  const std::string wide(500, 'x');
  const auto found = matches("no\tnotes\tname\nC-100043\t" + wide + "\tThistle\n");
  ASSERT_EQ(found.size(), 1U);
  EXPECT_TRUE(found[0].in_row);
}

TEST_F(Matching, DoesNotReachIntoTheNextRow) {
  EXPECT_TRUE(matches("C-100043\tx\tQuill\nC-100042\ty\tThistle\n").empty());
}

TEST_F(Matching, CountsATextOnce) {
  // The name within the address is the address.
  EXPECT_TRUE(matches("Ada@customer.test").empty());
}

TEST_F(Matching, GivesEachCustomerOnceASegment) {
  EXPECT_EQ(
      matches("Ada Quill ada@customer.test\n\nAda Quill C-100042 born 1980-04-03").size(),
      1U);
}

TEST_F(Matching, FindsNothingInOtherPeoplesData) {
  EXPECT_TRUE(
      matches("Eve Moss, eve@else.test, +44 20 7946 0020, C-200042, 1981-05-06").empty());
}

// A signature names its writer: what stands in it and what stands beside it are two
// people's, whichever customers these happen to be.
TEST_F(Matching, DoesNotMixASignatureWithTheTextAroundIt) {
  const std::string_view value = "ada@customer.test";
  const auto found = [&](const std::string& text, std::string_view signature) {
    model::Segment segment;
    segment.text = text;
    const auto begin = static_cast<std::uint32_t>(text.find(signature));
    const auto end = begin + static_cast<std::uint32_t>(signature.size());
    segment.regions.push_back({{begin, end}, model::RegionKind::kSignature});
    return Matcher(opened(), settings_)
        .match({&segment, 1}, Deadline::never(), 10)
        .matches.size();
  };
  EXPECT_EQ(found("sig " + std::string(value) + "\n> Ada Quill", value), 0U);
  EXPECT_EQ(found("Ada Quill\nsig " + std::string(value), "sig ada@customer.test"), 0U);
  EXPECT_EQ(found("about ada@customer.test\nAda Quill", "Ada Quill"), 0U);
  EXPECT_EQ(found("about ada@customer.test\nAda Quill\nsig", "sig"), 1U);
  EXPECT_EQ(found("hello\nAda Quill ada@customer.test", "Ada Quill ada@customer.test"),
            1U);
}

TEST_F(Matching, BearsAnyBytes) {
  std::string bytes;
  for (int i = 0; i < 4096; ++i) bytes += static_cast<char>(i * 37 % 256);
  for (const std::string& text :
       {bytes, std::string(70'000, '@'), std::string(70'000, '1'),
        std::string("1 - 1 - 1 - 1"), std::string("\xC3")}) {
    EXPECT_TRUE(matches(text).empty());
  }
}

TEST_F(Matching, StopsAtTheDeadline) {
  model::Segment segment;
  for (int i = 0; i < 200'000; ++i) segment.text += "x 7@y ";
  const auto outcome = Matcher(opened(), settings_)
                           .match({&segment, 1}, Deadline::after(Milliseconds(0)), 10);
  EXPECT_TRUE(outcome.timed_out);
}

}  // namespace
}  // namespace noshare::customers
