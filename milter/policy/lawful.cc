// Lawful disclosures: see noshare/policy/lawful.h.
#include "noshare/policy/lawful.h"

#include "noshare/base/json.h"

namespace noshare::policy {

std::string disclosure_signature(const FingerprintKey& key,
                                 const model::LawfulDisclosure& one) {
  constexpr std::size_t kDigits = 12;  // 48 bits: guessing takes more mails than time
  const Json terms = {one.id,       one.recipient, one.sender,     one.case_reference,
                      one.approver, one.purpose,   one.expires_us, one.entities};
  return key.of("lawful disclosure", to_line(terms)).hex().substr(0, kDigits);
}

}  // namespace noshare::policy
