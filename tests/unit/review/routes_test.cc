// The OpenAPI document names exactly the routes that there are.
#include <algorithm>

#include <gtest/gtest.h>

#include "noshare/base/files.h"
#include "noshare/base/text.h"

#include "review/api.h"

namespace noshare::review {
namespace {

// "METHOD /path" of each operation, from the document's layout.
std::vector<std::string> documented() {
  const std::string text = read_file(NOSHARE_API_DOCUMENT).value();
  std::vector<std::string> routes;
  std::string path;
  for (std::string_view line : split(text, '\n')) {
    if (line.starts_with("components:")) break;
    if (line.starts_with("  /")) {
      path = std::string(line.substr(2, line.size() - 3));
    } else if (line == "    get:") {
      routes.push_back("GET " + path);
    } else if (line == "    post:") {
      routes.push_back("POST " + path);
    }
  }
  return routes;
}

TEST(ApiDocument, NamesEachRouteAndNoOther) {
  auto written = documented();
  auto known = api_routes();
  std::sort(written.begin(), written.end());
  std::sort(known.begin(), known.end());
  EXPECT_EQ(written, known);
}

}  // namespace
}  // namespace noshare::review
