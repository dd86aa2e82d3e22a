// Incident: the record of a verdict other than a plain delivery.
//
// Holds masked findings and fingerprints, no personal value of the message's content. The
// envelope's addresses are kept: an officer must know whom to ask.
#pragma once

#include <cstdint>
#include <string>

#include "noshare/model/known.h"
#include "noshare/model/verdict.h"

namespace noshare::model {

struct Incident {
  std::string case_number;   // "NS-7K3M9QX2", given by the store, safe to read on a phone
  std::int64_t time_us = 0;  // wall clock, UTC
  Envelope envelope;
  ScanReport report;
  Verdict verdict;
  Known known;  // what policy consulted, so that the verdict can be made again
  std::string policy_version;             // hash of the configuration
  std::string pack_version;               // hash of the packs
  Action carried_out = Action::kDeliver;  // differs from verdict.action in monitor mode
  std::uint32_t seen = 1;                 // how often the same message was tried
};

}  // namespace noshare::model
