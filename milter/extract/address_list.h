// Address lists: From, To, Cc and their like (RFC 5322 section 3.4), read liberally.
//
// In:  a raw header value, any bytes     Out: mailboxes, in order
// Linear in the size of the value, without recursion: nested comments and groups are
// counted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extract/mapped_text.h"

namespace noshare::extract {

struct Mailbox {
  std::string address;  // normalised_address() form; empty if there is none
  MappedText name;  // display name or comment, decoded; the map leads to the raw value
  std::size_t name_begin = 0;  // where the name stands in the raw value
  std::size_t name_end = 0;
};

std::vector<Mailbox> parse_address_list(std::string_view raw);

}  // namespace noshare::extract
