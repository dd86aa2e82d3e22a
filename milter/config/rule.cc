// Thresholds and conditions: see noshare/config/rule.h.
#include "noshare/config/rule.h"

namespace noshare::config {

bool Threshold::holds(std::uint64_t number) const {
  switch (comparison) {
    case Comparison::kAtLeast:
      return number >= value;
    case Comparison::kMoreThan:
      return number > value;
    case Comparison::kAtMost:
      return number <= value;
    case Comparison::kLessThan:
      return number < value;
    case Comparison::kEqual:
      return number == value;
  }
  return false;
}

bool Condition::looks_at_findings() const {
  return !entities.empty() || !categories.empty() || least_confidence || !zones.empty() ||
         opted_out || volume || group_size || count || values || subjects;
}

}  // namespace noshare::config
