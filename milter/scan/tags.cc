#include "scan/tags.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::scan {

namespace {

constexpr std::size_t kMostTags = 8;
constexpr std::size_t kMostReasonChars = 200;
constexpr std::size_t kIdChars = 8;                          // of Crockford's base 32
constexpr std::size_t kAnswerChars = 3 + kIdChars + 1 + 64;  // of a case and a key
constexpr std::size_t kSignatureChars = 12;                  // hexadecimal

void add(std::string tag, std::vector<std::string>& tags) {
  if (tags.size() < kMostTags && std::find(tags.begin(), tags.end(), tag) == tags.end()) {
    tags.push_back(std::move(tag));
  }
}

void add_disclosures(std::string_view text, std::vector<std::string>& tags) {
  constexpr std::string_view kBegin = "ND-";
  constexpr std::size_t kChars = kBegin.size() + kIdChars + 1 + kSignatureChars;
  for (std::size_t at = text.find(kBegin); at != std::string_view::npos;
       at = text.find(kBegin, at + 1)) {
    const std::string_view token = text.substr(at, kChars);
    if (token.size() < kChars || token[kBegin.size() + kIdChars] != '-') continue;
    const auto letters = [&](std::size_t from, std::size_t count) {
      const std::string_view part = token.substr(from, count);
      return std::all_of(part.begin(), part.end(), is_ascii_alnum);
    };
    if (letters(kBegin.size(), kIdChars) &&
        letters(kChars - kSignatureChars, kSignatureChars)) {
      add(std::string(token), tags);
    }
  }
}

void add_override(std::string_view text, std::vector<std::string>& tags) {
  constexpr std::string_view kBegin = "[override ";
  const std::string lowered = ascii_lowered(text);
  const std::size_t at = lowered.find(kBegin);
  const std::size_t end = at == std::string::npos ? at : text.find(']', at);
  if (end == std::string_view::npos) return;
  std::string said(text.substr(at + kBegin.size(), end - at - kBegin.size()));
  std::replace_if(
      said.begin(), said.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  add("override " + std::string(trimmed(said)).substr(0, kMostReasonChars), tags);
}

// "NS-7K3M9QX2-" and 64 hexadecimal digits; npos if there is none.
std::size_t find_answer(std::string_view text) {
  constexpr std::string_view kBegin = "NS-";
  for (std::size_t at = text.find(kBegin); at != text.npos;
       at = text.find(kBegin, at + 1)) {
    const std::string_view token = text.substr(at, kAnswerChars);
    if (token.size() < kAnswerChars || token[kBegin.size() + kIdChars] != '-') continue;
    const std::string_view key = token.substr(kBegin.size() + kIdChars + 1);
    const std::string_view digits = "0123456789abcdefABCDEF";
    if (key.find_first_not_of(digits) == key.npos) return at;
  }
  return text.npos;
}

// What the author wrote: not what is quoted, no token, one line.
std::string own_words(const model::Segment& segment) {
  std::string text = segment.text;
  for (const model::Region& region : segment.regions) {
    if (region.kind != model::RegionKind::kQuoted) continue;
    for (std::uint32_t i = region.span.begin; i < region.span.end; ++i) text[i] = ' ';
  }
  if (const std::size_t at = find_answer(text); at != text.npos) {
    text.replace(at, kAnswerChars, kAnswerChars, ' ');
  }
  std::string words;
  for (char c : text) {
    const char shown = c > ' ' && c <= '~' ? c : is_ascii_space(c) ? ' ' : '?';
    if (shown != ' ' || (!words.empty() && words.back() != ' ')) words += shown;
  }
  return std::string(trimmed(words)).substr(0, kMostReasonChars);
}

}  // namespace

void add_answer(std::span<const model::Segment> segments,
                std::vector<std::string>& tags) {
  std::string token;
  std::string reason;
  for (const model::Segment& segment : segments) {
    const std::size_t at = find_answer(segment.text);
    if (at != std::string::npos) token = segment.text.substr(at, kAnswerChars);
    const bool words =
        segment.zone == model::Zone::kBody || segment.zone == model::Zone::kHtmlVisible;
    if (words && reason.empty()) reason = own_words(segment);
  }
  if (!token.empty()) add("answer " + token + ": " + reason, tags);
}

void add_tags(std::string_view text, std::vector<std::string>& tags) {
  add_disclosures(text, tags);
  add_override(text, tags);
}

}  // namespace noshare::scan
