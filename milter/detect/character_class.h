// Sets of characters (code points), and how they look as UTF-8 bytes (RFC 3629).
#pragma once

#include <vector>

#include "detect/regex.h"

namespace noshare::detect {

class CharacterClass {
 public:
  void add(char32_t first, char32_t last) { ranges_.push_back({first, last}); }
  void add(const CharacterClass& other);
  void add_other_case();  // for each letter the capital or small one as well
  CharacterClass complement() const;
  bool empty() const { return ranges_.empty(); }
  bool is_single() const {
    return ranges_.size() == 1 && ranges_[0].first == ranges_[0].last;
  }
  char32_t single() const { return ranges_[0].first; }  // only if is_single()

  // One character of the class as alternatives of byte sequences.
  RegexNode to_node() const;

  static CharacterClass digits();
  static CharacterClass word();   // [A-Za-z0-9_]
  static CharacterClass space();  // white space of ASCII

 private:
  struct Range {
    char32_t first, last;
  };
  std::vector<Range> normalised() const;
  std::vector<Range> ranges_;
};

}  // namespace noshare::detect
