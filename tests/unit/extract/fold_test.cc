// Folding: what looks like a digit, space or dash becomes one, and the way back is exact.
#include "extract/fold.h"

#include <gtest/gtest.h>

#include "noshare/extract/extract.h"

namespace noshare::extract {
namespace {

struct FoldCase {
  const char* name;
  std::string text;
  std::string folded;
};

class Fold : public testing::TestWithParam<FoldCase> {};

TEST_P(Fold, GivesOneSpelling) {
  EXPECT_EQ(folded(GetParam().text).text, GetParam().folded);
  EXPECT_EQ(is_folded(GetParam().text), GetParam().text == GetParam().folded);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Fold,
    testing::Values(FoldCase{"Ascii", "card 4111-1111", "card 4111-1111"},
                    FoldCase{"AccentedLettersStay", "Größe Łódź", "Größe Łódź"},
                    FoldCase{"OtherScriptsStay", "Привет 日本 한국", "Привет 日本 한국"},
                    FoldCase{"FullWidth", "４１１１＠ａ．ｂ", "4111@a.b"},
                    FoldCase{"ArabicIndicDigits", "٤١١١", "4111"},
                    FoldCase{"DevanagariDigits", "४१११", "4111"},
                    FoldCase{"MathematicalDigits", "𝟒𝟏𝟏𝟏", "4111"},
                    FoldCase{"MathematicalLetters", "𝐆𝐁𝟑𝟑", "GB33"},
                    FoldCase{"CircledDigits", "④①", "41"},
                    FoldCase{"SuperscriptsStay", "m²", "m²"},
                    FoldCase{"NoBreakSpaces", "41\u00A011\u202F1\u3000", "41 11 1 "},
                    FoldCase{"Dashes", "41\u201311\u2014a\u2212b", "41-11-a-b"},
                    FoldCase{"ZeroWidth", "4\u200B1\u200D1\u20601\uFEFF", "4111"},
                    FoldCase{"SoftHyphen", "41\u00AD11", "4111"},
                    FoldCase{"BidiControls", "\u202E4111\u202C", "4111"},
                    FoldCase{"VariationSelectors", "4\uFE0F1\uFE0E", "41"},
                    FoldCase{"CombiningOnDigits", "4\u0336\u03361\u0336", "41"},
                    FoldCase{"CombiningOnLettersStays", "e\u0301", "e\u0301"},
                    FoldCase{"Nul", std::string("4\0001", 3), "41"},
                    FoldCase{"LineSeparator", "a\u2028b", "a\nb"}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(Fold, MapsBackToTheSource) {
  model::Segment segment;
  segment.text = "Ü: ４\u200B１ end";
  const model::Segment result = fold(segment);
  EXPECT_EQ(result.text, "Ü: 41 end");
  EXPECT_EQ(result.source, segment.text);
  const auto begin = static_cast<std::uint32_t>(result.text.find("41"));
  EXPECT_EQ(result.to_source.source_begin(begin), segment.text.find("４"));
  EXPECT_EQ(result.to_source.source_end(begin + 2), segment.text.find(" end"));
  EXPECT_EQ(result.to_source.source_begin(begin + 3), segment.text.find("end"));
}

TEST(Fold, LeavesAsciiWithoutMapOrCopy) {
  model::Segment segment;
  segment.text = "plain text";
  const model::Segment result = fold(segment);
  EXPECT_TRUE(result.source.empty());
  EXPECT_TRUE(result.to_source.is_identity());
}

}  // namespace
}  // namespace noshare::extract
