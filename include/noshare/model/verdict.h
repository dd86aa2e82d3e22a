// Verdict: what shall happen to a message, per recipient and as a whole, and why.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/model/envelope.h"
#include "noshare/model/known.h"
#include "noshare/model/scan_report.h"

namespace noshare::model {

// Mildest first: a larger value is stricter (DESIGN section 5).
enum class Action : std::uint8_t {
  kDeliver,
  kTag,
  kNotify,
  kRedact,
  kDropRecipient,
  kHold,
  kReject,
  kDefer,
  kDiscard,
};
const char* name(Action action) noexcept;  // "drop_recipient"
bool action_from_name(const char* text, Action& action) noexcept;

enum class Party : std::uint8_t { kFirst, kAffiliate, kProcessor, kThird };
const char* name(Party party) noexcept;
bool party_from_name(const char* text, Party& party) noexcept;

struct RecipientVerdict {
  std::string recipient;
  Party party = Party::kThird;
  Action action = Action::kDeliver;
  std::string rule;                // the deciding rule's id; empty for a plain delivery
  std::vector<std::string> rules;  // every rule that matched
  std::vector<std::uint32_t> disclosed;  // indices into ScanReport::findings
};

// Why a finding does not count against a recipient ("sender's own signature").
struct Allowance {
  std::uint32_t finding = 0;  // index into ScanReport::findings
  std::string recipient;      // empty: for every recipient
  std::string reason;
};

struct Verdict {
  Direction direction = Direction::kOutbound;
  bool monitor = false;  // mode: monitor; `action` is what would have happened
  Action action = Action::kDeliver;  // the whole message's
  std::string rule;                  // the rule that decided it
  std::string reply;  // "550 5.7.1 ..." for reject and defer; {case} still in it
  std::vector<RecipientVerdict> recipients;
  std::vector<Allowance> allowances;
  std::vector<std::string> why;            // explanation, a sentence each
  std::vector<MaskTarget> redactions;      // for kRedact
  bool hold_by_mta = false;                // `hold: mta`
  std::string subject_prefix;              // for kTag, may be empty
  std::string severity;                    // the gravest of the rules that matched
  std::vector<DisclosureUse> disclosures;  // lawful ones that it relies on
  std::string override_case;  // the refusal that the sender has overruled, and why
  std::string override_reason;
  std::vector<SharedDatum> shared;   // what goes out if it is delivered
  std::vector<std::string> dry_run;  // rules that matched and are only recorded
};

}  // namespace noshare::model
