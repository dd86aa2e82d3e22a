#include "noshare/base/log.h"

#include <sstream>
#include <type_traits>

#include <gtest/gtest.h>

#include "noshare/base/json.h"
#include "noshare/base/sensitive.h"

namespace noshare {
namespace {

TEST(Log, WritesOneJsonObjectALine) {
  testing::internal::CaptureStderr();
  log::info("started", {{"workers", 2}, {"text", "quote \" newline \n"}, {"ok", true}});
  const std::string line = testing::internal::GetCapturedStderr();
  ASSERT_EQ(std::count(line.begin(), line.end(), '\n'), 1);
  const Json json = parse_json(line).value();
  EXPECT_EQ(json["event"], "started");
  EXPECT_EQ(json["level"], "info");
  EXPECT_EQ(json["workers"], 2);
  EXPECT_EQ(json["text"], "quote \" newline \n");
  EXPECT_EQ(json["ok"], true);
}

TEST(Log, SurvivesIllFormedText) {
  testing::internal::CaptureStderr();
  log::error("odd", {{"text", "\xFF\xC0"}});
  EXPECT_TRUE(parse_json(testing::internal::GetCapturedStderr()));
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  testing::internal::CaptureStderr();
  log::debug("unseen");
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "");
}

TEST(Log, TakesNoSensitiveText) {
  static_assert(!std::is_constructible_v<log::Field, std::string_view, Sensitive>);
}

}  // namespace
}  // namespace noshare
