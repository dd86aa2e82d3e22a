// An element that is open, told by counting its own kind: no stack can grow, and an end
// tag that is missing prolongs it to the end, or to the next item of a list.
//
// In:  the keys of tags, in a document's order     Out: whether the element is open
#pragma once

#include <cstddef>
#include <cstdint>

#include "extract/html_elements.h"

namespace noshare::extract {

class HtmlScope {
 public:
  bool active() const { return depth_ > 0; }
  void open(std::uint64_t key) {
    key_ = key;
    depth_ = 1;
    lists_ = 0;
  }
  // True if the element that begins closes the scope.
  bool start_tag(std::uint64_t key) {
    if (!active()) return false;
    if (lists_ == 0 && ends_element(key, key_)) {
      depth_ = 0;
      return true;
    }
    if (holds_items(key)) ++lists_;
    if (key == key_) ++depth_;
    return false;
  }
  // True if this end tag closes the scope.
  bool end_tag(std::uint64_t key) {
    if (!active()) return false;
    if (holds_items(key) && key != key_) {
      if (lists_ > 0) {
        --lists_;
      } else if (ends_element(key_, key_)) {  // an item of the list that ends
        depth_ = 0;
        return true;
      }
    }
    return key == key_ && --depth_ == 0;
  }

 private:
  std::uint64_t key_ = 0;
  std::size_t depth_ = 0;
  std::size_t lists_ = 0;  // open inside
};

}  // namespace noshare::extract
