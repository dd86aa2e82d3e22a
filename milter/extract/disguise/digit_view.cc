// Reads runs of tokens that mean digits. See digit_view.h.
#include "extract/disguise/digit_view.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/digit_groups.h"
#include "extract/disguise/digit_lines.h"
#include "extract/disguise/digit_places.h"
#include "extract/disguise/digit_tokens.h"
#include "extract/disguise/glued_digits.h"
#include "extract/disguise/scattered_groups.h"
#include "extract/disguise/skipping.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {
namespace {

using Kind = DigitToken::Kind;

constexpr std::size_t kMostLineEnds = 3;    // in such a gap
constexpr std::size_t kFewestDigits = 9;    // the shortest identity number
constexpr std::size_t kMostDigits = 40;     // the longest bank account
constexpr std::ptrdiff_t kFewestWords = 3;  // number words in a run: fewer are prose
constexpr std::size_t kFewestCard = 13;     // ISO/IEC 7812-1
constexpr std::size_t kMostCard = 19;

class DigitReader {
 public:
  DigitReader(std::string_view text, bool mapped)
      : text_(text),
        out_(text, mapped),
        scattered_(text, out_),
        tokens_(text),
        places_(text, scattered_) {}

  MappedText read() {
    while (!out_.full()) {
      if (run_.empty() && times_ == 1) tokens_.seek(places_.next(tokens_.position()));
      DigitToken token = tokens_.next();
      if (token.kind == Kind::kEnd) break;
      take(std::move(token));
    }
    finish();
    return out_.finish();
  }

 private:
  void take(DigitToken token) {
    if (token.kind == Kind::kScientific) {
      finish();
      emit_scientific(token);
      return;
    }
    switch (token.kind) {
      case Kind::kOther:
        finish();
        read_glued_digits(text_, token.begin, token.end, out_);
        return;
      case Kind::kSeparator:
      case Kind::kOrdinal:
        if (run_.empty()) return;
        gap_ += token.begin - run_end_;
        run_end_ = token.end;
        return;
      case Kind::kRepeat:
        if (run_.empty()) run_end_ = token.begin;
        gap_ += token.begin - run_end_;
        times_ = token.times;
        run_end_ = token.end;
        return;
      default:
        break;
    }
    token.times = std::exchange(times_, 1U);
    if (!run_.empty() && !joins(token)) finish();
    scattered_.take(token);
    run_end_ = token.end;
    gap_ = 0;
    run_.push_back(std::move(token));
    if (run_.size() < 2 * kMostDigits) return;
    // Longer than any number: what was seen is read, and its end kept.
    emit_run();
    run_.erase(run_.begin(), run_.end() - static_cast<std::ptrdiff_t>(kMostCard));
  }

  bool joins(const DigitToken& next) {
    const std::string_view gap = text_.substr(run_end_, next.begin - run_end_);
    if (gap.size() + gap_ > kMostDigitGap) return false;
    if (static_cast<std::size_t>(std::count(gap.begin(), gap.end(), '\n')) >
        kMostLineEnds) {
      return false;
    }
    if (next.word == nullptr) return true;
    for (std::size_t language = 0; language < kNumberLanguages; ++language) {
      if (next.word->value[language] >= 0 && is_spoken(language)) return true;
    }
    return false;
  }

  // All words of the run are this language's.
  bool is_spoken(std::size_t language) const {
    return std::all_of(run_.begin(), run_.end(), [&](const DigitToken& token) {
      return token.word == nullptr || token.word->value[language] >= 0;
    });
  }

  void emit_run() {
    if (run_.empty()) return;
    const auto words = std::count_if(run_.begin(), run_.end(), [](auto& one) {
      return one.kind == Kind::kWord && one.word != nullptr;
    });
    const bool repeats = std::any_of(run_.begin(), run_.end(),
                                     [](const auto& one) { return one.times > 1; });
    const bool run_together = std::any_of(run_.begin(), run_.end(), [](auto& one) {
      return one.kind == Kind::kWord && one.word == nullptr;
    });
    if (words >= kFewestWords || run_together || repeats) {
      emit_words();
    } else {
      emit_between_words();
    }
  }

  void finish() {
    emit_run();
    run_.clear();
    emitted_.clear();
    gap_ = 0;
    times_ = 1;
  }

  // "one of 4 1 1 1": the few words around belong to the sentence.
  void emit_between_words() {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= run_.size(); ++i) {
      if (i < run_.size() && run_[i].kind != Kind::kWord) continue;
      if (i > begin) emit_groups(begin, i);
      begin = i + 1;
    }
  }

  void emit_words() {
    for (std::size_t language = 0; language < kNumberLanguages; ++language) {
      if (!is_spoken(language)) continue;
      Digits digits;
      bool tens = false;  // "forty" waits for its unit
      for (std::size_t i = 0; i < run_.size(); ++i) {
        // "this one: four one one one"
        if (i > 0 && gap_before(i).find(':') != std::string_view::npos) {
          emit_spoken(digits);
          digits.clear();
        }
        add_spoken(run_[i], language, digits, tens);
      }
      emit_spoken(digits);
    }
  }

  void emit_spoken(const Digits& digits) {
    emit(digits, 0, run_.size(), true);
    // A card's, and words of the sentence before or behind it.
    constexpr std::size_t kMostBeside = 4;
    if (digits.size() <= kFewestCard || digits.size() > kMostCard + kMostBeside) return;
    for (std::size_t size : {std::size_t{16}, std::size_t{15}}) {
      for (std::size_t at = 0; at + size <= digits.size(); ++at) {
        const auto part = std::span(digits).subspan(at, size);
        if (size < digits.size() && check_digit_holds(part)) {
          emit({part.begin(), part.end()}, 0, run_.size(), true);
        }
      }
    }
  }

  DigitGroups groups(std::size_t begin, std::size_t end) const {
    return DigitGroups(run_).subspan(begin, end - begin);
  }
  std::string_view gap_before(std::size_t i) const {
    return extract::gap_before(text_, run_, i);
  }

  void add_spoken(const DigitToken& token, std::size_t language, Digits& digits,
                  bool& tens) const {
    if (token.word == nullptr) {
      out_.add_written(token, digits);
      tens = false;
      return;
    }
    const int value = token.word->value[language];
    if (value > 0 && value < 10 && tens) digits.pop_back();
    for (unsigned i = 0; i < token.times; ++i) {
      if (value >= 10) {
        digits.push_back({static_cast<char>('0' + value / 10), token.begin});
      }
      digits.push_back({static_cast<char>('0' + value % 10), token.begin});
    }
    tens = value >= 20 && value % 10 == 0;
  }

  Digits digits_of(std::size_t begin, std::size_t end) const {
    Digits digits;
    for (std::size_t i = begin; i < end; ++i) out_.add_written(run_[i], digits);
    return digits;
  }

  std::size_t count(std::size_t begin, std::size_t end) const {
    std::size_t sum = 0;
    for (std::size_t i = begin; i < end; ++i)
      sum += run_[i].digits.size() * run_[i].times;
    return sum;
  }

  // Groups [begin, end) of the run, all of digits and look-alikes.
  void emit_groups(std::size_t begin, std::size_t end) {
    const std::size_t units = count(begin, end);
    if (units < kFewestDigits || are_versions(text_, groups(begin, end))) return;
    emit_singles(begin, end);
    for (std::size_t i = begin; i < end; ++i) {
      for (const auto& shape : kDigitShapes) emit_shape(i, end, shape);
      if (is_between_underscores(run_[i]))
        read_glued_digits(text_, run_[i].begin, std::min(run_[i].end + 1, text_.size()),
                          out_);
      if (run_[i].is_odd() && run_[i].digits.size() >= kFewestCard &&
          is_meant_as_number(groups(i, i + 1))) {
        emit(digits_of(i, i + 1), i, i + 1, false);
      }
    }
    emit_as_cued(begin, end, units);
  }

  // Digits that stand one by one.
  void emit_singles(std::size_t begin, std::size_t end) {
    for (std::size_t i = begin; i < end;) {
      std::size_t stop = i;
      while (stop < end && run_[stop].digits.size() == 1) ++stop;
      if (stop - i >= kFewestDigits && is_meant_as_number(groups(i, stop))) {
        emit(digits_of(i, stop), i, stop, true);
        emit_between_letters(i, stop);
        emit_columns(i, stop);
      }
      i = std::max(stop, i + 1);
    }
  }

  // "i s 4 1 1 1": letters at the ends belong to words, spaced out as well.
  void emit_between_letters(std::size_t begin, std::size_t end) {
    const std::size_t first = begin;
    const std::size_t last = end;
    while (begin < end && run_[begin].has_letters()) ++begin;
    while (end > begin && run_[end - 1].has_letters()) --end;
    if ((begin > first || end < last) && end - begin >= kFewestDigits) {
      emit(digits_of(begin, end), begin, end, true);
    }
  }

  // Single digits in rows as long as each other, read down the columns.
  void emit_columns(std::size_t begin, std::size_t end) {
    std::size_t width = 0;
    for (std::size_t i = begin + 1; i <= end; ++i) {
      const bool row_ends =
          i == end || gap_before(i).find('\n') != std::string_view::npos;
      if (!row_ends) continue;
      if (width == 0) width = i - begin;
      if ((i - begin) % width != 0) return;
    }
    const std::size_t rows = (end - begin) / width;
    if (width < 2 || rows < 2 || end - begin > kMostCard || end - begin < kFewestCard) {
      return;
    }
    const Digits written = digits_of(begin, end);
    Digits digits;
    for (std::size_t column = 0; column < width; ++column) {
      for (std::size_t row = 0; row < rows; ++row) {
        digits.push_back(written[row * width + column]);
      }
    }
    if (check_digit_holds(digits)) emit(digits, begin, end, true);
  }

  void emit_shape(std::size_t begin, std::size_t end,
                  const std::array<std::size_t, 5>& shape) {
    std::size_t at = begin;
    for (std::size_t size : shape) {
      if (size == 0) break;
      if (at >= end || run_[at].digits.size() != size) return;
      ++at;
    }
    // One of many groups of that size belongs to a table of figures.
    const auto beside = [&](std::size_t i) { return run_[i].digits.size() > 2; };
    if ((begin > 0 && beside(begin - 1)) || (at < run_.size() && beside(at))) return;
    const bool letters = has_letters(groups(begin, at));
    if (!letters && has_usual_gaps(text_, groups(begin, at))) return;
    const Digits digits = digits_of(begin, at);
    // "802.11... Also": a word like any other, unless a check digit says that it is 4150.
    const auto is_like_a_word = [](const DigitToken& token) {
      return token.real == 0 && token.close < token.digits.size();
    };
    const auto parts = groups(begin, at);
    if (digits.size() < kFewestCard &&
        std::any_of(parts.begin(), parts.end(), is_like_a_word))
      return;
    // Without its check digit it is no card: a part of an account, perhaps.
    if (!letters && digits.size() >= kFewestCard && !check_digit_holds(digits)) return;
    if (is_meant_as_number(groups(begin, at))) emit(digits, begin, at, false);
  }

  // What a word nearby says that the number is, however it is grouped.
  void emit_as_cued(std::size_t begin, std::size_t end, std::size_t units) {
    const bool single = end - begin == 1;
    const bool odd = !single || run_[begin].is_odd();
    const Cues cues = cues_around(text_, run_[begin].begin, run_[end - 1].end);
    if (!is_meant_as_number(groups(begin, end))) return;
    if (cues.backwards && units <= kMostDigits) {
      Digits digits = digits_of(begin, end);
      std::reverse(digits.begin(), digits.end());
      emit(digits, begin, end, true);
      return;
    }
    if (!odd || is_usual_shape(text_, groups(begin, end)) ||
        are_codes(text_, groups(begin, end)))
      return;
    if (cues.card) emit_card(begin, end, units);
    if (cues.identity && units == kFewestDigits && !is_mirrored(groups(begin, end))) {
      emit(digits_of(begin, end), begin, end, true);
    }
    const bool plus = run_[begin].begin > 0 && text_[run_[begin].begin - 1] == '+';
    if ((cues.phone || plus) && units >= 10 && units <= 15 &&
        !is_usual_phone(text_, groups(begin, end))) {
      emit(digits_of(begin, end), begin, end, true);
    }
  }

  // All groups, or as many as a card has: an amount, a date may stand beside them.
  void emit_card(std::size_t begin, std::size_t end, std::size_t units) {
    constexpr std::size_t kMostBeside = 8;
    // With a fraction, as an amount.
    for (std::size_t i = begin; i < end && end - begin > 1; ++i) {
      const std::size_t size = run_[i].digits.size();
      const bool fraction = i + 1 < end && run_[i + 1].begin == run_[i].end + 1 &&
                            text_[run_[i].end] == '.';
      if (size >= kFewestCard && size <= kMostCard && fraction) {
        emit(digits_of(i, i + 1), i, i + 1, false);
        return;
      }
    }
    if (units <= kMostCard) {
      if (units >= kFewestCard) emit(digits_of(begin, end), begin, end, false);
      return;
    }
    if (units > kMostCard + kMostBeside) return;
    for (std::size_t i = begin; i < end; ++i) {
      std::size_t size = 0;
      for (std::size_t stop = i + 1; stop <= end; ++stop) {
        size += count(stop - 1, stop);
        if (size > kMostCard) break;
        if (size == 15 || size == 16) emit(digits_of(i, stop), i, stop, false);
      }
    }
  }

  // One number that groups [begin, end) mean. `spelled`: its groups tell nothing of what
  // it is, so that it is written in the ways in which each kind of number is found.
  void emit(const Digits& digits, std::size_t begin, std::size_t end, bool spelled) {
    if (digits.size() < kFewestDigits || digits.size() > kMostDigits) return;
    if (is_counting(digits)) return;
    std::string number;
    for (const Digit& digit : digits) number += digit.meant;
    if (std::find(emitted_.begin(), emitted_.end(), number) != emitted_.end()) return;
    const std::size_t from = run_[begin].begin;
    const std::size_t to = run_[end - 1].end;
    const bool plus = from > 0 && text_[from - 1] == '+';
    const Cues cues = cues_around(text_, from, to);
    if (!spelled && is_in_cells(text_, groups(begin, end)) && !cues.card &&
        !cues.identity) {
      // Nine figures in three columns are no more than that.
      if (digits.size() != 9) out_.put_cells(digits, from, to);
      return;
    }
    emitted_.push_back(std::move(number));
    const bool said = !spelled || run_[begin].kind == Kind::kWord;
    if (digits.size() == 9 && (said || cues.identity)) {
      out_.put(digits, from, to, "xxx-xx-xxxx");
    }
    if (digits.size() == 10 && spelled && cues.phone) {
      out_.put(digits, from, to, "xxx-xxx-xxxx");
    }
    if (digits.size() != 9 || spelled) out_.put(digits, from, to, plus ? "+" : "");
  }

  // "1 2 3 4 5 6 7 8 9", "0 0 0 0 0 0 0 0 0".
  static bool is_counting(const Digits& digits) {
    const auto step = [&](std::size_t i) {
      return (digits[i].meant - digits[i - 1].meant + 10) % 10;
    };
    for (std::size_t i = 2; i < digits.size(); ++i) {
      if (step(i) != step(1)) return false;
    }
    return step(1) == 0 || step(1) == 1 || step(1) == 9;
  }

  // "scan_4111111111111111_a.pdf": an underscore belongs to a word for the detector.
  bool is_between_underscores(const DigitToken& token) const {
    return (token.begin > 0 && text_[token.begin - 1] == '_') ||
           text_.substr(token.end, 1) == "_";
  }

  // A card's number as a spreadsheet writes it: all its digits, and a power of ten.
  void emit_scientific(const DigitToken& token) {
    Digits digits;
    for (char digit : token.digits) digits.push_back({digit, token.begin});
    if (digits.size() >= kFewestCard && digits.size() <= kMostCard) {
      out_.put(digits, token.begin, token.end, "");
    }
  }

  std::string_view text_;
  DigitLines out_;
  ScatteredGroups scattered_;
  DigitTokens tokens_;
  DigitPlaces places_;
  std::vector<DigitToken> run_;
  std::size_t run_end_ = 0;  // where the last token of the run, or a sign's word, ends
  std::size_t gap_ = 0;      // bytes of signs since the last group, before run_end_
  unsigned times_ = 1;
  std::vector<std::string> emitted_;  // of this run
};

}  // namespace

MappedText digit_view(std::string_view text, bool mapped) {
  return DigitReader(text, mapped).read();
}

}  // namespace noshare::extract
