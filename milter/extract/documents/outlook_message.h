// Outlook items as files of their own: messages, contacts, appointments (.msg, .oft).
//
// In:  bytes of a compound file ([MS-OXMSG]), hostile     Out: segments of its subject,
// bodies, addresses and other properties; attachments are read as what they are, attached
// messages too; Unreadable{corrupt} for broken streams A compound file that only looks
// like a message goes back to the other readers.
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

void read_outlook_message(std::string_view bytes, const FilePlace& place, Collector& out);

}  // namespace noshare::extract
