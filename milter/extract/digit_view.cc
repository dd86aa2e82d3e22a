// Reads runs of digit-like tokens. See digit_view.h.
#include "extract/digit_view.h"

#include <algorithm>
#include <array>
#include <vector>

#include "noshare/base/text.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMostGap = 6;      // separators between two groups
constexpr std::size_t kFewestUnits = 9;  // the shortest identity number
constexpr std::size_t kMostUnits = 40;   // the longest bank account
constexpr std::size_t kContext = 80;     // bytes before a number that say what it is
constexpr std::size_t kMostLines = 1000;

constexpr std::array<std::string_view, 10> kNumberWords = {
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

// What a byte can be, so that prose is passed over at one look-up a byte.
enum ByteKind : unsigned char {
  kBetween = 0,   // no part of a word
  kInWord = 1,    // an ASCII letter or digit, or a part of another character
  kMayBegin = 2,  // a digit, a look-alike, or the first letter of a number word
};

constexpr std::array<unsigned char, 256> make_kinds() {
  std::array<unsigned char, 256> kinds{};
  for (std::size_t byte = 0; byte < kinds.size(); ++byte) {
    const char c = static_cast<char>(byte);
    if (is_ascii_alnum(c)) kinds[byte] = kInWord;
    if (is_ascii_digit(c) || byte >= 0x80) kinds[byte] = kInWord | kMayBegin;
  }
  for (const char c : std::string_view("OoIl")) {
    kinds[static_cast<unsigned char>(c)] |= kMayBegin;
  }
  for (const std::string_view word : kNumberWords) {
    const auto lower = static_cast<unsigned char>(word.front());
    kinds[lower] |= kMayBegin;
    kinds[lower - ('a' - 'A')] |= kMayBegin;
  }
  return kinds;
}

constexpr std::array<unsigned char, 256> kByteKinds = make_kinds();

bool is(char c, ByteKind kind) {
  return (kByteKinds[static_cast<unsigned char>(c)] & kind) != 0;
}

bool is_separator(char c) {
  return std::string_view(" \t\r\n.-_*/|,;:()[]{}<>~#'\"+").find(c) !=
         std::string_view::npos;
}

// A letter that passes for a digit, as that digit; 0 if it does not. Latin, Greek and
// Cyrillic letters; superscripts and subscripts, which folding leaves alone.
char look_alike(char32_t c) {
  constexpr std::u32string_view kZeros = U"OoΟοОо";
  constexpr std::u32string_view kOnes = U"lIΙІӀі";
  constexpr std::u32string_view kHigh = U"⁰¹²³⁴⁵⁶⁷⁸⁹";
  if (kZeros.find(c) != std::u32string_view::npos) return '0';
  if (kOnes.find(c) != std::u32string_view::npos) return '1';
  if (c >= 0x2080 && c <= 0x2089) return static_cast<char>('0' + (c - 0x2080));
  const auto high = kHigh.find(c);
  return high == std::u32string_view::npos ? '\0' : static_cast<char>('0' + high);
}

// One stretch of letters and digits, and what stands before it.
struct Group {
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string digits;    // as meant; empty if it is no number
  bool word = false;     // a number word
  bool letters = false;  // holds look-alikes
};

Group read_group(std::string_view text, std::size_t at) {
  Group group;
  group.begin = at;
  bool numeric = true;
  std::size_t real = 0;
  while (at < text.size() && is(text[at], kInWord)) {
    if (!numeric) {
      ++at;
      continue;
    }
    const CodePoint point = code_point_at(text, at);
    const bool digit = is_ascii_digit(text[at]);
    const char meant = digit ? text[at] : look_alike(point.value);
    at += point.bytes;
    real += digit ? 1U : 0U;
    numeric = numeric && meant != '\0' && group.digits.size() < kMostUnits;
    if (numeric) group.digits += meant;
  }
  group.end = at;
  if (numeric) {
    group.letters = real < group.digits.size();
    return group;
  }
  group.digits.clear();
  const std::string_view word = text.substr(group.begin, group.end - group.begin);
  if (word.size() < 3 || word.size() > 5) return group;
  for (std::size_t i = 0; i < kNumberWords.size(); ++i) {
    if (ascii_lower(word.front()) != kNumberWords[i].front() ||
        !equal_ignoring_case(word, kNumberWords[i])) {
      continue;
    }
    group.digits = static_cast<char>('0' + i);
    group.word = true;
  }
  return group;
}

class DigitReader {
 public:
  explicit DigitReader(std::string_view text) : text_(text) {}

  std::string read() {
    for (std::size_t at = 0; at < text_.size() && lines_ < kMostLines;) {
      const char c = text_[at];
      if (!is(c, kInWord)) {
        ++at;
        continue;
      }
      if (!is(c, kMayBegin)) {
        at = end_of_word(at);
        finish();
        continue;
      }
      const Group group = read_group(text_, at);
      at = std::max(group.end, at + 1);
      if (group.digits.empty()) {
        finish();
        continue;
      }
      if (!run_.empty() && !joins(run_.back(), group)) finish();
      if (run_.size() <= kMostUnits) run_.push_back(group);
    }
    finish();
    return std::move(out_);
  }

  // Text behind U+202E is shown backwards, up to U+202C or the line's end.
  std::string read_overrides() {
    constexpr std::string_view kOverride = "\xE2\x80\xAE";
    constexpr std::string_view kPop = "\xE2\x80\xAC";
    for (std::size_t at = text_.find(kOverride);
         at != std::string_view::npos && lines_ < kMostLines;
         at = text_.find(kOverride, at + 1)) {
      std::string_view inside = text_.substr(at + kOverride.size());
      inside = inside.substr(0, inside.find('\n'));
      inside = inside.substr(0, inside.find(kPop));
      if (inside.size() < kFewestUnits || !is_ascii(inside)) continue;
      add_line(at, std::string(inside.rbegin(), inside.rend()));
    }
    return std::move(out_);
  }

 private:
  std::size_t end_of_word(std::size_t at) const {
    while (at < text_.size() && is(text_[at], kInWord)) ++at;
    return at;
  }

  bool joins(const Group& before, const Group& next) const {
    const std::string_view gap = text_.substr(before.end, next.begin - before.end);
    return before.word == next.word && gap.size() <= kMostGap &&
           std::all_of(gap.begin(), gap.end(), is_separator);
  }

  void finish() {
    if (run_.empty()) return;
    if (is_disguised()) emit();
    run_.clear();
  }

  // The shapes in which people write cards and identity numbers. Those with the usual
  // separators are found without this.
  bool is_disguised() const {
    std::size_t units = 0;
    bool letters = false;
    bool any_digit = false;
    for (const Group& group : run_) {
      units += group.digits.size();
      letters = letters || group.letters;
      any_digit = any_digit || !group.letters ||
                  std::any_of(text_.begin() + static_cast<std::ptrdiff_t>(group.begin),
                              text_.begin() + static_cast<std::ptrdiff_t>(group.end),
                              is_ascii_digit);
    }
    if (units < kFewestUnits || units > kMostUnits || !any_digit) return false;
    if (run_.size() == units) return true;  // one by one, or in words
    const bool usual = has_usual_gaps();
    return is_shape({4, 4, 4, 4}) || is_shape({4, 6, 5}) || is_shape({3, 2, 4})
               ? letters || !usual
               : letters && any_digit && run_.size() == 1 && units >= 13;
  }

  bool is_shape(std::initializer_list<std::size_t> sizes) const {
    return std::equal(run_.begin(), run_.end(), sizes.begin(), sizes.end(),
                      [](const Group& g, std::size_t n) { return g.digits.size() == n; });
  }

  // Single spaces or hyphens throughout.
  bool has_usual_gaps() const {
    for (std::size_t i = 1; i < run_.size(); ++i) {
      const std::string_view gap =
          text_.substr(run_[i - 1].end, run_[i].begin - run_[i - 1].end);
      if (gap != " " && gap != "-") return false;
    }
    return true;
  }

  void emit() {
    std::string digits;
    for (const Group& group : run_) digits += group.digits;
    if (digits.size() == 9) digits.insert(5, "-").insert(3, "-");
    add_line(run_.front().begin, digits);
  }

  void add_line(std::size_t at, std::string_view number) {
    ++lines_;
    const std::size_t from = at - std::min(at, kContext);
    std::string before = one_line(text_.substr(from, at - from));
    // A character cut in half at the front would be no UTF-8.
    if (const std::size_t space = before.find(' '); space == std::string::npos) {
      before.clear();
    } else if (from != 0) {
      before.erase(0, space);
    }
    out_ += before;
    out_ += ' ';
    out_ += number;
    out_ += '\n';
  }

  std::string_view text_;
  std::string out_;
  std::vector<Group> run_;
  std::size_t lines_ = 0;
};

}  // namespace

std::string digit_view(std::string_view text) { return DigitReader(text).read(); }

std::string override_view(std::string_view source) {
  return DigitReader(source).read_overrides();
}

}  // namespace noshare::extract
