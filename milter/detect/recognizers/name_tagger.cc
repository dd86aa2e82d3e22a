// The gazetteer as a tagger; see name_tagger.h.
#include "detect/recognizers/name_tagger.h"

#include <algorithm>

#include "detect/recognizers/name_table.h"
#include "detect/recognizers/name_words.h"

namespace noshare::detect {
namespace {

using namespace name_words;
using name_table::kCommon;
using name_table::kFirst;
using name_table::kLast;

// Base scores, estimates until tests/eval has measured them.
constexpr int kGivenAndFamily = 80;  // both known, not both common words
constexpr int kGivenAndOther = 70;   // a given name, and a word that is in no dictionary
constexpr int kCommonGiven = 58;     // "Mark Brown": both are names, both are words
constexpr int kFamilyKnown = 45;
constexpr int kUnknown = 30;  // two capitals: worth something only beside a cue
constexpr int kLone = 25;
constexpr int kShoutingPenalty = 14;  // in capitals throughout, as headings are
constexpr std::size_t kMostNames = 5;

bool is_foreign(const NameWord& word) { return (word.classes & kNotName) != 0; }

// A word that stands beside names: "Dear", "Mrs", "CEO", "Monday".
bool is_outside(const NameWord& word) {
  constexpr unsigned kBeside = kTitle | kRank | kGreeting | kLeadIn;
  return (word.classes & kBeside) != 0 && (word.classes & kGiven) == 0;
}

// A word as likely in ordinary text as in a name.
bool is_common(const NameWord& word) {
  return (word.known & kCommon) != 0 && (word.classes & kGiven) == 0;
}

int judge(std::span<const NameWord> words, const char*& why) {
  const NameWord& given = words.front();
  const NameWord& family = words.back();
  const auto is = [](const NameWord& word, unsigned known) {
    return (word.known & known) != 0;
  };
  const bool swapped = given.comma_after;
  const NameWord& first = swapped ? words[1] : given;
  const NameWord& last = swapped ? given : family;
  why = "two capitalised words";
  if (is(first, kFirst) && is(last, kLast)) {
    const bool both_common = is_common(first) && (last.known & kCommon) != 0;
    why = both_common ? "given and family name that are also words"
                      : "given and family name";
    return both_common && !is(last, kFirst) ? kCommonGiven : kGivenAndFamily;
  }
  if (swapped) return kLone;
  if (is(first, kFirst) && !is_common(last)) {
    why = "given name and an unknown word";
    return is_common(first) ? kCommonGiven : kGivenAndOther;
  }
  if (first.initial && is(last, kLast) && !is_common(last)) {
    why = "initial and family name";
    return kCommonGiven;
  }
  if (is(last, kLast) && !is_common(last) && !is_common(first)) {
    why = "family name";
    return kFamilyKnown;
  }
  return is_common(first) && is_common(last) ? kLone : kUnknown;
}

// Headlines capitalise everything: "Our Modern Day Andy Kaufman" ends in a name.
std::span<const NameWord> without_common_ends(std::span<const NameWord> words) {
  const auto plain = [](const NameWord& word, unsigned known) {
    return is_common(word) && (word.known & known) == 0;
  };
  while (words.size() > 2 && plain(words.front(), kFirst)) words = words.subspan(1);
  while (words.size() > 2 && plain(words.back(), kLast))
    words = words.first(words.size() - 1);
  return words;
}

void tag_stretch(std::span<const NameWord> words, std::vector<NameSpan>& names) {
  while (!words.empty() && !words.front().capital) words = words.subspan(1);
  while (!words.empty() && (!words.back().capital || words.back().initial)) {
    words = words.first(words.size() - 1);
  }
  words = without_common_ends(words);
  if (words.empty() || words.size() > kMostNames) return;
  NameSpan name;
  name.span = {words.front().span.begin, words.back().span.end};
  std::span<const NameWord> core = words;
  while (core.size() > 2 && (core.back().classes & kSuffix) != 0)
    core = core.first(core.size() - 1);
  name.full = core.size() >= 2;
  if (!name.full) {
    name.score = kLone;
    name.why = "one name alone";
  } else {
    name.score = judge(core, name.why);
    if (std::all_of(core.begin(), core.end(),
                    [](const NameWord& w) { return w.all_capitals; })) {
      name.score -= kShoutingPenalty;
    }
  }
  names.push_back(name);
}

}  // namespace

void GazetteerTagger::tag(std::string_view, std::span<const NameWord> run,
                          std::vector<NameSpan>& names) const {
  for (auto begin = run.begin(); begin != run.end();) {
    begin = std::find_if_not(begin, run.end(), is_outside);
    const auto end = std::find_if(begin, run.end(), is_outside);
    // A word that no name has spoils its stretch: "First National Bank", "Project
    // Phoenix".
    if (std::none_of(begin, end, is_foreign)) tag_stretch({begin, end}, names);
    begin = end;
  }
}

}  // namespace noshare::detect
