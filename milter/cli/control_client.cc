#include "control_client.h"

#include <cerrno>

#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "noshare/base/fd.h"

namespace noshare::cli {

namespace {

// A reload compiles packs before it answers.
constexpr int kAnswerSeconds = 120;

Result<UniqueFd> connect_to(const std::string& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) {
    return fail(ErrorCode::kInvalidInput, "the socket's path is too long: " + path);
  }
  path.copy(address.sun_path, path.size());
  UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!fd) return fail_errno("cannot make a socket");
  const timeval patience{kAnswerSeconds, 0};
  ::setsockopt(fd.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (::connect(fd.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) !=
      0) {
    return fail_errno("cannot reach the filter at " + path +
                      " (is noshare-milter running?)");
  }
  return fd;
}

Result<std::string> read_line(int fd) {
  std::string line;
  char buffer[4096];
  for (;;) {
    const ssize_t count = ::read(fd, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail_errno("no answer from the filter");
    if (count == 0) return line;
    line.append(buffer, static_cast<std::size_t>(count));
    if (line.back() == '\n') return line;
  }
}

}  // namespace

Result<Json> ask_filter(const std::string& socket, const char* command) {
  NOSHARE_TRY(const UniqueFd fd, connect_to(socket));
  NOSHARE_CHECK(write_all(fd.get(), to_line(Json{{"command", command}}) + "\n"));
  NOSHARE_TRY(const std::string line, read_line(fd.get()));
  NOSHARE_TRY(Json answer, parse_json(line));
  if (!answer.is_object()) {
    return fail(ErrorCode::kInvalidInput, "the filter's answer is not understood");
  }
  if (const auto error = answer.find("error");
      error != answer.end() && error->is_string()) {
    return fail(ErrorCode::kUnavailable, error->get<std::string>());
  }
  return answer;
}

}  // namespace noshare::cli
