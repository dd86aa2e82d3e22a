// Reply: what the SMTP client is told, in a form that no mail server can misread.
//
// In:  the text of a rule, with {case} still in it     Out: code, enhanced code, safe
// text RFC 5321 section 4.5.3.1.5 limits a reply line to 512 octets, RFC 3463 is the
// enhanced code. Only printable ASCII is left, and each '%' is doubled: both mail servers
// format the text once more and would swallow or refuse a single one.
#pragma once

#include <string>
#include <string_view>

namespace noshare::daemon {

struct Reply {
  std::string code;      // "550"
  std::string enhanced;  // "5.7.1"
  std::string text;
};

// A rule's reply: "550 5.7.1 text", "550 text" or only a text. Codes that do not begin
// with `kind` ('4' or '5') give way to 451 4.7.1 or 550 5.7.1. The case number stands
// where {case} was, else at the end; it is never cut off.
Reply make_reply(char kind, std::string_view reply, std::string_view case_number);

}  // namespace noshare::daemon
