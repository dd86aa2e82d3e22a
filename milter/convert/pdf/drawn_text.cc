// Operators of text, and what stands between them. See drawn_text.h.
#include "convert/pdf/drawn_text.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <utility>

#include "noshare/base/text.h"

#include "convert/pdf/pdf_strings.h"

namespace noshare::convert {
namespace {

constexpr std::size_t kMostBytes = 1U << 20U;

class Drawing {
 public:
  explicit Drawing(std::string_view content) : content_(content) {}

  std::string read() {
    while (at_ < content_.size() && text_.size() < kMostBytes) step();
    return std::move(text_);
  }

 private:
  void step() {
    const char c = content_[at_];
    if (c == '(') {
      at_ = read_literal(content_, at_ + 1, string_);
    } else if (c == '<' && content_.substr(at_ + 1, 1) != "<") {
      at_ = read_hexadecimal(content_, at_ + 1, string_);
    } else if (c == '%') {
      at_ = std::min(content_.find_first_of("\r\n", at_), content_.size());
    } else if (is_ascii_digit(c) || c == '-' || c == '.' || c == '+') {
      number();
    } else if (is_ascii_alpha(c) || c == '\'' || c == '"') {
      const std::size_t begin = at_;
      while (++at_ < content_.size() &&
             (is_ascii_alpha(content_[at_]) || content_[at_] == '*')) {
      }
      operate(content_.substr(begin, at_ - begin));
      string_.clear();
      count_ = 0;
    } else if (c == '/') {  // a name
      while (++at_ < content_.size() && is_ascii_alnum(content_[at_])) {
      }
    } else {
      ++at_;
    }
  }

  void number() {
    constexpr double kWide = -180;  // thousandths of the font's size: a space
    const std::size_t end =
        std::min(content_.find_first_not_of("+-.0123456789", at_), content_.size());
    double value = 0;
    std::from_chars(content_.data() + at_, content_.data() + end, value);
    at_ = end;
    if (!string_.empty() && value < kWide) string_ += ' ';  // in the array of TJ
    std::rotate(numbers_.begin(), numbers_.begin() + 1, numbers_.end());
    numbers_.back() = value;
    ++count_;
  }
  // The last numbers, from the first of `count` on.
  double operand(std::size_t i, std::size_t count) const {
    return numbers_[numbers_.size() - count + i];
  }

  void operate(std::string_view name) {
    if (name == "g" && count_ >= 1) white_ = operand(0, 1) >= 0.97;
    if (name == "rg" && count_ >= 3) {
      white_ = std::min({operand(0, 3), operand(1, 3), operand(2, 3)}) >= 0.97;
    }
    if (name == "Tr" && count_ >= 1) unseen_ = operand(0, 1) == 3;
    if (name == "Tm" && count_ >= 6) mirrored_ = operand(0, 6) < 0 && operand(3, 6) > 0;
    const bool next = name == "'" || name == "\"";
    moved_ |= name == "Td" || name == "TD" || name == "Tm";
    if (name == "BT") y_ = 0;
    if ((name == "Td" || name == "TD") && count_ >= 2) y_ += operand(1, 2);
    if (name == "Tm" && count_ >= 6) y_ = operand(5, 6);
    if (next || name == "T*") y_ -= kLine;
    if (next || name == "Tj" || name == "TJ") show();
  }

  // What stands at the same height as the text before goes on in its line.
  void show() {
    if (white_ || unseen_) return;
    // Read from either end, with glyphs or lines turned round.
    if (mirrored_) string_ += "\n" + std::string(string_.rbegin(), string_.rend());
    constexpr double kSame = 0.5;
    if (!text_.empty()) {
      if (std::abs(std::exchange(shown_y_, y_) - y_) > kSame) {
        text_ += '\n';
      } else if (moved_) {
        text_ += ' ';
      }
    }
    shown_y_ = y_;
    moved_ = false;
    text_ += string_;
  }

  static constexpr double kLine = 12;  // between two lines, where nothing says it

  std::string_view content_;
  std::size_t at_ = 0;
  std::string text_;
  std::string string_;  // before the operator
  std::array<double, 6> numbers_{};
  std::size_t count_ = 0;
  double y_ = 0;  // of the line
  double shown_y_ = 0;
  bool moved_ = false;  // since the text before
  bool white_ = false;
  bool unseen_ = false;
  bool mirrored_ = false;
};

// Codes of a font of its own read like no language: signs of all kinds, no words.
bool has_words(std::string_view text) {
  constexpr std::string_view kVowels = "aeiou";
  std::size_t plain = 0;
  std::size_t small = 0;  // letters in a row
  bool vowel = false;
  bool word = false;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x7F || (c < ' ' && !is_ascii_space(c))) {
      return false;
    }
    plain += is_ascii_alnum(c) || is_ascii_space(c) ? 1U : 0U;
    small = is_ascii_lower(c) ? small + 1 : 0;
    vowel = small > 0 && (vowel || kVowels.find(c) != kVowels.npos);
    word |= vowel && small >= 4;
  }
  return word && plain * 20 >= text.size() * 17;
}

}  // namespace

std::string drawn_text(std::string_view content) {
  std::string text = Drawing(content).read();
  return has_words(text) ? text : "";
}

}  // namespace noshare::convert
