#include "noshare/forms/forms.h"

#include <gtest/gtest.h>

#include "noshare/base/files.h"

namespace noshare::forms {
namespace {

namespace fs = std::filesystem;

constexpr const char* kForm =
    "Application for a residence permit. Please fill in all fields in block letters. "
    "Family name: ____ Given names: ____ Place and country of birth: ____ "
    "Have you ever been refused entry to this or another country? If yes, say when and "
    "where. I declare that to the best of my knowledge all particulars supplied by me "
    "are "
    "correct and complete, and that I shall tell the office of every change at once. "
    "Place and date: ____ Signature of the applicant or of their legal representative: "
    "____";
constexpr const char* kFilled =
    "APPLICATION for a residence permit. Please fill in all fields in block letters. "
    "Family name: QUILL Given names: ADA MARIA Place and country of birth: Bath, "
    "England. "
    "Have you ever been refused entry to this or another country? If yes, say when and "
    "where. NO. I declare that to the best of my knowledge all particulars supplied by "
    "me "
    "are correct and complete, and that I shall tell the office of every change at once. "
    "Place and date: Bath, 3 May Signature of the applicant or of their legal "
    "representative: A. Quill";
constexpr const char* kOther =
    "The shipment leaves on time and the agenda for our next meeting is ready. Please "
    "read "
    "the draft before we talk about the plan for spring with everybody who wrote it, "
    "since "
    "some parts need another look and a few pictures are missing from the second half.";

model::Segment segment(const std::string& text, const std::string& part = "1") {
  model::Segment one;
  one.part = part;
  one.text = text;
  return one;
}

class FormsTest : public testing::Test {
 protected:
  const FingerprintKey key_ = FingerprintKey::random();

  Forms with_form() const {
    Forms forms = Forms::none(key_);
    const auto text = segment(kForm);
    EXPECT_TRUE(forms.add("residence permit", {&text, 1}));
    return forms;
  }
  static std::vector<FormMatch> match(const Forms& forms,
                                      const std::vector<model::Segment>& segments) {
    return forms.match(segments, Deadline::never());
  }
};

TEST_F(FormsTest, AnUnchangedFormIsAllOfIt) {
  const auto matches = match(with_form(), {segment(kForm)});
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].name, "residence permit");
  EXPECT_EQ(matches[0].similarity, 100);
}

TEST_F(FormsTest, AFilledInFormIsMostOfIt) {
  const auto matches = match(with_form(), {segment(kOther, "1"), segment(kFilled, "2")});
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_GE(matches[0].similarity, 50);
  EXPECT_LT(matches[0].similarity, 100);
  EXPECT_EQ(matches[0].segment, 1U);
}

TEST_F(FormsTest, APartOfItIsSoMuchOfIt) {
  const std::string all = kForm;
  const auto matches = match(with_form(), {segment(all.substr(all.size() / 2))});
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_NEAR(matches[0].similarity, 50, 20);
}

TEST_F(FormsTest, WordsMayStandInManyCells) {
  std::vector<model::Segment> cells;
  const std::string all = kForm;
  for (std::size_t at = 0; at < all.size();) {
    const std::size_t end = std::min(all.find(' ', at + 20), all.size());
    cells.push_back(segment(all.substr(at, end - at)));
    cells.back().zone = model::Zone::kCell;
    at = end;
  }
  const auto matches = match(with_form(), cells);
  ASSERT_EQ(matches.size(), 1U);
  EXPECT_EQ(matches[0].similarity, 100);
}

TEST_F(FormsTest, AnotherTextIsNone) {
  EXPECT_TRUE(match(with_form(), {segment(kOther)}).empty());
  EXPECT_TRUE(match(with_form(), {}).empty());
}

TEST_F(FormsTest, AFewSharedWordsAreNone) {
  EXPECT_TRUE(match(with_form(), {segment("Please fill in all fields in block letters. " +
                                          std::string(kOther))})
                  .empty());
}

TEST_F(FormsTest, HeadersAreNoPartOfADocument) {
  auto header = segment(kForm);
  header.zone = model::Zone::kHeader;
  EXPECT_TRUE(match(with_form(), {header}).empty());
}

TEST_F(FormsTest, TooFewWordsAreNotLearnt) {
  Forms forms = Forms::none(key_);
  const auto text = segment("Name: ____ Signature: ____");
  EXPECT_FALSE(forms.add("short", {&text, 1}));
}

TEST_F(FormsTest, ARemovedFormIsFoundNoMore) {
  Forms forms = with_form();
  EXPECT_TRUE(forms.remove("residence permit"));
  EXPECT_FALSE(forms.remove("residence permit"));
  EXPECT_TRUE(match(forms, {segment(kForm)}).empty());
}

class FormsFile : public FormsTest {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    ASSERT_TRUE(with_form().save(file_));
  }
  void TearDown() override { fs::remove_all(folder_); }

  const fs::path folder_ = fs::path(testing::TempDir()) / "noshare-forms";
  const fs::path file_ = folder_ / "forms.json";
};

TEST_F(FormsFile, IsReadAgainAsItWas) {
  const auto forms = Forms::open(file_, key_);
  ASSERT_TRUE(forms) << forms.error().message;
  EXPECT_EQ(forms->list(), with_form().list());
  EXPECT_EQ(match(*forms, {segment(kForm)}).at(0).similarity, 100);
}

TEST_F(FormsFile, HoldsNoWordOfTheDocument) {
  const std::string text = read_file(file_).value();
  EXPECT_NE(text.find("residence permit"), std::string::npos);  // its name
  for (const char* word : {"application", "signature", "birth", "knowledge"}) {
    EXPECT_EQ(text.find(word), std::string::npos) << word;
  }
}

TEST_F(FormsFile, OfAnotherKeyIsRefused) {
  EXPECT_FALSE(Forms::open(file_, FingerprintKey::random()));
}

TEST_F(FormsFile, ThatIsDamagedIsRefused) {
  const std::string text = read_file(file_).value();
  for (const std::string& damaged :
       {std::string("{"), std::string("[]"), text.substr(0, text.size() / 2),
        std::string("{\"version\":2,\"key\":\"\",\"forms\":{}}")}) {
    ASSERT_TRUE(write_file_atomically(file_, damaged));
    EXPECT_FALSE(Forms::open(file_, key_));
  }
  EXPECT_FALSE(Forms::open(folder_ / "none", key_));
}

}  // namespace
}  // namespace noshare::forms
