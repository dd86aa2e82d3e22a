#include "daemon/listener.h"

#include <cerrno>
#include <cstring>
#include <filesystem>

#include <fcntl.h>
#include <grp.h>
#include <libmilter/mfapi.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

namespace noshare::daemon {

namespace {

constexpr int kBacklog = 1024;

// True if somebody accepts connections at `path`.
bool is_served(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  const UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0));
  const auto* name = reinterpret_cast<const sockaddr*>(&address);
  // EAGAIN: the queue of a living listener is full.
  return ::connect(fd.get(), name, sizeof address) == 0 || errno == EAGAIN;
}

Result<void> clear_unix_path(const std::string& path) {
  if (path.size() >= sizeof(sockaddr_un{}.sun_path)) {
    return fail(ErrorCode::kInvalidInput,
                "milter.socket: '" + path + "' is longer than 107 bytes");
  }
  struct stat info {};
  if (::lstat(path.c_str(), &info) != 0) {
    if (errno == ENOENT) return {};
    return fail_errno("milter.socket: cannot look at " + path);
  }
  if (!S_ISSOCK(info.st_mode)) {
    return fail(ErrorCode::kInvalidInput,
                "milter.socket: " + path + " exists and is no socket");
  }
  if (is_served(path)) {
    return fail(ErrorCode::kUnavailable, "milter.socket: another process serves " + path);
  }
  if (::unlink(path.c_str()) != 0)
    return fail_errno("milter.socket: cannot remove " + path);
  return {};
}

Result<void> hand_to_group(const config::MilterSettings& settings) {
  const std::string& path = settings.socket.path;
  if (!settings.socket_group.empty()) {
    const group* entry = ::getgrnam(settings.socket_group.c_str());
    if (entry == nullptr) {
      return fail(ErrorCode::kInvalidInput, "milter.socket_group: there is no group '" +
                                                settings.socket_group + "'");
    }
    if (::chown(path.c_str(), static_cast<uid_t>(-1), entry->gr_gid) != 0) {
      return fail_errno("milter.socket_group: cannot hand " + path + " to group '" +
                        settings.socket_group + "'");
    }
  }
  if (::chmod(path.c_str(), settings.socket_mode) != 0) {
    return fail_errno("milter.socket_mode: cannot set the mode of " + path);
  }
  return {};
}

bool is_ours(const SocketName& name, const config::SocketAddress& wanted) {
  if (wanted.is_unix) {
    if (name.address.ss_family != AF_UNIX) return false;
    return wanted.path == reinterpret_cast<const sockaddr_un&>(name.address).sun_path;
  }
  if (name.address.ss_family == AF_INET) {
    return ntohs(reinterpret_cast<const sockaddr_in&>(name.address).sin_port) ==
           wanted.port;
  }
  if (name.address.ss_family == AF_INET6) {
    return ntohs(reinterpret_cast<const sockaddr_in6&>(name.address).sin6_port) ==
           wanted.port;
  }
  return false;
}

// A socket that listens on every address is reached on the loopback.
void make_reachable(SocketName& name) {
  if (name.address.ss_family == AF_INET) {
    auto& inet = reinterpret_cast<sockaddr_in&>(name.address);
    if (inet.sin_addr.s_addr == htonl(INADDR_ANY))
      inet.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  } else if (name.address.ss_family == AF_INET6) {
    auto& inet6 = reinterpret_cast<sockaddr_in6&>(name.address);
    if (IN6_IS_ADDR_UNSPECIFIED(&inet6.sin6_addr)) inet6.sin6_addr = in6addr_loopback;
  }
}

}  // namespace

Result<Listening> find_listener(const config::SocketAddress& wanted) {
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd", error)) {
    const int fd = std::atoi(entry.path().filename().c_str());
    int listens = 0;
    socklen_t size = sizeof listens;
    if (::getsockopt(fd, SOL_SOCKET, SO_ACCEPTCONN, &listens, &size) != 0 || listens == 0)
      continue;
    Listening found{fd, {}};
    found.name.length = sizeof found.name.address;
    auto* address = reinterpret_cast<sockaddr*>(&found.name.address);
    if (::getsockname(fd, address, &found.name.length) != 0) continue;
    if (!is_ours(found.name, wanted)) continue;
    make_reachable(found.name);
    return found;
  }
  return fail(ErrorCode::kInternal,
              "a socket that was opened is not among the open descriptors");
}

Result<Listening> open_listener(const config::MilterSettings& settings) {
  const config::SocketAddress& socket = settings.socket;
  if (socket.is_unix) NOSHARE_CHECK(clear_unix_path(socket.path));
  std::string form = socket.libmilter_form();
  const mode_t before = ::umask(0177);  // nobody else until mode and group are set
  const bool opened = smfi_setbacklog(kBacklog) == MI_SUCCESS &&
                      smfi_setconn(form.data()) == MI_SUCCESS &&
                      smfi_opensocket(false) == MI_SUCCESS;
  const int error = errno;
  ::umask(before);
  if (!opened) {
    return fail(ErrorCode::kIo,
                "milter.socket: cannot listen on " + form + ": " + std::strerror(error));
  }
  if (socket.is_unix) NOSHARE_CHECK(hand_to_group(settings));
  NOSHARE_TRY(Listening listening, find_listener(socket));
  if (!socket.is_unix) {
    const int yes = 1;
    if (::setsockopt(listening.fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0) {
      return fail_errno("milter.socket: cannot set TCP_NODELAY");
    }
  }
  ::fcntl(listening.fd, F_SETFD, FD_CLOEXEC);
  return listening;
}

void remove_listener(const config::MilterSettings& settings) noexcept {
  if (settings.socket.is_unix) ::unlink(settings.socket.path.c_str());
}

}  // namespace noshare::daemon
