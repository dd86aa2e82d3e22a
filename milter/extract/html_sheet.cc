// See html_sheet.h.
#include "extract/html_sheet.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

// As many letters as html_key() has.
constexpr std::size_t kElementLetters = 8;

std::string without_comments(std::string_view css) {
  std::string plain;
  for (std::size_t at = 0; at < css.size();) {
    const std::size_t open = std::min(css.find("/*", at), css.size());
    plain.append(css.substr(at, open - at));
    const std::size_t close = css.find("*/", std::min(open + 2, css.size()));
    at = open == css.size() || close == std::string_view::npos ? css.size() : close + 2;
  }
  return plain;
}

bool is_name(char c) {
  return is_ascii_alnum(c) || c == '-' || c == '_' ||
         static_cast<unsigned char>(c) >= 0x80;
}

// What the selector ends with: "#id", ".class" or "element"; "" for what is not known.
std::string key_of(std::string_view selector) {
  selector = trimmed(selector);
  if (selector.ends_with("]")) {  // [class="x"], [id=x]
    const std::size_t open = selector.rfind('[');
    const std::size_t equals = selector.find('=', open);
    if (open == std::string_view::npos || equals == std::string_view::npos) return "";
    const std::string_view name = selector.substr(open + 1, equals - open - 1);
    std::string_view value = selector.substr(equals + 1, selector.size() - equals - 2);
    while (!value.empty() && !is_name(value.front())) value.remove_prefix(1);
    while (!value.empty() && !is_name(value.back())) value.remove_suffix(1);
    const char sign = name.starts_with("class") ? '.'
                      : name.starts_with("id")  ? '#'
                                                : '\0';
    return sign == '\0' ? "" : sign + std::string(value);
  }
  // Without a pseudo-class or pseudo-element.
  if (const std::size_t colon = selector.find(':', selector.find_last_of(" >+~") + 1);
      colon != std::string_view::npos) {
    selector = selector.substr(0, colon);
  }
  std::size_t begin = selector.size();
  while (begin > 0 && is_name(selector[begin - 1])) --begin;
  const std::string name(selector.substr(begin));
  if (name.empty()) return "";
  const char sign = begin > 0 ? selector[begin - 1] : ' ';
  return sign == '.' || sign == '#' ? sign + name
                                    : ascii_lowered(name).substr(0, kElementLetters);
}

}  // namespace

void StyleSheet::add(std::string_view css) {
  const std::string plain = without_comments(css);
  const std::string_view text = plain;
  std::size_t begin = 0;  // of what stands before the next brace
  for (std::size_t at = text.find_first_of("{}"); at != std::string_view::npos;
       at = text.find_first_of("{}", at)) {
    const std::string_view before = trimmed(text.substr(begin, at - begin));
    begin = ++at;
    // "@media screen {": the rules inside are taken as if they stood alone.
    if (text[at - 1] == '}' || before.starts_with('@')) continue;
    const std::size_t end = std::min(text.find('}', at), text.size());
    add_rule(before, text.substr(at, end - at));
    begin = at = std::min(end + 1, text.size());
  }
}

void StyleSheet::add_rule(std::string_view selectors, std::string_view declarations) {
  const StyleEffect effect = style_effect(declarations);
  if (!effect.hides && !effect.white && !effect.is_odd()) return;
  for (std::string_view selector : split(selectors, ',')) {
    const std::string key = key_of(selector);
    if (!key.empty() && rules_.size() < kMostRules) rules_[key].merge(effect);
  }
}

void StyleSheet::merge(const std::string& key, StyleEffect& effect) const {
  if (const auto rule = rules_.find(key); rule != rules_.end())
    effect.merge(rule->second);
}

StyleEffect StyleSheet::effect_on(std::string_view element, std::string_view classes,
                                  std::string_view id) const {
  StyleEffect effect;
  if (rules_.empty()) return effect;
  merge(ascii_lowered(element), effect);
  for (std::string_view word : split(classes, ' ')) {
    if (!word.empty()) merge("." + std::string(word), effect);
  }
  if (!id.empty()) merge("#" + std::string(id), effect);
  // Where a rule hides, another may show: no more than a doubt.
  effect.may_hide |= effect.hides || effect.white;
  return effect;
}

}  // namespace noshare::extract
