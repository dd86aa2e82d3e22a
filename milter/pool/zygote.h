// Zygote: a noshare-worker process that holds config and patterns and forks workers.
//
// In:  the worker program, the config's text, the fingerprint key     Out: control
// messages Starting is safe while threads run (posix_spawn). The key travels over the
// control channel, never by argument or environment. The zygote ends when the channel is
// closed.
#pragma once

#include <cstdint>
#include <string>

#include <sys/types.h>

#include "noshare/base/fd.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/result.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"
#include "noshare/pool/pool.h"

namespace noshare::pool {

class Zygote {
 public:
  // Errors: kIo when the program cannot be started.
  static Result<Zygote> spawn(const Options& options, const std::string& config_text,
                              const FingerprintKey& key);
  Zygote(Zygote&&) noexcept = default;
  Zygote& operator=(Zygote&&) = delete;
  ~Zygote();  // kills it if it still runs, and waits for its end

  // Asks for a worker that serves `socket`. kForked or kExited will name the same number.
  Result<void> fork_worker(std::uint64_t number, const UniqueFd& socket);

  struct Received {
    ControlMessage message;
    UniqueFd process;  // with kForked: the worker's process descriptor (pidfd_open(2))
  };
  // Does not wait: kTimeout when nothing is there.
  Result<Received> receive();

  // Closes our direction: it ends once it has read everything, and its workers with it.
  void finish();
  void kill();
  // True once the process has ended; then it has also been waited for.
  bool has_ended();

  int control() const { return control_.get(); }
  int process() const { return process_.get(); }  // readable when the process has ended

 private:
  Zygote(UniqueFd control, UniqueFd process, pid_t pid);
  UniqueFd control_;
  UniqueFd process_;
  pid_t pid_ = 0;  // 0 after it was waited for
};

// pidfd_open(2) and pidfd_send_signal(2): a process that cannot be mistaken for another.
Result<UniqueFd> open_process(pid_t pid);
void kill_process(const UniqueFd& process);

}  // namespace noshare::pool
