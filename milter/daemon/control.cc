#include "daemon/control.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <exception>

#include <fcntl.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

constexpr int kSilenceMs = 5000;
constexpr std::size_t kMostLineBytes = 4096;

Json refusal(const std::string& why) { return {{"ok", false}, {"error", why}}; }

Result<UniqueFd> listen_on(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return fail(ErrorCode::kInvalidInput,
                "control: '" + path + "' is longer than 107 bytes");
  }
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return fail_errno("control: cannot create a socket");
  // The milter socket is ours already, so whoever left this one behind is gone.
  struct stat info {};
  if (::lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode)) ::unlink(path.c_str());
  const mode_t before = ::umask(0177);
  const int bound =
      ::bind(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address);
  const int error = errno;
  ::umask(before);
  errno = error;
  if (bound != 0 || ::listen(fd.get(), 16) != 0) {
    return fail_errno("control: cannot listen on " + path);
  }
  return fd;
}

}  // namespace

Result<std::unique_ptr<Control>> Control::open(const std::filesystem::path& path,
                                               Handler handler) {
  NOSHARE_TRY(UniqueFd listener, listen_on(path));
  UniqueFd stop(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!stop) return fail_errno("control: cannot create an eventfd");
  return std::unique_ptr<Control>(
      new Control(path, std::move(listener), std::move(stop), std::move(handler)));
}

Control::Control(std::filesystem::path path, UniqueFd listener, UniqueFd stop,
                 Handler handler)
    : path_(std::move(path)),
      listener_(std::move(listener)),
      stop_(std::move(stop)),
      handler_(std::move(handler)) {
  thread_ = quiet_thread([this] { run(); });
}

Control::~Control() {
  const std::uint64_t one = 1;
  [[maybe_unused]] const ssize_t written = ::write(stop_.get(), &one, sizeof one);
  thread_.join();
  ::unlink(path_.c_str());
}

bool Control::wait_for(int fd, int timeout_ms) const {
  std::array<pollfd, 2> events{{{fd, POLLIN, 0}, {stop_.get(), POLLIN, 0}}};
  int ready = 0;
  do {
    ready = ::poll(events.data(), events.size(), timeout_ms);
  } while (ready < 0 && errno == EINTR);
  return ready > 0 && events[1].revents == 0;
}

void Control::run() {
  while (wait_for(listener_.get(), -1)) {
    const UniqueFd client(::accept4(listener_.get(), nullptr, nullptr, SOCK_CLOEXEC));
    if (client) serve(client.get());
  }
}

void Control::serve(int client) {
  // A client that does not read its answer must not keep the others waiting.
  const timeval limit{kSilenceMs / 1000, 0};
  ::setsockopt(client, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  std::string line;
  std::array<char, 1024> buffer{};
  while (wait_for(client, kSilenceMs)) {
    const ssize_t size = ::recv(client, buffer.data(), buffer.size(), 0);
    if (size <= 0) return;
    line.append(buffer.data(), static_cast<std::size_t>(size));
    for (std::size_t end = line.find('\n'); end != std::string::npos;
         end = line.find('\n')) {
      const std::string reply = answer(line.substr(0, end)) + "\n";
      line.erase(0, end + 1);
      const auto sent = ::send(client, reply.data(), reply.size(), MSG_NOSIGNAL);
      if (sent != static_cast<ssize_t>(reply.size())) return;
    }
    if (line.size() > kMostLineBytes) return;
  }
}

std::string Control::answer(const std::string& line) const {
  try {
    const Result<Json> request = parse_json(line);
    if (!request) return to_line(refusal(request.error().message));
    const auto command = request->is_object() ? request->find("command") : request->end();
    if (command == request->end() || !command->is_string()) {
      return to_line(refusal("expected an object with a \"command\""));
    }
    return to_line(handler_(command->get<std::string>()));
  } catch (const std::exception& error) {
    return to_line(refusal(error.what()));
  }
}

}  // namespace noshare::daemon
