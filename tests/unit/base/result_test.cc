#include "noshare/base/result.h"

#include <type_traits>

#include <gtest/gtest.h>

#include "noshare/base/clock.h"
#include "noshare/base/sensitive.h"

namespace noshare {
namespace {

Result<int> half(int number) {
  if (number % 2 != 0) return fail(ErrorCode::kInvalidInput, "odd");
  return number / 2;
}

Result<int> quarter(int number) {
  NOSHARE_TRY(const int once, half(number));
  NOSHARE_TRY(const int twice, half(once));
  return twice;
}

TEST(Result, PassesErrorsOn) {
  EXPECT_EQ(quarter(12).value(), 3);
  ASSERT_FALSE(quarter(6));
  EXPECT_EQ(quarter(6).error().message, "odd");
}

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
  out << value;
};
template <class T>
concept Comparable = requires(const T& value) {
  value == value;
};

TEST(Sensitive, CanNeitherBePrintedNorCompared) {
  static_assert(Streamable<std::string> && !Streamable<Sensitive>);
  static_assert(Comparable<std::string> && !Comparable<Sensitive>);
  static_assert(!std::is_convertible_v<Sensitive, std::string>);
  static_assert(!std::is_convertible_v<std::string, Sensitive>);
  EXPECT_EQ(Sensitive("x").reveal(), "x");
}

TEST(Sensitive, IsEmptyAfterAMove) {
  for (const std::size_t size : {3U, 300U}) {
    Sensitive first(std::string(size, 's'));
    Sensitive second(std::move(first));
    EXPECT_EQ(second.reveal(), std::string(size, 's'));
    EXPECT_TRUE(first.empty());  // NOLINT(bugprone-use-after-move): that is the test
    first = std::move(second);
    EXPECT_EQ(first.size(), size);
    EXPECT_TRUE(second.empty());  // NOLINT(bugprone-use-after-move)
  }
}

TEST(Deadline, CountsDownAndStaysExpired) {
  EXPECT_TRUE(Deadline::after(Milliseconds(-1)).expired());
  EXPECT_EQ(Deadline::after(Milliseconds(-1)).remaining().count(), 0);
  EXPECT_FALSE(Deadline::after(Milliseconds(60'000)).expired());
  EXPECT_FALSE(Deadline::never().expired());
  EXPECT_EQ(Deadline::never().remaining(), std::chrono::hours(24));
}

TEST(Rfc3339, HasMillisecondsAndHandlesTimesBefore1970) {
  EXPECT_EQ(rfc3339_utc(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(rfc3339_utc(1'795'478'904'123'999), "2026-11-24T00:08:24.123Z");
  EXPECT_EQ(rfc3339_utc(-1), "1969-12-31T23:59:59.999Z");
}

}  // namespace
}  // namespace noshare
