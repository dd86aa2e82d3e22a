// A gap is cut into words and marks; what is left over decides.
#include "detect/label_gap.h"

#include <algorithm>
#include <array>
#include <string>

#include "noshare/base/text.h"

#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr int kMostNewlines = 2;
constexpr int kMostWordsBeforeColon = 4;

// "number", "is" and "the" in the languages of the packs: words that stand between a
// label and its value and say nothing themselves.
constexpr auto kSmallWords = std::to_array<std::string_view>(
    {"no",     "nr",     "num",    "number", "id",      "code",  "nummer", "numer",
     "numero", "número", "numéro", "núm",    "nro",     "n",     "nº",     "nª",
     "č",      "číslo",  "br",     "broj",   "št",      "szám",  "numurs", "numeris",
     "номер",  "αρ",     "is",     "was",    "to",      "as",    "are",    "ist",
     "lautet", "est",    "le",     "la",     "es",      "el",    "é",      "è",
     "il",     "o",      "jest",   "je",     "este",    "е",     "είναι",  "är",
     "er",     "on",     "ir",     "yra",    "olan",    "הוא",   "היא",    "هو",
     "هي",     "là",     "adalah", "saya",   "nämlich", "lyder", "は",     "が",
     "是",     "为",     "為",     "는",     "은",      "的"});

// Of those, the ones that a value may stand before: "12345 is my account number".
constexpr auto kLinks = std::to_array<std::string_view>(
    {"is",   "as",   "ist", "als",  "est", "comme", "es",  "como", "é",   "è",    "come",
     "jest", "jako", "je",  "este", "är",  "er",    "som", "on",   "for", "sind", "was"});
constexpr auto kOwners = std::to_array<std::string_view>(
    {"my",    "the",  "our",   "his", "her",  "their", "your",   "new",  "meine", "die",
     "der",   "das",  "mein",  "mi",  "mon",  "ma",    "le",     "la",   "el",    "il",
     "mio",   "mijn", "min",   "mit", "moje", "můj",   "record", "file", "o",     "meu",
     "minha", "su",   "votre", "on",  "de",   "het",   "unsere", "ihre", "a"});

// "number of my new card is", "Nummer des Kontos lautet": the words between such a first
// and such a last one say whose or where it is.
constexpr auto kWhose = std::to_array<std::string_view>(
    {"for", "of",  "on",  "from", "at",   "für",  "von",  "des",  "der", "beim",
     "bei", "auf", "de",  "du",   "pour", "sur",  "chez", "para", "del", "da",
     "do",  "em",  "per", "di",   "su",   "van",  "voor", "op",   "dla", "na",
     "för", "på",  "av",  "af",   "til",  "till", "pro",  "pre"});
constexpr auto kVerbs =
    std::to_array<std::string_view>({"is", "was", "ist", "war", "lautet", "est", "es",
                                     "è", "é", "jest", "je", "är", "er", "on", "este"});
constexpr int kMostWordsBeforeVerb = 6;

template <class List>
bool is_one_of(const List& list, std::string_view word) {
  return std::find(list.begin(), list.end(), word) != list.end();
}

bool is_mark(char32_t c) {
  constexpr std::u32string_view kMarks =
      U":=#.-/|>→*\"'[]()<;_`~\u00B0\u00BA\u2013\u2014\u2116\u2022\u2026\u2192\u21D2"
      U"\uFF1A\uFF08\uFF09\u3000\u300C\u300D\u3010\u3011";
  return kMarks.find(c) != std::u32string_view::npos;
}

// Reads a gap word by word.
class Gap {
 public:
  explicit Gap(std::string_view text) : text_(folded(text)) {}

  // False if a number or a mark stands there that ends what a label may say.
  bool read(std::string_view small_marks) {
    for (std::size_t at = 0; at < text_.size();) {
      const CodePoint point = code_point_at(text_, at);
      if (point.value == '(' && skip_enclosed(at, ')')) continue;
      if (point.value == '<' && skip_enclosed(at, '>')) continue;
      if (is_word_character(point.value) || is_spaceless_letter(point.value)) {
        if (!read_word(at)) return false;
        continue;
      }
      if (point.value == '\n' && ++newlines_ > kMostNewlines) return false;
      if (!is_white_space(point.value) && !is_mark(point.value) &&
          (point.value > 0x7F ||
           small_marks.find(static_cast<char>(point.value)) == std::string_view::npos))
        return false;
      at += point.bytes;
    }
    return true;
  }

  int words() const { return words_; }
  int others() const { return others_; }  // words that are none of the small ones
  bool ends_in_colon() const {
    const std::size_t last = text_.find_last_not_of(" \t\"'*");
    return last != std::string::npos &&
           (text_[last] == ':' || text_[last] == '=' || text_.ends_with("\uFF1A"));
  }
  bool has_newline() const { return newlines_ > 0; }
  // "of my card is"
  bool tells_whose() const {
    return words_ > 1 && words_ <= kMostWordsBeforeVerb && newlines_ == 0 &&
           text_.find_first_of(".;:=|") == std::string::npos &&
           is_one_of(kWhose, first_) && is_one_of(kVerbs, last_);
  }

 private:
  // "(required)", "(EU)": what a form says about its field; "</b>".
  bool skip_enclosed(std::size_t& at, char close) const {
    constexpr std::size_t kMostBytes = 32;
    const std::size_t end = text_.find(close, at);
    if (end == std::string::npos || end - at > kMostBytes) return false;
    const std::string_view inside = std::string_view(text_).substr(at, end - at);
    if (std::any_of(inside.begin(), inside.end(), is_ascii_digit)) return false;
    at = end + 1;
    return true;
  }

  bool read_word(std::size_t& at) {
    const std::size_t begin = at;
    while (at < text_.size()) {
      const CodePoint point = code_point_at(text_, at);
      if (!is_word_character(point.value) && !is_spaceless_letter(point.value)) break;
      if (is_ascii_digit(text_[at])) return false;
      at += point.bytes;
    }
    const std::string_view word = std::string_view(text_).substr(begin, at - begin);
    if (words_++ == 0) first_ = word;
    last_ = word;
    if (!is_one_of(kSmallWords, word)) ++others_;
    return true;
  }

  std::string text_;
  std::string_view first_, last_;  // words
  int newlines_ = 0, words_ = 0, others_ = 0;
};

// Whether the words of a gap are links and owners alone, one link at least.
bool are_links(std::string_view gap) {
  bool link = false;
  for (std::size_t at = 0; at < gap.size();) {
    const std::size_t begin = gap.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) break;
    at = std::min(gap.find(' ', begin), gap.size());
    const std::string_view word = gap.substr(begin, at - begin);
    if (is_one_of(kLinks, word)) {
      link = true;
    } else if (!is_one_of(kOwners, word)) {
      return false;
    }
  }
  return link;
}

}  // namespace

bool joins_label(std::string_view gap) {
  if (gap.empty() || gap.size() > kMostLabelGapBytes) return gap.empty();
  Gap read(gap);
  if (!read.read("")) return false;
  if (read.others() == 0 || read.tells_whose()) return true;
  return read.words() <= kMostWordsBeforeColon && read.ends_in_colon() &&
         !read.has_newline();
}

bool joins_label_behind(std::string_view gap) {
  constexpr std::size_t kMostBytes = 32;
  if (gap.empty() || gap.size() > kMostBytes) return false;
  if (gap == " (" || gap == "(" || gap == "\uFF08") return true;
  return gap.front() == ' ' && gap.back() == ' ' && are_links(folded(gap));
}

}  // namespace noshare::detect
