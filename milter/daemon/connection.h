// Connection: one milter connection from its negotiation to its close.
//
// In:  libmilter's events, as plain arguments     Out: a Transaction, and its end
// libmilter may call from another thread each time, but never from two at once; nothing
// is locked and nothing thread_local. A Transaction begins at MAIL FROM, whatever came
// before, so that RSET, a second EHLO or a lost abort leave nothing behind.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "daemon/services.h"
#include "daemon/transaction.h"

struct sockaddr;

namespace noshare::daemon {

// What the mail server agreed to.
struct Agreement {
  bool leading_space = false;  // header values with the space after the colon
  bool quiet_connect = false;  // no reply is expected to these steps
  bool quiet_helo = false;
  bool quiet_mail = false;
  bool quiet_recipient = false;
  bool quiet_header = false;
  bool quiet_body = false;
};

class Connection {
 public:
  Connection(Services& services, Agreement agreement);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  const Agreement& agreement() const { return agreement_; }
  Services& services() { return services_; }

  // `address` is null for mail that did not come over a network.
  void connected(const char* host, const sockaddr* address, const char* daemon_name);
  void greeted(const char* name, const char* tls_version);
  void began(const char* sender, const char* authenticated_user, const char* tls_version);
  void ended() { transaction_.reset(); }

  Transaction* transaction() { return transaction_ ? &*transaction_ : nullptr; }

 private:
  Services& services_;
  const Agreement agreement_;
  model::Envelope client_;  // what is known of the client, the same for all its messages
  std::optional<Transaction> transaction_;
};

}  // namespace noshare::daemon
