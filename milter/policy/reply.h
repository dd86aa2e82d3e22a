// Reply: what the sender is told when a message is refused.
//
// In:  the deciding rule and what it counted     Out: "550 5.7.1 ..." (RFC 5321 4.2,
// RFC 3463). Printable ASCII of at most kMostReplyChars, with masked values only;
// "{case}" still stands in it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "noshare/config/rule.h"
#include "noshare/model/verdict.h"

namespace noshare::policy {

// An SMTP reply line has at most 512 octets (RFC 5321 section 4.5.3.1.5); the rest is for
// the case number and for '%' that the daemon doubles.
constexpr std::size_t kMostReplyChars = 450;

struct Refusal {
  const config::Rule& rule;
  const model::ScanReport& report;
  std::vector<std::uint32_t> findings;  // that the rule counted
  std::vector<std::string> recipients;  // against whom
  std::vector<std::string> languages;   // of the reply, where the rule has several
};

// `action` is kReject (550) or kDefer (451); anything else gives an empty text.
std::string reply_text(model::Action action, const Refusal& refusal);

// The distinct masked values, the first three of them, such as "****1111 and 4 more".
std::string masked_values(const model::ScanReport& report,
                          const std::vector<std::uint32_t>& findings);
// The titles of what was found, the first three.
std::string titles(const model::ScanReport& report,
                   const std::vector<std::uint32_t>& findings);

}  // namespace noshare::policy
