// Reads selectors and compares them with elements. See html_selector.h.
#include "extract/html_selector.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "noshare/base/text.h"

#include "extract/css_text.h"
#include "extract/html_elements.h"
#include "extract/html_tokenizer.h"

namespace noshare::extract {
namespace {

using Kind = SimpleSelector::Kind;

constexpr std::size_t kMostCompounds = 16;
constexpr unsigned kDeepest = 3;  // ":not(:not(...))"

bool is_name(char c) {
  return is_ascii_alnum(c) || c == '-' || c == '_' || c == '\\' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// "odd", "2n+1", "3" (CSS Syntax, section 6).
void read_nth(std::string_view text, SimpleSelector& simple) {
  std::string plain = ascii_lowered(text);
  std::erase_if(plain, is_ascii_space);
  if (plain == "odd") plain = "2n+1";
  if (plain == "even") plain = "2n";
  const auto number = [](std::string_view digits, int otherwise) {
    if (digits.starts_with('+')) digits.remove_prefix(1);
    int value = otherwise;
    if (digits == "-") return -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
  };
  const std::size_t n = plain.find('n');
  if (n == std::string::npos) {
    simple.first = number(plain, 0);
    return;
  }
  simple.step = number(std::string_view(plain).substr(0, n), 1);
  simple.first = number(std::string_view(plain).substr(n + 1), 0);
}

bool is_nth(unsigned index, const SimpleSelector& simple) {
  const int beyond = static_cast<int>(index) - simple.first;
  if (simple.step == 0) return beyond == 0;
  return beyond % simple.step == 0 && beyond / simple.step >= 0;
}

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos;
       at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || is_ascii_space(words[at - 1])) &&
        (end == words.size() || is_ascii_space(words[end]))) {
      return true;
    }
  }
  return false;
}

bool value_matches(std::string_view value, const SimpleSelector& simple) {
  const std::string_view wanted = simple.value;
  switch (simple.how) {
    case '\0':
      return true;
    case '~':
      return has_word(value, wanted);
    case '|':
      return value.starts_with(wanted) &&
             (value.size() == wanted.size() || value[wanted.size()] == '-');
    case '^':
      return !wanted.empty() && value.starts_with(wanted);
    case '$':
      return !wanted.empty() && value.ends_with(wanted);
    case '*':
      return !wanted.empty() && value.find(wanted) != std::string_view::npos;
    default:
      return value == wanted;
  }
}

bool attribute_matches(std::string_view attributes, const SimpleSelector& simple) {
  HtmlAttributes all(attributes);
  for (HtmlAttribute one; all.next(one);) {
    if (equal_ignoring_case(one.name, simple.name)) {
      return simple.any_case ? value_matches(ascii_lowered(one.value), simple)
                             : value_matches(one.value, simple);
    }
  }
  return false;
}

bool all_match(const std::vector<SimpleSelector>& all, const HtmlElement& element);

bool matches_one(const SimpleSelector& simple, const HtmlElement& element) {
  const auto any = [&] {
    return std::any_of(simple.lists.begin(), simple.lists.end(),
                       [&](const auto& list) { return all_match(list, element); });
  };
  switch (simple.kind) {
    case Kind::kElement:
      return element.key == simple.key;
    case Kind::kClass:
      return has_word(element.classes, simple.name);
    case Kind::kId:
      return element.id == simple.name;
    case Kind::kAttribute:
      return attribute_matches(element.attributes, simple);
    case Kind::kNthChild:
      return is_nth(element.index, simple);
    case Kind::kNthOfKind:
      return is_nth(element.index_of_kind, simple);
    case Kind::kAnyOf:
      return any();
    case Kind::kNoneOf:
      return !any();
  }
  return false;
}

bool all_match(const std::vector<SimpleSelector>& all, const HtmlElement& element) {
  return std::all_of(all.begin(), all.end(),
                     [&](const auto& one) { return matches_one(one, element); });
}

}  // namespace

class SelectorParser {
 public:
  explicit SelectorParser(std::string_view text, unsigned depth = 0)
      : text_(trimmed(text)), depth_(depth) {}

  std::optional<HtmlSelector> parsed() {
    char combinator = ' ';
    while (at_ < text_.size()) {
      std::vector<SimpleSelector> all;
      const std::size_t begin = at_;
      if (!read_compound(all) || at_ == begin) return std::nullopt;
      if (result_.compounds_.size() == kMostCompounds) return std::nullopt;
      result_.compounds_.push_back({combinator, std::move(all)});
      combinator = read_combinator();
    }
    if (result_.compounds_.empty()) return std::nullopt;
    return std::move(result_);
  }

  // One compound: what stands inside ":not()".
  std::optional<std::vector<SimpleSelector>> single() {
    std::vector<SimpleSelector> all;
    if (!read_compound(all) || at_ != text_.size()) return std::nullopt;
    return all;
  }

 private:
  char read_combinator() {
    char combinator = ' ';
    while (at_ < text_.size() &&
           (is_ascii_space(text_[at_]) ||
            std::string_view(">+~").find(text_[at_]) != std::string_view::npos)) {
      if (!is_ascii_space(text_[at_])) combinator = text_[at_];
      ++at_;
    }
    return combinator;
  }

  // A name, with its escapes undone (CSS Syntax, section 4.3.7).
  std::string name() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_name(text_[at_])) {
      at_ += text_[at_] == '\\' && at_ + 1 < text_.size() ? 2U : 1U;
    }
    return without_css_escapes(text_.substr(begin, at_ - begin));
  }

  bool read_compound(std::vector<SimpleSelector>& all) {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '*') {
        ++at_;
      } else if (c == '.' || c == '#') {
        ++at_;
        all.push_back(
            {c == '.' ? Kind::kClass : Kind::kId, 0, name(), "", '\0', 0, 0, {}});
        if (all.back().name.empty()) return false;
      } else if (c == '[') {
        read_attribute(all);
      } else if (c == ':') {
        if (!read_pseudo(all)) return false;
      } else if (is_name(c)) {
        all.push_back({Kind::kElement, html_key(name()), "", "", '\0', 0, 0, {}});
      } else {
        return is_ascii_space(c) || c == '>' || c == '+' || c == '~';
      }
    }
    return true;
  }

  void read_attribute(std::vector<SimpleSelector>& all) {
    const std::size_t end = std::min(text_.find(']', at_), text_.size());
    const std::string_view inside = text_.substr(at_ + 1, end - at_ - 1);
    at_ = std::min(end + 1, text_.size());
    const std::size_t equals = inside.find('=');
    SimpleSelector simple{Kind::kAttribute, 0, "", "", '\0', 0, 0, {}};
    std::string_view left = inside.substr(0, equals);
    if (equals != std::string_view::npos) {
      simple.how = '=';
      if (!left.empty() &&
          std::string_view("~|^$*").find(left.back()) != std::string_view::npos) {
        simple.how = left.back();
        left.remove_suffix(1);
      }
      std::string_view value = trimmed(inside.substr(equals + 1));
      const char quote = value.empty() ? '\0' : value.front();
      if (value.ends_with(" i") || value.ends_with("\"i")) {  // in any case
        simple.any_case = true;
        value = trimmed(value.substr(0, value.size() - 1));
      }
      if (quote == '"' || quote == '\'') {
        value = value.substr(1, value.find(quote, 1) - 1);
      } else {
        value = value.substr(0, value.find(' '));
      }
      simple.value = without_css_escapes(value);
      if (simple.any_case) simple.value = ascii_lowered(simple.value);
    }
    simple.name = trimmed(left);
    all.push_back(std::move(simple));
  }

  // What stands in the brackets at `at_`, which may hold others.
  std::string_view arguments() {
    if (at_ >= text_.size() || text_[at_] != '(') return {};
    const std::size_t begin = ++at_;
    for (int open = 1; at_ < text_.size(); ++at_) {
      if (text_[at_] == '(') ++open;
      if (text_[at_] == ')' && --open == 0) break;
    }
    const std::string_view inside = text_.substr(begin, at_ - begin);
    at_ = std::min(at_ + 1, text_.size());
    return inside;
  }

  bool read_pseudo(std::vector<SimpleSelector>& all) {
    const bool element = text_.substr(at_).starts_with("::");
    at_ += element ? 2 : 1;
    const std::string word = ascii_lowered(name());
    const std::string_view inside = arguments();
    if (word == "before" || word == "after") {
      using Generated = HtmlSelector::Generated;
      result_.generated_ = word == "before" ? Generated::kBefore : Generated::kAfter;
      return true;
    }
    constexpr std::array<std::string_view, 9> kOnDemand = {
        "hover",  "focus",        "focus-within", "active",   "visited",
        "target", "first-letter", "first-line",   "selection"};
    if (element ||
        std::find(kOnDemand.begin(), kOnDemand.end(), word) != kOnDemand.end()) {
      return false;
    }
    if (word == "first-child" || word == "nth-child") {
      add_nth(Kind::kNthChild, word == "first-child" ? "1" : inside, all);
    } else if (word == "first-of-type" || word == "nth-of-type") {
      add_nth(Kind::kNthOfKind, word == "first-of-type" ? "1" : inside, all);
    } else if (word == "not") {
      add_lists(Kind::kNoneOf, inside, all);
    } else if (word == "is" || word == "where" || word == "any" || word == "matches") {
      add_lists(Kind::kAnyOf, inside, all);
    } else if (word == "root") {
      all.push_back({Kind::kElement, html_key("html"), "", "", '\0', 0, 0, {}});
    }
    return true;
  }

  static void add_nth(Kind kind, std::string_view formula,
                      std::vector<SimpleSelector>& all) {
    SimpleSelector simple{kind, 0, "", "", '\0', 0, 0, {}};
    read_nth(formula, simple);
    all.push_back(std::move(simple));
  }

  void add_lists(Kind kind, std::string_view inside, std::vector<SimpleSelector>& all) {
    if (depth_ >= kDeepest) return;
    SimpleSelector simple{kind, 0, "", "", '\0', 0, 0, {}};
    for (std::string_view one : css_list(inside, ',')) {
      auto list = SelectorParser(one, depth_ + 1).single();
      if (!list) return;
      simple.lists.push_back(std::move(*list));
    }
    all.push_back(std::move(simple));
  }

  std::string_view text_;
  unsigned depth_;
  std::size_t at_ = 0;
  HtmlSelector result_;
};

std::optional<HtmlSelector> HtmlSelector::parsed(std::string_view text) {
  return SelectorParser(text).parsed();
}

std::string HtmlSelector::key() const {
  std::string key = "*";
  for (const SimpleSelector& one : compounds_.back().all) {
    if (one.kind == Kind::kId) return "#" + one.name;
    if (one.kind == Kind::kClass) key = "." + one.name;
    if (one.kind == Kind::kElement && key == "*") key = element_name(one.key);
  }
  return key;
}

unsigned HtmlSelector::specificity() const {
  constexpr unsigned kId = 1U << 16U;
  constexpr unsigned kClass = 1U << 8U;
  unsigned sum = 0;
  for (const Compound& compound : compounds_) {
    for (const SimpleSelector& one : compound.all) {
      sum += one.kind == Kind::kId ? kId : one.kind == Kind::kElement ? 1 : kClass;
    }
  }
  return sum;
}

bool HtmlSelector::matches(const HtmlPath& path, std::size_t& steps) const {
  const std::size_t level = path.depth() - 1;
  if (path.siblings(level).empty()) return false;
  return matches_from(path, compounds_.size() - 1, level, path.siblings(level).size() - 1,
                      steps);
}

bool HtmlSelector::matches_from(const HtmlPath& path, std::size_t compound,
                                std::size_t level, std::size_t child,
                                std::size_t& steps) const {
  if (steps == 0) return false;
  --steps;
  if (!all_match(compounds_[compound].all, path.siblings(level)[child])) return false;
  if (compound == 0) return true;
  const auto at_parent = [&](std::size_t parent) {
    return matches_from(path, compound - 1, parent, path.siblings(parent).size() - 1,
                        steps);
  };
  switch (compounds_[compound].combinator) {
    case '>':
      return level > 0 && at_parent(level - 1);
    case '+':
      return child > 0 && matches_from(path, compound - 1, level, child - 1, steps);
    case '~':
      while (child > 0) {
        if (matches_from(path, compound - 1, level, --child, steps)) return true;
      }
      return false;
    default:
      while (level > 0) {
        if (at_parent(--level)) return true;
      }
      return false;
  }
}

}  // namespace noshare::extract
