#include "noshare/config/letter_template.h"

#include <fstream>

#include <gtest/gtest.h>

#include "noshare/config/settings.h"

namespace noshare::config {
namespace {

namespace fs = std::filesystem;

std::string fault_of(const std::string& text) {
  const auto letter = parse_letter(LetterKind::kHeld, "en", text, "held.en.txt");
  return letter ? "" : letter.error().message;
}

TEST(LetterTemplate, EachShippedOneReads) {
  std::size_t count = 0;
  for (const auto& one : fs::directory_iterator(default_letter_folder())) {
    const std::string file = one.path().filename().string();
    const bool is_held = file.starts_with("held.");
    const auto kind = is_held ? LetterKind::kHeld : LetterKind::kDigest;
    const std::string language = file.substr(file.find('.') + 1, 2);
    const auto letters = load_letters(kind, {language}, {});
    ASSERT_TRUE(letters) << letters.error().message;
    ASSERT_EQ(letters->size(), 1U);
    EXPECT_EQ(letters->front().language, language);
    EXPECT_NE(letters->front().body.find(is_held ? "{findings}" : "{cases}"),
              std::string::npos);
    EXPECT_EQ(letters->front().advice.empty(), !is_held) << file;
    ++count;
  }
  EXPECT_EQ(count, 12U);
}

TEST(LetterTemplate, TellsFaultsWithTheirPlaces) {
  EXPECT_EQ(fault_of("Subject: a {case}\r\n\r\nb {findings}\r\n"), "");
  EXPECT_EQ(fault_of("Subject: {cas}\n\n{rule}\nx {recipents} {\n").substr(0, 57),
            "held.en.txt:1:10: unknown placeholder '{cas}', expected o");
  const std::string all = fault_of("Subject: {cas}\n\n{rule}\nx {recipents} {\n");
  EXPECT_NE(all.find("did you mean '{case}'?\nheld.en.txt:4:3: unknown placeholder "
                     "'{recipents}'"),
            std::string::npos)
      << all;
  EXPECT_NE(all.find("\nheld.en.txt:4:15: a '{' without its '}'"), std::string::npos);
  EXPECT_NE(fault_of("\nno subject\n").find("held.en.txt:1:1: expected a line 'Subject:"),
            std::string::npos);
  EXPECT_NE(fault_of("Subject: a\nSubjekt: b\n\nc\n").find("held.en.txt:2:1: expected"),
            std::string::npos);
  EXPECT_NE(fault_of("Subject: a\nSubject: b\n\nc\n").find("held.en.txt:2:1: a second"),
            std::string::npos);
  EXPECT_NE(fault_of("Subject: a\n\n\n").find("expected the letter's text"),
            std::string::npos);
  EXPECT_NE(fault_of("Subject: a\n\n\xFF\n").find("held.en.txt:3:1: expected UTF-8"),
            std::string::npos);
}

class OwnLetters : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "noshare-letters-XXXXXX";
    folder_ = ::mkdtemp(name.data());
  }
  void TearDown() override { fs::remove_all(folder_); }
  void write(const std::string& file, const std::string& text) const {
    std::ofstream(folder_ / file) << text;
  }
  std::string subject(const std::vector<std::string>& languages) const {
    const auto letters = load_letters(LetterKind::kHeld, languages, folder_);
    if (!letters) return letters.error().message;
    std::string all;
    for (const auto& one : *letters) all += one.language + ": " + one.subject + "\n";
    return all;
  }
  fs::path folder_;
};

TEST_F(OwnLetters, ComeBeforeTheShippedOnes) {
  write("held.de.txt", "Subject: Halt, {case}\n\nHalt.\n");
  EXPECT_EQ(subject({"de", "xx", "en"}),
            "de: Halt, {case}\nen: Your message was held, case {case}\n");
  EXPECT_EQ(subject({"xx"}), "en: Your message was held, case {case}\n");
}

TEST_F(OwnLetters, WithAFaultOrAWrongNameAreRefused) {
  write("held.de.txt", "Subject: {Case}\n\nHalt.\n");
  EXPECT_EQ(subject({"de"}).find((folder_ / "held.de.txt").string() + ":1:10: unknown"),
            0U);
  const auto settings = parse_settings(
      "organisation: {domains: [example.com]}\nlanguages: [de]\n"
      "notices: {templates: " +
          folder_.string() + "}\n",
      "test.yaml");
  ASSERT_FALSE(settings);
  EXPECT_NE(settings.error().message.find("held.de.txt:1:10: unknown"),
            std::string::npos);
  write("held.de.txt", "Subject: Halt\n\nHalt.\n");
  write("hold.en.txt", "Subject: Halt\n\nHalt.\n");
  EXPECT_NE(subject({"de"}).find("hold.en.txt: expected a name"), std::string::npos);
}

TEST_F(OwnLetters, NeedTheirFolder) {
  fs::remove_all(folder_);
  EXPECT_NE(subject({"en"}).find("cannot read the folder"), std::string::npos);
}

}  // namespace
}  // namespace noshare::config
