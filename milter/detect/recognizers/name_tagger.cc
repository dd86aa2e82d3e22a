// The gazetteer as a tagger; see name_tagger.h.
#include "detect/recognizers/name_tagger.h"

#include <algorithm>
#include <array>
#include <utility>

#include "detect/recognizers/name_table.h"
#include "detect/recognizers/name_words.h"
#include "detect/recognizers/place_table.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

using namespace name_words;
using name_table::kCommon;
using name_table::kFirst;
using name_table::kFrequent;
using name_table::kLast;
using name_table::kWellKnown;

// Base scores, measured by tests/eval (docs/detection.md): of names of 80 in running text
// some 95 in 100 were right, of those of 66 to 70 some three in four.
constexpr int kGivenAndFamily = 80;  // both known, not both common words
constexpr int kGivenAndOther = 70;   // a given name, and a word that is in no dictionary
constexpr int kGivenAndRare = 66;    // "Barbara Boxer"
constexpr int kCommonGiven = 58;     // "Mark Brown": both are names, both are words
constexpr int kFamilyFirst = 66;  // "Nagy Eszter": the order of some countries and forms
constexpr int kFamilyFrequent = 67;    // "Satoshi Tanaka": a given name that no list has
constexpr int kInitialAndFamily = 66;  // "J. Smith"
constexpr int kFamilyKnown = 45;
constexpr int kSwapped = 40;  // "Yılmaz, Ayşe", one of them unknown: needs a label
constexpr int kUnknown = 30;  // two capitals: worth something only beside a cue
constexpr int kLone = 24;     // below medium even behind a label
constexpr int kShoutingPenalty = 14;  // in capitals throughout, as headings are
constexpr std::size_t kMostNames = 5;

struct Judged {
  int score = 0;
  const char* why = "";
};

// A word as likely in ordinary text as in a name.
bool is_common(const NameWord& word) {
  return (word.known & kCommon) != 0 && (word.known & kWellKnown) == 0 &&
         (word.classes & kGiven) == 0;
}

bool is(const NameWord& word, unsigned known) { return (word.known & known) != 0; }

bool is_name(const NameWord& word) {
  return word.initial || is(word, kFirst | kLast | kFrequent);
}

// A word that stands beside names: "Dear", "Mrs", "CEO", "Monday". Behind a given name a
// rank is a family name: "Steve King".
bool is_outside(std::span<const NameWord> run, std::size_t at, std::size_t begin) {
  const NameWord& word = run[at];
  const NameWord* before = at > begin ? &run[at - 1] : nullptr;
  if ((word.classes & kLink) != 0 && !word.capital) return false;  // "van der Meer"
  constexpr unsigned kBeside = kTitle | kRank | kGreeting | kLeadIn;
  if ((word.classes & kBeside) == 0 || (word.classes & kGiven) != 0) return false;
  if (before == nullptr) return true;
  if (word.initial && word.dotted) return false;  // "Ana M. Diaz", but "par M. Diaz"
  const bool links = (word.classes & kLink) != 0 && at + 1 < run.size();
  if (links && is_name(*before) && run[at + 1].capital) return false;  // "Ana Di Marco"
  const unsigned beside = word.classes & kBeside;
  const bool may_be_family = beside == kRank || beside == kGreeting;  // "Ugo Gentile"
  return !(may_be_family && is(word, kFrequent) && is(*before, kFirst));
}

// A word of firms, places or things. "Jack London", "Virginia Woolf" hold none.
bool is_foreign(std::span<const NameWord> run, std::size_t at, std::size_t begin) {
  const NameWord& word = run[at];
  if ((word.classes & kNotName) != 0) return true;
  if ((word.classes & kPlace) == 0) return false;
  const auto speaks_for = [](const NameWord& beside, unsigned known) {
    return is(beside, known) && !is(beside, kCommon);
  };
  if (at > begin && (run[at - 1].initial || speaks_for(run[at - 1], kFirst)))
    return false;
  const bool saint = (word.classes & kLink) != 0;  // "San Pablo"
  return saint ||
         !(is(word, kFirst) && at + 1 < run.size() && speaks_for(run[at + 1], kLast));
}

// A family name, and not more likely an ordinary word: "Zeller", "King", but not "Boxer".
bool is_clear_family(const NameWord& word) {
  return is(word, kLast) && (is(word, kFrequent) || !is_common(word));
}

// "MRN", "WTA": short words in capitals that are no names.
bool is_acronym(const NameWord& word) {
  constexpr std::uint32_t kMostBytes = 4;
  return word.all_capitals && word.span.end - word.span.begin <= kMostBytes;
}

Judged judge_pair(const NameWord& first, const NameWord& last) {
  if (is(first, kFirst) && is_clear_family(last)) {
    if (is_common(first) && is(last, kCommon | kFirst))
      return {kCommonGiven, "given and family name that are also words"};
    return {kGivenAndFamily, "given and family name"};
  }
  if (is(first, kFirst) && !is_common(last) && !(is_acronym(last) && !is(last, kLast))) {
    return {is_common(first) ? kCommonGiven : kGivenAndOther,
            "given name and an unknown word"};
  }
  if (is(first, kFirst) && !is_common(first) && is(last, kLast))
    return {kGivenAndRare, "given name and a rare family name that is also a word"};
  if (is_clear_family(first) && !is_common(first) && is(last, kFirst) && !is_common(last))
    return {kFamilyFirst, "family and given name"};
  if (first.initial && is(last, kLast) && !is_common(last)) {
    const bool clear = first.dotted && is(last, kFrequent) && !is(last, kCommon) &&
                       (last.classes & kLink) == 0;
    return {clear ? kInitialAndFamily : kCommonGiven, "initial and family name"};
  }
  if (is(last, kLast) && !is_common(last) && !is_common(first)) {
    const bool clear = (is(last, kFrequent) || !is(last, kFirst)) && !is(last, kCommon) &&
                       !first.all_capitals && !last.all_capitals && !first.initial &&
                       (last.classes & kLink) == 0;
    return {clear ? kFamilyFrequent : kFamilyKnown, "family name"};
  }
  return {is_common(first) && is_common(last) ? kLone : kUnknown,
          "two capitalised words"};
}

// Between given and family name stand initials, links, names and words no one knows.
bool can_stand_inside(const NameWord& word) {
  return word.initial || (word.classes & kLink) != 0 || !is_common(word) ||
         is(word, kFirst | kFrequent);
}

std::span<const NameWord> without_suffix(std::span<const NameWord> words) {
  while (words.size() > 2 && (words.back().classes & kSuffix) != 0)
    words = words.first(words.size() - 1);
  return words;
}

// "von der Heide, Ann": the family name stands first.
bool swaps(std::span<const NameWord> words) {
  return std::any_of(words.begin(), words.end(),
                     [](const NameWord& word) { return word.comma_after; });
}

// "Marijke van den Berg", "Mariagrazia Di Stefano": what stands between joins names and
// no other words.
bool joined_by_links(std::span<const NameWord> inner, const NameWord& last) {
  if (inner.empty()) return false;
  const bool links = std::all_of(inner.begin(), inner.end(), [](const NameWord& word) {
    return (word.classes & kLink) != 0;
  });
  if (!links) return false;
  if (inner.front().capital)  // "Di Stefano", not "P. O. Box"
    return is(last, kLast) && !is_common(last) && !inner.front().initial;
  return inner.size() == 2 && (inner.front().classes & kOfNames) != 0;
}

// "Иванов Иван Иванович", "Анна Сергеевна Петрова", "Анна Сергеевна": the father's name
// stands behind the given one.
Judged judge_with_patronymic(std::span<const NameWord> core) {
  const auto at = std::find_if(core.begin(), core.end(),
                               [](const NameWord& word) { return word.patronymic; });
  if (at == core.begin() || core.size() > 3) return {};
  const bool plain = std::all_of(core.begin(), core.end(), [](const NameWord& word) {
    return word.capital && !word.initial && !word.comma_after;
  });
  if (!plain) return {};
  const bool given = is(at[-1], kFirst);
  if (core.size() == 3) {
    const bool sure = given && (at + 1 < core.end() || is(core.front(), kLast));
    return {sure ? kGivenAndFamily : kGivenAndOther,
            "given and family name with a patronymic"};
  }
  return {given ? kGivenAndRare : kFamilyKnown, "given name and patronymic"};
}

// How surely all of `words` are one name; they are two or more.
Judged judge(std::span<const NameWord> words) {
  const std::span<const NameWord> core = without_suffix(words);
  const NameWord& end = core.back();
  const bool begins = core.front().capital || swaps(core);
  if (!begins || !end.capital || end.initial) return {};
  if ((end.classes & kLink) != 0 && !is(end, kFrequent)) return {};  // "Elder St"
  const auto comma = std::find_if(core.begin(), core.end(),
                                  [](const NameWord& word) { return word.comma_after; });
  if (comma != core.end() && comma + 1 != core.end()) {
    const Judged judged = judge_pair(comma[1], *comma);
    if (judged.score >= kGivenAndFamily) return judged;
    return {judged.score >= kCommonGiven ? kSwapped : kLone, judged.why};
  }
  if (std::any_of(core.begin(), core.end(),
                  [](const NameWord& word) { return word.patronymic; }))
    return judge_with_patronymic(core);
  const auto inner = core.subspan(1, core.size() - 2);
  if (!std::all_of(inner.begin(), inner.end(), can_stand_inside)) return {};
  Judged judged = judge_pair(core.front(), core.back());
  const bool small = std::any_of(inner.begin(), inner.end(),
                                 [](const NameWord& word) { return !word.capital; });
  if (small && core.front().known == 0 && judged.score == kFamilyFrequent)
    judged.score = kFamilyKnown;  // "Endet der Wert"
  const bool of_nouns = inner.size() == 1 && (inner.front().classes & kArticle) != 0;
  if (of_nouns && !is_clear_family(core.back()) && judged.score > kFamilyKnown)
    judged.score = kFamilyKnown;  // "Sezen der Grenze"
  const bool linked = core.front().capital && !is_common(core.front()) &&
                      !core.front().all_capitals && joined_by_links(inner, core.back());
  if (linked && judged.score < kFamilyFrequent)
    judged = {kFamilyFrequent, "names joined by small words"};
  if (std::all_of(core.begin(), core.end(),
                  [](const NameWord& word) { return word.all_capitals; })) {
    judged.score -= kShoutingPenalty;
  }
  return judged;
}

struct Piece {
  std::size_t begin = 0;
  std::size_t end = 0;
  Judged judged;
};

// The surest name in the words; of equals the longest, then the first. Headlines
// capitalise everything: "TMZ Reporting Lindsay Lohan" ends in a name.
Piece best_piece(std::span<const NameWord> words) {
  Piece best;
  for (std::size_t begin = 0; begin + 2 <= words.size(); ++begin) {
    const std::size_t most = std::min(words.size(), begin + kMostNames);
    for (std::size_t end = most; end >= begin + 2; --end) {
      const Judged judged = judge(words.subspan(begin, end - begin));
      const auto merit = [](const Judged& one, std::size_t length) {
        return std::pair(one.score, length);
      };
      if (merit(judged, end - begin) > merit(best.judged, best.end - best.begin))
        best = {begin, end, judged};
    }
  }
  return best;
}

// Behind the last word of the piece: further names that no dictionary has.
std::size_t extended(std::span<const NameWord> words, const Piece& piece) {
  std::size_t end = piece.end;
  while (end < words.size() && end - piece.begin < kMostNames && words[end].capital &&
         !words[end].initial && !words[end].all_capitals && !is_common(words[end])) {
    ++end;
  }
  return end;
}

// German writes all nouns with capitals: there a family name behind a word that nobody
// knows says nothing ("Jedes Feld"). Told by the small words around it.
bool stands_in_german(std::string_view text, const NameSpan& name) {
  constexpr std::uint32_t kReach = 160;
  constexpr std::array<std::string_view, 14> kWords{
      " der ",  " die ", " das ",   " und ",  " den ", " dem ", " ist ",
      " wird ", " mit ", " nicht ", " eine ", " von ", " zu ",  " oder "};
  const std::size_t begin = name.span.begin - std::min(name.span.begin, kReach);
  const std::string_view around =
      text.substr(begin, name.span.end - begin + std::size_t{kReach});
  return std::count_if(kWords.begin(), kWords.end(), [&](std::string_view word) {
           return around.find(word) != std::string_view::npos;
         }) >= 2;
}

// "Costco Irvine": the word behind an unknown one is a city's.
bool ends_in_city(std::string_view text, const NameSpan& name, const NameWord& first,
                  const NameWord& last) {
  return name.score == kFamilyFrequent && first.known == 0 &&
         place_table::is_city(
             folded(text.substr(last.span.begin, last.span.end - last.span.begin)));
}

void tag_stretch(std::string_view text, std::span<const NameWord> words,
                 std::vector<NameSpan>& names) {
  while (!words.empty() && !words.front().capital && !swaps(words))
    words = words.subspan(1);
  while (!words.empty() && (!words.back().capital || words.back().initial)) {
    words = words.first(words.size() - 1);
  }
  if (words.empty()) return;
  NameSpan name;
  if (words.size() == 1) {
    name.span = words.front().span;
    name.score = kLone;
    name.why = "one name alone";
    names.push_back(name);
    return;
  }
  Piece piece = best_piece(words);
  if (piece.end == 0) return;
  piece.end = extended(words, piece);
  if (piece.begin > 0 && words[piece.begin].initial && words[piece.begin].dotted &&
      is(words[piece.begin - 1], kFirst))
    --piece.begin;  // "Poppy S. Smythe-Jones": a given name that is also a word
  name.span = {words[piece.begin].span.begin, words[piece.end - 1].span.end};
  name.full = true;
  name.score = piece.judged.score;
  name.why = piece.judged.why;
  if (ends_in_city(text, name, words[piece.begin], words[piece.end - 1]))
    name.score = kFamilyKnown;
  const bool unknown = name.score == kFamilyFrequent && words[piece.begin].known == 0;
  if (unknown && stands_in_german(text, name)) name.score = kFamilyKnown;
  names.push_back(name);
  if (words.size() - piece.end >= 2) tag_stretch(text, words.subspan(piece.end), names);
}

}  // namespace

void GazetteerTagger::tag(std::string_view text, std::span<const NameWord> run,
                          std::vector<NameSpan>& names) const {
  std::size_t begin = 0;
  const NameWord* foreign = nullptr;  // the word of a firm or place before `begin`
  for (std::size_t end = 0; end <= run.size(); ++end) {
    const NameWord* word = end < run.size() ? &run[end] : nullptr;
    const bool outside = word != nullptr && is_outside(run, end, begin);
    const bool spoils = word != nullptr && !outside && is_foreign(run, end, begin);
    if (word != nullptr && !outside && !spoils) continue;
    const std::size_t count = names.size();
    tag_stretch(text, run.subspan(begin, end - begin), names);
    // What stands beside such a word is its own: "First National Bank", "Project
    // Phoenix".
    std::erase_if(names, [&](const NameSpan& name) {
      return &name >= names.data() + count &&
             ((foreign != nullptr && name.span.begin == run[begin].span.begin) ||
              (spoils && name.span.end == run[end - 1].span.end));
    });
    foreign = spoils ? word : nullptr;
    begin = end + 1;
  }
}

}  // namespace noshare::detect
