// Candidate: a match that passed its checks, on its way to becoming a finding.
#pragma once

#include <cstdint>
#include <vector>

#include "noshare/model/segment.h"

namespace noshare::detect {

struct Candidate {
  static constexpr std::int32_t kNoRaw = -1;

  model::Span span;             // bytes in the segment's text
  std::uint32_t pattern = 0;    // index into Database::Impl::patterns
  std::int32_t raw = kNoRaw;    // a recogniser's: index of its RawCandidate
  std::int16_t base = 0;        // before checks and context
  std::int16_t confidence = 0;  // after weighing
  bool checked = false;         // some check, or the recogniser, proves the value
  // The strongest of those that gave way to it: its pattern and confidence.
  static constexpr std::uint32_t kNone = UINT32_MAX;
  std::uint32_t gave_way = kNone;
  std::int16_t gave_way_confidence = 0;
  // What the other cells of its table column say (column_evidence.h).
  enum class Column : std::uint8_t { kSaysNothing, kAgrees, kDisagrees };
  Column column = Column::kSaysNothing;
  std::int16_t after_checks = -1;  // what its form is worth then; -1: as the pattern says
  bool wrong_digit = false;        // kept although a check digit is wrong
  bool labelled = false;           // a word for it stands directly before
};

}  // namespace noshare::detect
