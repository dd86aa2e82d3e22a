// Encrypted texts that say so themselves: tokens of Fernet and JOSE (RFC 7516), vaults of
// Ansible, values of sops.
//
// In:  a text, hostile     Out: what kind it is; "" if there is none
// Tokens in addresses of the web are none: every other newsletter has some.
#pragma once

#include <string_view>

namespace noshare::extract {

std::string_view sealed_kind(std::string_view text);

}  // namespace noshare::extract
