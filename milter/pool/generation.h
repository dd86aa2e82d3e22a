// Generation: one zygote with the workers it forked, all of one configuration.
//
// Plain data, guarded by the mutex of Crew. While a worker is busy, its socket belongs to
// the thread that feeds it. A generation is retired when a newer one takes over: its idle
// workers leave at once, the busy ones after their message, and then its zygote.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <string>
#include <utility>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"

#include "pool/zygote.h"

namespace noshare::pool {

struct Generation;

struct Worker {
  std::uint64_t number = 0;
  UniqueFd socket;   // ours; closed to send the worker home
  UniqueFd process;  // to kill exactly this process
  int pid = 0;
  std::shared_ptr<Generation> generation;
  bool busy = false;
  bool dismissed = false;        // by us; its end is then no death
  bool ended = false;            // the zygote told so, or has ended itself
  int wait_status = -1;          // valid when ended; -1: the zygote could not tell
  std::uint64_t memory_kib = 0;  // the most it used beyond the shared pages, when ended
  std::uint64_t private_kib_at_birth = 0;
  std::uint32_t served = 0;
};

struct Generation {
  enum class State { kLoading, kReady, kFailed };

  Generation(Zygote process, std::string text)
      : zygote(std::move(process)), config_text(std::move(text)) {}

  Zygote zygote;
  std::string config_text;  // for a replacement that reads the very same configuration
  State state = State::kLoading;
  Deadline loading_until = Deadline::never();
  bool retired = false;
  bool channel_closed = false;  // by the zygote, which is then about to end
  bool ended = false;
  std::string failure;   // when kFailed
  std::string snapshot;  // from kReady on
  std::string pack_version;
  std::string sandbox;
  std::uint64_t memory_bound_kib = 0;
  std::map<std::uint64_t, std::shared_ptr<Worker>> workers;  // asked for and not ended
  std::deque<std::shared_ptr<Worker>> idle;
  // Crash-loop protection: workers that did not get into their sandbox, in a row.
  std::uint32_t failed_births = 0;
  SteadyClock::time_point next_birth{};

  std::size_t in_service() const {
    std::size_t count = 0;
    for (const auto& [number, worker] : workers) {
      if (!worker->dismissed) ++count;
    }
    return count;
  }
};

}  // namespace noshare::pool
