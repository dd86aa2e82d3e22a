// HTML tokens: tags, text and comments, without building a tree.
//
// In:  UTF-8, any bytes     Out: tokens as views into it, one at a time
// Follows the tokenisation of the HTML Living Standard (section 13.2.5) as far as it
// decides what a reader sees. Each byte is looked at a bounded number of times, whatever
// is nested or left open.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace noshare::extract {

// A tag's or attribute's name as a number: its first eight letters in lower case. Longer
// names of HTML differ within them.
constexpr std::uint64_t html_key(std::string_view name) {
  std::uint64_t key = 0;
  for (std::size_t i = 0; i < name.size() && i < 8; ++i) {
    const char c =
        name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] + 32) : name[i];
    key = key << 8U | static_cast<std::uint8_t>(c);
  }
  return key;
}

struct HtmlToken {
  enum class Kind { kText, kRawText, kStartTag, kEndTag, kComment, kEnd };
  Kind kind = Kind::kEnd;
  std::uint64_t key = 0;  // of a tag; for kRawText of the element around it
  std::string_view text;  // text, comment, or a start tag's attributes
  std::size_t begin = 0;  // where `text` stands
};

class HtmlTokenizer {
 public:
  explicit HtmlTokenizer(std::string_view html) : html_(html) {}
  HtmlToken next();

 private:
  HtmlToken text_token();
  HtmlToken markup_token();
  HtmlToken comment_token();
  HtmlToken tag_token(bool is_end);
  HtmlToken raw_text_token();
  HtmlToken token(HtmlToken::Kind kind, std::size_t begin, std::size_t end) const;

  std::string_view html_;
  std::size_t at_ = 0;
  std::uint64_t raw_element_ = 0;  // script, style ...: only its end tag is markup
  std::string_view raw_name_;
};

// A start tag's attributes, one after the other.
struct HtmlAttribute {
  std::string_view name;
  std::string_view value;       // as written: references are not decoded
  std::size_t value_begin = 0;  // within the attributes' text
};

class HtmlAttributes {
 public:
  explicit HtmlAttributes(std::string_view text) : text_(text) {}
  bool next(HtmlAttribute& out);

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// The value of the attribute of that name; "" if there is none.
std::string_view attribute_of(std::string_view attributes, std::string_view name);

}  // namespace noshare::extract
