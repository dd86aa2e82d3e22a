#include "daemon/negotiation.h"

#include <libmilter/mfapi.h>
#include <libmilter/mfdef.h>

namespace noshare::daemon {

namespace {

unsigned long actions_for(const config::Rule& rule) {
  switch (rule.then) {
    case model::Action::kHold:
      return SMFIF_QUARANTINE;
    case model::Action::kRedact:  // what cannot be redacted is held
      return SMFIF_CHGBODY | SMFIF_QUARANTINE;
    case model::Action::kDropRecipient:
      return SMFIF_DELRCPT;
    case model::Action::kDeliver:
    case model::Action::kTag:
    case model::Action::kNotify:
    case model::Action::kReject:
    case model::Action::kDefer:
    case model::Action::kDiscard:
      return 0;
  }
  return 0;
}

}  // namespace

unsigned long all_actions() {
  return SMFIF_ADDHDRS | SMFIF_CHGHDRS | SMFIF_CHGBODY | SMFIF_QUARANTINE |
         SMFIF_DELRCPT | SMFIF_SETSYMLIST;
}

Terms negotiate(const config::Settings& settings, unsigned long offered_actions,
                unsigned long offered_protocol) {
  Terms terms;
  // Headers of our own are added, and forged ones taken away, under any policy.
  terms.actions = SMFIF_ADDHDRS | SMFIF_CHGHDRS;
  if (settings.mode == config::Mode::kEnforce) {
    for (const config::Rule& rule : settings.rules) terms.actions |= actions_for(rule);
  }
  terms.actions &= offered_actions;
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
