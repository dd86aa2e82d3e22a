// The words by which zones, reasons, levels, actions and parties go by in rules and
// reports.
#include <array>
#include <cstring>

#include "noshare/model/envelope.h"
#include "noshare/model/finding.h"
#include "noshare/model/known.h"
#include "noshare/model/segment.h"
#include "noshare/model/unreadable.h"
#include "noshare/model/verdict.h"

namespace noshare::model {

namespace {

constexpr std::array<const char*, kZoneCount> kZones = {
    "subject",   "header", "filename", "body",     "html_visible", "html_hidden",
    "attribute", "cell",   "document", "metadata", "ocr"};
constexpr std::array<const char*, kUnreadableReasonCount> kReasons = {
    "encrypted", "corrupt",       "unsupported", "too_large", "too_deep", "too_many",
    "timed_out", "out_of_memory", "worker_died", "ambiguous", "media"};
constexpr std::array<const char*, 9> kActions = {
    "deliver", "tag",    "notify", "redact", "drop_recipient",
    "hold",    "reject", "defer",  "discard"};
constexpr std::array<const char*, 4> kParties = {"first", "affiliate", "processor",
                                                 "third"};
constexpr std::array<const char*, 2> kPermissionKinds = {"grant", "never"};
constexpr std::array<const char*, 3> kVolumeScopes = {"sender", "recipient_domain",
                                                      "organisation"};
constexpr std::array<const char*, 3> kLevels = {"low", "medium", "high"};

template <class Enum, std::size_t Size>
const char* name_in(const std::array<const char*, Size>& names, Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < Size ? names[index] : "unknown";
}

template <class Enum, std::size_t Size>
bool find_in(const std::array<const char*, Size>& names, const char* text, Enum& value) {
  for (std::size_t i = 0; i < Size; ++i) {
    if (std::strcmp(names[i], text) == 0) {
      value = static_cast<Enum>(i);
      return true;
    }
  }
  return false;
}

}  // namespace

const char* name(Zone zone) noexcept { return name_in(kZones, zone); }
bool zone_from_name(const char* text, Zone& zone) noexcept {
  return find_in(kZones, text, zone);
}
const char* name(UnreadableReason reason) noexcept { return name_in(kReasons, reason); }
bool unreadable_reason_from_name(const char* text, UnreadableReason& reason) noexcept {
  return find_in(kReasons, text, reason);
}
const char* name(Level level) noexcept { return name_in(kLevels, level); }
const char* name(Action action) noexcept { return name_in(kActions, action); }
bool action_from_name(const char* text, Action& action) noexcept {
  return find_in(kActions, text, action);
}
const char* name(Party party) noexcept { return name_in(kParties, party); }
bool party_from_name(const char* text, Party& party) noexcept {
  return find_in(kParties, text, party);
}
const char* name(VolumeScope scope) noexcept { return name_in(kVolumeScopes, scope); }
const char* name(PermissionKind kind) noexcept { return name_in(kPermissionKinds, kind); }
bool permission_kind_from_name(const char* text, PermissionKind& kind) noexcept {
  return find_in(kPermissionKinds, text, kind);
}
const char* name(Direction direction) noexcept {
  return direction == Direction::kOutbound ? "outbound" : "inbound";
}

}  // namespace noshare::model
