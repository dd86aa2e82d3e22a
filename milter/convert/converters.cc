// Starting the servers and asking them. See noshare/convert/converters.h.
#include "noshare/convert/converters.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "noshare/base/files.h"
#include "noshare/pool/channel.h"

#include "convert/keeper.h"
#include "convert/packets.h"
#include "convert/waiting.h"

namespace noshare::convert {

namespace {

using extract::ConvertBudget;
using extract::ConverterKind;
using extract::Found;
using extract::FoundKind;
using model::UnreadableReason;

// Beyond its own time a child gets this long to be told dead by its server.
constexpr Milliseconds kGrace{2'000};
constexpr std::size_t kMostItems = 100'000;

std::size_t index_of(ConverterKind kind) { return static_cast<std::size_t>(kind); }

Found unreadable(UnreadableReason reason, std::string detail) {
  Found item;
  item.kind = FoundKind::kUnreadable;
  item.reason = reason;
  item.bytes = std::move(detail);
  return item;
}

Result<UniqueFd> file_of(std::string_view bytes) {
  NOSHARE_TRY(UniqueFd file, create_memory_file("noshare-convert"));
  NOSHARE_CHECK(write_all(file.get(), bytes));
  NOSHARE_CHECK(seal_memory_file(file.get()));
  return file;
}

// What comes back, until the end or a bound.
class Gathering {
 public:
  explicit Gathering(const ConvertBudget& budget) : budget_(budget) {}

  std::vector<Found> take(int socket) {
    const Deadline patience = Deadline::after(budget_.deadline.remaining() + kGrace);
    for (;;) {
      auto packet = receive_waiting(socket, patience);
      if (!packet) {
        fail(packet.error().code == ErrorCode::kTimeout ? UnreadableReason::kTimedOut
                                                        : UnreadableReason::kWorkerDied,
             "the converter ended");
        break;
      }
      if (!add(packet->bytes)) break;
    }
    return std::move(items_);
  }

 private:
  bool add(std::string_view bytes) {
    auto packet = decode_packet(bytes);
    if (!packet) return fail(UnreadableReason::kWorkerDied, "the converter lost its way");
    switch (packet->kind) {
      case PacketKind::kEnd:
        return false;
      case PacketKind::kFailed:
        return fail(packet->item.reason, packet->item.bytes);
      case PacketKind::kPiece:
        bytes_ += packet->piece.size();
        if (bytes_ > budget_.bytes) {
          return fail(UnreadableReason::kTooLarge, "more text than allowed");
        }
        if (!items_.empty()) items_.back().bytes += packet->piece;
        return true;
      case PacketKind::kHead:
        if (items_.size() >= kMostItems) {
          return fail(UnreadableReason::kTooMany, "more texts than allowed");
        }
        items_.push_back(std::move(packet->item));
        return true;
    }
    return false;
  }

  bool fail(UnreadableReason reason, std::string detail) {
    items_.push_back(unreadable(reason, std::move(detail)));
    return false;
  }

  const ConvertBudget& budget_;
  std::vector<Found> items_;
  std::uint64_t bytes_ = 0;
};

}  // namespace

Options installed_converters(const Limits& limits) {
  Options options;
  options.limits = limits;
  constexpr std::array<const char*, extract::kConverterKindCount> kNames = {
      "noshare-convert-pdf", "noshare-convert-office", "noshare-convert-image"};
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (i == index_of(ConverterKind::kImage) && !limits.ocr) continue;
    options.programs[i] = companion_program(kNames[i]);
  }
  return options;
}

Converters::Converters(Options options) : limits_(options.limits), owner_(::getpid()) {
  for (std::size_t i = 0; i < servers_.size(); ++i) {
    if (::access(options.programs[i].c_str(), X_OK) == 0) {
      servers_[i].program = std::move(options.programs[i]);
    }
  }
}

// A server leaves when nobody is left who could ask it.
Converters::~Converters() {
  if (owner_ != ::getpid()) return;
  for (Server& server : servers_) {
    server.requests.reset();
    server.served.reset();
    if (server.pid > 0) ::waitpid(server.pid, nullptr, 0);
  }
}

bool Converters::offers(ConverterKind kind) const {
  return !servers_[index_of(kind)].program.empty();
}

void Converters::start() {
  for (int kind = 0; kind < extract::kConverterKindCount; ++kind) {
    if (offers(static_cast<ConverterKind>(kind))) {
      (void)requests_to(static_cast<ConverterKind>(kind));
    }
  }
}

std::vector<int> Converters::descriptors() const {
  std::vector<int> open;
  for (const Server& server : servers_) {
    if (server.requests) open.push_back(server.requests.get());
  }
  return open;
}

void Converters::child_ended(pid_t child) {
  const std::lock_guard lock(mutex_);
  for (Server& server : servers_) {
    if (server.pid != child || child <= 0) continue;
    server.pid = 0;
    (void)run(server);
  }
}

// Signals are as a program expects them, and only the server's end crosses over.
Result<void> Converters::run(Server& server) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawnattr_init(&attributes);
  sigset_t none;
  sigemptyset(&none);
  ::posix_spawnattr_setsigmask(&attributes, &none);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK);
  ::posix_spawn_file_actions_adddup2(&actions, server.served.get(), kRequestDescriptor);
  std::string name = server.program.filename().string();
  std::string role = kServeOption;
  std::array<char*, 3> words{name.data(), role.data(), nullptr};
  // Libraries that would start threads are told not to.
  std::string threads = "OMP_THREAD_LIMIT=1";
  std::array<char*, 2> environment{threads.data(), nullptr};
  const int error = ::posix_spawn(&server.pid, server.program.c_str(), &actions,
                                  &attributes, words.data(), environment.data());
  ::posix_spawnattr_destroy(&attributes);
  ::posix_spawn_file_actions_destroy(&actions);
  if (error == 0) return {};
  server.pid = 0;
  return fail(ErrorCode::kIo,
              "cannot start " + server.program.string() + ": " + std::strerror(error));
}

// In the owner: also sees to it that the server runs. The end of one that died between
// two requests is noticed here.
Result<int> Converters::requests_to(ConverterKind kind) {
  const std::lock_guard lock(mutex_);
  Server& server = servers_[index_of(kind)];
  if (owner_ == ::getpid()) {
    if (!server.requests) {
      NOSHARE_TRY(pool::SocketPair pair, pool::create_socket_pair(SOCK_SEQPACKET));
      server.requests = std::move(pair.ours);
      server.served = std::move(pair.theirs);
    }
    if (server.pid > 0 && ::waitpid(server.pid, nullptr, WNOHANG) != 0) server.pid = 0;
    if (server.pid == 0) NOSHARE_CHECK(run(server));
  }
  if (!server.requests) return fail(ErrorCode::kUnavailable, "no converter was started");
  return server.requests.get();
}

// Our end of a socket on which the answer comes.
Result<UniqueFd> Converters::ask(ConverterKind kind, std::string_view bytes,
                                 const ConvertBudget& budget) {
  NOSHARE_TRY(const int requests, requests_to(kind));
  NOSHARE_TRY(const UniqueFd file, file_of(bytes));
  NOSHARE_TRY(pool::SocketPair answer, pool::create_socket_pair(SOCK_SEQPACKET));
  Request request;
  request.time_ms = static_cast<std::uint32_t>(budget.deadline.remaining().count());
  request.memory = limits_.converter_memory;
  request.pictures = budget.pictures;
  NOSHARE_CHECK(
      send_waiting(requests, encode(request), answer.theirs.get(), budget.deadline));
  NOSHARE_CHECK(send_waiting(answer.ours.get(), "f", file.get(), budget.deadline));
  return std::move(answer.ours);
}

std::vector<Found> Converters::convert(ConverterKind kind, std::string_view bytes,
                                       const ConvertBudget& given) {
  if (!offers(kind)) return {};
  ConvertBudget budget = given;
  budget.deadline =
      Deadline::after(std::min(given.deadline.remaining(), limits_.converter_time));
  auto answer = ask(kind, bytes, budget);
  if (!answer) {
    const bool late = answer.error().code == ErrorCode::kTimeout;
    return {unreadable(late ? UnreadableReason::kTimedOut : UnreadableReason::kWorkerDied,
                       answer.error().message)};
  }
  return Gathering(budget).take(answer->get());
}

}  // namespace noshare::convert
