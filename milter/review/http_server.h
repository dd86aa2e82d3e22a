// HttpServer: HTTP/1.1, in the clear or under TLS, by Boost.Beast.
//
// In:  connections     Out: a Response of the handler for each request
// Limits: 64 KB of headers, `most_body_bytes`, 30 s for a request, 60 s between two. What
// breaks them, or the protocol, is answered with 4xx or by closing, and never reaches the
// handler. The handler is called from several threads; an exception of it becomes a 500.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "noshare/base/result.h"
#include "noshare/config/settings.h"

#include "review/http.h"

namespace noshare::review {

struct ServerOptions {
  config::SocketAddress listen;       // port 0: any free one
  std::filesystem::path certificate;  // PEM, with its chain; empty: in the clear
  std::filesystem::path key;          // PEM
  unsigned threads = 4;
  std::uint64_t most_body_bytes = 1 << 20;
};

class HttpServer {
 public:
  // Errors: kIo (the address is taken), kInvalidInput (certificate or key).
  static Result<std::unique_ptr<HttpServer>> start(const ServerOptions& options,
                                                   Handler handler);
  virtual ~HttpServer() = default;
  virtual std::uint16_t port() const = 0;
};

}  // namespace noshare::review
