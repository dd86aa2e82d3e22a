// MilterClient: the mail server's side of the milter protocol, version 6, frame by frame.
//
// In:  what a test wants to say     Out: the filter's frames as they come
// A frame is a 32-bit big-endian length, a command letter and data (libmilter's mfdef.h).
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "noshare/base/fd.h"

namespace noshare::daemon::testing {

struct Answer {
  char command = 0;  // 0: the filter closed the connection, or stayed silent
  std::string data;
};

class MilterClient {
 public:
  static constexpr std::uint32_t kAllProtocol = 0x1FFFFF;
  static constexpr std::uint32_t kOldProtocol = 0x00007F;  // version 2: no quiet steps

  // `address`: "unix:/path" or "inet:port". Negotiates unless `protocol` is 0.
  explicit MilterClient(const std::string& address,
                        std::uint32_t protocol = kAllProtocol);

  bool is_open() const { return open_; }
  std::uint32_t actions() const { return actions_; }
  std::uint32_t protocol() const { return protocol_; }

  void send(char command, std::string_view data = {});
  void send_raw(std::string_view bytes);
  void macro(char command, const std::vector<std::string>& names_and_values);
  Answer receive(std::chrono::milliseconds most = std::chrono::seconds(20));

  // Sends a step and waits for its answer if one was agreed on.
  Answer step(char command, std::string_view data);
  void connect_and_greet();  // from localhost
  void mail(std::string_view sender, const std::vector<std::string>& recipients);
  void header(std::string_view name, std::string_view value);
  void body(std::string_view bytes) { step('B', bytes); }
  // The end of the message. All frames up to the final one, progress frames left out.
  std::vector<Answer> end();
  // What comes after an 'E' that was sent already: the letter of the final frame.
  char end_answer();
  // A whole message; its last frame says what became of it.
  std::vector<Answer> message(std::string_view text,
                              const std::vector<std::string>& recipients = {
                                  "<x@else.test>"});

  int fd() const { return fd_.get(); }

 private:
  bool is_quiet(char command) const;
  std::vector<Answer> final_frames();

  UniqueFd fd_;
  bool open_ = false;
  std::uint32_t actions_ = 0;
  std::uint32_t protocol_ = 0;
};

// A connected socket, or none.
UniqueFd connect_to(const std::string& address);

}  // namespace noshare::daemon::testing
