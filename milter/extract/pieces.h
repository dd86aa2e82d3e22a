// Pieces: a number that is cut in several, one in each text of a message.
//
// In:  all texts that were read, in order     Out: a text more for each row of them where
// one ends in digits and the next begins with digits: pages of a PDF, members of an
// archive, sheets, attachments, subject and body, names of files. It has no way back.
#pragma once

#include "extract/collector.h"

namespace noshare::extract {

inline constexpr std::string_view kTogether = " (together)";

void read_pieces_together(Collector& out);

}  // namespace noshare::extract
