// Weighing: from a match's base confidence to its confidence in this place.
//
// In:  a Candidate and the segment round it     Out: 0 to 99, and on request each step as
// text The steps and their order are those of docs/packs.md. Ask in order of place:
// context is then read once.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "detect/candidate.h"
#include "detect/compiled.h"
#include "detect/context_words.h"
#include "detect/recognizer.h"
#include "detect/table_view.h"

namespace noshare::detect {

// Candidates below are dropped.
inline constexpr int kLeastConfidence = 10;

class Weighing {
 public:
  explicit Weighing(const Database::Impl* database) : database_(database) {}

  void reset(const model::Segment& segment, bool ascii);
  // `raw` is the recogniser's candidate, or null. `why` may be null.
  int confidence_of(const Candidate& candidate, const RawCandidate* raw,
                    std::vector<std::string>* why);

 private:
  struct GroupHit {
    std::uint32_t phrase = UINT32_MAX;
    std::uint32_t distance = UINT32_MAX;
  };
  void look_around(const CompiledPattern& pattern, model::Span span);
  void look_at(const CompiledPattern& pattern, const ContextHit& hit,
               std::uint32_t distance, bool before, bool after);
  std::uint32_t characters_between(std::uint32_t begin, std::uint32_t end,
                                   std::uint32_t most) const;
  int with_context(const CompiledPattern& pattern, Candidate::Column column,
                   int confidence, std::vector<std::string>* why) const;
  int with_surroundings(const CompiledPattern& pattern, model::Span span, int confidence,
                        std::vector<std::string>* why) const;

  const Database::Impl* database_;
  std::string_view text_;
  model::Zone zone_ = model::Zone::kBody;
  bool ascii_ = true;
  ContextIndex index_;
  TableView table_;
  model::Span last_header_;
  std::vector<ContextHit> header_hits_;
  std::vector<GroupHit> nearest_;  // per context group of the pattern at hand
};

}  // namespace noshare::detect
