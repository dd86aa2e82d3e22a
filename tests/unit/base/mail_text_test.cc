#include "noshare/base/mail_text.h"

#include <gtest/gtest.h>

#include "noshare/base/text.h"

namespace noshare {
namespace {

TEST(EncodedWords, StayBelowTheirLimitAndBreakBetweenCharacters) {
  const std::string made = encoded_words("Müssen sie dorthin? Größe, Straße, Übermaß");
  for (const std::string_view word : split(made, ' ')) {
    EXPECT_LE(word.size(), 75U);
    EXPECT_TRUE(word.starts_with("=?UTF-8?Q?") && word.ends_with("?=")) << word;
  }
  EXPECT_NE(made.find("=C3=BC"), std::string::npos);
}

TEST(QuotedPrintable, IsAsciiInShortLines) {
  const std::string made =
      quoted_printable("Größe = 1\n" + std::string(200, 'x') + "\n.\nFrom here\nend \n");
  EXPECT_TRUE(is_ascii(made));
  EXPECT_NE(made.find("Gr=C3=B6=C3=9Fe =3D 1\r\n"), std::string::npos);
  EXPECT_NE(made.find("\r\n=2E\r\n"), std::string::npos);
  EXPECT_NE(made.find("\r\n=46rom here\r\n"), std::string::npos);
  EXPECT_TRUE(made.ends_with("end=20\r\n")) << made;
  for (const std::string_view line : split(made, '\n')) EXPECT_LE(line.size(), 77U);
}

TEST(QuotedPrintable, TakesEitherLineEndAndBrokenUtf8) {
  EXPECT_EQ(quoted_printable("a\r\nb\n"), "a\r\nb\r\n");
  EXPECT_EQ(quoted_printable("\xC3"), "=EF=BF=BD\r\n");
}

}  // namespace
}  // namespace noshare
