// format=flowed and the chaining of maps.
#include <gtest/gtest.h>

#include "extract/charset.h"
#include "extract/flowed.h"
#include "extract/mapped_text.h"

namespace noshare::extract {
namespace {

struct FlowedCase {
  const char* name;
  std::string text;
  bool delete_space;
  std::string joined;
};

class Flowed : public testing::TestWithParam<FlowedCase> {};

TEST_P(Flowed, JoinsSoftBreaks) {
  EXPECT_EQ(unflowed(GetParam().text, GetParam().delete_space, false).text,
            GetParam().joined);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, Flowed,
    testing::Values(FlowedCase{"SoftBreak", "a \r\nb\r\nc\r\n", false, "a b\r\nc\r\n"},
                    FlowedCase{"DeleteSpace", "41 \n11\n", true, "4111\n"},
                    FlowedCase{"SpaceStuffing", " From x\n >y\n", false, "From x\n>y\n"},
                    FlowedCase{"QuotedLinesJoin", "> a \n> b\n", false, "> a b\n"},
                    FlowedCase{"DepthEndsAParagraph", "> a \nb\n", false, "> a \nb\n"},
                    FlowedCase{"SignatureNeverFlows", "-- \nAnn\n", false, "-- \nAnn\n"},
                    FlowedCase{"Empty", "", false, ""}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(MappedText, ComposedMapLeadsToTheOrigin) {
  // Latin-1 bytes to UTF-8 to joined lines and back to the byte.
  const std::string bytes = "gr\xFC\xDF \n4111\n";
  const MappedText decoded = decode_charset(bytes, "iso-8859-1", true).text;
  const MappedText joined = unflowed(decoded.text, false, true);
  const model::OffsetMap map = compose(joined.map, decoded.map, joined.text.size());
  const auto at = static_cast<std::uint32_t>(joined.text.find("4111"));
  EXPECT_EQ(map.source_begin(at), bytes.find("4111"));
  EXPECT_EQ(map.source_end(at + 4), bytes.find("4111") + 4);
  EXPECT_EQ(map.source_begin(static_cast<std::uint32_t>(joined.text.find("ß"))), 3U);
}

TEST(MappedText, IsTheIdentityWhenNothingChanged) {
  EXPECT_TRUE(decode_charset("plain", "utf-8", true).text.map.is_identity());
}

// A line end of ASCII behind the body, as servers add one.
TEST(Charset, OfTwoBytesEndsBeforeTheCarriersLineEnd) {
  for (const std::string end : {"", "\r\n", "\n"}) {
    const std::string big = std::string("\0001\0002", 4) + end;
    const std::string little = std::string("1\0002\000", 4) + end;
    EXPECT_EQ(decode_charset(big, "utf-16be", false).text.text, "12");
    EXPECT_EQ(decode_charset(little, "utf-16le", false).text.text, "12");
  }
}

TEST(Charset, EncodesWhatItDecoded) {
  for (const char* label : {"windows-1252", "utf-16le", "shift_jis", "utf-8"}) {
    const std::string bytes = encode_charset("**** 1111", label);
    EXPECT_EQ(decode_charset(bytes, label, false).text.text, "**** 1111") << label;
  }
}

}  // namespace
}  // namespace noshare::extract
