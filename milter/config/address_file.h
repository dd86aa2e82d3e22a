// Files of addresses: groups of senders and recipients.
//
// In:  text with an address or domain a line, '#' before comments; or LDIF, as ldapsearch
//      and directories export it (RFC 2849)
// Out: its addresses with their lines. Of LDIF those of the attributes that hold mail
// addresses: mail and rfc822Mailbox (RFC 4524), mailLocalAddress and the like,
// proxyAddresses of Active Directory ("smtp:ann@example.com").
// Whether they are sound is looked at by who reads them.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace noshare::config {

struct FileAddress {
  std::size_t line = 0;  // from 1
  std::string text;
};

std::vector<FileAddress> addresses_of_file(std::string_view text);

}  // namespace noshare::config
