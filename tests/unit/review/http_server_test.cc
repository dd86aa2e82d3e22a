#include "review/http_server.h"

#include <stdexcept>
#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "noshare/base/fd.h"

namespace noshare::review {
namespace {

Response echo(const Request& request) {
  if (request.path == "/throw") throw std::runtime_error("secret");
  Response response;
  response.type = "text/plain";
  response.body = request.method + " " + request.path + " " + request.body;
  return response;
}

class HttpServerTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ServerOptions options;
    options.listen.is_unix = false;
    options.listen.host = "127.0.0.1";
    options.most_body_bytes = 1000;
    server_ = HttpServer::start(options, echo).value();
  }

  // Sends the bytes and reads until the server closes.
  std::string talk(const std::string& sent) const {
    const UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    name.sin_port = htons(server_->port());
    if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) != 0) {
      return "no connection";
    }
    static_cast<void>(write_all(fd.get(), sent));
    std::string answer;
    char buffer[4096];
    for (ssize_t count = 0; (count = ::read(fd.get(), buffer, sizeof buffer)) > 0;) {
      answer.append(buffer, static_cast<std::size_t>(count));
    }
    return answer;
  }

  std::unique_ptr<HttpServer> server_;
};

constexpr const char* kClose = "Host: x\r\nConnection: close\r\n";

TEST_F(HttpServerTest, ARequestReachesTheHandlerAndItsAnswerTheClient) {
  const std::string answer = talk("POST /a?x=1 HTTP/1.1\r\n" + std::string(kClose) +
                                  "Content-Length: 5\r\n\r\nhello");
  EXPECT_NE(answer.find("200 OK"), std::string::npos) << answer;
  EXPECT_NE(answer.find("POST /a hello"), std::string::npos);
}

TEST_F(HttpServerTest, OneConnectionCarriesSeveralRequests) {
  const std::string answer =
      talk("GET /one HTTP/1.1\r\nHost: x\r\n\r\nGET /two HTTP/1.1\r\n" +
           std::string(kClose) + "\r\n");
  EXPECT_NE(answer.find("GET /one"), std::string::npos);
  EXPECT_NE(answer.find("GET /two"), std::string::npos);
}

TEST_F(HttpServerTest, WhatIsTooLargeIsRefusedBeforeItIsRead) {
  const std::string body = talk("POST / HTTP/1.1\r\n" + std::string(kClose) +
                                "Content-Length: 100000\r\n\r\nx");
  EXPECT_NE(body.find(" 413 "), std::string::npos) << body;
  const std::string header = talk("GET / HTTP/1.1\r\n" + std::string(kClose) +
                                  "X: " + std::string(100'000, 'x') + "\r\n\r\n");
  EXPECT_NE(header.find(" 431 "), std::string::npos) << header.substr(0, 100);
}

TEST_F(HttpServerTest, AnExceptionOfTheHandlerTellsNothing) {
  const std::string answer =
      talk("GET /throw HTTP/1.1\r\n" + std::string(kClose) + "\r\n");
  EXPECT_NE(answer.find(" 500 "), std::string::npos);
  EXPECT_EQ(answer.find("secret"), std::string::npos);
}

TEST_F(HttpServerTest, NonsenseEndsTheConnection) {
  EXPECT_EQ(talk("\x16\x03\x01 nonsense\r\n\r\n"), "");
  EXPECT_NE(talk("GET /%zz HTTP/1.1\r\n" + std::string(kClose) + "\r\n").find(" 400 "),
            std::string::npos);
}

TEST_F(HttpServerTest, ManyClientsAreServedAtOnce) {
  std::vector<std::thread> threads;
  std::atomic<int> good{0};
  for (int i = 0; i < 16; ++i) {
    threads.emplace_back([&] {
      const std::string answer =
          talk("GET /many HTTP/1.1\r\n" + std::string(kClose) + "\r\n");
      if (answer.find("GET /many") != std::string::npos) ++good;
    });
  }
  for (std::thread& one : threads) one.join();
  EXPECT_EQ(good, 16);
}

TEST(HttpServerStart, SaysWhatIsWrong) {
  const auto nothing = [](const Request&) { return Response(); };
  ServerOptions options;
  options.listen.host = "not an address";
  EXPECT_EQ(HttpServer::start(options, nothing).error().code, ErrorCode::kInvalidInput);
  options.listen.host = "127.0.0.1";
  options.certificate = "/nonexistent.crt";
  const auto server = HttpServer::start(options, nothing);
  ASSERT_FALSE(server);
  EXPECT_NE(server.error().message.find("/nonexistent.crt"), std::string::npos);
}

}  // namespace
}  // namespace noshare::review
