// See html_generated.h.
#include "extract/html_generated.h"

#include <algorithm>
#include <charconv>

#include "noshare/base/text.h"

#include "extract/css_text.h"
#include "extract/html_tokenizer.h"
#include "extract/mapped_text.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostCounters = 1000;
constexpr std::size_t kMostTexts = 1000;
constexpr std::size_t kMostOpen = 256;    // elements with a text behind them
constexpr std::size_t kMostBytes = 1024;  // of a text

std::optional<long long> number_of(std::string_view text) {
  constexpr long long kMost = 1LL << 40;
  text = trimmed(text);
  if (text.starts_with('+')) text.remove_prefix(1);
  long long number = 0;
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number > kMost || number < -kMost) return std::nullopt;
  return number;
}

// What stands in the brackets of "attr(a, b)" at `at`: "a".
std::string_view argument_at(std::string_view text, std::size_t at) {
  const std::size_t open = text.find('(', at) + 1;
  const std::size_t end = std::min(text.find_first_of(",)", open), text.size());
  return trimmed(text.substr(open, end - open));
}

}  // namespace

void GeneratedText::count(std::string_view counters) {
  for (std::string_view line : split(counters, '\n')) {
    const std::size_t space = line.find(' ');
    if (space == line.npos || counters_.size() > kMostCounters) continue;
    const std::string_view word = line.substr(space + 1);
    const long long number = number_of(word).value_or(0);
    long long& counter = counters_[std::string(line.substr(0, space))];
    counter = word.starts_with('+') ? counter + number : number;
  }
}

std::string GeneratedText::text(std::string_view content,
                                std::string_view attributes) const {
  std::string text;
  for (std::size_t at = 0; at < content.size() && text.size() < kMostBytes; ++at) {
    const char quote = content[at];
    const std::string_view rest = content.substr(at);
    if (quote == '"' || quote == '\'') {
      const std::size_t begin = ++at;
      while (at < content.size() && content[at] != quote) {
        at += content[at] == '\\' ? 2U : 1U;
      }
      at = std::min(at, content.size());
      text += without_css_escapes(content.substr(begin, at - begin));
    } else if (rest.starts_with("attr(")) {
      text += attribute_of(attributes, argument_at(content, at));
    } else if (rest.starts_with("counter(") || rest.starts_with("counters(")) {
      const auto known = counters_.find(argument_at(content, at));
      if (known != counters_.end()) text += std::to_string(known->second);
    } else {
      continue;
    }
    // A string in brackets ("counters(a, '.')") parts, or is no text at all.
    if (quote != '"' && quote != '\'')
      at = std::min(content.find(')', at), content.size());
  }
  return text;
}

std::string GeneratedText::item_number(std::uint64_t key, std::string_view attributes) {
  if (key == html_key("ol")) {
    item_ = number_of(attribute_of(attributes, "start"));
  } else if (key == html_key("ul")) {
    item_.reset();
  }
  if (key != html_key("li")) return "";
  if (const auto number = number_of(attribute_of(attributes, "value"))) item_ = number;
  if (!item_) return "";
  return std::to_string((*item_)++) + " ";
}

void TextsBehind::add(std::uint64_t key, std::string text) {
  if (text.empty() || open_.size() == kMostOpen) return;
  open_.push_back({{}, std::move(text)});
  open_.back().scope.open(key);
}

// `closes`: whether the tag ends the element of a scope.
template <class Closes>
std::string TextsBehind::ended(const Closes& closes) {
  std::string texts;
  for (std::size_t i = open_.size(); i-- > 0;) {
    if (!closes(open_[i].scope)) continue;
    texts += open_[i].text;
    open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return texts;
}

std::string TextsBehind::start_tag(std::uint64_t key) {
  return ended([key](HtmlScope& scope) { return scope.start_tag(key); });
}

std::string TextsBehind::end_tag(std::uint64_t key) {
  return ended([key](HtmlScope& scope) { return scope.end_tag(key); });
}

std::string TextsBehind::of_all() const {
  std::string texts;
  for (auto open = open_.rbegin(); open != open_.rend(); ++open) texts += open->text;
  return texts;
}

void ReferredTexts::start_tag(std::uint64_t key, std::string_view id, std::size_t at) {
  for (Open* open : {&text_, &group_}) open->scope.start_tag(key);
  const bool is_text = key == html_key("text") || key == html_key("tspan");
  const bool is_group = key == html_key("g") || key == html_key("symbol");
  Open& open = is_text ? text_ : group_;
  if (id.empty() || (!is_text && !is_group) || open.scope.active()) return;
  open.scope.open(key);
  open.id = id;
  open.begin = at;
}

void ReferredTexts::end_tag(std::uint64_t key, std::string_view all) {
  end(text_, key, all);
  end(group_, key, all);
}

void ReferredTexts::end(Open& open, std::uint64_t key, std::string_view all) {
  if (!open.scope.end_tag(key) || texts_.size() == kMostTexts) return;
  const std::string_view text =
      trimmed(all.substr(std::min(open.begin, all.size()), kMostBytes));
  if (!text.empty()) texts_.emplace(open.id, text);
}

std::string_view ReferredTexts::text_for(std::uint64_t key,
                                         std::string_view attributes) const {
  if (key != html_key("use") && key != html_key("tref")) return {};
  std::string_view address = attribute_of(attributes, "href");
  if (address.empty()) address = attribute_of(attributes, "xlink:href");
  if (!address.starts_with('#')) return {};
  const auto known = texts_.find(address.substr(1));
  return known == texts_.end() ? std::string_view() : known->second;
}

}  // namespace noshare::extract
