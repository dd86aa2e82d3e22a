// Finds what says that a name stands here; see name_cues.h.
#include "detect/recognizers/name_cues.h"

#include <algorithm>
#include <array>
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

constexpr auto kPhrases = std::to_array<std::string_view>(
    {"my name is", "name is",     "i am",         "i'm",           "i\u2019m",
     "this is",    "signed by",   "on behalf of", "statement for", "card for",
     "record for", "records for", "report for",   "account of",    "named",
     "contact",    "employee",    "patient",      "customer",      "mein name ist",
     "ich heiße",  "ich bin",     "je m'appelle", "me llamo",      "mi chiamo",
     "nazywam się"});

constexpr auto kClosings = std::to_array<std::string_view>({"regards",
                                                            "best",
                                                            "sincerely",
                                                            "cheers",
                                                            "thanks",
                                                            "thank you",
                                                            "yours",
                                                            "yours truly",
                                                            "respectfully",
                                                            "love",
                                                            "warmly",
                                                            "best wishes",
                                                            "many thanks",
                                                            "faithfully",
                                                            "cordially",
                                                            "grüßen",
                                                            "grüße",
                                                            "gruß",
                                                            "gruss",
                                                            "grüssen",
                                                            "mfg",
                                                            "lg",
                                                            "cordialement",
                                                            "salutations",
                                                            "amicalement",
                                                            "saludos",
                                                            "atentamente",
                                                            "saluti",
                                                            "atenciosamente",
                                                            "groet",
                                                            "groeten",
                                                            "pozdrawiam",
                                                            "poważaniem",
                                                            "pozdrowienia",
                                                            "pozdravem",
                                                            "üdvözlettel",
                                                            "stimă",
                                                            "saygılarımla",
                                                            "terveisin",
                                                            "hilsen",
                                                            "hilsener",
                                                            "hälsningar",
                                                            "hälsning",
                                                            "mvh",
                                                            "vh",
                                                            "saludo",
                                                            "abraço",
                                                            "cumprimentos",
                                                            "cordialmente",
                                                            "à vous",
                                                            "respectueusement",
                                                            "à bientôt",
                                                            "distintos",
                                                            "merci",
                                                            "danke",
                                                            "grazie",
                                                            "gracias",
                                                            "bedankt",
                                                            "dziękuję",
                                                            "tack",
                                                            "obrigado",
                                                            "obrigada",
                                                            "poštovanjem",
                                                            "pozdravom",
                                                            "χαιρετισμούς",
                                                            "εκτίμηση"});

// True if the text ends with the phrase, as whole words.
bool ends_with_phrase(std::string_view text, std::string_view phrase) {
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

std::uint16_t last_word_classes(std::string_view text) {
  std::size_t begin = text.size();
  while (begin > 0 &&
         (is_word_character(character_before(text, begin)) || text[begin - 1] == '-')) {
    begin = boundary_before(text, begin - 1);
  }
  return name_words::table().classes_of(text.substr(begin));
}

bool is_label(std::string_view text) {
  return (last_word_classes(text) & name_words::kLabel) != 0;
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
  if (line.ends_with(':')) {
    const std::string_view label = without_tail(line, ": *_");
    if (is_label(label)) return {kLabelPoints, "behind a label"};
  }
  const std::string_view above = without_tail(before, " \t\r\n>");
  if (above.ends_with(':') && above.size() < line.size() &&
      (is_label(without_tail(above, ": ")) || above.ends_with(" to:"))) {
    return {kLabelPoints, "below a label"};
  }
  const std::uint16_t classes = last_word_classes(without_tail(line, "."));
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
