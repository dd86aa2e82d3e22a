#include "noshare/outbox/smtp.h"

#include <functional>
#include <thread>

#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "noshare/base/fd.h"

namespace noshare::outbox {
namespace {

// A mail server for one connection that answers as told.
class OneServer {
 public:
  // `answer` gets each line (and "." at the end of the data) and gives the reply; empty:
  // the connection is closed.
  explicit OneServer(std::function<std::string(const std::string&)> answer) {
    listener_ = UniqueFd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in name{};
    name.sin_family = AF_INET;
    name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof name;
    ::bind(listener_.get(), reinterpret_cast<const sockaddr*>(&name), size);
    ::getsockname(listener_.get(), reinterpret_cast<sockaddr*>(&name), &size);
    port_ = ntohs(name.sin_port);
    ::listen(listener_.get(), 1);
    thread_ = std::thread([this, answer = std::move(answer)] { serve(answer); });
  }
  ~OneServer() {
    ::shutdown(listener_.get(), SHUT_RDWR);
    thread_.join();
  }
  config::SocketAddress address() const {
    config::SocketAddress result;
    result.is_unix = false;
    result.host = "127.0.0.1";
    result.port = port_;
    return result;
  }
  std::string data;  // read it after the server is done

 private:
  void serve(const std::function<std::string(const std::string&)>& answer) {
    const UniqueFd peer(::accept(listener_.get(), nullptr, nullptr));
    if (!peer || !write_all(peer.get(), "220 test\r\n")) return;
    bool in_data = false;
    std::string line;
    for (char c = 0; ::read(peer.get(), &c, 1) == 1;) {
      line += c;
      if (!line.ends_with("\r\n")) continue;
      if (in_data && line != ".\r\n") {
        data += line;
      } else {
        in_data = line == "DATA\r\n";
        const std::string reply = answer(line.substr(0, line.size() - 2));
        if (reply.empty() || !write_all(peer.get(), reply + "\r\n")) return;
        in_data = in_data && reply.starts_with("354");
      }
      line.clear();
    }
  }

  UniqueFd listener_;
  std::uint16_t port_ = 0;
  std::thread thread_;
};

std::string usual(const std::string& line) {
  if (line == "DATA") return "354 go on";
  if (line == ".") return "250 2.0.0 queued as 4X";
  return line == "QUIT" ? "221 bye" : "250 ok";
}

Mail letter() {
  return {"a@example.com",
          {"x@else.test", "y@else.test"},
          "X-First: 1\r\n",
          "Subject: t\r\n\r\n.dot\r\n"};
}

constexpr Milliseconds kPatience{5000};

TEST(Smtp, AMessageGoesOutWithItsEnvelopeAndItsDots) {
  std::string said;
  OneServer server([&](const std::string& line) {
    said += line + "\n";
    return usual(line);
  });
  const Sent sent = send(server.address(), letter(), kPatience);
  EXPECT_EQ(sent.fate, Fate::kAccepted);
  EXPECT_NE(said.find("MAIL FROM:<a@example.com>"), std::string::npos) << said;
  EXPECT_NE(said.find("RCPT TO:<x@else.test>\nRCPT TO:<y@else.test>"), std::string::npos);
  EXPECT_EQ(server.data, "X-First: 1\r\nSubject: t\r\n\r\n..dot\r\n");
}

TEST(Smtp, ABounceHasTheNullSender) {
  std::string said;
  OneServer server([&](const std::string& line) {
    said += line + "\n";
    return usual(line);
  });
  Mail bounce = letter();
  bounce.sender.clear();
  EXPECT_EQ(send(server.address(), bounce, kPatience).fate, Fate::kAccepted);
  EXPECT_NE(said.find("MAIL FROM:<>"), std::string::npos) << said;
}

TEST(Smtp, WhoeverWaitsForTheServerMaySaySo) {
  OneServer server([](const std::string& line) {
    if (line == ".") std::this_thread::sleep_for(std::chrono::milliseconds(2500));
    return usual(line);
  });
  int waited = 0;
  const Sent sent = send(server.address(), letter(), kPatience, [&] { ++waited; });
  EXPECT_EQ(sent.fate, Fate::kAccepted);
  EXPECT_GE(waited, 2);
}

TEST(Smtp, ARefusalAfterTheDataIsARefusal) {
  OneServer server([](const std::string& line) {
    return line == "." ? "451 4.7.1 try again" : usual(line);
  });
  const Sent sent = send(server.address(), letter(), kPatience);
  EXPECT_EQ(sent.fate, Fate::kRefused);
  EXPECT_EQ(sent.answer, "451 4.7.1 try again");
}

TEST(Smtp, OneRefusedRecipientKeepsTheMessageBack) {
  OneServer server([](const std::string& line) {
    return line.starts_with("RCPT TO:<y") ? "550 no such user" : usual(line);
  });
  EXPECT_EQ(send(server.address(), letter(), kPatience).fate, Fate::kRefused);
}

TEST(Smtp, AConnectionThatBreaksBeforeTheDataSentNothing) {
  OneServer server([](const std::string& line) {
    return line == "DATA" ? std::string() : usual(line);
  });
  EXPECT_EQ(send(server.address(), letter(), kPatience).fate, Fate::kNotSent);
}

TEST(Smtp, AConnectionThatBreaksAfterTheDataLeavesTheFateUnknown) {
  OneServer server(
      [](const std::string& line) { return line == "." ? std::string() : usual(line); });
  EXPECT_EQ(send(server.address(), letter(), kPatience).fate, Fate::kUnknown);
}

TEST(Smtp, NobodyListeningMeansNotSent) {
  config::SocketAddress nobody;
  nobody.is_unix = false;
  nobody.host = "127.0.0.1";
  nobody.port = 1;
  EXPECT_EQ(send(nobody, letter(), kPatience).fate, Fate::kNotSent);
}

}  // namespace
}  // namespace noshare::outbox
