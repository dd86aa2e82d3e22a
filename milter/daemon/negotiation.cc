#include "daemon/negotiation.h"

#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

namespace noshare::daemon {

unsigned long all_actions() {
  return SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY | SMFIF_QUARANTINE |
         SMFIF_DELRCPT | SMFIF_SETSYMLIST;
}

Terms negotiate(unsigned long offered_actions, unsigned long offered_protocol) {
  Terms terms;
  terms.actions =
      all_actions() & ~static_cast<unsigned long>(SMFIF_SETSYMLIST) & offered_actions;
  terms.protocol = SMFIP_NOUNKNOWN | SMFIP_NODATA | SMFIP_NOEOH | SMFIP_HDR_LEADSPC |
                   SMFIP_NR_CONN | SMFIP_NR_HELO | SMFIP_NR_MAIL | SMFIP_NR_RCPT |
                   SMFIP_NR_HDR | SMFIP_NR_BODY;
  terms.protocol &= offered_protocol;
  const auto agreed = [&](unsigned long flag) { return (terms.protocol & flag) != 0; };
  terms.agreement = {.leading_space = agreed(SMFIP_HDR_LEADSPC),
                     .quiet_connect = agreed(SMFIP_NR_CONN),
                     .quiet_helo = agreed(SMFIP_NR_HELO),
                     .quiet_mail = agreed(SMFIP_NR_MAIL),
                     .quiet_recipient = agreed(SMFIP_NR_RCPT),
                     .quiet_header = agreed(SMFIP_NR_HDR),
                     .quiet_body = agreed(SMFIP_NR_BODY)};
  return terms;
}

}  // namespace noshare::daemon
