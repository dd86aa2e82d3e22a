// Negotiation: what we may do to a message, and which steps of it we hear of.
//
// In:  what the mail server offers (SMFIP_, SMFIF_ of libmilter's mfdef.h)
// Out: what we take. Every action that any policy could need: the permission costs
// nothing, and a connection outlives the policy that was in force when it began. Of the
// steps only what we use, and each before the end of a message without a reply where the
// mail server can do that: it triples the messages per second.
#pragma once

#include "daemon/connection.h"

namespace noshare::daemon {

struct Terms {
  unsigned long actions = 0;   // SMFIF_*
  unsigned long protocol = 0;  // SMFIP_*
  Agreement agreement;
};

Terms negotiate(unsigned long offered_actions, unsigned long offered_protocol);

// Every action that any policy could need.
unsigned long all_actions();

}  // namespace noshare::daemon
