// See account_view.h.
#include "extract/disguise/account_view.h"

#include <algorithm>
#include <array>
#include <vector>

#include <unicode/uchar.h>

#include "noshare/base/account_size.h"
#include "noshare/base/text.h"

#include "extract/disguise/digit_tokens.h"
#include "extract/disguise/look_alikes.h"
#include "extract/disguise/skipping.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kShortest = 15;     // Norway's
constexpr std::size_t kLongest = 34;      // ISO 13616-1
constexpr std::size_t kMostGap = 16;      // bytes of signs between two groups
constexpr std::size_t kLongestSign = 12;  // letters of a sign's name

struct Letter {
  char meant;
  std::size_t origin;
  std::size_t end;
  bool group_begins;
};

// ISO/IEC 7064: the first four behind the others, letters as 10 to 35, remainder 1.
bool check_holds(const std::vector<Letter>& letters, std::size_t size) {
  unsigned remainder = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const char c = letters[(i + 4) % size].meant;
    const auto value = static_cast<unsigned>(is_ascii_digit(c) ? c - '0' : c - 'A' + 10);
    remainder = (remainder * (value < 10 ? 10 : 100) + value) % 97;
  }
  return remainder == 1;
}

class AccountReader {
 public:
  AccountReader(std::string_view text, bool mapped) : text_(text), out_(text, mapped) {}

  MappedText read() {
    std::size_t read_to = 0;
    for (std::size_t at = next_digit(text_, 0); at < text_.size() && !out_.full();
         at = next_digit(text_, std::max(end_of_digits(text_, at), read_to))) {
      for (std::size_t begin : beginnings(at)) {
        if (begin < read_to || begin == std::string_view::npos) continue;
        read_to = std::max(read_to, read_at(begin));
        if (read_to > at) break;
      }
    }
    return out_.finish();
  }

 private:
  // Where an account may begin whose first digit stands at `at`: two letters before it,
  // or three if the last of them passes for a digit. The farthest first.
  std::array<std::size_t, 2> beginnings(std::size_t at) const {
    std::array<std::size_t, 2> found = {std::string_view::npos, std::string_view::npos};
    for (int letters = 0; letters < 3;) {
      const std::size_t end = end_before(at);
      if (end == 0) break;
      std::size_t begin = end;
      std::size_t size = 0;
      while (begin > 0 && size < kLongestSign) {
        const std::size_t last = begin_of_point(begin);
        if (latin_letter(code_point_at(text_, last).value) == '\0') break;
        begin = last;
        ++size;
      }
      if (begin > 0 && is_ascii_digit(text_[begin - 1])) break;
      at = begin;
      if (size >= 3 && is_separator_word(text_.substr(begin, end - begin))) continue;
      letters += static_cast<int>(size);
      if (size == 0 || letters > 3) break;
      if (letters == 2) found[1] = begin;
      if (letters == 3) found[0] = begin;
    }
    return found;
  }

  std::size_t begin_of_point(std::size_t end) const {
    std::size_t at = end - 1;
    while (at > 0 && (static_cast<unsigned char>(text_[at]) & 0xC0U) == 0x80) --at;
    return at;
  }

  // Where the word before `at` ends, over the signs between; 0 if there is none.
  std::size_t end_before(std::size_t at) const {
    const std::size_t least = at - std::min(at, kMostGap);
    while (at > least) {
      const std::size_t last = begin_of_point(at);
      if (is_word_char(text_, last) && !is_mark(last)) return at;
      at = last;
    }
    return 0;
  }

  // Returns behind the account that begins there; else 0.
  std::size_t read_at(std::size_t begin) {
    if (!begins_like_account(begin)) return 0;
    gather(begin);
    std::size_t size = size_of_account();
    if (size == 0) {
      gather_scattered(begin);
      size = size_of_account();
    }
    if (size == 0) {
      gather_parted(begin);
      size = size_of_account();
    }
    if (size == 0) return 0;
    const std::size_t end = letters_[size - 1].end;
    if (is_written_oddly(size)) emit(size, end);
    return end;
  }

  // The letters that make an account; 0 if they make none.
  std::size_t size_of_account() const {
    if (letters_.size() < kShortest) return 0;
    const std::size_t size = account_size(letters_[0].meant, letters_[1].meant);
    if (size == 0 || size > letters_.size() || !check_holds(letters_, size)) return 0;
    return size < letters_.size() && !letters_[size].group_begins ? 0 : size;
  }

  // The groups of four in which accounts are printed, with other words between: in the
  // cells of a table, in a list. The check digits tell whether they belong together.
  void gather_scattered(std::size_t at) {
    constexpr std::size_t kGroup = 4;
    constexpr std::size_t kMostBetween = 48;  // bytes from group to group
    const std::string_view country = text_.substr(at, 2);
    letters_.clear();
    if (!is_ascii_upper(country[0]) || !is_ascii_upper(country[1])) return;
    const std::size_t size = account_size(country[0], country[1]);
    std::size_t others = 0;  // words with digits, since the last group
    for (std::size_t last = at;
         size > 0 && at < text_.size() && at - last <= kMostBetween;) {
      if (!is_ascii_alnum(text_[at])) {
        ++at;
        continue;
      }
      const std::size_t end = end_of_word(at);
      const std::string_view word = text_.substr(at, end - at);
      const std::size_t left = size - letters_.size();
      const bool group = word.size() == left || (word.size() < left && !word.empty() &&
                                                 word.size() % kGroup == 0);
      if (group && std::all_of(word.begin(), word.end(), [](char c) {
            return is_ascii_digit(c) || is_ascii_upper(c);
          })) {
        for (std::size_t i = at; i < end; ++i) {
          letters_.push_back({text_[i], i, i + 1, i == at});
        }
        if (letters_.size() == size) return;
        last = end;
        others = 0;
      } else if (std::any_of(word.begin(), word.end(), is_ascii_digit)) {
        // "part 2:" is one; times and figures are more.
        if (++others > 1) return;
      }
      at = end;
    }
  }

  // Capitals and digits in groups that the same small letters part: "DE89x3704x0044".
  void gather_parted(std::size_t at) {
    letters_.clear();
    std::string_view parting;
    while (letters_.size() <= kLongest && at < text_.size() &&
           is_ascii_alnum(text_[at])) {
      const std::size_t begin = at;
      while (at < text_.size() && is_ascii_lower(text_[at]) &&
             at - begin < kLongestSign) {
        ++at;
      }
      const std::string_view small = text_.substr(begin, at - begin);
      if (!small.empty()) {
        if (!parting.empty() && small != parting) return;
        parting = small;
        if (at == text_.size() || !is_ascii_alnum(text_[at])) return;
      }
      letters_.push_back({text_[at], at, at + 1, !small.empty()});
      ++at;
    }
    if (parting.empty()) letters_.clear();
  }

  // Two letters and two digits, whatever signs between them. One of the digits may be a
  // letter that looks like one.
  bool begins_like_account(std::size_t at) const {
    int digits = 0;
    for (int i = 0; i < 4; ++i) {
      if (at >= text_.size() || !is_word_char(text_, at)) return false;
      const CodePoint point = code_point_at(text_, at);
      const DigitLook look = look_alike(point.value).look;
      if (i < 2 ? latin_letter(point.value) == '\0' : look < DigitLook::kClose) {
        return false;
      }
      if (i >= 2 && look == DigitLook::kDigit) ++digits;
      at = next_word(at + point.bytes);
    }
    return digits > 0;
  }

  // Behind the signs, marks and words for signs at `at`.
  std::size_t next_word(std::size_t at) const {
    if (at < text_.size() && is_ascii_alnum(text_[at])) return at;
    const std::size_t most = std::min(text_.size(), at + kMostGap);
    while (at < most) {
      if (!is_word_char(text_, at) || is_mark(at)) {
        at += code_point_at(text_, at).bytes;
        continue;
      }
      const std::size_t end = end_of_word(at);
      if (!is_separator_word(text_.substr(at, end - at)) && !is_ordinal(at, end)) break;
      at = end;
    }
    return std::min(at, text_.size());
  }

  // "2. " at the beginning of a line.
  bool is_ordinal(std::size_t at, std::size_t end) const {
    const std::string_view behind = text_.substr(end, 2);
    const std::size_t line = text_.substr(0, at).find_last_not_of("> \t|");
    return end - at <= 2 && is_ascii_digit(text_[at]) &&
           (line == std::string_view::npos || text_[line] == '\n') &&
           (behind == ". " || behind == ") ");
  }

  bool is_mark(std::size_t at) const {
    return static_cast<unsigned char>(text_[at]) >= 0x80 &&
           u_charType(static_cast<UChar32>(code_point_at(text_, at).value)) ==
               U_NON_SPACING_MARK;
  }

  std::size_t end_of_word(std::size_t at) const {
    constexpr std::size_t kMost = 200;  // no group of an account is longer
    const std::size_t most = std::min(text_.size(), at + kMost);
    while (at < most && is_word_char(text_, at)) at += code_point_at(text_, at).bytes;
    return at;
  }

  // The letters and digits from `at` on, capitals, up to the longest account.
  void gather(std::size_t at) {
    letters_.clear();
    while (letters_.size() <= kLongest && at < text_.size() && is_word_char(text_, at)) {
      const std::size_t first = letters_.size();
      const std::size_t end = end_of_word(at);
      for (std::size_t i = at; i < end && letters_.size() <= kLongest;) {
        const CodePoint point = code_point_at(text_, i);
        const LookAlike alike = look_alike(point.value);
        const std::size_t next = i + point.bytes;
        const char meant =
            alike.look == DigitLook::kDigit ? alike.digit : latin_letter(point.value);
        if (meant != '\0') {
          letters_.push_back({meant, i, next, letters_.size() == first});
        } else if (!is_mark(i)) {
          return;
        }
        i = next;
      }
      undo_look_alikes(first);
      at = next_word(end);
    }
  }

  // In a group of digits, O and l are digits, too; so is what stands behind the country.
  void undo_look_alikes(std::size_t first) {
    first = std::max(first, std::size_t{2});
    const auto look = [&](std::size_t i) {
      return look_alike(code_point_at(text_, letters_[i].origin).value);
    };
    bool digits = false;
    bool others = false;
    for (std::size_t i = first; i < letters_.size(); ++i) {
      digits |= is_ascii_digit(letters_[i].meant);
      others |= !is_ascii_digit(letters_[i].meant) && look(i).look < DigitLook::kClose;
    }
    if (!digits || others) return;
    for (std::size_t i = first; i < letters_.size(); ++i) {
      if (!is_ascii_digit(letters_[i].meant)) letters_[i].meant = look(i).digit;
    }
  }

  // Otherwise than in one piece, or in fours with spaces or hyphens between: that is
  // found without this.
  bool is_written_oddly(std::size_t size) const {
    for (std::size_t i = 0; i < size; ++i) {
      if (ascii_upper(text_[letters_[i].origin]) != letters_[i].meant) return true;
      if (i == 0) continue;
      if (!letters_[i].group_begins) {
        if (letters_[i].origin != letters_[i - 1].end) return true;
        continue;
      }
      const std::string_view gap =
          text_.substr(letters_[i - 1].end, letters_[i].origin - letters_[i - 1].end);
      if ((gap != " " && gap != "-") || i % 4 != 0) return true;
    }
    return false;
  }

  void emit(std::size_t size, std::size_t end) {
    out_.begin(letters_.front().origin);
    for (std::size_t i = 0; i < size; ++i)
      out_.put(letters_[i].meant, letters_[i].origin);
    out_.end(end);
  }

  std::string_view text_;
  ViewLines out_;
  std::vector<Letter> letters_;
};

}  // namespace

MappedText account_view(std::string_view text, bool mapped) {
  return AccountReader(text, mapped).read();
}

}  // namespace noshare::extract
