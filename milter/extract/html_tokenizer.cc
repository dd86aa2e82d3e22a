// A streaming HTML tokeniser. See html_tokenizer.h.
#include "extract/html_tokenizer.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

using Kind = HtmlToken::Kind;

bool is_space(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

// Elements whose content is text up to their own end tag (section 13.2.6.2).
bool holds_raw_text(std::uint64_t key) {
  switch (key) {
    case html_key("script"):
    case html_key("style"):
    case html_key("textarea"):
    case html_key("title"):
    case html_key("xmp"):
    case html_key("iframe"):
    case html_key("noembed"):
    case html_key("noframes"):
      return true;
    default:
      return false;
  }
}

// From inside a tag to behind its '>', over quoted values; npos if it is never closed.
std::size_t tag_end(std::string_view html, std::size_t at) {
  char before = ' ';
  for (; at < html.size(); ++at) {
    const char c = html[at];
    if (c == '>') return at + 1;
    if ((c == '"' || c == '\'') && before == '=') {
      at = html.find(c, at + 1);
      if (at == std::string_view::npos) return at;
      before = ' ';
    } else if (!is_space(c)) {
      before = c;
    }
  }
  return std::string_view::npos;
}

}  // namespace

HtmlToken HtmlTokenizer::token(Kind kind, std::size_t begin, std::size_t end) const {
  return {kind, 0, html_.substr(begin, end - begin), begin};
}

HtmlToken HtmlTokenizer::next() {
  if (at_ >= html_.size()) return {};
  if (raw_element_ != 0) return raw_text_token();
  return html_[at_] == '<' ? markup_token() : text_token();
}

HtmlToken HtmlTokenizer::text_token() {
  const std::size_t begin = at_;
  at_ = std::min(html_.find('<', at_), html_.size());
  return token(Kind::kText, begin, at_);
}

HtmlToken HtmlTokenizer::markup_token() {
  const char c = at_ + 1 < html_.size() ? html_[at_ + 1] : ' ';
  if (is_ascii_alpha(c)) return tag_token(false);
  if (c == '!' || c == '?') return comment_token();
  if (c == '/' && at_ + 2 < html_.size()) {
    return is_ascii_alpha(html_[at_ + 2]) ? tag_token(true) : comment_token();
  }
  const std::size_t begin = at_;  // a '<' that opens nothing
  at_ = std::min(html_.find('<', at_ + 1), html_.size());
  return token(Kind::kText, begin, at_);
}

HtmlToken HtmlTokenizer::comment_token() {
  const std::string_view rest = html_.substr(at_);
  const bool real = rest.starts_with("<!--");
  const std::size_t begin = at_ + (real ? 4 : 2);
  if (real && (rest.starts_with("<!-->") || rest.starts_with("<!--->"))) {
    at_ = html_.find('>', at_) + 1;
    return token(Kind::kComment, at_, at_);
  }
  std::size_t close = html_.find(real ? "-->" : ">", begin);
  std::size_t close_size = real ? 3 : 1;
  if (real) {
    const std::size_t loud =
        html_.substr(0, std::min(close, html_.size())).find("--!>", begin);
    if (loud != std::string_view::npos) {
      close = loud;
      close_size = 4;
    }
  }
  const std::size_t end = std::min(close, html_.size());
  at_ = std::min(html_.size(),
                 close == std::string_view::npos ? html_.size() : end + close_size);
  return token(Kind::kComment, std::min(begin, end), end);
}

HtmlToken HtmlTokenizer::tag_token(bool is_end) {
  const std::size_t name_begin = at_ + (is_end ? 2 : 1);
  std::size_t name_end = name_begin;
  while (name_end < html_.size() && !is_space(html_[name_end]) &&
         html_[name_end] != '>' && html_[name_end] != '/') {
    ++name_end;
  }
  const std::size_t end = tag_end(html_, name_end);
  if (end == std::string_view::npos) {
    // Never closed: programs show nothing of it, or all. It counts as hidden.
    const std::size_t begin = at_;
    at_ = html_.size();
    return token(Kind::kComment, begin, at_);
  }
  HtmlToken result = token(is_end ? Kind::kEndTag : Kind::kStartTag, name_end, end - 1);
  result.key = html_key(html_.substr(name_begin, name_end - name_begin));
  at_ = end;
  if (!is_end && holds_raw_text(result.key) && !result.text.ends_with('/')) {
    raw_element_ = result.key;
    raw_name_ = html_.substr(name_begin, name_end - name_begin);
  }
  return result;
}

HtmlToken HtmlTokenizer::raw_text_token() {
  std::size_t end = at_;
  for (;;) {
    end = html_.find("</", end);
    if (end == std::string_view::npos) end = html_.size();
    const bool own = equal_ignoring_case(
        html_.substr(std::min(end + 2, html_.size()), raw_name_.size()), raw_name_);
    if (end == html_.size() || own) break;
    end += 2;
  }
  HtmlToken result = token(Kind::kRawText, at_, end);
  result.key = raw_element_;
  raw_element_ = 0;
  at_ = end;
  return result.text.empty() ? next() : result;
}

bool HtmlAttributes::next(HtmlAttribute& out) {
  while (at_ < text_.size() && (is_space(text_[at_]) || text_[at_] == '/')) ++at_;
  if (at_ >= text_.size()) return false;
  const std::size_t name_begin = at_++;
  while (at_ < text_.size() && !is_space(text_[at_]) && text_[at_] != '=' &&
         text_[at_] != '/') {
    ++at_;
  }
  out.name = text_.substr(name_begin, at_ - name_begin);
  out.value = {};
  std::size_t equals = at_;
  while (equals < text_.size() && is_space(text_[equals])) ++equals;
  if (equals >= text_.size() || text_[equals] != '=') return true;
  at_ = equals + 1;
  while (at_ < text_.size() && is_space(text_[at_])) ++at_;
  if (at_ >= text_.size()) return true;
  const char quote = text_[at_];
  std::size_t end = at_;
  if (quote == '"' || quote == '\'') {
    ++at_;
    end = std::min(text_.find(quote, at_), text_.size());
  } else {
    while (end < text_.size() && !is_space(text_[end])) ++end;
  }
  out.value_begin = at_;
  out.value = text_.substr(at_, end - at_);
  at_ = std::min(text_.size(), end + (quote == '"' || quote == '\'' ? 1 : 0));
  return true;
}

std::string_view attribute_of(std::string_view attributes, std::string_view name) {
  HtmlAttributes all(attributes);
  for (HtmlAttribute one; !name.empty() && all.next(one);) {
    if (equal_ignoring_case(one.name, name)) return one.value;
  }
  return {};
}

}  // namespace noshare::extract
