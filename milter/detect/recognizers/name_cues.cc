// Finds what says that a name stands here; see name_cues.h.
#include "detect/recognizers/name_cues.h"

#include <algorithm>
#include <array>
#include <functional>
#include <string>

#include "noshare/base/text.h"

#include "detect/recognizers/name_words.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::uint32_t kBefore = 120;
constexpr std::uint32_t kBehind = 40;

// Points, estimates until tests/eval has measured them.
constexpr int kTitlePoints = 38;
constexpr int kGreetingPoints = 25;
constexpr int kLabelPoints = 40;
constexpr int kClosingPoints = 36;
constexpr int kPhrasePoints = 40;
constexpr int kAddressPoints = 36;
constexpr int kHeaderPoints = 30;

constexpr auto kPhrases = std::to_array<std::string_view>({"my name is",
                                                           "name is",
                                                           "i am",
                                                           "i'm",
                                                           "i\u2019m",
                                                           "this is",
                                                           "signed by",
                                                           "on behalf of",
                                                           "statement for",
                                                           "card for",
                                                           "record for",
                                                           "records for",
                                                           "report for",
                                                           "account of",
                                                           "named",
                                                           "contact",
                                                           "employee",
                                                           "patient",
                                                           "customer",
                                                           "mein name ist",
                                                           "ich heiße",
                                                           "ich bin",
                                                           "je m'appelle",
                                                           "me llamo",
                                                           "mi chiamo",
                                                           "nazywam się",
                                                           "je m\u2019appelle",
                                                           "mon nom est",
                                                           "nommé",
                                                           "nommée",
                                                           "mi nombre es",
                                                           "il mio nome è",
                                                           "mijn naam is",
                                                           "ik heet",
                                                           "meu nome é",
                                                           "chamo-me",
                                                           "jag heter",
                                                           "mitt namn är",
                                                           "jeg heter",
                                                           "jeg hedder",
                                                           "mit navn er",
                                                           "mitt navn er",
                                                           "nimeni on",
                                                           "jmenuji se",
                                                           "volám sa",
                                                           "a nevem",
                                                           "numele meu este",
                                                           "mă numesc",
                                                           "zovem se",
                                                           "adım",
                                                           "contacter",
                                                           "contact opnemen met",
                                                           "contact op met",
                                                           "kontakt z",
                                                           "kontakta",
                                                           "wenden sie sich an",
                                                           "ansprechpartner ist",
                                                           "spoke with",
                                                           "spoke to",
                                                           "speaking with",
                                                           "met with",
                                                           "reporting to",
                                                           "reports to",
                                                           "assigned to",
                                                           "prescribed by",
                                                           "prepared by",
                                                           "written by",
                                                           "please welcome",
                                                           "colleague",
                                                           "collega",
                                                           "kollege",
                                                           "kollegin",
                                                           "collègue",
                                                           "compañero",
                                                           "compañera",
                                                           "approved by",
                                                           "reviewed by",
                                                           "issued to",
                                                           "payable to",
                                                           "addressed to",
                                                           "sold to",
                                                           "married to",
                                                           "born"});

constexpr auto kClosings =
    std::to_array<std::string_view>({"regards",      "signed",
                                     "signature",    "gezeichnet",
                                     "signé",        "firmado",
                                     "firmato",      "getekend",
                                     "podpis",       "podpisano",
                                     "best",         "sincerely",
                                     "cheers",       "thanks",
                                     "thank you",    "yours",
                                     "yours truly",  "respectfully",
                                     "love",         "warmly",
                                     "best wishes",  "many thanks",
                                     "faithfully",   "cordially",
                                     "grüßen",       "grüße",
                                     "gruß",         "gruss",
                                     "grüssen",      "mfg",
                                     "lg",           "cordialement",
                                     "salutations",  "amicalement",
                                     "saludos",      "atentamente",
                                     "saluti",       "atenciosamente",
                                     "groet",        "groeten",
                                     "pozdrawiam",   "poważaniem",
                                     "pozdrowienia", "pozdravem",
                                     "üdvözlettel",  "stimă",
                                     "saygılarımla", "terveisin",
                                     "hilsen",       "hilsener",
                                     "hälsningar",   "hälsning",
                                     "mvh",          "vh",
                                     "saludo",       "abraço",
                                     "cumprimentos", "cordialmente",
                                     "à vous",       "respectueusement",
                                     "à bientôt",    "distintos",
                                     "merci",        "danke",
                                     "grazie",       "gracias",
                                     "bedankt",      "dziękuję",
                                     "tack",         "obrigado",
                                     "obrigada",     "poštovanjem",
                                     "pozdravom",    "χαιρετισμούς",
                                     "εκτίμηση"});

// True if the text ends with the phrase, as whole words.
bool ends_with_phrase(std::string_view text, std::string_view phrase) {
  if (text.empty() || text.back() != phrase.back()) return false;  // nearly always
  return text.ends_with(phrase) &&
         (text.size() == phrase.size() ||
          !is_word_character(character_before(text, text.size() - phrase.size())));
}

template <class List>
bool ends_with_any(std::string_view text, const List& phrases) {
  return std::any_of(phrases.begin(), phrases.end(), [&](std::string_view phrase) {
    return ends_with_phrase(text, phrase);
  });
}

std::string_view without_tail(std::string_view text, std::string_view characters) {
  const std::size_t last = text.find_last_not_of(characters);
  return last == std::string_view::npos ? std::string_view{} : text.substr(0, last + 1);
}

std::uint16_t classes_of(std::string_view word) {
  return name_words::table().classes_of(word);
}

std::string_view last_word(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 &&
         (is_word_character(character_before(text, begin)) || text[begin - 1] == '-')) {
    begin = boundary_before(text, begin - 1);
  }
  return text.substr(begin);
}

// "Patient", "full_name", "Name of the applicant"; not "File name".
bool is_label(std::string_view text) {
  constexpr unsigned kLabels = name_words::kLabel | name_words::kHeadFull;
  std::string_view word = last_word(text);
  std::string_view before = text.substr(0, text.size() - word.size());
  if ((classes_of(word) & kLabels) == 0) {
    const std::size_t cut = word.find_last_of("_-");  // "customer-name"
    if (cut == std::string_view::npos) return false;
    before = word.substr(0, cut);
    word = word.substr(cut + 1);
    if ((classes_of(word) & kLabels) == 0) return false;
  }
  const std::string_view thing = last_word(without_tail(before, " _-"));
  const std::size_t cut = thing.find_last_of("_-");
  return (classes_of(cut == std::string_view::npos ? thing : thing.substr(cut + 1)) &
          name_words::kThing) == 0;
}

// "Kind regards,\n\nJane Smith": the line above the name's.
NameCue cue_of_closing(std::string_view before) {
  const std::size_t line = before.rfind('\n');
  if (line == std::string_view::npos) return {};
  if (!without_tail(before.substr(line), " \t\r\n>-_*").empty()) return {};
  const std::string_view above = without_tail(before.substr(0, line), " \t\r\n>-_*,.!;");
  if (ends_with_any(above, kClosings)) return {kClosingPoints, "below a closing"};
  return {};
}

NameCue cue_before(std::string_view text, model::Span name) {
  const std::size_t begin =
      boundary_before(text, name.begin - std::min(name.begin, kBefore));
  const std::string lowered = folded(text.substr(begin, name.begin - begin));
  const std::string_view before = lowered;
  const std::string_view line = without_tail(before, " \t");
  // "Name: ", "\"name\": \"", "name='", "<name>"
  const std::string_view unquoted = without_tail(line, " \t\"'");
  if (!unquoted.empty() &&
      std::string_view(":=>").find(unquoted.back()) != std::string_view::npos) {
    const std::string_view label = without_tail(unquoted, ":=> *_\"'");
    if (is_label(label))
      return {kLabelPoints, "behind a label",
              std::hash<std::string_view>{}(last_word(label)) | 1};
  }
  const std::string_view above = without_tail(before, " \t\r\n>");
  if (above.ends_with(':') && above.size() < line.size() &&
      (is_label(without_tail(above, ": ")) || above.ends_with(" to:"))) {
    return {kLabelPoints, "below a label"};
  }
  const std::uint16_t classes = classes_of(last_word(without_tail(line, ".")));
  if ((classes & (name_words::kTitle | name_words::kRank)) != 0)
    return {kTitlePoints, "behind a title"};
  if (ends_with_any(line, kPhrases)) return {kPhrasePoints, "behind a phrase that names"};
  if ((classes & name_words::kGreeting) != 0)
    return {kGreetingPoints, "behind a greeting"};
  return cue_of_closing(before);
}

// " <jane@example.com>", " (jane@example.com)", ", jane@example.com" behind the name
bool has_address_behind(std::string_view text, model::Span name) {
  std::size_t at = name.end;
  if (at < text.size() && text[at] == '"') ++at;
  const std::size_t limit = std::min(text.size(), at + kBehind);
  bool opened = false;
  while (at < limit &&
         (text[at] == ' ' || text[at] == '<' || text[at] == '(' || text[at] == ',' ||
          text[at] == '[' || text[at] == ';' || text[at] == '\t')) {
    opened = opened || text[at] != ' ';
    ++at;
  }
  if (!opened) return false;
  while (at < limit && (is_ascii_alnum(text[at]) || text[at] == '.' || text[at] == '_' ||
                        text[at] == '-' || text[at] == '+' || text[at] == ':')) {
    ++at;
  }
  return at < limit && text[at] == '@';
}

}  // namespace

NameCue find_name_cue(std::string_view text, model::Span name, model::Zone zone) {
  NameCue cue = cue_before(text, name);
  if (cue.points < kAddressPoints && has_address_behind(text, name)) {
    cue = {kAddressPoints, "before its e-mail address"};
  }
  if (cue.points < kHeaderPoints && zone == model::Zone::kHeader) {
    cue = {kHeaderPoints, "in a header"};
  }
  return cue;
}

}  // namespace noshare::detect
