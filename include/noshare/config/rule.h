// Rule: one line of policy, as written in noshare.yaml.
//
// A rule looks at the findings that would be disclosed to one recipient, at what could
// not be read and at the message itself. All conditions that are given must hold.
#pragma once

#include <cstdint>
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

struct Condition {
  // Which findings are looked at. Empty lists: all. `any_of` and `entity` name entity
  // ids, `category` names categories of the packs.
  std::vector<std::string> entities;
  std::vector<std::string> categories;
  // `confidence: high`, `>= medium`, or points. Not given: medium, because a finding of
  // low confidence is more often none than one.
  std::optional<int> least_confidence;
  std::vector<model::Zone> zones;
  // How many are needed, of those that are looked at.
  std::optional<Threshold> count;     // findings
  std::optional<Threshold> values;    // distinct values
  std::optional<Threshold> subjects;  // distinct data subjects
  // Facts of the message.
  std::vector<model::UnreadableReason> unreadable;
  std::optional<Threshold> size;  // bytes
  std::optional<bool> encrypted;
  std::optional<model::Direction> direction;  // default: outbound
  std::vector<std::string> sender;            // globs on the envelope sender
  std::vector<std::string> recipient;         // globs on the recipient
  bool looks_at_findings() const;
  bool operator==(const Condition&) const = default;
};

struct Rule {
  std::string id;
  Condition when;
  std::optional<Condition> unless;
  model::Action then = model::Action::kTag;
  std::string reply;  // template; placeholders {count} {masked} {recipient_domain} ...
  std::string subject_prefix;  // for tag
  // `hold: mta`; also meant where no vault is configured.
  bool hold_by_mta = false;
  int line = 0;  // where it stands in the file
  bool operator==(const Rule&) const = default;
};

}  // namespace noshare::config
