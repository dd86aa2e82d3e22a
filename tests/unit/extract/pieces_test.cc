// Numbers cut in pieces, one in each text of a message.
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "support.h"
#include "zip_builder.h"

namespace noshare::extract {
namespace {

using model::Zone;

std::string mail(const std::string& subject, const std::vector<std::string>& parts) {
  std::string text =
      "Subject: " + subject + "\nContent-Type: multipart/mixed; boundary=b\n\n";
  for (const std::string& part : parts) text += "--b\n\n" + part + "\n";
  return text + "--b--\n";
}

bool together(const Extracted& extracted, std::string_view text) {
  const model::Segment* found = find_text(extracted, Zone::kBody, text);
  return found != nullptr && found->path.ends_with("(together)");
}

TEST(Pieces, AreReadTogetherWhereDigitsMeet) {
  EXPECT_TRUE(together(read(mail("x", {"my card 4111", "1111 1111", "1111 it is"})),
                       "my card 4111 1111 1111 1111 it is"));
  EXPECT_TRUE(
      together(read(mail("card 4111 1111", {"1111 1111"})), "card 4111 1111 1111 1111"));
}

TEST(Pieces, OfLongTextsAreTheirEdges) {
  const std::string prose(4000, 'a');
  const Extracted extracted =
      read(mail("x", {prose + " card 4111 1111", "1111 1111 " + prose}));
  EXPECT_TRUE(together(extracted, "card 4111 1111 1111 1111 aaa"));
}

TEST(Pieces, AreNoneWhereWordsMeetOrNumbersAreWhole) {
  for (const auto& parts : std::vector<std::vector<std::string>>{
           {"in 2024 we sold", "1111 2222 3333"},
           {"by number 4111", "items 1111 1111"},
           {"card 4111 1111 1111 1111", "4111 1111 1111 1111"}}) {
    for (const model::Segment& segment : read(mail("x", parts)).segments) {
      EXPECT_FALSE(segment.path.ends_with("(together)")) << segment.text;
    }
  }
}

TEST(Pieces, StandInFilesWhoseNamesEndInParentheses) {
  ZipBuilder zip;
  zip.member({"page (1)", "my card 4111 1111"});
  zip.member({"page (2)", "1111 1111 it is"});
  zip.end();
  EXPECT_TRUE(
      together(read_as("x.zip", zip.bytes()), "my card 4111 1111 1111 1111 it is"));
}

TEST(Pieces, StandInNamesOfFiles) {
  ZipBuilder zip;
  for (const char* name : {"card 4111.txt", "1111 1111.txt", "1111.txt"}) {
    zip.member({name, std::string("in ") + name});
  }
  zip.end();
  EXPECT_TRUE(together(read_as("x.zip", zip.bytes()), "card 4111 1111 1111 1111"));
}

}  // namespace
}  // namespace noshare::extract
