// RunningDaemon: the real daemon with a real libmilter, a fake pool and a fake store, in
// a process of its own, since libmilter can run only once in a process.
#pragma once

#include <filesystem>
#include <string>

#include <sys/types.h>

namespace noshare::daemon::testing {

class RunningDaemon {
 public:
  struct Options {
    bool inet = false;
    // On one processor and without preemption by a thread that wakes: events that come
    // together are then handed out before any thread has taken one.
    bool one_processor = false;
  };

  // `settings` is YAML that follows the sockets and the organisation.
  explicit RunningDaemon(const std::string& settings = {});
  RunningDaemon(const std::string& settings, Options options);
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
  Options options_;
  pid_t child_ = -1;
};

}  // namespace noshare::daemon::testing
