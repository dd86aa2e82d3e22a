// Control: what `noshare reload` and `noshare status` talk to.
//
// In:  {"command":"reload"|"status"|"ping"}, one JSON object a line, on a unix socket
// Out: {"ok":true,...} or {"ok":false,"error":"..."}, one line each
// The socket is private to the daemon's user and to root. Clients are served one after
// the other, each for a few seconds of silence at most. Errors: kIo when it cannot be
// opened.
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <thread>

#include "noshare/base/fd.h"
#include "noshare/base/json.h"

namespace noshare::daemon {

class Control {
 public:
  // Answers one command; called from the control thread.
  using Handler = std::function<Json(const std::string& command)>;

  static Result<std::unique_ptr<Control>> open(const std::filesystem::path& path,
                                               Handler handler);
  ~Control();
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

 private:
  Control(std::filesystem::path path, UniqueFd listener, UniqueFd stop, Handler handler);
  void run();
  void serve(int client);
  bool wait_for(int fd, int timeout_ms) const;  // false: silence, or we are to stop
  std::string answer(const std::string& line) const;

  const std::filesystem::path path_;
  const UniqueFd listener_;
  const UniqueFd stop_;  // readable when the thread is to end
  const Handler handler_;
  std::thread thread_;
};

}  // namespace noshare::daemon
