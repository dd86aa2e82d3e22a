// Path: where an element stands among the others, as selectors of style ask for it.
//
// In:  start and end tags, in a document's order, hostile     Out: the open elements and,
// of each, the siblings before it
// Bounded: so many levels and siblings are kept; what lies deeper counts as a child of
// the last level's element.
#pragma once

#include <cstdint>
#include <string_view>
#include <utility>
#include <vector>

namespace noshare::extract {

struct HtmlElement {
  std::uint64_t key = 0;        // of its name (html_tokenizer.h)
  std::string_view attributes;  // as written
  std::string_view classes;
  std::string_view id;
  unsigned index = 0;          // among its siblings, from 1
  unsigned index_of_kind = 0;  // among those of its name
};

class HtmlPath {
 public:
  HtmlPath() : levels_(1) {}

  // The element comes next below the innermost open one, and is the last one since.
  void begin(HtmlElement element);
  // It stays open until its end tag.
  void open();
  void end(std::uint64_t key);

  // The open elements and the last one, from the outermost on; each is the last of its
  // siblings.
  std::size_t depth() const { return levels_.size(); }
  const std::vector<HtmlElement>& siblings(std::size_t level) const {
    return levels_[level].children;
  }

 private:
  struct Level {
    std::vector<HtmlElement> children;
    std::vector<std::pair<std::uint64_t, unsigned>> kinds;  // how many of each
    unsigned count = 0;
  };
  void close_implied(std::uint64_t key);

  std::vector<Level> levels_;  // the document, then what is open in it
  std::size_t deeper_ = 0;     // open elements below them
};

}  // namespace noshare::extract
