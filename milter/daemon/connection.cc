#include "daemon/connection.h"

#include <array>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace noshare::daemon {

namespace {

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

std::string address_text(const sockaddr* address) {
  std::array<char, INET6_ADDRSTRLEN> text{};
  if (address == nullptr) return {};
  if (address->sa_family == AF_INET) {
    const auto& inet = reinterpret_cast<const sockaddr_in&>(*address);
    ::inet_ntop(AF_INET, &inet.sin_addr, text.data(), text.size());
  } else if (address->sa_family == AF_INET6) {
    const auto& inet6 = reinterpret_cast<const sockaddr_in6&>(*address);
    if (IN6_IS_ADDR_V4MAPPED(&inet6.sin6_addr)) {
      ::inet_ntop(AF_INET, &inet6.sin6_addr.s6_addr[12], text.data(), text.size());
    } else {
      ::inet_ntop(AF_INET6, &inet6.sin6_addr, text.data(), text.size());
    }
  }
  return text.data();
}

// Mail of the sendmail command: Sendmail gives no address; Postfix plays a client
// "localhost" at 127.0.0.1 that greets with "localhost".
bool is_local_submission(const model::Envelope& client) {
  if (client.client_address.empty()) return true;
  const bool loopback =
      client.client_address.starts_with("127.") || client.client_address == "::1";
  return loopback && client.client_name == "localhost" && client.helo == "localhost";
}

}  // namespace

Connection::Connection(Services& services, Agreement agreement)
    : services_(services), agreement_(agreement) {
  services_.connections.fetch_add(1, std::memory_order_relaxed);
}

Connection::~Connection() {
  services_.connections.fetch_sub(1, std::memory_order_relaxed);
}

void Connection::connected(const char* host, const sockaddr* address,
                           const char* daemon_name) {
  client_ = model::Envelope();
  client_.client_name = text_or_empty(host);
  client_.client_address = address_text(address);
  client_.daemon_name = text_or_empty(daemon_name);
}

void Connection::greeted(const char* name, const char* tls_version) {
  client_.helo = text_or_empty(name);
  client_.tls = !text_or_empty(tls_version).empty();
}

void Connection::began(const char* sender, const char* authenticated_user,
                       const char* tls_version) {
  transaction_.reset();  // gives its pass back before the next one is taken
  model::Envelope envelope = client_;
  envelope.sender = bare_address(text_or_empty(sender));
  envelope.authenticated_user = text_or_empty(authenticated_user);
  envelope.tls = envelope.tls || !text_or_empty(tls_version).empty();
  envelope.local_submission = is_local_submission(envelope);
  transaction_.emplace(services_.snapshots.current(), services_.gate.enter(),
                       std::move(envelope));
}

}  // namespace noshare::daemon
