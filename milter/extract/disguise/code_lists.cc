// See code_lists.h.
#include "extract/disguise/code_lists.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <vector>

#include "noshare/base/text.h"

#include "extract/disguise/skipping.h"
#include "extract/header_block.h"

namespace noshare::extract {
namespace {

std::optional<unsigned> number_of(std::string_view digits, int base) {
  unsigned value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, error] = std::from_chars(digits.data(), end, value, base);
  if (error != std::errc() || stop != end) return std::nullopt;
  return value;
}

struct Code {
  std::string_view digits;
  std::size_t begin;
};

// Signs that part codes, and marks that may lead them.
bool parts_codes(char c) {
  return std::string_view(" \t\r\n,;:-_|/.[](){}<>'\"+&$#").find(c) !=
         std::string_view::npos;
}

class CodeReader {
 public:
  CodeReader(std::string_view text, bool mapped) : text_(text), out_(mapped) {}

  MappedText read() {
    for (Stretch found = next_stretch(0); found.begin < text_.size();
         found = next_stretch(found.end)) {
      read_codes(found);
      read_dumps(found);
    }
    return out_.text().empty() ? MappedText{} : out_.finish(text_.size());
  }

 private:
  static constexpr std::size_t kMostGap = 24;  // bytes between two codes' digits

  // A part of the text that has enough digits close together.
  struct Stretch {
    std::size_t begin;
    std::size_t end;
  };

  // Every code of a printable character has a digit; most begin with it.
  Stretch next_stretch(std::size_t at) const {
    const std::size_t last = at;
    for (at = next_digit(text_, at); at < text_.size();) {
      const std::size_t begin = at;
      std::size_t groups = 0;
      std::size_t end = at;
      while (at < text_.size() && at - end <= kMostGap) {
        end = end_of_digits(text_, at);
        groups += 1 + (end - at) / 4;  // some stand without gaps
        at = next_digit(text_, end);
      }
      if (groups >= kFewest) return {std::max(line_begin(begin), last), word_end(end)};
    }
    return {text_.size(), text_.size()};
  }

  std::size_t line_begin(std::size_t at) const {
    constexpr std::size_t kMostBefore = 40;  // what leads to the first digit
    const std::size_t least = at - std::min(at, kMostBefore);
    while (at > least && text_[at - 1] != '\n') --at;
    return at;
  }
  std::size_t word_end(std::size_t at) const {
    while (at < text_.size() && is_ascii_alnum(text_[at])) ++at;
    return at;
  }

  void read_codes(const Stretch& stretch) {
    for (std::size_t at = stretch.begin; at < stretch.end;) {
      if (!is_ascii_alnum(text_[at])) {
        if (!parts_codes(text_[at])) finish();
        ++at;
        continue;
      }
      const std::size_t end = word_end(at);
      take(text_.substr(at, end - at), at);
      at = end;
    }
    finish();
  }

  static constexpr std::size_t kFewest = 9;  // an identity number's digits

  void take(std::string_view word, std::size_t begin) {
    if (word.starts_with("0x") || word.starts_with("0X") || word.starts_with("0b") ||
        word.starts_with("0o")) {
      word.remove_prefix(2);
      begin += 2;
    }
    // "41h", as assemblers write it.
    if (word.size() == 3 && ascii_lower(word[2]) == 'h') word.remove_suffix(1);
    const bool binary = word.find_first_not_of("01") == std::string_view::npos;
    if (binary && word.size() >= 8 * kFewest && word.size() % 8 == 0) {
      for (std::size_t i = 0; i < word.size(); i += 8) {
        codes_.push_back({word.substr(i, 8), begin + i});
      }
      return;
    }
    if (is_maker(word) || is_offset(word, begin) || take_pairs(word, begin)) return;
    const bool code = (word.size() <= 3 || (binary && word.size() <= 8)) &&
                      std::all_of(word.begin(), word.end(), is_hex);
    if (code) {
      codes_.push_back({word, begin});
    } else {
      finish();
    }
  }

  // "34313131": several digits' codes in one word. As long ones are runs by themselves.
  bool take_pairs(std::string_view word, std::size_t begin) {
    if (word.size() < 4 || word.size() > 16 || word.size() % 2 != 0) return false;
    for (std::size_t i = 0; i < word.size(); i += 2) {
      const bool sign = word.substr(i, 2) == "20" || ascii_lower(word[i + 1]) == 'd';
      const bool digit = word[i] == '3' && is_ascii_digit(word[i + 1]);
      if (!digit && !(sign && word[i] == '2')) return false;
    }
    for (std::size_t i = 0; i < word.size(); i += 2) {
      codes_.push_back({word.substr(i, 2), begin + i});
    }
    return true;
  }

  // "chr(52)", "CHAR(52)".
  static bool is_maker(std::string_view word) {
    return equal_ignoring_case(word, "chr") || equal_ignoring_case(word, "char") ||
           equal_ignoring_case(word, "chrw") || equal_ignoring_case(word, "unichar");
  }

  // "0000020" before a line of od.
  bool is_offset(std::string_view word, std::size_t begin) const {
    constexpr std::size_t kOctalDigits = 7;
    return word.size() == kOctalDigits && (begin == 0 || text_[begin - 1] == '\n') &&
           word.find_first_not_of("01234567") == std::string_view::npos;
  }

  static bool is_hex(char c) {
    const char lower = ascii_lower(c);
    return is_ascii_digit(c) || (lower >= 'a' && lower <= 'f');
  }

  // Lines "00000010: 3431 3131  4111" of a hexadecimal dump, one behind the other.
  void read_dumps(const Stretch& stretch) {
    in_words_ = true;
    std::size_t at = stretch.begin;
    if (at > 0 && text_[at - 1] != '\n') at = line_at(text_, at).next;
    while (at < stretch.end) {
      const Line line = line_at(text_, at);
      if (!read_dump_line(line.text, at)) finish_dump();
      at = line.next;
    }
    finish_dump();
  }

  // The default of hexdump: words of two bytes, the lower one first.
  void finish_dump() {
    for (std::size_t i = 0; in_words_ && i + 1 < codes_.size(); i += 2) {
      std::swap(codes_[i], codes_[i + 1]);
    }
    finish();
  }

  bool read_dump_line(std::string_view line, std::size_t begin) {
    constexpr std::size_t kMostBytes = 32;  // on one line
    constexpr std::size_t kHalf = 8;        // behind which some leave two spaces
    const std::size_t first = line.find_first_not_of("> \t|");
    if (first == std::string_view::npos) return false;
    std::size_t at = first;
    while (at < line.size() && is_hex(line[at])) ++at;
    if (at - first < 4 || at == line.size()) return false;
    constexpr std::size_t kOffset = 7;  // digits, as hexdump writes them
    in_words_ = in_words_ && at - first == kOffset && line[at] == ' ';
    std::size_t bytes = 0;
    while (at < line.size() && bytes < kMostBytes) {
      const std::size_t word = line.find_first_not_of(" :\t", at);
      if (word == std::string_view::npos ||
          (bytes > 0 && word - at > 1 && bytes != kHalf))
        break;
      std::size_t end = word;
      while (end < line.size() && is_ascii_alnum(line[end])) ++end;
      const std::string_view pairs = line.substr(word, end - word);
      in_words_ = in_words_ && pairs.size() == 4;
      if (pairs.empty() || pairs.size() % 2 != 0 || pairs.size() > 8 ||
          !std::all_of(pairs.begin(), pairs.end(), is_hex)) {
        break;
      }
      for (std::size_t i = 0; i < pairs.size(); i += 2, ++bytes) {
        codes_.push_back({pairs.substr(i, 2), begin + word + i});
      }
      at = end;
    }
    return bytes > 0;
  }

  void finish() {
    if (codes_.size() >= kFewest) {
      for (int base : {16, 10, 8, 2, kDecimalBits}) read_as(base);
    }
    codes_.clear();
  }

  // The longest stretches of codes that are printable in this base.
  void read_as(int base) {
    std::size_t begin = 0;
    for (std::size_t i = 0; i <= codes_.size(); ++i) {
      if (i < codes_.size() && printable(codes_[i].digits, base)) continue;
      if (i - begin >= kFewest) put(begin, i, base);
      begin = i + 1;
    }
  }

  static constexpr int kDecimalBits = 4;  // a digit in four bits, no base

  static char printable(std::string_view digits, int base) {
    if (base == kDecimalBits) {
      const auto digit = digits.size() == 4 ? number_of(digits, 2) : std::nullopt;
      return digit && *digit < 10 ? static_cast<char>('0' + *digit) : '\0';
    }
    const bool size = base == 2    ? digits.size() >= 6
                      : base == 16 ? digits.size() == 2
                                   : digits.size() >= 2;
    const auto value = size ? number_of(digits, base) : std::nullopt;
    if (!value || *value > 126) return '\0';
    const char c = static_cast<char>(*value);
    return c >= ' ' || is_ascii_space(c) ? c : '\0';
  }

  // Only where digits come out: names alone give nothing that is looked for here.
  void put(std::size_t begin, std::size_t end, int base) {
    constexpr std::size_t kFewestDigits = 9;
    std::size_t digits = 0;
    for (std::size_t i = begin; i < end; ++i) {
      const char c = printable(codes_[i].digits, base);
      digits += is_ascii_digit(c) || c == '@' ? 1U : 0U;
      if (c == '@') digits += kFewestDigits;
    }
    if (digits < kFewestDigits) return;
    // The words before it may say what it is.
    const std::size_t first = codes_[begin].begin;
    std::size_t line = line_begin(first);
    while (line < first && (static_cast<unsigned char>(text_[line]) & 0xC0U) == 0x80) {
      ++line;  // the rest of a character
    }
    if (begin == 0 && line < first) {
      out_.copy(text_.substr(line, first - line), line);
      out_.replace(" ", first);
    }
    for (std::size_t i = begin; i < end; ++i) {
      const char c = printable(codes_[i].digits, base);
      out_.replace(std::string_view(&c, 1), codes_[i].begin);
    }
    out_.replace("\n", codes_[end - 1].begin + codes_[end - 1].digits.size());
  }

  std::string_view text_;
  TextBuilder out_;
  std::vector<Code> codes_;
  bool in_words_ = true;  // the dump's lines are made of words of two bytes
};

}  // namespace

MappedText listed_codes(std::string_view text, bool mapped) {
  return CodeReader(text, mapped).read();
}

}  // namespace noshare::extract
