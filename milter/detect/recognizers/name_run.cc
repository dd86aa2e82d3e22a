// Reads runs of words that could be names; see name_run.h.
#include "detect/recognizers/name_run.h"

#include <algorithm>

#include "noshare/base/text.h"

#include "detect/recognizers/name_table.h"
#include "detect/recognizers/name_words.h"
#include "detect/unicode.h"

namespace noshare::detect {

namespace name_words {
const ClassedWords& table() {
  static const ClassedWords words(kWords, kWordCount);
  return words;
}
}  // namespace name_words

namespace {

constexpr std::size_t kMostWords = 8;
constexpr std::size_t kMostWordBytes = 48;

bool is_apostrophe(char32_t c) { return c == '\'' || c == 0x2019; }

// The end of the word that begins at `at`: letters, inner hyphens and apostrophes.
std::uint32_t word_end(std::string_view text, std::uint32_t at) {
  const std::size_t limit = std::min(text.size(), at + kMostWordBytes);
  std::size_t end = at;
  while (end < limit) {
    const char32_t c = character_at(text, end);
    const auto bytes = code_point_at(text, end).bytes;
    const bool inner = (c == '-' || is_apostrophe(c)) && end > at &&
                       is_word_character(character_at(text, end + bytes));
    if (!is_word_character(c) && !inner) break;
    end += bytes;
  }
  return static_cast<std::uint32_t>(end);
}

// "Smith's" is Smith.
std::uint32_t without_genitive(std::string_view text, std::uint32_t begin,
                               std::uint32_t end) {
  if (end - begin < 4 || ascii_lower(text[end - 1]) != 's') return end;
  if (text[end - 2] == '\'') return end - 2;
  return text.substr(begin, end - begin).ends_with("\u2019s") ? end - 4 : end;
}

unsigned known_pieces(const std::string& folded_word) {
  if (const unsigned known = name_table::lookup(folded_word)) return known;
  const std::size_t cut = folded_word.find_first_of("-'");
  if (cut == std::string::npos) return 0;
  const std::string_view word = folded_word;
  return name_table::lookup(word.substr(0, cut)) |
         name_table::lookup(word.substr(cut + 1));
}

// True if a family name there can be followed by a comma and the given name.
bool begins_field(std::string_view text, const NameWord& word) {
  std::size_t at = word.span.begin;
  while (at > 0 && text[at - 1] == ' ') --at;
  constexpr std::string_view kBefore = "\n:;|\t\"<>";
  return (word.known & name_table::kLast) != 0 &&
         (at == 0 || kBefore.find(text[at - 1]) != std::string_view::npos);
}

NameWord read_word(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  NameWord word;
  word.span = {begin, without_genitive(text, begin, end)};
  const std::string_view written = text.substr(begin, word.span.end - begin);
  const std::string lowered = folded(written);
  word.classes = name_words::table().classes_of(lowered);
  word.known = known_pieces(lowered);
  word.capital = lower_case(character_at(text, begin)) != character_at(text, begin);
  word.initial = written.size() == 1 && word.capital;
  word.all_capitals =
      written.size() > 1 && std::none_of(written.begin(), written.end(), is_ascii_lower);
  return word;
}

}  // namespace

void read_name_run(std::string_view text, std::uint32_t at, std::vector<NameWord>& run) {
  run.clear();
  while (run.size() < kMostWords && at < text.size()) {
    const std::uint32_t end = word_end(text, at);
    if (end == at) break;
    const NameWord word = read_word(text, at, end);
    const std::string_view written = text.substr(at, end - at);
    if (std::any_of(written.begin(), written.end(), is_ascii_digit)) break;
    if (!word.capital && (run.empty() || (word.classes & name_words::kLink) == 0)) break;
    run.push_back(word);
    if (word.span.end != end) break;  // a genitive ends the name
    at = end;
    const bool abbreviation =
        word.initial || (word.classes & (name_words::kTitle | name_words::kRank |
                                         name_words::kSuffix)) != 0;
    if (at < text.size() && text[at] == '.' && abbreviation) ++at;
    if (at < text.size() && text[at] == ',' && run.size() == 1 &&
        begins_field(text, word)) {
      run.back().comma_after = true;
      ++at;
    }
    const std::uint32_t gap = at;
    while (at < text.size() && at < gap + 2 && text[at] == ' ') ++at;
    if (at == gap && !word.initial) break;
  }
  while (!run.empty() && !run.back().capital) run.pop_back();
}

}  // namespace noshare::detect
