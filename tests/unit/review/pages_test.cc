#include "review/pages.h"

#include <fstream>

#include <gtest/gtest.h>

namespace noshare::review {
namespace {

namespace fs = std::filesystem;

class PagesTest : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = fs::path(::testing::TempDir()) / "noshare-pages-test";
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  void put(const char* name, const char* text) const {
    std::ofstream(folder_ / name) << text;
  }
  static Response get(const Pages& pages, const char* path) {
    Request request;
    request.method = "GET";
    request.path = path;
    return pages.answer(request);
  }
  static std::string keeping(const Response& response) {
    for (const auto& [name, value] : response.headers) {
      if (name == "Cache-Control") return value;
    }
    return {};
  }

  fs::path folder_;
};

TEST_F(PagesTest, FilesWhoseNamesTellTheirContentAreKeptTheFirstPageIsNot) {
  put("index.html", "first");
  put("app-1A2B.js", "script");
  const auto pages = Pages::load(folder_);
  ASSERT_TRUE(pages);
  const Response script = get(*pages, "/app-1A2B.js");
  EXPECT_EQ(script.body, "script");
  EXPECT_EQ(keeping(script), "private, max-age=31536000, immutable");
  for (const char* path : {"/", "/index.html", "/incidents/NS-1", "/app-OLD.js"}) {
    const Response first = get(*pages, path);
    EXPECT_EQ(first.body, "first") << path;
    EXPECT_EQ(keeping(first), "no-cache") << path;
  }
}

TEST_F(PagesTest, AFolderWithoutAFirstPageIsRefused) {
  put("app-1A2B.js", "script");
  const auto pages = Pages::load(folder_);
  ASSERT_FALSE(pages);
  EXPECT_EQ(pages.error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace noshare::review
