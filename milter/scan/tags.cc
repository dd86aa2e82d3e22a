#include "scan/tags.h"

#include <algorithm>

#include "noshare/base/text.h"

namespace noshare::scan {

namespace {

constexpr std::size_t kMostTags = 8;
constexpr std::size_t kMostReasonChars = 200;
constexpr std::size_t kIdChars = 8;          // of Crockford's base 32
constexpr std::size_t kSignatureChars = 12;  // hexadecimal

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

}  // namespace

void add_tags(std::string_view text, std::vector<std::string>& tags) {
  add_disclosures(text, tags);
  add_override(text, tags);
}

}  // namespace noshare::scan
