// Style sheets: which elements of a document a style reaches.
//
// In:  the text of <style> elements, hostile     Out: what they do to an element
// Rules count in the order of the cascade: what is more specific or stands later holds,
// before it the element's own style, before that what is important. Conditions of media
// are taken to hold. Bounded: so many rules are kept, so many comparisons made; then a
// rule counts for what its selector ends with, whatever stands before.
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extract/html_path.h"
#include "extract/html_selector.h"
#include "extract/html_style.h"

namespace noshare::extract {

class StyleSheet {
 public:
  void add(std::string_view css);
  // Sheets that stand in addresses of the text themselves: "data:text/css,...".
  void add_linked(std::string_view text);
  // No rule shows anything otherwise than it is written.
  bool empty() const { return !odd_; }

  // For the path's last element. `own`: what its attributes do.
  StyleEffect effect_on(const HtmlPath& path, const StyleEffect& own) const;

 private:
  struct Rule {
    HtmlSelector selector;
    StyleEffect effect;
    bool important;
    unsigned specificity;
  };
  void add_rule(std::string_view selectors, std::string_view declarations);
  std::string with_variables(std::string_view declarations);
  // Rules whose selectors end alike, and what they would do together.
  struct Group {
    std::vector<std::size_t> rules;
    StyleEffect all;
  };
  void find(const std::string& key, const HtmlPath& path, std::vector<const Rule*>& found,
            StyleEffect& otherwise) const;

  static constexpr std::size_t kMostRules = 5000;
  std::vector<Rule> rules_;
  std::unordered_map<std::string, Group> by_key_;
  std::unordered_map<std::string, std::string> variables_;
  bool odd_ = false;
  unsigned linked_ = 0;                    // sheets
  mutable std::size_t steps_ = 2'000'000;  // comparisons left; some 20 ms
};

}  // namespace noshare::extract
