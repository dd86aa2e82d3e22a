#include "cli/scan_input.h"

#include <gtest/gtest.h>

namespace noshare::cli {
namespace {

struct MessageCase {
  const char* name;
  const char* bytes;
  bool message;
};
class LooksLikeMessage : public testing::TestWithParam<MessageCase> {};

TEST_P(LooksLikeMessage, IsDecidedByTheFirstLines) {
  EXPECT_EQ(looks_like_message(GetParam().bytes), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, LooksLikeMessage,
    testing::Values(
        MessageCase{"Headers", "From: a@example.com\nSubject: x\n\nbody", true},
        MessageCase{"CrLf", "From: a@example.com\r\nSubject: x\r\n\r\nbody", true},
        MessageCase{"Folded", "Subject: a\n b\nTo: x@example.com\n\n", true},
        MessageCase{"MboxLine", "From a@example.com Tue Nov 24\nFrom: a\nTo: b\n\n",
                    true},
        MessageCase{"NoBody", "Date: x\nSubject: y", true},
        MessageCase{"OneLineOfText", "Subject: only this", false},
        MessageCase{"Text", "Dear all,\n\nFrom: is a word.\n", false},
        MessageCase{"LabelsOfAForm", "Name: Jane Roe\nPhone: 571 555 0100\n", false},
        MessageCase{"Csv", "a,b\n1,2\n", false}, MessageCase{"Empty", "", false}),
    [](const auto& one) { return one.param.name; });

TEST(ReadInput, TellsWhichFileIsMissing) {
  const auto input = read_input("/nonexistent/mail.eml", InputForm::kAuto);
  ASSERT_FALSE(input);
  EXPECT_NE(input.error().message.find("/nonexistent/mail.eml"), std::string::npos);
}

}  // namespace
}  // namespace noshare::cli
