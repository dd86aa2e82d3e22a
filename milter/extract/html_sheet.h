// Style sheets: which elements of a document a style reaches.
//
// In:  the text of <style> elements, hostile     Out: what they do to an element
// A rule counts for what its selectors end with (element, class, id), whatever stands
// before: more than it should rather than less, so its effects are only ever one of two
// readings. Bounded: so many rules are kept.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>

#include "extract/html_style.h"

namespace noshare::extract {

class StyleSheet {
 public:
  void add(std::string_view css);
  bool empty() const { return rules_.empty(); }

  // For an element's name, the words of its class attribute, and its id.
  StyleEffect effect_on(std::string_view element, std::string_view classes,
                        std::string_view id) const;

 private:
  void add_rule(std::string_view selectors, std::string_view declarations);
  void merge(const std::string& key, StyleEffect& effect) const;

  static constexpr std::size_t kMostRules = 5000;
  std::unordered_map<std::string, StyleEffect> rules_;  // by "p", ".class", "#id"
};

}  // namespace noshare::extract
