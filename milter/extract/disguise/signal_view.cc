// See signal_view.h.
#include "extract/disguise/signal_view.h"

#include <algorithm>
#include <array>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"
#include "extract/disguise/view_lines.h"
#include "extract/header_block.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kFewestDigits = 9;  // an identity number's

struct Sign {
  char digit;
  std::size_t begin;
  std::size_t end;
};

// ".----": one, "-----": zero, "----.": nine; 0 if it is no digit.
char morse_digit(std::string_view token) {
  constexpr std::size_t kSigns = 5;
  if (token.size() != kSigns) return '\0';
  const std::size_t same = std::min(token.find_first_not_of(token[0]), kSigns);
  if (token.substr(same).find(token[0]) != std::string_view::npos) return '\0';
  return static_cast<char>('0' + (token[0] == '.' ? same : (same + 5) % 10));
}

class SignalReader {
 public:
  SignalReader(std::string_view text, bool mapped) : text_(text), out_(text, mapped) {}

  MappedText read() {
    // Nearly every number has a digit of four equal signs.
    read_lines_with(
        "....", [this](std::size_t begin, std::size_t end) { read_morse(begin, end); });
    read_lines_with(
        "----", [this](std::size_t begin, std::size_t end) { read_morse(begin, end); });
    read_lines_with(kNumberSign, [this](std::size_t begin, std::size_t end) {
      read_braille(begin, end);
    });
    return out_.finish();
  }

 private:
  static constexpr char kNumberSign[] = "\xE2\xA0\xBC";

  template <std::size_t kSize, class Reader>
  void read_lines_with(const char (&mark)[kSize], const Reader& reader) {
    std::size_t read_to = 0;
    for (std::size_t at = find_word(text_, mark);
         at != std::string_view::npos && !out_.full();
         at = find_word(text_, mark, read_to)) {
      const std::size_t before = text_.find_last_of('\n', at);
      const std::size_t begin =
          std::max(before == std::string_view::npos ? 0 : before + 1, read_to);
      read_to = std::max(line_at(text_, at).next, at + 1);
      if (std::find(read_.begin(), read_.end(), begin) != read_.end()) continue;
      if (read_.size() < kMostKnown) read_.push_back(begin);
      reader(begin, read_to);
    }
  }

  // Tokens of dots and dashes; a slash may part the words.
  void read_morse(std::size_t begin, std::size_t end) {
    std::vector<Sign> signs;
    for (std::size_t at = begin; at < end;) {
      if (is_ascii_space(text_[at]) || text_[at] == '/') {
        ++at;
        continue;
      }
      const std::size_t stop = std::min(text_.find_first_of(" /\t\r\n", at), end);
      const std::string_view token = text_.substr(at, stop - at);
      const bool signal = token.find_first_not_of(".-") == std::string_view::npos;
      const char digit = signal ? morse_digit(token) : '\0';
      if (digit != '\0') {
        signs.push_back({digit, at, stop});
      } else {
        emit(signs);
      }
      at = stop;
    }
    emit(signs);
  }

  // Behind a number sign, a to j are the digits from one on, and zero.
  void read_braille(std::size_t begin, std::size_t end) {
    constexpr std::array<char32_t, 10> kDigits = {0x281A, 0x2801, 0x2803, 0x2809, 0x2819,
                                                  0x2811, 0x280B, 0x281B, 0x2813, 0x280A};
    constexpr char32_t kSign = 0x283C;
    std::vector<Sign> signs;
    bool number = false;
    for (std::size_t at = begin; at < end;) {
      const CodePoint point = code_point_at(text_, at);
      const auto digit = std::find(kDigits.begin(), kDigits.end(), point.value);
      if (number && digit != kDigits.end()) {
        signs.push_back(
            {static_cast<char>('0' + (digit - kDigits.begin())), at, at + point.bytes});
      } else if (point.value == kSign) {
        number = true;
      } else if (point.value != U' ' && point.value != U'-' && point.value != 0x2800) {
        number = false;
        emit(signs);
      }
      at += point.bytes;
    }
    emit(signs);
  }

  void emit(std::vector<Sign>& signs) {
    if (signs.size() >= kFewestDigits) {
      out_.begin(signs.front().begin);
      for (const Sign& sign : signs) out_.put(sign.digit, sign.begin);
      out_.end(signs.back().end);
    }
    signs.clear();
  }

  static constexpr std::size_t kMostKnown = 64;

  std::string_view text_;
  ViewLines out_;
  std::vector<std::size_t> read_;  // lines, by their beginnings
};

}  // namespace

MappedText signal_view(std::string_view text, bool mapped) {
  return SignalReader(text, mapped).read();
}

}  // namespace noshare::extract
