// Negotiation: asks the mail server for what the policy needs, and for nothing else.
//
// In:  what it offers (SMFIP_, SMFIF_ of libmilter's mfdef.h), the rules     Out: what we
// take Every step before the end of a message goes without a reply where the mail server
// can do that: it triples the messages per second. Steps that we do not use are not sent
// at all.
#pragma once

#include "noshare/config/settings.h"

#include "daemon/connection.h"

namespace noshare::daemon {

struct Terms {
  unsigned long actions = 0;   // SMFIF_*
  unsigned long protocol = 0;  // SMFIP_*
  Agreement agreement;
};

Terms negotiate(const config::Settings& settings, unsigned long offered_actions,
                unsigned long offered_protocol);

// Every action that any policy could need.
unsigned long all_actions();

}  // namespace noshare::daemon
