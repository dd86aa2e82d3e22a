// ScanRequest and ScanReport: what goes to a worker and what comes back.
//
// The message itself travels beside the request as a sealed memory file. Nothing here
// holds a personal value, apart from the masked excerpts of findings.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "noshare/model/finding.h"
#include "noshare/model/unreadable.h"

namespace noshare::model {

enum class RequestKind : std::uint8_t { kScan, kRedact };

// A place to be masked: as in the Finding that named it.
struct MaskTarget {
  std::string part;
  std::string path;
  Zone zone = Zone::kBody;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool operator==(const MaskTarget&) const = default;
};

struct ScanRequest {
  RequestKind kind = RequestKind::kScan;
  std::uint64_t id = 0;             // the reply carries the same
  std::uint32_t time_ms = 60'000;   // the worker gives up after this
  std::vector<MaskTarget> targets;  // for kRedact
  bool operator==(const ScanRequest&) const = default;
};

struct EntityInfo {
  std::string title;                        // "Payment card number"
  std::vector<std::string> categories;      // "financial", "government_id", ...
  std::vector<std::string> umbrellas = {};  // entities that stand for it among others
  bool operator==(const EntityInfo&) const = default;
};

struct ScanReport {
  std::uint64_t bytes = 0;       // size of the message
  std::uint64_t text_bytes = 0;  // decoded text that was searched
  double ms = 0;                 // time in the worker
  bool encrypted = false;        // its content is S/MIME or PGP encrypted
  bool is_signed = false;        // S/MIME or PGP signed: must not be altered
  std::string message_id;        // header Message-ID, printable ASCII, at most 256 bytes
  Fingerprint
      message_fingerprint;  // kind "message": same for each retry of the same message
  std::string snapshot;     // id of the config and packs that were used
  std::vector<Finding> findings;       // by confidence, highest first, then by place
  std::uint64_t findings_dropped = 0;  // beyond Limits::findings
  std::vector<Unreadable> unreadable;
  // Fingerprints of those who take part already: addresses (kind email_address) and names
  // (kind person_name) in From, To, Cc, Reply-To, Sender and the heads of quoted mail.
  std::vector<Fingerprint> participants;
  // The From header's addresses and names: the sender's own data.
  std::vector<Fingerprint> authors;
  std::map<std::string, EntityInfo> entities;  // those that occur in findings
  std::vector<std::string> attachments;        // endings of file names, "xlsx", each once
  // What the sender says in the subject or a header field: ids of lawful disclosures with
  // their signatures, "ND-7K3M9QX2-...", and "override NS-7K3M9QX2: reason".
  std::vector<std::string> tags;
  std::vector<std::string> header_tests;  // "Name:glob" of rules that a header passes
};

// A header whose value is to be replaced. `index` counts equal names from 1 (libmilter).
struct HeaderEdit {
  std::string name;
  std::uint32_t index = 1;
  std::string value;
  bool operator==(const HeaderEdit&) const = default;
};

// The answer to kRedact. A body, if it changed, comes as a memory file beside it.
struct RedactReport {
  bool possible = false;  // false: signed, encrypted, or a target stands in no text part
  std::string reason;     // why not
  std::uint32_t masked = 0;  // how many places were masked
  bool body_changed = false;
  std::vector<HeaderEdit> headers;
};

}  // namespace noshare::model
