// See scattered_groups.h.
#include "extract/disguise/scattered_groups.h"

#include <algorithm>
#include <utility>

namespace noshare::extract {
namespace {

constexpr std::size_t kMostBetween = 48;  // bytes from group to group

bool has_words(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_word_char(text, at)) return true;
  }
  return false;
}

}  // namespace

void ScatteredGroups::take(DigitToken token) {
  if (token.kind != DigitToken::Kind::kDigits || token.real != token.digits.size() ||
      token.digits.size() == 1) {  // "part 1"
    return;
  }
  constexpr std::size_t kMostGroups = 4;
  if (!groups_.empty() && token.begin - groups_.back().end > kMostBetween)
    groups_.clear();
  groups_.push_back(std::move(token));
  if (groups_.size() > kMostGroups) groups_.pop_front();
  for (std::size_t count = 3; count <= groups_.size(); ++count) {
    read_from(groups_.size() - count);
  }
}

void ScatteredGroups::read_from(std::size_t first) {
  const auto begin = groups_.begin() + static_cast<std::ptrdiff_t>(first);
  const bool known =
      std::any_of(kDigitShapes.begin(), kDigitShapes.end(), [&](const auto& shape) {
        const auto end = std::find(shape.begin(), shape.end(), 0U);
        return std::equal(begin, groups_.end(), shape.begin(), end,
                          [](const DigitToken& token, std::size_t size) {
                            return token.digits.size() == size;
                          });
      });
  if (!known || !has_words_between(first)) return;
  const Cues cues = cues_around(text_, begin->begin, groups_.back().end);
  if (!cues.card && !cues.identity) return;
  Digits digits;
  for (auto token = begin; token != groups_.end(); ++token) {
    out_.add_written(*token, digits);
  }
  out_.put(digits, begin->begin, groups_.back().end,
           digits.size() == 9 ? "xxx-xx-xxxx" : "");
}

// Words, but few, between the groups from the `first` on.
bool ScatteredGroups::has_words_between(std::size_t first) const {
  bool words = false;
  for (std::size_t i = first + 1; i < groups_.size(); ++i) {
    const std::size_t from = groups_[i - 1].end;
    words = words || has_words(text_.substr(from, groups_[i].begin - from));
  }
  return words;
}

}  // namespace noshare::extract
