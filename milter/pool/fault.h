// From the way a worker failed to what policy and people are told.
#pragma once

#include "noshare/model/unreadable.h"

#include "pool/crew.h"
#include "pool/exchange.h"

namespace noshare::pool {

// An Unreadable for the whole message. `outcome` is any but kAnswered.
model::Unreadable unreadable_for(Outcome outcome, const Ending& ending);

}  // namespace noshare::pool
