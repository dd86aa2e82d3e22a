// Finds telephone numbers around clusters of digits; see phone_recognizer.h.
#include "detect/recognizers/phone_recognizer.h"

#include <algorithm>
#include <array>
#include <optional>

#include "noshare/base/text.h"

#include "detect/edges.h"
#include "detect/recognizers/phone_form.h"
#include "detect/recognizers/phone_plan.h"
#include "detect/recognizers/url_token.h"
#include "detect/unicode.h"

namespace noshare::detect {
namespace {

constexpr std::size_t kMostGroupsOfPhone = 8;
constexpr std::uint32_t kCueBefore = 80;
constexpr std::uint32_t kCueAfter = 40;
constexpr std::uint32_t kLeastPhoneDigits = 7;
constexpr int kBesidePoints = 30;  // as much as a word such as "phone" adds
constexpr int kMostConfidence = 97;
constexpr std::uint32_t kMostExtensionBytes = 24;  // with its word
constexpr std::size_t kMostExtensionDigits = 7;    // RFC 3966 sets no limit; PBX plans do

char byte_at(std::string_view text, std::size_t at) {
  return at < text.size() ? text[at] : '\n';
}
char byte_before(std::string_view text, std::size_t at) {
  return at > 0 ? text[at - 1] : '\n';
}

// Nothing to the left makes it the tail of something longer: a word, an amount, an id.
bool begins_cleanly(std::string_view text, std::size_t at) {
  const char c = byte_before(text, at);
  const char further = at > 1 ? text[at - 2] : '\n';
  if (text[at] == '+' || text[at] == '(') return !is_ascii_digit(c);
  switch (c) {
    case '-':
      return false;
    case '/':
      return !is_word_byte(further);
    case '.':
    case ',':
    case ':':
      return !is_ascii_digit(further);
    case '#':
    case '$':
    case '%':
    case '@':
    case '_':
    case '\\':
    case '&':
    case '+':
      return false;
    default:
      break;
  }
  return !is_word_character(character_before(text, at));
}

// `leads`: its first group says that it is no amount ("+49", "(030)", "0171"), so that a
// comma ends it even before a digit: "+33 6 39 98 12 34,4 rue Hugo".
bool ends_cleanly(std::string_view text, std::size_t at, bool leads) {
  const char c = byte_at(text, at);
  const char further = byte_at(text, at + 1);
  if (c == ',' && leads) return true;
  switch (c) {
    case '-':
    case '/':
      return !is_word_byte(further);
    case '.':
    case ',':
    case ':':
      return !is_ascii_digit(further);
    case '%':
    case '@':
    case '_':
    case '\\':
    case '=':
    case '$':
      return false;
    default:
      break;
  }
  return !is_word_character(character_at(text, at));
}

// The boundary before group `at` is also the boundary of a number that has the given
// groups inside: what separates numbers must not be what separates their groups.
bool is_boundary(std::span<const DigitGroup> run, std::size_t at,
                 std::span<const DigitGroup> inside) {
  const DigitGroup& group = run[at];
  if (group.bracketed && group.join == Join::kBracket) return true;
  if (group.join != Join::kSpace) return false;
  return std::none_of(inside.begin() + 1, inside.end(),
                      [](const DigitGroup& g) { return g.join == Join::kSpace; });
}

// Digits alone, without a plus, an exit code or brackets: a telephone number only where a
// word says so (judge_phone() asks for a cue).
bool is_bare(std::string_view text, const DigitGroup& group) {
  return !group.plus && !group.bracketed &&
         !text.substr(group.digits.begin).starts_with("00");
}

// Behind an extension such as " ext. 12" or "x470"; `at` itself if there is none.
std::size_t after_extension(std::string_view text, std::size_t at) {
  constexpr std::array<std::string_view, 9> kWords{
      "extension", "durchwahl", "ext.", "ext", "poste", "ramal", "anexo", "dw", "x"};
  std::size_t place = at;
  while (place < at + 2 && (byte_at(text, place) == ' ' || byte_at(text, place) == ','))
    ++place;
  for (const std::string_view word : kWords) {
    if (!equal_ignoring_case(text.substr(place, word.size()), word)) continue;
    std::size_t digits = place + word.size();
    while (digits < text.size() &&
           (text[digits] == ' ' || text[digits] == ':' || text[digits] == '.') &&
           digits < place + word.size() + 2) {
      ++digits;
    }
    std::size_t end = digits;
    while (end < text.size() && is_ascii_digit(text[end])) ++end;
    const bool fits = end > digits && end - digits <= kMostExtensionDigits;
    return fits && !is_word_byte(byte_at(text, end)) ? end : at;
  }
  return at;
}

// A word of an address ends there: ".com, ", ".org> ".
bool is_address_end(std::string_view text, std::size_t end) {
  constexpr std::size_t kLeastLabel = 2;
  std::size_t begin = end;
  while (begin > 0 && is_ascii_alpha(text[begin - 1])) --begin;
  return end - begin >= kLeastLabel && begin > 0 && text[begin - 1] == '.' &&
         !is_word_byte(byte_at(text, end));
}

// "T: 512 279 1223", "| M. 0171 ...": one letter that is a label of a number.
bool has_letter_label(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  if (at < 2 || (text[at - 1] != ':' && text[at - 1] != '.')) return false;
  constexpr std::string_view kLabels = "TPMFCHOtpmf";
  if (kLabels.find(text[at - 2]) == std::string_view::npos) return false;
  return at == 2 || !(is_word_byte(text[at - 3]) || text[at - 3] == '.');
}

// "ann@example.com or 503 526 2878", "ann@example.com, 5035262878": behind an address.
bool stands_behind_address(std::string_view text, std::size_t at) {
  constexpr std::size_t kMostBetween = 12, kMostAddress = 64;
  std::size_t end = at;
  while (end > 0 && at - end < kMostBetween && text[end - 1] != '\n' &&
         !is_address_end(text, end))
    --end;
  if (!is_address_end(text, end)) return false;
  std::size_t begin = end;
  while (begin > 0 && end - begin < kMostAddress && !is_ascii_space(text[begin - 1])) {
    if (text[begin - 1] == '@') return true;
    --begin;
  }
  return false;
}

}  // namespace

PhoneRecognizer::PhoneRecognizer(const config::Pattern& pattern) {
  prepare_phone_plans();  // not in each worker, with its first mail
  anchors_.least_digits = kLeastPhoneDigits;
  anchors_.most_gap = 3;
  anchors_.before = kCueBefore;
  anchors_.after = kCueAfter;
  std::vector<std::string> words;
  for (const config::Context& near : pattern.near) {
    words.insert(words.end(), near.words.begin(), near.words.end());
  }
  cues_ = CueWords(words);
}

void PhoneRecognizer::recognize(const RecognizerInput& input,
                                std::vector<RawCandidate>& found) const {
  std::vector<DigitGroup> groups;
  for (const Window& window : input.windows) {
    if (input.deadline.expired()) return;
    for (const Anchor& anchor : window.anchors) {
      if (anchor.kind != AnchorKind::kDigits) continue;
      split_digit_groups(input.text, anchor.span, groups);
      for (std::size_t first = 0; first < groups.size();) {
        std::size_t end = first + 1;
        while (end < groups.size() && groups[end].join != Join::kNone) ++end;
        search_run(input.text, std::span(groups).subspan(first, end - first), found);
        first = end;
      }
    }
  }
}

// Takes numbers from left to right; none overlaps another.
void PhoneRecognizer::search_run(std::string_view text, std::span<const DigitGroup> run,
                                 std::vector<RawCandidate>& found) const {
  std::uint32_t digits = 0;
  for (const DigitGroup& group : run) digits += group.size();
  if (digits < kLeastPhoneDigits) return;
  for (std::size_t first = 0; first < run.size();) {
    const std::size_t taken = best_from(text, run, first, found);
    first += std::max<std::size_t>(taken, 1);
  }
}

// The best reading of the groups that starts at `first`, if there is one: the most
// credible, then the longest. How many groups it took.
std::size_t PhoneRecognizer::best_from(std::string_view text,
                                       std::span<const DigitGroup> run, std::size_t first,
                                       std::vector<RawCandidate>& found) const {
  if (!begins_cleanly(text, run[first].begin)) return 0;
  if (run.size() == 1 && is_bare(text, run[0]) &&
      !cues_.any_in(text, widened({run[0].begin, run[0].end}, kCueBefore,
                                  kCueAfter + kMostExtensionBytes, text.size())) &&
      !has_letter_label(text, run[0].begin) && !stands_behind_address(text, run[0].begin))
    return 0;
  const bool leads =
      run[first].plus || run[first].bracketed || text[run[first].digits.begin] == '0';
  std::optional<PhoneForm> best;
  std::size_t taken = 0;
  std::size_t best_end = 0;
  for (std::size_t last = std::min(run.size(), first + kMostGroupsOfPhone); last > first;
       --last) {
    const auto groups = run.subspan(first, last - first);
    const bool whole = first == 0 && last == run.size();
    if (first > 0 && !is_boundary(run, first, groups)) continue;
    if (last < run.size() && !is_boundary(run, last, groups)) continue;
    const std::size_t end = after_extension(text, groups.back().end);
    if (!ends_cleanly(text, end, leads)) continue;
    auto form = judge_phone(text, groups);
    if (!form || (form->needs_cue && !whole)) continue;
    if (best && best->confidence >= form->confidence) continue;
    best = std::move(form);
    taken = last - first;
    best_end = end;
  }
  if (!best) return 0;
  model::Span span{run[first].begin, static_cast<std::uint32_t>(best_end)};
  const bool in_brackets = taken == 1 && text[span.begin] == '(' &&
                           span.end == run[first].end && text[span.end - 1] == ')';
  if (in_brackets) span = {span.begin + 1, span.end - 1};  // "(+447400138983)"
  const model::Span around = widened(span, kCueBefore, kCueAfter, text.size());
  const bool labelled = has_letter_label(text, span.begin);
  const bool beside = labelled || stands_behind_address(text, span.begin);
  if (best->needs_cue && !beside && !cues_.any_in(text, around)) return taken;
  if (is_inside_url(text, span) || is_in_fingerprint(text, span)) return taken;
  RawCandidate candidate;
  candidate.span = span;
  candidate.confidence = best->confidence;
  candidate.checked = best->checked;
  candidate.why.push_back(best->why + ": " + std::to_string(best->confidence));
  if (beside) {
    candidate.confidence =
        std::min(candidate.confidence + kBesidePoints, kMostConfidence);
    candidate.why.push_back(
        std::string(labelled ? "behind its letter" : "behind an address") + ", now " +
        std::to_string(candidate.confidence));
  }
  candidate.normalised = std::move(best->digits);
  found.push_back(std::move(candidate));
  return taken;
}

}  // namespace noshare::detect
