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
  void close() { depth_ = 0; }
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

// What styles hide: an element and all in it, but what is visible again inside, but what
// is hidden in that. Only `visibility` (CSS 2.2 section 11.2) and a size of nothing let
// an element be seen in a hidden one.
class HtmlHiding {
 public:
  bool active() const {
    return hidden_.active() && (!revealed_.active() || hidden_again_.active());
  }
  // An element begins that is not seen; `undone_by`: ways of style that elements in it
  // may undo. False if it stands in such a one already.
  bool begin(std::uint64_t key, unsigned undone_by) {
    if (active()) return false;
    if (revealed_.active()) {
      hidden_again_.open(key);
    } else {
      hidden_.open(key);
      undone_by_ = undone_by;
    }
    return true;
  }
  // An element begins that says it is shown in those ways.
  void reveal(std::uint64_t key, unsigned shown_by) {
    if (active() && !revealed_.active() && (undone_by_ & shown_by) != 0) {
      revealed_.open(key);
    }
  }
  void start_tag(std::uint64_t key) {
    hidden_again_.start_tag(key);
    if (revealed_.start_tag(key)) hidden_again_.close();
    if (hidden_.start_tag(key)) end();
  }
  void end_tag(std::uint64_t key) {
    hidden_again_.end_tag(key);
    if (revealed_.end_tag(key)) hidden_again_.close();
    if (hidden_.end_tag(key)) end();
  }

 private:
  // Whatever was left open inside.
  void end() {
    revealed_.close();
    hidden_again_.close();
  }

  HtmlScope hidden_;
  HtmlScope revealed_;      // in hidden_
  HtmlScope hidden_again_;  // in revealed_
  unsigned undone_by_ = 0;
};

}  // namespace noshare::extract
