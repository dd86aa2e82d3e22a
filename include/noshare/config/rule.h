// Rule: one line of policy, as written in noshare.yaml.
//
// A rule looks at the findings that would be disclosed to one recipient, at what could
// not be read and at the message itself. All conditions that are given must hold.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "noshare/model/unreadable.h"
#include "noshare/model/verdict.h"

namespace noshare::config {

enum class Comparison { kAtLeast, kMoreThan, kAtMost, kLessThan, kEqual };

// ">= 10", "> 3", "<= 5", "< 2", "10" (at least 10).
struct Threshold {
  Comparison comparison = Comparison::kAtLeast;
  std::uint64_t value = 1;
  bool holds(std::uint64_t number) const;
  bool operator==(const Threshold&) const = default;
};

// A header field of the message, by name and content.
struct HeaderTest {
  std::string name;
  std::string glob;
  bool operator==(const HeaderTest&) const = default;
};

// Hours of a day, UTC, in minutes since midnight; `end` excluded. Past midnight if begin
// is the larger one.
struct DayTime {
  int begin = 0;
  int end = 0;
  bool holds(int minute) const {
    return begin <= end ? begin <= minute && minute < end
                        : begin <= minute || minute < end;
  }
  bool operator==(const DayTime&) const = default;
};

// Different people whose data go out within a window of time, this message included.
struct VolumeTest {
  Threshold subjects{Comparison::kAtLeast, 1};
  std::int64_t window_s = 86'400;
  model::VolumeScope per = model::VolumeScope::kSender;
  bool operator==(const VolumeTest&) const = default;
};

struct Condition {
  // Which findings are looked at. Empty lists: all. `any_of` and `entity` name entity
  // ids, `category` names categories of the packs.
  std::vector<std::string> entities;
  std::vector<std::string> categories;
  // `confidence: high`, `>= medium`, or points. Not given: medium, because a finding of
  // low confidence is more often none than one.
  std::optional<int> least_confidence;
  std::vector<model::Zone> zones;
  // Only findings whose data subjects have forbidden to share them; or have not.
  std::optional<bool> opted_out;
  // How many are needed, of those that are looked at.
  std::optional<Threshold> count;     // findings
  std::optional<Threshold> values;    // distinct values
  std::optional<Threshold> subjects;  // distinct data subjects
  std::optional<VolumeTest> volume;
  // Only small groups in a table of totals, of so many people each.
  std::optional<Threshold> group_size;
  // Facts of the message.
  std::vector<model::UnreadableReason> unreadable;
  std::optional<Threshold> size;  // bytes
  std::optional<bool> encrypted;
  std::optional<model::Direction> direction;  // default: outbound
  std::vector<std::string> sender;            // globs on the envelope sender
  std::vector<std::string> recipient;         // globs on the recipient
  std::vector<HeaderTest> headers;            // any of them
  std::vector<std::string> attachments;       // extensions of file names, "xlsx"
  std::optional<DayTime> time;
  std::vector<int> days;  // 0 is Sunday
  // Further conditions: every one, at least one, none.
  std::vector<Condition> all_of;
  std::vector<Condition> any_of;
  std::vector<Condition> none_of;
  // Itself, without further conditions.
  bool looks_at_findings() const;
  bool operator==(const Condition&) const = default;
};

struct Rule {
  std::string id;
  Condition when;
  std::optional<Condition> unless;
  model::Action then = model::Action::kTag;
  std::string reply;  // template; placeholders {count} {masked} {recipient_domain} ...
  std::map<std::string, std::string> replies;  // by language, "de"; instead of `reply`
  std::string severity;                        // "low" ... "critical"; may be empty
  bool dry_run = false;                        // recorded, not carried out
  bool sender_may_override = false;            // by giving a reason, once
  std::string subject_prefix;                  // for tag
  // `hold: mta`; also meant where no vault is configured.
  bool hold_by_mta = false;
  int line = 0;  // where it stands in the file
  bool operator==(const Rule&) const = default;
};

}  // namespace noshare::config
