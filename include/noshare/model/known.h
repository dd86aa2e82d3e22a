// Known: what the organisation knows about the people, recipients and numbers of one
// message, apart from the message itself.
//
// In:  Questions, as policy asks them     Out: Known, as the store answers them
// So policy stays a pure function: what it consulted is a value, too. No personal value
// is here: people are fingerprints; recipients are the envelope's.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/base/fingerprint.h"

namespace noshare::model {

enum class PermissionKind : std::uint8_t {
  kGrant,  // what it covers may be shared
  kNever,  // what it covers must not be shared, whoever else allows it
};
const char* name(PermissionKind kind) noexcept;  // "grant", "never"
bool permission_kind_from_name(const char* text, PermissionKind& kind) noexcept;

// What a data subject has allowed, or forbidden.
struct Permission {
  std::string id;  // "PM-7K3M9QX2", given by the store
  PermissionKind kind = PermissionKind::kGrant;
  // Whose data: any of these is the finding's own fingerprint or its subject's.
  std::vector<Fingerprint> subjects;
  std::string recipient;              // glob over addresses, or a domain; "*" is anybody
  std::vector<std::string> entities;  // empty: all
  std::string purpose;
  std::string from;      // first day, "2026-11-25"; empty: no beginning
  std::string until;     // last day; empty: no end
  std::string evidence;  // where the consent can be seen: "form 2026/117"
  std::int64_t granted_us = 0;
  std::int64_t revoked_us = 0;  // 0: not revoked
  std::string label;            // sealed for the officers; may be empty
};

// A value that came in with mail from a correspondent.
struct Received {
  Fingerprint correspondent;
  Fingerprint value;
  std::string day;  // when last, "2026-05-03"
};

// Findings that look like personal data and are none, as two officers have found.
struct Exclusion {
  std::string id;                // "FP-7K3M9QX2", given by the store
  std::string entity;            // what the finding was taken for
  Fingerprint value;             // null: any value of that entity
  std::string sender;            // of the envelope; empty: anybody
  std::string recipient_domain;  // empty: any
};

// A disclosure to an authority that the law asks for, opened by somebody who answers for
// it. A message refers to it by a token in its subject or header.
struct LawfulDisclosure {
  std::string id;         // "ND-7K3M9QX2", given by the store
  std::string signature;  // the rest of the token, made with the installation's key
  std::string recipient;  // glob over addresses, or a domain
  std::string sender;     // who may use it; empty: anybody inside
  std::vector<std::string> entities;  // empty: all
  std::string case_reference;
  std::string approver;
  std::string purpose;
  std::int64_t opened_us = 0;
  std::int64_t expires_us = 0;
  std::int64_t closed_us = 0;  // 0: not closed before its time
  std::uint64_t uses = 0;      // messages that referred to it
  std::uint64_t subjects = 0;  // people whose data they showed, one message by one
};

// How a disclosure was used by one message.
struct DisclosureUse {
  std::string id;
  std::string recipient;
  std::vector<std::string> entities;
  std::uint64_t subjects = 0;
};

// A refused message whose sender may say that it shall go all the same.
struct Refused {
  std::string case_number;
  std::string sender;
  std::vector<std::string> recipients;
  std::vector<Fingerprint> values;  // of its findings
  bool used = false;                // it was sent once already
};

// How many different people's data have gone out within a window, apart from some.
enum class VolumeScope : std::uint8_t { kSender, kRecipientDomain, kOrganisation };
const char* name(VolumeScope scope) noexcept;  // "sender"

struct VolumeQuestion {
  VolumeScope scope = VolumeScope::kSender;
  Fingerprint who;                    // of the sender or the domain; null: everybody
  std::vector<std::string> entities;  // empty: all
  std::int64_t window_s = 0;
  bool operator==(const VolumeQuestion&) const = default;
};
struct Volume {
  VolumeQuestion question;
  std::vector<Fingerprint> subjects;  // who, at most kMostVolume
  std::uint64_t others = 0;           // people besides them, where they are only counted
};
inline constexpr std::size_t kMostVolume = 100'000;

// One person's datum that went out.
struct SharedDatum {
  Fingerprint sender;
  Fingerprint domain;  // of the recipient
  Fingerprint subject;
  std::string entity;
};

// Questions about one message.
struct Questions {
  std::vector<Fingerprint> values = {};  // of findings and of their subjects
  std::vector<Fingerprint> correspondents =
      {};                                     // one per recipient who may have sent them
  std::vector<std::string> disclosures = {};  // ids that the message refers to
  std::vector<std::string> overrides = {};    // case numbers likewise
  std::vector<VolumeQuestion> volumes = {};
  bool empty() const { return values.empty(); }  // nothing was found
};

struct Known {
  std::vector<Permission> permissions =
      {};  // in force or not, about the values asked for
  std::vector<Received> received = {};
  std::vector<LawfulDisclosure> disclosures = {};
  std::vector<Refused> refused = {};
  std::vector<Volume> volumes = {};
  std::vector<Exclusion> exclusions = {};  // in force, about the values or about any
};

}  // namespace noshare::model
