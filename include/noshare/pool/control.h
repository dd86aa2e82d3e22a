// The conversation between the pool and a zygote, one packet per sentence.
//
// In:  descriptor 3 of noshare-worker, a SOCK_SEQPACKET socket     Out: ControlMessage
// values
//   pool > kStart (key, config text as memory file)     zygote > kReady or kFailed
//   pool > kFork (a worker's socket)                    zygote > kForked (a process
//   descriptor)
//                                                       zygote > kExited, whenever one
//                                                       ends
// Either side leaves by closing its end. Only the zygote speaks here, never a worker.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "noshare/base/result.h"

namespace noshare::pool {

inline constexpr int kControlDescriptor = 3;

// Part of kStart and kReady: a daemon may outlive the upgrade of the worker's program
// file.
inline constexpr std::uint32_t kProtocolVersion = 1;

// How a worker process ends by its own decision.
enum WorkerExit : int {
  kExitDone = 0,           // its socket was closed
  kExitOutOfMemory = 101,  // reached its memory bound
  kExitNoSandbox = 102,    // could not give up its rights, so it served nothing
  kExitBadRequest = 103,   // the pool's request could not be understood
  kExitException = 104,    // a scan let an exception out: a fault of ours
};

enum class ControlKind : std::uint8_t {
  kStart = 1,
  kReady,
  kFailed,
  kFork,
  kForked,
  kExited,
};

struct ControlMessage {
  ControlKind kind = ControlKind::kStart;
  std::uint32_t version = kProtocolVersion;
  std::uint64_t worker = 0;      // the worker's number, for kFork, kForked and kExited
  std::int32_t pid = 0;          // kForked; 0 when fork(2) failed
  std::int32_t wait_status = 0;  // kExited, as of wait(2)
  std::uint64_t memory_kib =
      0;  // kExited: the most it used beyond what it was forked with
  std::uint64_t memory_bound_kib = 0;  // kReady: how much each worker may use
  std::string text;                    // kStart: the key; kFailed: the reason
  std::string snapshot;                // kReady
  std::string pack_version;            // kReady
  std::string sandbox;  // kReady: what the kernel offers, "seccomp, landlock 4"
};

std::string encode(const ControlMessage& message);
// Errors: kCorrupt unless `bytes` are what encode() makes.
Result<ControlMessage> decode_control_message(std::string_view bytes);

// Requests and reports travel behind the number of the request, which the answer repeats.
std::string numbered(std::uint64_t id, std::string_view payload);
struct Numbered {
  std::uint64_t id = 0;
  std::string_view payload;
};
Result<Numbered> split_number(std::string_view frame);

}  // namespace noshare::pool
