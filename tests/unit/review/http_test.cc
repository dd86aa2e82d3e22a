#include "review/http.h"

#include <gtest/gtest.h>

namespace noshare::review {
namespace {

TEST(Target, IsDecodedIntoPathAndQuery) {
  Request request;
  ASSERT_TRUE(parse_target("/a%20b/c?x=1%262&y=a+b&x=2&empty=&none", request));
  EXPECT_EQ(request.path, "/a b/c");
  EXPECT_EQ(request.parameter("x"), "1&2");
  EXPECT_EQ(request.parameter("y"), "a b");
  EXPECT_EQ(request.parameter("empty"), "");
  EXPECT_EQ(request.parameter("absent"), "");
}

TEST(Target, ThatIsNotWellFormedIsRefused) {
  for (const char* target :
       {"", "a", "*", "http://x/", "/%", "/%2", "/%zz", "/a%00b", "/?x=%00", "/?%=1"}) {
    Request request;
    EXPECT_FALSE(parse_target(target, request)) << target;
  }
}

TEST(Cookie, IsFoundByItsWholeName) {
  Request request;
  request.headers["cookie"] = "a=1; noshare_session=abc; xnoshare_session=no";
  EXPECT_EQ(request.cookie("noshare_session"), "abc");
  EXPECT_EQ(request.cookie("session"), "");
}

}  // namespace
}  // namespace noshare::review
