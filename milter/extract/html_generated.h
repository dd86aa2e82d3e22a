// Text that a page shows and does not hold where it is shown: what styles bring,
// counters, numbers of list items, drawings that are used again.
//
// In:  elements in a document's order, hostile     Out: the text to put at an element
// Bounded: so many counters and texts are kept, each so long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/html_scope.h"

namespace noshare::extract {

class GeneratedText {
 public:
  // StyleEffect::counters of an element that begins.
  void count(std::string_view counters);
  // StyleEffect::content of an element with those attributes.
  std::string text(std::string_view content, std::string_view attributes) const;
  // The number before an item of a list that says where it starts; "" for other elements.
  std::string item_number(std::uint64_t key, std::string_view attributes);

 private:
  std::map<std::string, long long, std::less<>> counters_;
  std::optional<long long> item_;  // the next one's number
};

// Texts that stand behind the content of elements that are still open.
class TextsBehind {
 public:
  void add(std::uint64_t key, std::string text);
  // The texts of the elements that the tag ends, the innermost first.
  std::string start_tag(std::uint64_t key);
  std::string end_tag(std::uint64_t key);
  std::string of_all() const;  // where the document ends

 private:
  struct Open {
    HtmlScope scope;
    std::string text;
  };
  template <class Closes>
  std::string ended(const Closes& closes);

  std::vector<Open> open_;
};

// Texts of SVG that have an id, for <use href="#id">.
class ReferredTexts {
 public:
  // `at`, `all`: where the page's text ends so far, and that text.
  void start_tag(std::uint64_t key, std::string_view id, std::size_t at);
  void end_tag(std::uint64_t key, std::string_view all);
  // What an element refers to; "" if it is none that does.
  std::string_view text_for(std::uint64_t key, std::string_view attributes) const;

 private:
  struct Open {
    HtmlScope scope;
    std::string id;
    std::size_t begin = 0;
  };
  void end(Open& open, std::uint64_t key, std::string_view all);

  Open text_;   // <text>, <tspan>
  Open group_;  // <g>, <symbol>
  std::map<std::string, std::string, std::less<>> texts_;
};

}  // namespace noshare::extract
