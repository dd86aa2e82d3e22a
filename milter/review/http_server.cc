#include "review/http_server.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/strand.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include "noshare/base/log.h"
#include "noshare/base/text.h"

namespace noshare::review {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using BoostError = beast::error_code;

constexpr std::chrono::seconds kRequestTime{30};
constexpr std::chrono::seconds kIdleTime{60};
constexpr std::chrono::seconds kLingerTime{2};
constexpr std::size_t kDrainBytes = 16 * 1024;
constexpr std::size_t kMostDrainedBytes = 16 << 20;
constexpr std::uint32_t kMostHeaderBytes = 64 * 1024;

struct Shared {
  Handler handler;
  std::uint64_t most_body_bytes;
};

Response plain_error(unsigned status, const char* what) {
  return {status, "text/plain; charset=utf-8", std::string(what) + "\n", {}};
}

Request to_request(const http::request<http::string_body>& message, std::string peer) {
  Request request;
  request.method = std::string(message.method_string());
  for (const auto& field : message) {
    // Repeated ones are one list (RFC 9110 section 5.3): the first alone never stands for
    // all.
    auto [at, is_new] = request.headers.emplace(
        ascii_lowered({field.name_string().data(), field.name_string().size()}),
        std::string(field.value()));
    if (!is_new) {
      at->second += at->first == "cookie" ? "; " : ", ";
      at->second += std::string_view(field.value().data(), field.value().size());
    }
  }
  request.body = message.body();
  request.peer = std::move(peer);
  return request;
}

Response answer(const Shared& shared, const http::request<http::string_body>& message,
                const std::string& peer) {
  Request request = to_request(message, peer);
  const auto target = message.target();
  if (!parse_target({target.data(), target.size()}, request)) {
    return plain_error(400, "bad request");
  }
  try {
    return shared.handler(request);
  } catch (const std::exception&) {  // its text might hold what it should not
    log::error("review_exception", {{"path", request.path}});
    return plain_error(500, "internal error");
  }
}

// One connection: reads a request, writes the answer, until one side has enough.
template <class Stream>
class Connection : public std::enable_shared_from_this<Connection<Stream>> {
 public:
  Connection(Stream stream, std::string peer, const Shared& shared)
      : stream_(std::move(stream)), peer_(std::move(peer)), shared_(shared) {}

  void start() {
    if constexpr (kIsTls) {
      beast::get_lowest_layer(stream_).expires_after(kRequestTime);
      stream_.async_handshake(asio::ssl::stream_base::server,
                              [self = this->shared_from_this()](BoostError error) {
                                if (!error) self->read();
                              });
    } else {
      read();
    }
  }

 private:
  static constexpr bool kIsTls = !std::is_same_v<Stream, beast::tcp_stream>;

  void read() {
    parser_.emplace();
    parser_->header_limit(kMostHeaderBytes);
    parser_->body_limit(shared_.most_body_bytes);
    beast::get_lowest_layer(stream_).expires_after(kIdleTime);
    http::async_read(stream_, buffer_, *parser_,
                     [self = this->shared_from_this()](BoostError error, std::size_t) {
                       self->on_read(error);
                     });
  }

  void on_read(BoostError error) {
    if (error == http::error::body_limit)
      return write(plain_error(413, "too large"), true);
    if (error == http::error::header_limit) {
      return write(plain_error(431, "header too large"), true);
    }
    if (error == http::error::end_of_stream) return close();
    if (error) return;
    const auto& message = parser_->get();
    write(answer(shared_, message, peer_), !message.keep_alive());
  }

  void write(Response response, bool last) {
    auto& message = message_.emplace(static_cast<http::status>(response.status), 11);
    message.set(http::field::content_type, response.type);
    for (const auto& [name, value] : response.headers) message.insert(name, value);
    message.body() = std::move(response.body);
    message.keep_alive(!last);
    message.prepare_payload();
    if (parser_->get().method() == http::verb::head) message.body().clear();
    beast::get_lowest_layer(stream_).expires_after(kRequestTime);
    http::async_write(
        stream_, message,
        [self = this->shared_from_this(), last](BoostError error, std::size_t) {
          if (error) return;
          if (last) return self->close();
          self->read();
        });
  }

  // What the client still sends is read and thrown away for a while: a socket that is
  // closed with unread bytes takes the answer with it.
  void close() {
    BoostError ignored;
    auto& socket = beast::get_lowest_layer(stream_);
    socket.socket().shutdown(tcp::socket::shutdown_send, ignored);
    socket.expires_after(kLingerTime);
    drain(kMostDrainedBytes);
  }

  void drain(std::size_t most) {
    buffer_.consume(buffer_.size());
    auto& socket = beast::get_lowest_layer(stream_);
    socket.async_read_some(
        buffer_.prepare(kDrainBytes),
        [self = this->shared_from_this(), most](BoostError error, std::size_t count) {
          if (!error && count < most) self->drain(most - count);
        });
  }

  Stream stream_;
  std::string peer_;
  const Shared& shared_;
  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::optional<http::response<http::string_body>> message_;
};

class BeastServer final : public HttpServer {
 public:
  BeastServer(const ServerOptions& options, Handler handler)
      : shared_{std::move(handler), options.most_body_bytes}, acceptor_(context_) {}

  ~BeastServer() override {
    context_.stop();
    for (std::thread& thread : threads_) thread.join();
  }

  Result<void> open(const ServerOptions& options) {
    if (!options.certificate.empty()) NOSHARE_CHECK(use_tls(options));
    BoostError error;
    const auto address = asio::ip::make_address(options.listen.host, error);
    if (error) {
      return fail(ErrorCode::kInvalidInput,
                  "'" + options.listen.host + "' is no address to listen on");
    }
    const tcp::endpoint endpoint(address, options.listen.port);
    acceptor_.open(endpoint.protocol(), error);
    if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
    if (!error) acceptor_.bind(endpoint, error);
    if (!error) acceptor_.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
      return fail(ErrorCode::kIo, "cannot listen on " + options.listen.host + ":" +
                                      std::to_string(options.listen.port) + ": " +
                                      error.message());
    }
    accept();
    for (unsigned i = 0; i < options.threads; ++i) {
      threads_.emplace_back([this] { context_.run(); });
    }
    return {};
  }

  std::uint16_t port() const override { return acceptor_.local_endpoint().port(); }

 private:
  Result<void> use_tls(const ServerOptions& options) {
    BoostError error;
    auto& tls = tls_.emplace(asio::ssl::context::tls_server);
    tls.set_options(asio::ssl::context::default_workarounds |
                    asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1);
    tls.use_certificate_chain_file(options.certificate.string(), error);
    if (error) {
      return fail(ErrorCode::kInvalidInput,
                  options.certificate.string() +
                      ": expected a certificate in PEM: " + error.message());
    }
    tls.use_private_key_file(options.key.string(), asio::ssl::context::pem, error);
    if (error) {
      return fail(ErrorCode::kInvalidInput,
                  options.key.string() +
                      ": expected the certificate's private key in "
                      "PEM: " +
                      error.message());
    }
    return {};
  }

  void accept() {
    acceptor_.async_accept(asio::make_strand(context_),
                           [this](BoostError error, tcp::socket socket) {
                             if (!error) take(std::move(socket));
                             accept();
                           });
  }

  void take(tcp::socket socket) {
    BoostError error;
    const auto peer = socket.remote_endpoint(error);
    if (error) return;
    socket.set_option(tcp::no_delay(true), error);
    std::string address = peer.address().to_string();
    if (tls_) {
      using Tls = beast::ssl_stream<beast::tcp_stream>;
      std::make_shared<Connection<Tls>>(Tls(beast::tcp_stream(std::move(socket)), *tls_),
                                        std::move(address), shared_)
          ->start();
    } else {
      std::make_shared<Connection<beast::tcp_stream>>(
          beast::tcp_stream(std::move(socket)), std::move(address), shared_)
          ->start();
    }
  }

  Shared shared_;
  asio::io_context context_;
  std::optional<asio::ssl::context> tls_;
  tcp::acceptor acceptor_;
  std::vector<std::thread> threads_;
};

}  // namespace

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ServerOptions& options,
                                                      Handler handler) {
  auto server = std::make_unique<BeastServer>(options, std::move(handler));
  NOSHARE_CHECK(server->open(options));
  return server;
}

}  // namespace noshare::review
