// Texts that programs write and read: XML, vCard, iCalendar, mail boxes, JSON.
//
// In:  bytes of an attached text     Out: segments of what the text says: elements joined
// or labelled with their names, folded lines unfolded, escapes undone
// Broken XML and whatever else is not known here is left to be read as plain text.
#pragma once

#include "extract/file_reader.h"

namespace noshare::extract {

// True if the text was read as a whole. False: it is still to be read as plain text.
bool read_structured(std::string_view bytes, const FilePlace& place, Collector& out);

// True if a mail box begins here that holds more than one message.
bool is_mail_box(std::string_view bytes);

}  // namespace noshare::extract
