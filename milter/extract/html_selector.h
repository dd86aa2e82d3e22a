// Selectors: which elements a rule of a style sheet is for (CSS Selectors, levels 3, 4).
//
// In:  one selector's text, hostile     Out: whether it names the last element of a path
// What a program does only on demand (":hover") gives no selector; pseudo-classes that
// are not known hold for every element.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extract/html_path.h"

namespace noshare::extract {

// One condition on one element.
struct SimpleSelector {
  enum class Kind {
    kElement,
    kClass,
    kId,
    kAttribute,
    kNthChild,
    kNthOfKind,
    kAnyOf,
    kNoneOf
  };
  Kind kind;
  std::uint64_t key = 0;  // kElement
  std::string name;       // of a class, id, attribute
  std::string value;      // of an attribute
  char how = '\0';        // kAttribute: '=' ... '*', or none: it is there
  int step = 0;           // kNth...: every step-th from the first on
  int first = 0;
  std::vector<std::vector<SimpleSelector>> lists;  // kAnyOf, kNoneOf
  bool any_case = false;                           // of the value
};

class HtmlSelector {
 public:
  // Nothing if it names no element that is shown otherwise on its account.
  static std::optional<HtmlSelector> parsed(std::string_view text);

  // True if it names the last element. Takes a step from `steps` for each element that it
  // looks at; false when none are left.
  bool matches(const HtmlPath& path, std::size_t& steps) const;

  // What it asks of the element itself: "#id", ".class", "element"; "*" if none of these.
  std::string key() const;
  // Of two rules that set the same, the more specific holds.
  unsigned specificity() const;
  // What stands before or behind the content of an element: "::before", "::after".
  enum class Generated : std::uint8_t { kNone, kBefore, kAfter };
  Generated generated() const { return generated_; }

 private:
  struct Compound {
    char combinator = ' ';  // to the one before
    std::vector<SimpleSelector> all;
  };
  bool matches_from(const HtmlPath& path, std::size_t compound, std::size_t level,
                    std::size_t child, std::size_t& steps) const;

  std::vector<Compound> compounds_;
  Generated generated_ = Generated::kNone;

  friend class SelectorParser;
};

}  // namespace noshare::extract
