// Finding: a value of personal data, located and explained, without the value.
//
// In:  a match that passed its checks (detect)     Out: reports, verdicts, incidents
// It may leave the worker: it carries a mask and keyed fingerprints, never the value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"
#include "noshare/model/segment.h"

namespace noshare::model {

enum class Level : std::uint8_t { kLow, kMedium, kHigh };

// low < 65 <= medium < 85 <= high (DESIGN section 3).
constexpr int kMediumConfidence = 65;
constexpr int kHighConfidence = 85;
constexpr Level level_of(int confidence) {
  return confidence >= kHighConfidence     ? Level::kHigh
         : confidence >= kMediumConfidence ? Level::kMedium
                                           : Level::kLow;
}
const char* name(Level level) noexcept;

struct Finding {
  std::string entity;  // "payment_card_number", as in the pack
  int confidence = 0;  // 0-100
  std::string part;    // as in Segment
  std::string path;
  Zone zone = Zone::kBody;
  std::uint32_t start = 0;  // code points in the segment's source text, half-open
  std::uint32_t end = 0;
  std::string masked;       // "************1111"
  Fingerprint fingerprint;  // of the normalised value, kind = entity
  // Of what the value belongs to as a group: an e-mail address's domain (kind "domain").
  Fingerprint group_fingerprint;
  // Whose datum it is, where known; null otherwise.
  Fingerprint subject_fingerprint;
  std::uint32_t group_size = 0;  // of small_group: how many people it counts; 0: no group
  bool quoted = false;           // stood in quoted text
  bool in_signature = false;
  std::vector<std::string> why;  // "matched 30", "luhn passed, now 75"

  Level level() const { return level_of(confidence); }
  bool operator==(const Finding&) const = default;
};

}  // namespace noshare::model
