// See digit_places.h.
#include "extract/disguise/digit_places.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <utility>

#include "noshare/base/text.h"

#include "extract/disguise/digit_tokens.h"
#include "extract/disguise/skipping.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kFewestDigits = 9;    // the shortest identity number
constexpr std::size_t kLongestSpoken = 64;  // bytes of a word, run together, from a place

enum class Kind : std::uint8_t { kSign, kAlnum, kOther };

constexpr std::array<Kind, 256> kKinds = [] {
  std::array<Kind, 256> kinds{};
  for (std::size_t c = 0; c < kinds.size(); ++c) {
    if (c >= 0x80) kinds[c] = Kind::kOther;
    if (is_ascii_alnum(static_cast<char>(c))) kinds[c] = Kind::kAlnum;
  }
  return kinds;
}();

Kind kind_of(char c) { return kKinds[static_cast<unsigned char>(c)]; }

}  // namespace

// Sees the letters and digits of ASCII to either side of a place.
class DigitPlaces::Glance {
 public:
  static constexpr std::size_t kBytes = Bytes::kCount;  // to either side

  explicit Glance(std::string_view text) : text_(text) {}

  // The word at `at`, or the next one behind; empty if its ends are not in sight, or
  // what is no ASCII. To go on by kBytes each time costs least.
  std::string_view word_at(std::size_t at) {
    if (at < kBytes || at + kBytes > text_.size()) return {};
    if (at != std::exchange(at_, at) + kBytes) read(at - kBytes);
    read(at);
    const auto skipped = static_cast<unsigned>(std::countr_zero(letters_ >> kBytes));
    if (others_ != 0 || skipped >= kBytes) return {};
    const unsigned place = kBytes + skipped;
    const auto before = static_cast<unsigned>(std::countl_one(letters_ << (32U - place)));
    const auto behind = static_cast<unsigned>(std::countr_one(letters_ >> place));
    // Where it touches an edge, it may go on.
    if (before == place || place + behind == 2 * kBytes) return {};
    return text_.substr(at + skipped - before, before + behind);
  }

 private:
  void read(std::size_t at) {
    const Bytes bytes = Bytes::at(text_.data() + at);
    letters_ = letters_ >> kBytes | bytes.is_alnum().bits() << kBytes;
    others_ = others_ >> kBytes | bytes.is_least(0x80).bits() << kBytes;
  }

  std::string_view text_;
  std::size_t at_ = std::string_view::npos - 2 * kBytes;
  std::uint32_t letters_ = 0;  // bit i stands for the byte at_ - kBytes + i
  std::uint32_t others_ = 0;   // beyond ASCII
};

DigitPlaces::Word DigitPlaces::word_at(std::size_t at, std::size_t least) const {
  constexpr std::size_t kLongest = 400;  // letters of a number in words, run together
  Word word{begin_of_word(text_, at, least), at};
  while (word.end < text_.size() && word.end - at < kLongest &&
         is_word_char(text_, word.end)) {
    word.end += code_point_at(text_, word.end).bytes;
  }
  return word;
}

// The word behind `end`, over the signs between; none if there are too many.
DigitPlaces::Word DigitPlaces::word_behind(std::size_t end) const {
  const std::size_t most = std::min(text_.size(), end + kMostDigitGap + 1);
  while (end < most && !is_word_char(text_, end)) end += code_point_at(text_, end).bytes;
  return end < most ? word_at(end, end) : Word{end, end};
}

DigitPlaces::Word DigitPlaces::word_before(std::size_t begin, std::size_t least) const {
  least = std::max(least, begin - std::min(begin, 2 * kMostDigitGap));
  for (std::size_t end = begin; end > least;) {
    const std::size_t word = begin_of_word(text_, end, least);
    if (word < end) return {begin - end > kMostDigitGap ? end : word, end};
    --end;
    while (end > least && (static_cast<unsigned char>(text_[end]) & 0xC0U) == 0x80) --end;
  }
  return {begin, begin};
}

bool DigitPlaces::may_mean(const Word& word) const {
  return !word.is_none() &&
         may_mean_digits(text_.substr(word.begin, word.end - word.begin));
}

// Too short for a number, and nothing around it that may belong to one.
bool DigitPlaces::stands_alone(const Word& word, std::size_t least) const {
  if (word.end - word.begin >= kFewestDigits) return false;
  return !may_mean(word_behind(word.end)) && !may_mean(word_before(word.begin, least));
}

// The first byte from `at` on that is no sign of ASCII; the text's size if there are too
// many of these.
std::size_t DigitPlaces::behind_signs(std::size_t at) const {
  const std::size_t most = std::min(text_.size(), at + kMostDigitGap + 1);
  while (at < most && kind_of(text_[at]) == Kind::kSign) ++at;
  return at < most ? at : text_.size();
}

// The word at `at`, or the next one behind.
DigitPlaces::Word DigitPlaces::spoken_at(std::size_t at) const {
  const Word word = word_at(at, at - std::min(at, kLongestSpoken));
  return word.is_none() ? word_behind(at) : word;
}

// False if spoken_at() is certainly no word of a number. Most words are of ASCII letters,
// and most of those are none.
bool DigitPlaces::may_be_spoken_at(std::size_t at) const {
  const std::size_t least = at - std::min(at, kLongestSpoken);
  const std::size_t most = std::min(text_.size(), at + kLongestSpoken);
  std::size_t begin = at;
  std::size_t end = at;
  while (begin > least && kind_of(text_[begin - 1]) == Kind::kAlnum) --begin;
  while (end < most && kind_of(text_[end]) == Kind::kAlnum) ++end;
  const bool is_whole = (begin == 0 || kind_of(text_[begin - 1]) == Kind::kSign) &&
                        (end == text_.size() || kind_of(text_[end]) == Kind::kSign);
  return !is_whole || may_mean_digits_ascii(text_.substr(begin, end - begin));
}

// False if the word at `at`, or the next one behind, is certainly no word of a number.
bool DigitPlaces::may_be_spoken_behind(std::size_t at, Glance& glance) const {
  if (const std::string_view word = glance.word_at(at); !word.empty()) {
    return may_mean_digits_ascii(word);
  }
  const std::size_t place = behind_signs(at);
  return place < text_.size() && may_be_spoken_at(place);
}

// The first word in [at, end) that belongs to a number said in words.
std::size_t DigitPlaces::next_spoken(std::size_t at, std::size_t end) const {
  constexpr std::size_t kStep = Glance::kBytes;  // "ten ten ten ten ten" is the shortest
  constexpr int kFewest = 3;                     // words in a row
  Glance glance(text_);
  for (; at < end; at += kStep) {
    if (!may_be_spoken_behind(at, glance)) continue;
    const Word word = spoken_at(behind_signs(at));
    if (!may_mean(word)) continue;
    int row = 1;
    for (Word next = word_behind(word.end); row < kFewest && may_mean(next); ++row) {
      next = word_behind(next.end);
    }
    for (Word last = word_before(word.begin, 0); row < kFewest && may_mean(last); ++row) {
      last = word_before(last.begin, 0);
    }
    const bool run_together = word.end - word.begin >= 2 * kFewestDigits;
    if (row >= kFewest || run_together) return word.begin;
  }
  return end;
}

// Where the run that the token at `at` belongs to begins.
std::size_t DigitPlaces::begin_of_run(std::size_t at, std::size_t least) const {
  constexpr int kMostTokens = 80;
  for (int i = 0; i < kMostTokens; ++i) {
    const Word word = word_before(at, least);
    if (!may_mean(word)) break;
    DigitTokens one(text_);
    one.seek(word.begin);
    if (one.next().kind == DigitToken::Kind::kOther) break;
    at = word.begin;
  }
  return at;
}

// One of a number's groups, perhaps, whose others stand behind words.
void DigitPlaces::tell_alone(const Word& word) {
  const std::string_view group = text_.substr(word.begin, word.end - word.begin);
  if (!std::all_of(group.begin(), group.end(), is_ascii_digit)) return;
  DigitToken token;
  token.kind = DigitToken::Kind::kDigits;
  token.begin = word.begin;
  token.end = word.end;
  token.digits = group;
  token.real = group.size();
  alone_.take(std::move(token));
}

std::size_t DigitPlaces::next(std::size_t at) {
  std::size_t least = at;
  while (at < text_.size()) {
    if (!looked_ || digit_ < at) digit_ = next_digit(text_, at);
    looked_ = true;
    const std::size_t spoken = next_spoken(at, digit_);
    if (spoken < digit_) return begin_of_run(std::max(spoken, least), least);
    if (digit_ >= text_.size()) break;
    const Word word = word_at(digit_, at);
    if (!stands_alone(word, at)) return begin_of_run(word.begin, least);
    tell_alone(word);
    at = least = word.end;  // told once
  }
  return text_.size();
}

}  // namespace noshare::extract
