#include "attempts.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <cstring>
#include <functional>
#include <map>
#include <memory>
#include <vector>

#include <fcntl.h>
#include <netinet/in.h>
#include <pthread.h>
#include <sys/mman.h>
#include <sys/ptrace.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace noshare::fault {

namespace {

// Each returns what the system call returned, below zero with errno when it was refused.
long open_file() { return ::open("/etc/passwd", O_RDONLY | O_CLOEXEC); }
long create_file() {
  return ::open("/tmp/noshare-escape", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
}
long stat_file() {
  struct stat facts {};
  return ::stat("/etc/passwd", &facts);
}
long open_socket() { return ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0); }
long open_socket_pair() {
  std::array<int, 2> ends{};
  return ::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data());
}
long create_memory_file() { return ::memfd_create("escape", MFD_CLOEXEC); }
long connect_socket() {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(25);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return ::connect(3, reinterpret_cast<const sockaddr*>(&address), sizeof address);
}
long fork_process() {
  const pid_t pid = ::fork();
  if (pid == 0) ::_exit(0);
  return pid;
}
void* idle_thread(void* /*argument*/) { return nullptr; }
long start_thread() {
  pthread_t thread{};
  errno = ::pthread_create(&thread, nullptr, idle_thread, nullptr);
  return errno == 0 ? 0 : -1;
}
long start_program() {
  const std::array<const char*, 2> words{"/bin/true", nullptr};
  return ::syscall(SYS_execve, words[0], words.data(), nullptr);
}
long trace_process() { return ::ptrace(PTRACE_ATTACH, ::getppid(), nullptr, nullptr); }
long kill_parent() { return ::syscall(SYS_kill, 1, 0); }
long map_code() {
  void* place = ::mmap(nullptr, 4096, PROT_READ | PROT_WRITE | PROT_EXEC,
                       MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  return place == MAP_FAILED ? -1 : 0;
}
// More than the service socket, the message and /dev/null thrice: one too many.
long find_descriptor() {
  for (int descriptor = 5; descriptor < 1024; ++descriptor) {
    if (::fcntl(descriptor, F_GETFD) >= 0) return descriptor;
  }
  errno = EBADF;
  return -1;
}
// The message is the first descriptor after the socket.
long write_message() { return ::pwrite(4, "x", 1, 0); }
long raise_limit() {
  const rlimit most{RLIM_INFINITY, RLIM_INFINITY};
  return ::setrlimit(RLIMIT_AS, &most);
}

}  // namespace

void hang() {
  volatile std::uint64_t turns = 0;
  for (;;) turns = turns + 1;
}

void crash() {
  // By hand, not by a null pointer: sanitizers would turn that into an orderly exit.
  std::signal(SIGSEGV, SIG_DFL);
  std::raise(SIGSEGV);
  ::_exit(1);
}

void eat_memory() {
  constexpr std::size_t kBite = 4 << 20;
  std::vector<std::unique_ptr<char[]>> eaten;
  for (;;) {
    eaten.emplace_back(new char[kBite]);
    std::memset(eaten.back().get(), 0x5A, kBite);
  }
}

std::string attempt(const std::string& name) {
  static const std::map<std::string, std::function<long()>> kAttempts{
      {"open", open_file},
      {"create", create_file},
      {"stat", stat_file},
      {"socket", open_socket},
      {"socketpair", open_socket_pair},
      {"memory-file", create_memory_file},
      {"connect", connect_socket},
      {"fork", fork_process},
      {"thread", start_thread},
      {"exec", start_program},
      {"ptrace", trace_process},
      {"kill", kill_parent},
      {"map-code", map_code},
      {"descriptors", find_descriptor},
      {"write-message", write_message},
      {"setrlimit", raise_limit}};
  const auto place = kAttempts.find(name);
  if (place == kAttempts.end()) return name + ": unknown attempt";
  if (place->second() >= 0) return name + ": done";
  const char* reason = ::strerrorname_np(errno);
  return name + ": " + (reason != nullptr ? reason : "refused");
}

}  // namespace noshare::fault
