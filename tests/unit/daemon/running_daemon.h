// RunningDaemon: the real daemon with a real libmilter, a fake pool and a fake store, in
// a process of its own, since libmilter can run only once in a process.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace noshare::daemon::testing {

class RunningDaemon {
 public:
  // `settings` is YAML that follows the sockets and the organisation.
  explicit RunningDaemon(const std::string& settings = {}, bool inet = false);
  ~RunningDaemon();

  const std::string& address() const { return address_; }  // "unix:..." or "inet:port"
  const std::filesystem::path& folder() const { return folder_; }
  void signal(int number) const;
  // Sends SIGTERM unless it ended already; the exit status, or -1 if it died of a signal.
  int stop();
  int wait();
  std::string log() const;
  // One command on the control socket, and its answer line.
  std::string control(const std::string& line) const;
  void write_config(const std::string& settings) const;

 private:
  [[noreturn]] void run_child() const;

  std::filesystem::path folder_;
  std::string address_;
  pid_t child_ = -1;
};

}  // namespace noshare::daemon::testing
