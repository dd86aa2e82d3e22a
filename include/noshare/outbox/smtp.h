// SMTP: hands one message to a mail server, and says what is known of its fate.
//
// In:  a server, an envelope, the message's bytes     Out: accepted, refused, not sent,
// or unknown. Unknown is the honest word for a connection that broke after the last byte
// and before the answer (RFC 5321 section 4.2.5, RFC 1047): the message may be on its
// way.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/clock.h"
#include "noshare/config/settings.h"

namespace noshare::outbox {

struct Mail {
  std::string sender;  // empty: the null sender
  std::vector<std::string> recipients;
  std::string first_headers;  // lines with CRLF, put before the message; may be empty
  std::string_view message;   // CRLF lines; sent as it is
};

enum class Fate { kAccepted, kRefused, kNotSent, kUnknown };

struct Sent {
  Fate fate = Fate::kNotSent;
  std::string answer;  // the server's last reply, or what went wrong
};

// Needs all recipients to be taken: if the server refuses one, nothing is sent.
// `while_waiting`, if given, is called about once a second.
Sent send(const config::SocketAddress& server, const Mail& mail, Milliseconds patience,
          const std::function<void()>& while_waiting = {});

}  // namespace noshare::outbox
