// TNEF: winmail.dat, the envelope that Exchange and Outlook put round messages.
//
// In:  bytes of a TNEF stream ([MS-OXTNEF]), hostile     Out: segments of its texts and
// properties; attachments are read as what they are; Unreadable{corrupt} where it breaks
// off
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

void read_tnef(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
