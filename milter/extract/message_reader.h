// Message reader: walks a message's parts and hands each to who can read it.
//
// In:  a message, any bytes     Out: everything readable in the collector, the rest
// Unreadable RFC 5322, 2045-2047, 2049. Every byte is read somewhere: as a field, in a
// part, or as text outside all parts. Where programs may disagree (repeated headers) each
// reading is followed.
#pragma once

#include <string_view>

#include "extract/collector.h"

namespace noshare::extract {

// Headers, body, attachments, forwarded messages. `place.part` is the message's own
// number:
// "" for the outermost, else that of the message/rfc822 part.
void read_message(std::string_view bytes, const Place& place, Collector& out);

}  // namespace noshare::extract
