// `noshare scan --batch`: JSON lines in, JSON lines out, in the same order (DESIGN
// section 7).
#pragma once

#include <istream>
#include <ostream>

#include "engine.h"

namespace noshare::cli {

// In:  {"id":…,"text":…} or {"id":…,"path":…} a line
// Out: {"id":…,"findings":[…],"unreadable":[…]} a line, flushed; for a line that cannot
// be used
//      {"id":…,"error":"…"}
// Gives an exit status: kFailed if any line could not be used.
int run_batch(const Engine& engine, unsigned threads, bool reveal, std::istream& in,
              std::ostream& out);

}  // namespace noshare::cli
