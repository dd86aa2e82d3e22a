// Envelope: who sends a message to whom, as the mail server told it (RFC 5321).
//
// Comes from the milter protocol or from the command line, never from the message's
// headers.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace noshare::model {

struct Envelope {
  std::string sender;  // without angle brackets; empty for the null sender
  std::vector<std::string> recipients;  // every one, Bcc included, in the order given
  std::string client_address;  // "192.0.2.1", "2001:db8::1"; empty if unknown or local
  std::string client_name;     // as the mail server resolved it
  std::string helo;
  std::string authenticated_user;  // {auth_authen}; empty if none
  std::string queue_id;            // changes when a message is tried again
  std::string daemon_name;         // {daemon_name}, for example "ORIGINATING"
  bool tls = false;                // the client's own connection was encrypted
  bool local_submission = false;   // by the sendmail command, not over SMTP
};

enum class Direction { kOutbound, kInbound };

const char* name(Direction direction) noexcept;

}  // namespace noshare::model
