// See html_sheet.h.
#include "extract/html_sheet.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "extract/css_text.h"
#include "extract/html_elements.h"
#include "extract/parameters.h"
#include "extract/transfer.h"

namespace noshare::extract {

void StyleSheet::add_linked(std::string_view text) {
  constexpr unsigned kMostLinked = 20;
  constexpr std::string_view kAddress = "data:text/css";
  for (std::size_t at = text.find(kAddress); at != std::string_view::npos;
       at = text.find(kAddress, at + 1)) {
    std::string_view address = text.substr(at + kAddress.size());
    const std::size_t comma = address.find(',');
    if (comma == std::string_view::npos || ++linked_ > kMostLinked) return;
    const bool base64 = address.substr(0, comma).find("base64") != address.npos;
    address.remove_prefix(comma + 1);
    address = address.substr(0, address.find_first_of("\"')"));
    add(to_valid_utf8(base64 ? decode_base64(address).bytes : percent_decoded(address)));
  }
}

namespace {

// Selectors of a rule inside another (CSS Nesting 1): "& i" or "i" in "p" is "p i". They
// are put into `all`, which is empty before.
void nest_selectors(std::string_view outer, std::string_view inner, std::string& all) {
  constexpr std::size_t kMostBytes = 4096;
  if (outer.empty()) {
    all = inner;
    return;
  }
  for (std::string_view first : css_list(outer, ',')) {
    for (std::string_view second : css_list(inner, ',')) {
      if (all.size() > kMostBytes) return;
      if (!all.empty()) all += ',';
      second = trimmed(second);
      if (second.find('&') == second.npos) {
        all.append(trimmed(first)).append(" ").append(second);
        continue;
      }
      for (const char c : second) {
        c == '&' ? all.append(trimmed(first)) : all.append(1, c);
      }
    }
  }
}

// The next of "{};" that stands in no string and, if it is ';', in no brackets.
std::size_t next_sign(std::string_view css, std::size_t at) {
  int open = 0;
  for (at = css.find_first_of("{};\"'(", at); at < css.size();
       at = css.find_first_of("{};\"'()", at + 1)) {
    const char c = css[at];
    if (c == '(') ++open;
    if (c == ')' && open > 0) --open;
    if (c == '{' || c == '}' || (c == ';' && open == 0)) return at;
    if (c != '"' && c != '\'') continue;
    std::size_t end = at + 1;
    while (end < css.size() && css[end] != c && css[end] != '\n') {
      end += css[end] == '\\' ? 2U : 1U;
    }
    at = end;
  }
  return css.size();
}

}  // namespace

void StyleSheet::add(std::string_view css) {
  constexpr std::size_t kDeepest = 8;
  struct Block {
    std::string selectors;
    std::string declarations;
  };
  add_linked(css);
  const std::string plain = without_css_comments(css);
  const std::string_view text = plain;
  std::vector<Block> blocks(1);  // those that are open, behind the sheet itself
  std::size_t deeper = 0;        // open blocks below them
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = next_sign(text, begin);
    const std::string_view before = trimmed(text.substr(begin, end - begin));
    const char sign = end < text.size() ? text[end] : '}';
    begin = end + 1;
    if (sign == '{' && blocks.size() > kDeepest) {
      ++deeper;
    } else if (sign == '{') {
      // "@media screen {": the rules inside are taken as if they stood alone.
      const std::string outer = blocks.back().selectors;
      std::string& inner = blocks.emplace_back().selectors;
      if (before.starts_with('@')) {
        inner = outer;
      } else {
        nest_selectors(outer, before, inner);
      }
    } else if (deeper > 0) {
      deeper -= sign == '}' ? 1U : 0U;
    } else {
      blocks.back().declarations.append(before).append(";");
      if (sign == ';' || blocks.size() == 1) continue;
      const Block block = std::move(blocks.back());
      blocks.pop_back();
      if (!block.selectors.empty()) add_rule(block.selectors, block.declarations);
    }
  }
}

// "--a: none" says what "var(--a)" is, wherever it stands.
std::string StyleSheet::with_variables(std::string_view declarations) {
  constexpr std::size_t kMostVariables = 100;
  if (declarations.find("--") == std::string_view::npos) return std::string(declarations);
  std::string plain;
  for (std::string_view one : css_list(declarations, ';')) {
    const std::size_t colon = one.find(':');
    const std::string name(trimmed(one.substr(0, colon)));
    if (name.starts_with("--") && colon != std::string_view::npos) {
      if (variables_.size() < kMostVariables) {
        variables_[name] = trimmed(one.substr(colon + 1));
      }
      continue;
    }
    const std::size_t use = one.find("var(");
    const std::size_t close = one.find(')', std::min(use, one.size()));
    if (use == std::string_view::npos || close == std::string_view::npos) {
      plain.append(one).append(";");
      continue;
    }
    std::string_view inside = one.substr(use + 4, close - use - 4);
    const auto known =
        variables_.find(std::string(trimmed(inside.substr(0, inside.find(',')))));
    plain.append(one.substr(0, use));
    if (known != variables_.end()) plain.append(known->second);
    plain.append(one.substr(close + 1)).append(";");
  }
  return plain;
}

void StyleSheet::add_rule(std::string_view selectors, std::string_view declarations) {
  const StyleEffect effect = style_effect(with_variables(declarations));
  const bool odd = effect.hides() || effect.white || effect.is_odd();
  if (!odd && effect.shown_by == 0) return;
  odd_ |= odd;
  const bool important = declarations.find("!important") != std::string_view::npos;
  for (std::string_view text : css_list(selectors, ',')) {
    auto selector = HtmlSelector::parsed(text);
    if (!selector || rules_.size() == kMostRules) continue;
    // What is generated beside an element's content has styles of its own.
    using Generated = HtmlSelector::Generated;
    const bool generated = selector->generated() != Generated::kNone;
    if (generated && effect.content.empty() && effect.counters.empty()) continue;
    StyleEffect kept = effect;
    if (generated) {
      kept = {};
      const bool behind = selector->generated() == Generated::kAfter;
      (behind ? kept.content_behind : kept.content) = effect.content;
      kept.counters = effect.counters;
    }
    Group& group = by_key_[selector->key()];
    group.rules.push_back(rules_.size());
    if (odd) group.all.merge(kept);
    const unsigned specificity = selector->specificity();
    rules_.push_back({std::move(*selector), std::move(kept), important, specificity});
  }
}

void StyleSheet::find(const std::string& key, const HtmlPath& path,
                      std::vector<const Rule*>& found, StyleEffect& otherwise) const {
  const auto group = by_key_.find(key);
  if (group == by_key_.end()) return;
  for (std::size_t index : group->second.rules) {
    if (steps_ == 0) {
      otherwise.merge(group->second.all);
      return;
    }
    if (rules_[index].selector.matches(path, steps_)) found.push_back(&rules_[index]);
  }
}

StyleEffect StyleSheet::effect_on(const HtmlPath& path, const StyleEffect& own) const {
  const auto& siblings = path.siblings(path.depth() - 1);
  if (rules_.empty() || siblings.empty()) return own;
  const HtmlElement& element = siblings.back();
  std::vector<const Rule*> found;
  StyleEffect effect;
  const auto look_for = [&](const std::string& key) { find(key, path, found, effect); };
  look_for("*");
  look_for(element_name(element.key));
  for (std::string_view word : split(element.classes, ' ')) {
    if (!word.empty()) look_for("." + std::string(word));
  }
  if (!element.id.empty()) look_for("#" + std::string(element.id));
  std::sort(found.begin(), found.end(), [](const Rule* a, const Rule* b) {
    return a->specificity != b->specificity ? a->specificity < b->specificity : a < b;
  });
  for (const Rule* rule : found) {
    if (!rule->important) effect.merge(rule->effect);
  }
  effect.merge(own);
  for (const Rule* rule : found) {
    if (rule->important) effect.merge(rule->effect);
  }
  return effect;
}

}  // namespace noshare::extract
