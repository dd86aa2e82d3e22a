// Looks up cue words; see cue_words.h.
#include "detect/recognizers/cue_words.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

// Longer "words" are encoded data: they are looked at in pieces, so that the cost is
// linear.
constexpr std::size_t kMostWordBytes = 96;

bool has_phrase_at(std::string_view text, std::size_t at, std::string_view phrase) {
  for (const char c : phrase) {
    if (c == ' ') {
      if (at >= text.size() || !is_ascii_space(text[at])) return false;
      while (at < text.size() && is_ascii_space(text[at])) ++at;
    } else if (at >= text.size() || ascii_lower(text[at]) != c) {
      return false;
    } else {
      ++at;
    }
  }
  return at >= text.size() || !is_word_byte(text[at]);
}

}  // namespace

bool is_word_byte(char c) noexcept {
  return is_ascii_alnum(c) || static_cast<unsigned char>(c) >= 0x80;
}

model::Span widened(model::Span where, std::uint32_t before, std::uint32_t after,
                    std::size_t text_size) noexcept {
  const auto size = static_cast<std::uint32_t>(text_size);
  return {where.begin > before ? where.begin - before : 0,
          where.end < size && after < size - where.end ? where.end + after : size};
}

CueWords::CueWords(const std::vector<std::string>& words) {
  for (const std::string& word : words) {
    const std::size_t space = word.find(' ');
    if (is_spaceless_letter(character_at(word, 0))) {
      unspaced_.push_back(word);
    } else if (space == std::string::npos) {
      words_.insert(folded(word));
    } else {
      phrases_.push_back(folded(word));
      first_words_.insert(phrases_.back().substr(0, space));
    }
  }
}

bool CueWords::any_in(std::string_view text, model::Span where) const {
  const std::size_t limit = std::min<std::size_t>(where.end, text.size());
  for (std::size_t at = where.begin; at < limit;) {
    if (!is_word_byte(text[at]) || is_ascii_digit(text[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    const std::size_t most = std::min(text.size(), at + kMostWordBytes);
    while (end < most && is_word_byte(text[end])) ++end;
    const bool whole = at == 0 || !is_word_byte(text[at - 1]);
    const std::string lowered = folded(text.substr(at, end - at));
    if (whole && words_.contains(lowered)) return true;
    if (whole && first_words_.contains(lowered) &&
        std::any_of(phrases_.begin(), phrases_.end(),
                    [&](const std::string& p) { return has_phrase_at(text, at, p); })) {
      return true;
    }
    if (!is_ascii(lowered) &&
        std::any_of(unspaced_.begin(), unspaced_.end(), [&](const std::string& word) {
          return lowered.find(word) != std::string::npos;
        })) {
      return true;
    }
    at = end;
  }
  return false;
}

}  // namespace noshare::detect
