// BenchClient: one connection of a mail server to a filter, as cheap as it can be.
//
// In:  a socket address, one message     Out: how long the filter took at the end of
// message Follows what the filter negotiated: steps it does not want are not sent, steps
// it does not answer are not waited for, and frames go out together until an answer is
// due (as Postfix does). Errors: std::runtime_error; a benchmark that fails has nothing
// to report. Source: the milter protocol, version 6, as in libmilter/mfdef.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace noshare::bench {

struct Message {
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // CRLF
};

// A clean text message of about `bytes`, without personal data.
Message make_message(std::size_t bytes);

class BenchClient {
 public:
  // `address`: "unix:/path" or "inet:host:port".
  explicit BenchClient(const std::string& address);
  ~BenchClient();
  BenchClient(const BenchClient&) = delete;
  BenchClient& operator=(const BenchClient&) = delete;

  // Sends one message, from MAIL to end of message.
  // Returns seconds from the end-of-message frame's departure to the filter's final
  // answer.
  double send(const Message& message);
  // How many messages the filter did not let pass.
  std::uint64_t not_accepted() const { return not_accepted_; }

 private:
  void negotiate();
  void step(char command, std::string_view data, std::uint32_t unwanted,
            std::uint32_t unanswered);
  void frame(char command, std::string_view data);
  void flush();
  char await_final();
  void read_exactly(char* to, std::size_t count);

  int socket_ = -1;
  std::uint32_t protocol_ = 0;
  std::string out_;
  std::uint64_t not_accepted_ = 0;
};

}  // namespace noshare::bench
