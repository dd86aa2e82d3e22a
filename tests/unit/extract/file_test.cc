// Tests of files: which reason is given for what cannot be read.
#include <string>

#include <gtest/gtest.h>

#include "extract/file_reader.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;

struct ReasonCase {
  std::string name;
  std::string bytes;
  UnreadableReason reason;
};

class FileReason : public testing::TestWithParam<ReasonCase> {};

TEST_P(FileReason, IsTheOneThatPolicyAsksFor) {
  const Extracted extracted =
      extract_file(GetParam().bytes, "a.bin", {}, Deadline::never());
  ASSERT_EQ(extracted.unreadable.size(), 1U);
  EXPECT_EQ(extracted.unreadable[0].reason, GetParam().reason);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, FileReason,
    testing::Values(
        ReasonCase{"Picture", "\x89PNG\r\n\x1A\n", UnreadableReason::kMedia},
        ReasonCase{"Sound", std::string("ID3\x03\0\0", 6), UnreadableReason::kMedia},
        ReasonCase{"Font", std::string("wOFF\0\1\0\0", 8), UnreadableReason::kMedia},
        ReasonCase{"Program", std::string("\x7F\x45LF\0\1", 6),
                   UnreadableReason::kUnsupported}),
    [](const auto& one) { return one.param.name; });

}  // namespace
}  // namespace noshare::extract
