#include "daemon/reply_text.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::daemon {

namespace {

// 512 octets less CRLF and "550 5.7.1 ".
constexpr std::size_t kMostText = 500;
constexpr std::string_view kPlaceholder = "{case}";

bool is_code(std::string_view word, char kind) {
  return word.size() == 3 && word[0] == kind && word[1] >= '0' && word[1] <= '5' &&
         is_ascii_digit(word[2]);
}

// "5.7.1": class, subject and detail of one to three digits (RFC 3463 section 2).
bool is_enhanced(std::string_view word, char kind) {
  const auto fields = split(word, '.');
  return fields.size() == 3 && fields[0].size() == 1 && fields[0][0] == kind &&
         std::all_of(fields.begin(), fields.end(), [](std::string_view field) {
           return !field.empty() && field.size() <= 3 &&
                  std::all_of(field.begin(), field.end(), is_ascii_digit);
         });
}

bool looks_like_code(std::string_view word) {
  return word.size() == 3 && std::all_of(word.begin(), word.end(), is_ascii_digit);
}

std::string_view take_word(std::string_view& text) {
  text = trimmed(text);
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(word.size());
  return word;
}

std::string printable(std::string_view text) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = code_point_at(text, at);
    at += point.bytes;
    const bool shown = point.value >= 0x20 && point.value < 0x7F;
    const bool blank = point.value == '\t' || point.value == '\r' || point.value == '\n';
    result += shown ? static_cast<char>(point.value) : blank ? ' ' : '?';
  }
  return result;
}

std::string with_case(std::string text, std::string_view case_number) {
  const std::size_t at = text.find(kPlaceholder);
  if (case_number.empty() || at == std::string::npos) {
    if (at != std::string::npos) text.erase(at, kPlaceholder.size());
    const std::string end =
        case_number.empty() ? std::string() : " (case " + std::string(case_number) + ")";
    text.resize(std::min(text.size(), kMostText - end.size()));
    return text + end;
  }
  // Everything after the case number may go, and as much before it as must.
  std::string head = text.substr(0, at);
  head.resize(std::min(head.size(), kMostText - case_number.size()));
  std::string result = head;
  for (std::size_t from = at; from != std::string::npos;) {
    const std::size_t after = from + kPlaceholder.size();
    from = text.find(kPlaceholder, after);
    result += std::string(case_number) + text.substr(after, from - after);
  }
  result.resize(std::min(result.size(), kMostText));
  return result;
}

std::string percent_doubled(const std::string& text) {
  std::string result;
  for (const char c : text) result.append(c == '%' ? 2 : 1, c);
  return result;
}

}  // namespace

Reply make_reply(char kind, std::string_view reply, std::string_view case_number) {
  Reply made = kind == '4' ? Reply{"451", "4.7.1", {}} : Reply{"550", "5.7.1", {}};
  std::string_view rest = reply;
  if (std::string_view after = rest; looks_like_code(take_word(after))) {
    const std::string_view code = take_word(rest);
    const bool usable = is_code(code, kind);
    if (usable) made.code = code;
    after = rest;
    const std::string_view enhanced = take_word(after);
    if (is_enhanced(enhanced, '4') || is_enhanced(enhanced, '5')) {
      rest = after;
      if (usable && is_enhanced(enhanced, kind)) made.enhanced = enhanced;
    }
  }
  made.text = percent_doubled(with_case(printable(trimmed(rest)), case_number));
  if (made.text.empty())
    made.text = kind == '4' ? "please try again later" : "message refused";
  return made;
}

}  // namespace noshare::daemon
