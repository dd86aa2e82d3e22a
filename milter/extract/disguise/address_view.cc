// See address_view.h.
#include "extract/disguise/address_view.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"
#include "extract/disguise/view_lines.h"

namespace noshare::extract {
namespace {

// How surely a sign stands for "@" or a dot.
enum class Sure { kNo, kWord, kSign };

struct Sign {
  Sure sure = Sure::kNo;
  std::string_view word;
  std::size_t begin = 0;
  std::size_t end = 0;  // with the spaces around
};

constexpr std::array<std::string_view, 7> kAt = {
    "at", "\xC3\xA4t", "arroba", "chiocciola", "arobase", "apenstaartje", "@"};
constexpr std::array<std::string_view, 6> kDot = {"dot",   "punkt", "punto",
                                                  "point", "ponto", "."};

bool is_address_char(char c) {
  return is_ascii_alnum(c) || c == '_' || c == '-' || c == '+' || c == '.' || c == '%';
}
bool is_domain_char(char c) { return is_ascii_alnum(c) || c == '-'; }
bool is_blank(char c) { return is_ascii_space(c); }

class AddressReader {
 public:
  AddressReader(std::string_view text, bool mapped) : text_(text), out_(text, mapped) {}

  MappedText read() {
    for (std::size_t at = 0; at < text_.size() && !out_.full(); ++at) {
      at = next_place<1, 3>(text_, at,
                            [](const auto& bytes) { return may_begin_sign(bytes); });
      if (at >= text_.size()) break;
      const bool inside = at > 0 && text_[at] != '@' && is_ascii_alnum(text_[at - 1]);
      for (std::size_t i = 0; i < kAt.size() && !inside; ++i) {
        if (is_at(at, kAt[i])) read_at(at, kAt[i]);
      }
    }
    return out_.finish();
  }

 private:
  // One of kAt by some of its letters: most words of prose have others.
  template <class At>
  static Bytes may_begin_sign(const At& bytes) {
    const auto pair = [&](std::ptrdiff_t at, char first, char second) {
      return bytes(at).is_letter(first) & bytes(at + 1).is_letter(second);
    };
    const Bytes first = !bytes(-1).is_any_letter();
    const Bytes fourth = bytes(3);
    const Bytes umlaut = bytes(0).is('\xC3') & bytes(1).is('\xA4');
    return bytes(0).is('@') | (pair(0, 'a', 't') & first) | umlaut |
           (pair(0, 'a', 'r') & (fourth.is_letter('o') | fourth.is_letter('b'))) |
           (pair(0, 'a', 'p') & fourth.is_letter('n')) |
           (pair(0, 'c', 'h') & fourth.is_letter('o'));
  }

  bool is_at(std::size_t at, std::string_view word) const {
    const std::string_view here = text_.substr(at, word.size());
    return here.size() == word.size() && ascii_lower(here.back()) == word.back() &&
           equal_ignoring_case(here, word);
  }

  void read_at(std::size_t at, std::string_view word) {
    const Sign sign = sign_at(at, word);
    if (sign.sure == Sure::kNo || sign.begin == 0) return;
    std::size_t begin = sign.begin;
    constexpr std::size_t kLongestLocal = 64;  // RFC 5321 section 4.5.3.1.1
    while (begin > 0 && sign.begin - begin < kLongestLocal &&
           is_address_char(text_[begin - 1])) {
      --begin;
    }
    if (begin == sign.begin) return;
    std::vector<std::pair<std::size_t, std::size_t>> labels;
    Sure dots = Sure::kSign;
    bool point = false;
    bool odd = sign.end - sign.begin != 1;
    for (std::size_t from = sign.end;;) {
      std::size_t end = from;
      constexpr std::size_t kLongestLabel = 63;  // RFC 1035 section 2.3.4
      while (end < text_.size() && end - from <= kLongestLabel &&
             is_domain_char(text_[end]) && !(text_[end] == '-' && is_dot_at(end))) {
        ++end;
      }
      if (end == from || labels.size() == 8) break;
      labels.emplace_back(from, end);
      const Sign dot = dot_at(end);
      if (dot.sure == Sure::kNo) break;
      dots = std::min(dots, dot.sure);
      point |= dot.word == "point";
      odd |= dot.end - dot.begin != 1;
      from = dot.end;
    }
    drop_words_behind(labels);
    if (labels.size() < 2 || !odd) return;
    // "at" alone is a word of prose; so is "dot".
    if (sign.sure == Sure::kWord && dots != Sure::kWord) return;
    // "but at some point it ..."
    if (sign.sure == Sure::kWord && word == "at" && point) return;
    emit(begin, sign.begin, labels);
  }

  // Behind the domain, "dot" and what follows may be prose again.
  void drop_words_behind(std::vector<std::pair<std::size_t, std::size_t>>& labels) const {
    constexpr std::size_t kLongestTop = 13;
    const auto is_top = [&](const auto& label) {
      const std::size_t size = label.second - label.first;
      return size >= 2 && size <= kLongestTop &&
             std::all_of(text_.begin() + static_cast<std::ptrdiff_t>(label.first),
                         text_.begin() + static_cast<std::ptrdiff_t>(label.second),
                         is_ascii_alpha);
    };
    while (!labels.empty() && !is_top(labels.back())) labels.pop_back();
  }

  // `word` at `at` as the sign between two parts: in brackets, between spaces, or alone.
  Sign sign_at(std::size_t at, std::string_view word) const {
    Sign sign{Sure::kSign, word, at, at + word.size()};
    const bool letters = word.size() > 1;
    const std::size_t inner = sign.begin;
    skip_blanks(sign);
    // A space behind it alone ends a sentence.
    if (word == "." && (sign.begin < inner) != (sign.end > at + 1)) return {};
    const bool bracket =
        sign.begin > 0 && sign.end < text_.size() &&
        std::string_view("([{<").find(text_[sign.begin - 1]) != std::string_view::npos &&
        std::string_view(")]}>").find(text_[sign.end]) != std::string_view::npos;
    if (bracket) {
      --sign.begin;
      ++sign.end;
      skip_blanks(sign);
      return sign;
    }
    if (!letters) return sign;
    // "-at-", "_at_"; else a word by itself.
    const auto joins = [&](char c) { return c == '-' || c == '_' || c == '*'; };
    if (inner == sign.begin && sign.begin > 1 && sign.end + 1 < text_.size() &&
        joins(text_[sign.begin - 1]) && text_[sign.end] == text_[sign.begin - 1]) {
      --sign.begin;
      ++sign.end;
      skip_blanks(sign);
      return sign;
    }
    const bool apart = sign.begin < inner && sign.end > at + word.size();
    sign.sure = apart ? Sure::kWord : Sure::kNo;
    return sign;
  }

  void skip_blanks(Sign& sign) const {
    constexpr std::size_t kMost = 3;
    for (std::size_t i = 0;
         i < kMost && sign.begin > 0 && is_blank(text_[sign.begin - 1]); ++i) {
      --sign.begin;
    }
    for (std::size_t i = 0;
         i < kMost && sign.end < text_.size() && is_blank(text_[sign.end]); ++i) {
      ++sign.end;
    }
  }

  // "-dot-"
  bool is_dot_at(std::size_t at) const { return dot_at(at).sure == Sure::kSign; }

  // The sign for a dot that begins at `at`.
  Sign dot_at(std::size_t at) const {
    std::size_t inner = at;
    while (inner < text_.size() && inner < at + 4 &&
           (is_blank(text_[inner]) ||
            std::string_view("([{<-_*").find(text_[inner]) != std::string_view::npos)) {
      ++inner;
    }
    for (std::string_view word : kDot) {
      if (is_at(inner, word)) {
        const Sign sign = sign_at(inner, word);
        if (sign.sure != Sure::kNo && sign.begin == at) return sign;
      }
    }
    return {};
  }

  void emit(std::size_t begin, std::size_t end,
            const std::vector<std::pair<std::size_t, std::size_t>>& labels) {
    out_.begin(begin);
    for (std::size_t i = begin; i < end; ++i) out_.put(text_[i], i);
    char sign = '@';
    std::size_t last = end;
    for (const auto& [from, to] : labels) {
      out_.put(sign, last);
      for (std::size_t i = from; i < to; ++i) out_.put(text_[i], i);
      sign = '.';
      last = to;
    }
    out_.end(last);
  }

  std::string_view text_;
  ViewLines out_;
};

}  // namespace

MappedText address_view(std::string_view text, bool mapped) {
  return AddressReader(text, mapped).read();
}

}  // namespace noshare::extract
