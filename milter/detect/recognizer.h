// Recogniser: finds values that no regular expression describes (phones, addresses,
// names).
//
// In:  the text of a segment and the places in it that the recogniser asked for
// Out: RawCandidates; the engine weighs, arbitrates and reports them like any other match
// A recogniser sees only the neighbourhood of its anchors, never the whole text: that
// keeps a scan cheap. It must cost no more than a fixed amount per byte of its windows.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/base/result.h"
#include "noshare/config/pack.h"
#include "noshare/model/segment.h"

namespace noshare::detect {

enum class AnchorKind : std::uint8_t {
  kDigits,        // a cluster of digits, first to last
  kLiteral,       // one of the literals asked for
  kCapitalWords,  // two or more words in a row that begin with a capital, or one behind
                  // a link of names
  kAt,            // an '@'
  kSegment,       // the whole segment (short headers, cells)
};

// What a recogniser wants to be shown. An empty request is an error.
struct AnchorRequest {
  // Clusters of at least `least_digits` ASCII digits, no two neighbours of them more than
  // `most_gap` other bytes apart. 0: none asked for.
  std::uint32_t least_digits = 0;
  std::uint32_t most_gap = 3;
  // Words and pieces of words, lower case, at least three bytes; matched in any ASCII
  // case. Rare ones are free, common ones cost speed: prefer "@", digits or longer cues.
  std::vector<std::string> literals;
  bool literals_are_words = true;  // no letter or digit may touch them
  bool capital_words = false;
  bool at_sign = false;
  // Each segment of these zones is one window, whatever it holds (bit 1 << Zone).
  std::uint32_t whole_zones = 0;
  // Bytes of text wanted before and after each anchor. Windows that touch are merged.
  std::uint32_t before = 64;
  std::uint32_t after = 64;
};

struct Anchor {
  AnchorKind kind = AnchorKind::kDigits;
  std::uint16_t literal = 0;  // index into AnchorRequest::literals
  model::Span span;           // bytes in the text
};

// A stretch of the text to be looked at, with its anchors in order of place. Begins and
// ends between code points.
struct Window {
  model::Span span;
  std::span<const Anchor> anchors;
};

struct RecognizerInput {
  const model::Segment& segment;  // zone, regions; its text is `text`
  std::string_view text;          // all of it: edges and labels may be looked up anywhere
  std::span<const Window> windows;  // ascending, not touching each other
  Deadline deadline;  // stop quietly when it has passed (look once per window)
};

// One value found. The pattern's near, not_near, zones and without_context are applied to
// it by the engine; `edges`, `check` and `exclude` as well where the pack gives them.
struct RawCandidate {
  model::Span span;
  int confidence = 0;            // before context
  bool checked = false;          // confirmed by structure or tables, as by a passed check
  std::vector<std::string> why;  // "national number of US by its length and area, now 60"
  std::string normalised;        // E.164 for phones ...; empty: by Pattern::normalise
  model::Span subject;           // the name or address it belongs to; empty: not known
  // Certainly of this country (ISO 3166-1 alpha-2); empty: not known. A pattern of that
  // country with the same recogniser takes it from the international one.
  std::string country;
};

class Recognizer {
 public:
  virtual ~Recognizer() = default;

  virtual const AnchorRequest& anchors() const noexcept = 0;

  // Appends what it finds, in any order. Immutable: called by several threads at once.
  virtual void recognize(const RecognizerInput& input,
                         std::vector<RawCandidate>& found) const = 0;
};

// The recogniser that `pattern.recognizer` names.
// Errors: kInvalidInput, "unknown recognizer 'fone', did you mean 'phone'?".
Result<std::unique_ptr<Recognizer>> make_recognizer(const config::Pattern& pattern);

// Every name, sorted.
std::vector<std::string> recognizer_names();

}  // namespace noshare::detect
