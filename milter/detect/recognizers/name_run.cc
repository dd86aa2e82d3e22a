// Reads runs of words that could be names; see name_run.h.
#include "detect/recognizers/name_run.h"

#include <algorithm>
#include <array>

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

// "al-Zahra", "d'Estaing": bytes of the particle before the capital; 0: there is none.
std::uint32_t particle_bytes(std::string_view text, std::uint32_t begin,
                             std::uint32_t end) {
  constexpr std::uint32_t kMostLetters = 3;
  std::uint32_t at = begin;
  while (at < end && at - begin < kMostLetters && is_ascii_lower(text[at])) ++at;
  const char32_t joint = character_at(text, at);
  if (at == begin || at >= end || (joint != '-' && !is_apostrophe(joint))) return 0;
  at += code_point_at(text, at).bytes;
  const char32_t first = character_at(text, at);
  return at < end && lower_case(first) != first ? at - begin : 0;
}

// The elided article of Dutch names: "van 't Hof".
bool is_elided_article(std::string_view text, std::uint32_t at) {
  return (text.substr(at).starts_with("'t ") ||
          text.substr(at).starts_with("\u2019t ")) &&
         at > 0 && text[at - 1] == ' ';
}

bool has_small_letter(std::string_view word) {
  for (std::size_t at = 0; at < word.size(); at += code_point_at(word, at).bytes) {
    const char32_t c = character_at(word, at);
    if (upper_case(c) != c) return true;
  }
  return false;
}

// Russian, Ukrainian and Belarusian names of fathers, of sons and daughters.
bool is_patronymic(std::string_view folded_word) {
  constexpr auto kEndings = std::to_array<std::string_view>(
      {"ович", "евич", "ильич", "никитич", "кузьмич", "лукич", "фомич", "саввич", "овна",
       "евна", "ична", "івна", "ївна", "овіч", "евіч", "аўна", "еўна"});
  constexpr std::size_t kLeastBytes = 10;  // five letters
  return folded_word.size() >= kLeastBytes &&
         std::any_of(kEndings.begin(), kEndings.end(), [&](std::string_view ending) {
           return folded_word.ends_with(ending);
         });
}

unsigned known_pieces(const std::string& folded_word) {
  if (const unsigned known = name_table::lookup(folded_word)) return known;
  const std::size_t cut = folded_word.find_first_of("-'");
  if (cut == std::string::npos) return 0;
  const std::string_view word = folded_word;
  constexpr std::size_t kLeastBytes = 3;  // "don't" is no Don
  if (word[cut] == '\'' && word.size() - cut <= kLeastBytes) return 0;
  return name_table::lookup(word.substr(0, cut)) |
         name_table::lookup(word.substr(cut + 1));
}

// True if a family name there can be followed by a comma and the given name.
bool begins_field(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  constexpr std::string_view kBefore = "\n:;|\t\"<>";
  return at == 0 || kBefore.find(text[at - 1]) != std::string_view::npos;
}

// "Smith, ", "von der Heide, " before a given name, at the beginning of a field.
bool ends_family_name(std::string_view text, std::uint32_t comma,
                      const std::vector<NameWord>& run) {
  const auto is_link = [](const NameWord& word) {
    return (word.classes & name_words::kLink) != 0;
  };
  if (!run.back().capital || !std::all_of(run.begin(), run.end() - 1, is_link))
    return false;
  if ((run.back().classes & name_words::kNotName) != 0) return false;
  if (text.substr(comma, 2) != ", " || !begins_field(text, run.front().span.begin))
    return false;
  const std::uint32_t end = word_end(text, comma + 2);
  const std::string given = folded(text.substr(comma + 2, end - comma - 2));
  return (run.back().known & name_table::kLast) != 0 ||
         (known_pieces(given) & name_table::kFirst) != 0;
}

// "Address: " behind a name begins the next field; "Ann Smith: " speaks.
bool is_next_label(std::string_view text, std::uint32_t end, const NameWord& word) {
  constexpr unsigned kLabels = name_words::kNotName | name_words::kLabel |
                               name_words::kHeadFull | name_words::kLeadIn;
  return text.substr(end).starts_with(':') && (word.classes & kLabels) != 0;
}

NameWord read_word(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  NameWord word;
  word.span = {begin, without_genitive(text, begin, end)};
  const std::string_view written = text.substr(begin, word.span.end - begin);
  const std::string lowered = folded(written);
  word.classes = name_words::table().classes_of(lowered);
  word.known = known_pieces(lowered);
  const char32_t first = character_at(text, begin);
  word.capital = lower_case(first) != first || particle_bytes(text, begin, end) > 0;
  word.initial = word.capital && code_point_at(text, begin).bytes == written.size();
  word.all_capitals = !word.initial && !has_small_letter(written);
  word.patronymic = word.capital && is_patronymic(lowered);
  return word;
}

NameWord elided_article(std::string_view text, std::uint32_t begin) {
  NameWord word;
  word.span = {begin, static_cast<std::uint32_t>(text.find('t', begin)) + 1};
  word.classes = name_words::kLink;
  return word;
}

// Where the word before `at` begins; `at` itself if none stands directly before.
std::uint32_t word_before(std::string_view text, std::uint32_t at) {
  constexpr std::uint32_t kMostBytes = 32;
  if (at >= 2 && is_apostrophe(character_before(text, at))) {
    const auto mark = boundary_before(text, at - 1);
    if (mark > 0 && text[mark - 1] == ' ') at = static_cast<std::uint32_t>(mark);
  }
  if (at < 2 || text[at - 1] != ' ') return at;
  std::size_t begin = at - 1;
  while (begin > 0 && at - begin < kMostBytes &&
         (is_word_character(character_before(text, begin)) || text[begin - 1] == '-')) {
    begin = boundary_before(text, begin - 1);
  }
  return begin == at - 1 ? at : static_cast<std::uint32_t>(begin);
}

}  // namespace

std::uint32_t name_begin_before(std::string_view text, std::uint32_t at) {
  constexpr int kMostLinks = 3;
  for (int links = 0; links <= kMostLinks; ++links) {
    const char32_t first = character_at(text, at);
    if (lower_case(first) != first) return at;
    const std::uint32_t before = word_before(text, at);
    if (before == at) return at;
    at = before;
  }
  return at;
}

void read_small_run(std::string_view text, std::uint32_t at, std::vector<NameWord>& run) {
  constexpr unsigned kNames = name_table::kFirst | name_table::kLast;
  run.clear();
  while (run.size() < kMostWords && at < text.size()) {
    const std::uint32_t end = word_end(text, at);
    if (end == at) break;
    NameWord word = read_word(text, at, end);
    if (word.capital || word.span.end != end) break;
    const bool link = (word.classes & name_words::kLink) != 0;
    word.initial = code_point_at(text, at).bytes == end - at;
    word.capital = !link;
    run.push_back(word);
    at = end;
    if (word.initial && at < text.size() && text[at] == '.') {
      run.back().dotted = true;
      ++at;
    }
    const bool inside = run.size() > 1 && (word.initial || link);
    if (!inside && (word.known & kNames) == 0) break;
    if (!inside && run.size() > 1) return;
    if (text.substr(at, 1) != " ") break;
    ++at;
  }
  run.clear();
}

void read_name_run(std::string_view text, std::uint32_t at, std::vector<NameWord>& run) {
  run.clear();
  while (run.size() < kMostWords && at < text.size()) {
    if (!run.empty() && is_elided_article(text, at)) {
      run.push_back(elided_article(text, at));
      at = run.back().span.end + 1;
      continue;
    }
    const std::uint32_t end = word_end(text, at);
    if (end == at) break;
    const NameWord word = read_word(text, at, end);
    const std::string_view written = text.substr(at, end - at);
    if (std::any_of(written.begin(), written.end(), is_ascii_digit)) break;
    const bool link = (word.classes & name_words::kLink) != 0;
    if (!word.capital && !link) break;
    if (!word.capital && run.empty() && !begins_field(text, at)) break;
    if (!run.empty() && is_next_label(text, end, word)) break;
    run.push_back(word);
    if (word.span.end != end) break;  // a genitive ends the name
    at = end;
    const bool saint = end - run.back().span.begin <= 3 &&
                       (word.classes & name_words::kLink) != 0 && run.size() > 1;
    const bool abbreviation =
        word.initial || saint ||
        (word.classes & (name_words::kTitle | name_words::kRank | name_words::kSuffix)) !=
            0;
    if (at < text.size() && text[at] == '.' && abbreviation) {
      run.back().dotted = true;
      ++at;
    }
    if (at < text.size() && text[at] == ',' && ends_family_name(text, at, run)) {
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
