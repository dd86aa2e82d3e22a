// CSS text: comments, escapes and lists, as style sheets and attributes write them.
//
// In:  pieces of CSS, hostile     Out: the same, plainer; no error (CSS Syntax, level 3)
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace noshare::extract {

std::string without_css_comments(std::string_view css);

// "\70 lay" is "play", "\." is "." (section 4.3.7).
std::string without_css_escapes(std::string_view text);

// Parted by `sign`, except inside brackets and strings.
std::vector<std::string_view> css_list(std::string_view text, char sign);

}  // namespace noshare::extract
