// Finds names of persons; see name_recognizer.h.
#include "detect/recognizers/name_recognizer.h"

#include <algorithm>
#include <array>
#include <string>

#include "noshare/base/text.h"

#include "detect/recognizers/address_words.h"
#include "detect/recognizers/name_columns.h"
#include "detect/recognizers/name_cues.h"
#include "detect/recognizers/name_table.h"
#include "detect/recognizers/name_words.h"
#include "detect/recognizers/place_table.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

// Words in the head of a table with a column of names (name_columns.cc knows them all).
constexpr auto kHeads = std::to_array<std::string_view>(
    {"name",         "vorname",     "nachname",   "firstname",     "lastname",
     "surname",      "fullname",    "nom",        "prénom",        "apellidos",
     "cognome",      "naam",        "nazwisko",   "first_name",    "last_name",
     "full_name",    "customer",    "patient",    "nombre",        "nome",
     "voornaam",     "achternaam",  "imię",       "jméno",         "příjmení",
     "priezvisko",   "fornavn",     "efternavn",  "etternavn",     "förnamn",
     "efternamn",    "etunimi",     "sukunimi",   "vezetéknév",    "soyad",
     "soyadı",       "prenume",     "prezime",    "priimek",       "apellido",
     "familienname", "mitarbeiter", "nominativo", "ονοματεπώνυμο", "επώνυμο",
     "фамилия",      "фио",         "név",        "navn",          "namn"});

constexpr int kColumnConfidence = 88;  // a cell of two words in a column of names
constexpr int kLoneInColumn = 45;
constexpr int kMostConfidence = 97;
constexpr int kTitledFamilyName = 68;  // "Mr Smith": no given name, still one person
constexpr int kLeastConfidence = 40;   // below, nothing is reported
constexpr int kLoneCap = 50;
constexpr int kSmallConfidence = 75;  // in small letters, behind a word for names
constexpr int kLeastSmall = 80, kLeastSmallMarked = 58;  // "patient x y", "patient: x y"
constexpr int kLeastSmallCue = 38;
constexpr int kHouseNumberPenalty = 30;  // "4949 Harrison Ave"

std::string joined_words(std::string_view text) {
  std::string words;
  for (const char c : folded(text)) {
    const bool separator =
        c == ' ' || c == ',' || c == '"' || c == ';' || c == '\t' || c == '|';
    if (!separator) {
      words += c;
    } else if (!words.empty() && words.back() != ' ') {
      words += ' ';
    }
  }
  return words;
}

// "Mr Smith", "Dr. Smith": the word right before the name is a title. "BAY WAY" is none.
bool has_title(std::span<const NameWord> run, model::Span name) {
  const auto at = std::find_if(run.begin(), run.end(), [&](const NameWord& word) {
    return word.span.begin == name.begin;
  });
  const bool is_word = at != run.end() && (at->known & name_table::kCommon) != 0 &&
                       (at->known & name_table::kFrequent) == 0;
  return at != run.begin() && at != run.end() && !is_word &&
         (at[-1].classes & name_words::kTitle) != 0;
}

// "15841 Ronald W Reagan Blvd": a number directly before, as in an address.
bool has_number_before(std::string_view text, std::uint32_t at) {
  return at >= 2 && text[at - 1] == ' ' && is_ascii_digit(text[at - 2]);
}

// "33A RAY E TALLEY CT", "1 SGT WM B TERRY DR": a number before, a street's word behind.
bool names_street(std::string_view text, std::uint32_t begin, std::uint32_t end) {
  constexpr std::uint32_t kMostBytes = 12;
  if (begin < 2 || text[begin - 1] != ' ') return false;
  std::uint32_t at = begin - 1;
  while (at > 0 && is_ascii_alpha(text[at - 1]) && begin - at < 3) --at;  // "33A"
  if (at == 0 || !is_ascii_digit(text[at - 1]) || text.substr(end, 1) != " ")
    return false;
  std::uint32_t last = end + 1;
  while (last < text.size() && last - end <= kMostBytes && is_ascii_alpha(text[last]))
    ++last;
  const std::string word = folded(text.substr(end + 1, last - end - 1));
  return (address_words::table().classes_of(word) & address_words::kStreet) != 0;
}

// "Karl Johans gate 33": the next word is a street's that stands before its number.
bool leads_street(std::string_view text, std::uint32_t end) {
  constexpr std::uint32_t kMostBytes = 16;
  if (text.substr(end, 1) != " ") return false;
  std::uint32_t last = end + 1;
  while (last < text.size() && last - end <= kMostBytes && text[last] != ' ') ++last;
  if (last + 1 >= text.size() || !is_ascii_digit(text[last + 1])) return false;
  const std::string word = folded(text.substr(end + 1, last - end - 1));
  return (address_words::table().classes_of(word) &
          (address_words::kTrail | address_words::kSoftTrail)) != 0;
}

// Where a word in small letters begins behind `at`, over ": ", "\": \"", "='", " is " or
// a space; 0: nowhere.
std::uint32_t small_name_behind(std::string_view text, std::uint32_t at) {
  constexpr auto kVerbs = std::to_array<std::string_view>(
      {"is ", "ist ", "est ", "es ", "\u00E8 ", "\u00E9 ", "\u00E4r ", "er ", "on "});
  constexpr std::uint32_t kMostBytes = 6;
  const std::uint32_t end = at;
  while (at < text.size() && at - end < kMostBytes &&
         std::string_view(" \t:=\"'>").find(text[at]) != std::string_view::npos)
    ++at;
  if (at == end) return 0;
  for (const std::string_view verb : kVerbs) {
    if (!text.substr(at).starts_with(verb)) continue;
    at += static_cast<std::uint32_t>(verb.size());
    break;
  }
  if (at >= text.size()) return 0;
  const char32_t first = character_at(text, at);
  return is_word_character(first) && !is_ascii_digit(text[at]) &&
                 lower_case(first) == first
             ? at
             : 0;
}

int weigh(const NameSpan& name, const NameCue& cue, bool titled) {
  if (name.full) return std::min(name.score + cue.points, kMostConfidence);
  if (titled) return kTitledFamilyName;
  return std::min(name.score + cue.points, kLoneCap);
}

}  // namespace

NameRecognizer::NameRecognizer(const config::Pattern& pattern)
    : NameRecognizer(pattern, std::make_unique<GazetteerTagger>()) {}

NameRecognizer::NameRecognizer(const config::Pattern&,
                               std::unique_ptr<const NameTagger> tagger)
    : tagger_(std::move(tagger)) {
  anchors_.capital_words = true;
  anchors_.literals.assign(kHeads.begin(), kHeads.end());
  anchors_.before = 0;
  anchors_.after = 0;
}

void NameRecognizer::recognize(const RecognizerInput& input,
                               std::vector<RawCandidate>& found) const {
  std::vector<NameWord> run;
  std::vector<LabelledName> labelled;
  std::uint32_t done_until = 0;
  std::uint32_t header_until = 0;
  for (const Window& window : input.windows) {
    if (input.deadline.expired()) return;
    for (const Anchor& anchor : window.anchors) {
      if (anchor.kind != AnchorKind::kLiteral) {
        const std::uint32_t at = name_begin_before(input.text, anchor.span.begin);
        if (at >= done_until) done_until = search_run(input, at, run, found, labelled);
        continue;
      }
      search_small(input, anchor.span.end, run, found);
      if (anchor.span.begin >= header_until)
        header_until = search_columns(input.text, anchor.span.begin, found);
    }
  }
  doubt_labels_of_things(labelled, kLeastConfidence, found);
}

// "my name is ann smith", "patient: ann smith", "customer ann smith": behind such a word
// a name may stand in small letters.
//
// at  where the word ends
void NameRecognizer::search_small(const RecognizerInput& input, std::uint32_t at,
                                  std::vector<NameWord>& run,
                                  std::vector<RawCandidate>& found) const {
  const std::string_view text = input.text;
  const std::uint32_t begin = small_name_behind(text, at);
  if (begin == 0) return;
  read_small_run(text, begin, run);
  if (run.empty()) return;
  std::vector<NameSpan> names;
  tagger_->tag(text, run, names);
  if (names.size() != 1 || !names.front().full || names.front().span.begin != begin)
    return;
  const NameSpan& name = names.front();
  // "the patient may young" has no mark between: there no word may be an ordinary one.
  const bool marked = text[begin - 1] != ' ' || text[at] != ' ' || begin > at + 1;
  const bool ordinary = (run.front().known & name_table::kCommon) != 0;
  if (marked ? name.score < kLeastSmallMarked : name.score < kLeastSmall || ordinary)
    return;
  const NameCue cue = find_name_cue(text, name.span, input.segment.zone);
  if (cue.points < kLeastSmallCue) return;
  RawCandidate candidate;
  candidate.span = name.span;
  candidate.normalised =
      joined_words(text.substr(name.span.begin, name.span.end - name.span.begin));
  if (place_table::is_city(candidate.normalised)) return;
  candidate.confidence = kSmallConfidence;
  candidate.why.push_back(std::string(cue.why) +
                          ", in small letters: " + std::to_string(kSmallConfidence));
  found.push_back(std::move(candidate));
}

// Takes the names of the table headed by the line that holds `at`; returns where it ends.
std::uint32_t NameRecognizer::search_columns(std::string_view text, std::uint32_t at,
                                             std::vector<RawCandidate>& found) const {
  std::vector<ColumnName> names;
  const std::uint32_t end = read_name_columns(text, at, names);
  for (const ColumnName& name : names) {
    RawCandidate candidate;
    candidate.span = name.span;
    candidate.confidence = name.full ? kColumnConfidence : kLoneInColumn;
    candidate.checked = name.full;
    candidate.why.push_back("in a column of names: " +
                            std::to_string(candidate.confidence));
    candidate.normalised =
        joined_words(text.substr(name.span.begin, name.span.end - name.span.begin));
    found.push_back(std::move(candidate));
  }
  return end;
}

// Judges the run of words that begins at `at`; returns where the next may begin.
std::uint32_t NameRecognizer::search_run(const RecognizerInput& input, std::uint32_t at,
                                         std::vector<NameWord>& run,
                                         std::vector<RawCandidate>& found,
                                         std::vector<LabelledName>& labelled) const {
  read_name_run(input.text, at, run);
  if (run.empty()) return at;
  std::vector<NameSpan> names;
  tagger_->tag(input.text, run, names);
  for (const NameSpan& name : names) {
    if (leads_street(input.text, name.span.end)) continue;
    const bool titled = has_title(run, name.span);
    if (!name.full && !titled) continue;
    const NameCue cue = find_name_cue(input.text, name.span, input.segment.zone);
    RawCandidate candidate;
    candidate.span = name.span;
    candidate.confidence = weigh(name, cue, titled);
    if (cue.points == 0 && has_number_before(input.text, name.span.begin))
      candidate.confidence -= kHouseNumberPenalty;
    if (names_street(input.text, run.front().span.begin, name.span.end))
      candidate.confidence -= kHouseNumberPenalty;
    if (candidate.confidence < kLeastConfidence) continue;
    candidate.normalised =
        joined_words(input.text.substr(name.span.begin, name.span.end - name.span.begin));
    if (cue.points == 0 && place_table::is_city(candidate.normalised)) continue;
    candidate.checked = name.full && cue.points > 0;
    candidate.why.push_back(std::string(name.why) + ": " + std::to_string(name.score));
    if (cue.points > 0) {
      candidate.why.push_back(std::string(cue.why) + ", now " +
                              std::to_string(candidate.confidence));
    }
    if (cue.label != 0) labelled.push_back({found.size(), name.score, cue.label});
    found.push_back(std::move(candidate));
  }
  return run.back().span.end;
}

}  // namespace noshare::detect
