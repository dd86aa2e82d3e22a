#include "milter_client.h"

#include <cstring>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>

namespace noshare::daemon::testing {

namespace {

std::string big_endian(std::uint32_t value) {
  const std::uint32_t ordered = htonl(value);
  return {reinterpret_cast<const char*>(&ordered), sizeof ordered};
}

std::uint32_t number(std::string_view bytes) {
  std::uint32_t value = 0;
  std::memcpy(&value, bytes.data(), sizeof value);
  return ntohl(value);
}

// The protocol flag that says a step has no answer (SMFIP_NR_*).
std::uint32_t quiet_flag(char command) {
  switch (command) {
    case 'C':
      return 0x1000;
    case 'H':
      return 0x2000;
    case 'M':
      return 0x4000;
    case 'R':
      return 0x8000;
    case 'L':
      return 0x80;
    case 'B':
      return 0x80000;
    default:
      return 0;
  }
}

bool receive_exactly(int fd, char* to, std::size_t size,
                     std::chrono::steady_clock::time_point until) {
  while (size > 0) {
    const auto left = std::chrono::ceil<std::chrono::milliseconds>(
        until - std::chrono::steady_clock::now());
    pollfd event{fd, POLLIN, 0};
    if (left.count() <= 0 || ::poll(&event, 1, static_cast<int>(left.count())) <= 0)
      return false;
    const ssize_t count = ::recv(fd, to, size, 0);
    if (count <= 0) return false;
    to += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

}  // namespace

UniqueFd connect_to(const std::string& address) {
  if (address.starts_with("unix:")) {
    sockaddr_un name{};
    name.sun_family = AF_UNIX;
    std::strncpy(name.sun_path, address.c_str() + 5, sizeof name.sun_path - 1);
    UniqueFd fd(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    const auto* to = reinterpret_cast<const sockaddr*>(&name);
    return ::connect(fd.get(), to, sizeof name) == 0 ? std::move(fd) : UniqueFd();
  }
  sockaddr_in name{};
  name.sin_family = AF_INET;
  name.sin_port = htons(static_cast<std::uint16_t>(std::stoi(address.substr(5))));
  name.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  UniqueFd fd(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int yes = 1;
  ::setsockopt(fd.get(), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  const auto* to = reinterpret_cast<const sockaddr*>(&name);
  return ::connect(fd.get(), to, sizeof name) == 0 ? std::move(fd) : UniqueFd();
}

MilterClient::MilterClient(const std::string& address, std::uint32_t protocol)
    : fd_(connect_to(address)) {
  open_ = static_cast<bool>(fd_);
  if (!open_ || protocol == 0) return;
  const bool old = protocol == kOldProtocol;
  send('O', big_endian(old ? 2 : 6) + big_endian(0x1FF) + big_endian(protocol));
  const Answer answer = receive();
  open_ = answer.command == 'O' && answer.data.size() >= 12;
  if (!open_) return;
  actions_ = number(std::string_view(answer.data).substr(4));
  protocol_ = number(std::string_view(answer.data).substr(8));
}

void MilterClient::send_raw(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::send(fd_.get(), bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void MilterClient::send(char command, std::string_view data) {
  std::string frame = big_endian(static_cast<std::uint32_t>(data.size() + 1));
  frame += command;
  frame += data;
  send_raw(frame);
}

void MilterClient::macro(char command, const std::vector<std::string>& names_and_values) {
  std::string data(1, command);
  for (const std::string& text : names_and_values) data += text + '\0';
  send('D', data);
}

Answer MilterClient::receive(std::chrono::milliseconds most) {
  const auto until = std::chrono::steady_clock::now() + most;
  std::string head(4, '\0');
  if (!receive_exactly(fd_.get(), head.data(), head.size(), until)) return {};
  std::string frame(number(head), '\0');
  if (frame.empty() || !receive_exactly(fd_.get(), frame.data(), frame.size(), until))
    return {};
  return {frame[0], frame.substr(1)};
}

bool MilterClient::is_quiet(char command) const {
  return (protocol_ & quiet_flag(command)) != 0;
}

Answer MilterClient::step(char command, std::string_view data) {
  send(command, data);
  return is_quiet(command) ? Answer{'c', {}} : receive();
}

void MilterClient::connect_and_greet() {
  using std::string_literals::operator""s;
  step('C', "localhost\0004\0\0"s + "127.0.0.1\0"s);
  step('H', "localhost\0"s);
}

void MilterClient::mail(std::string_view sender,
                        const std::vector<std::string>& recipients) {
  step('M', std::string(sender) + '\0');
  for (const std::string& recipient : recipients) step('R', recipient + '\0');
}

void MilterClient::header(std::string_view name, std::string_view value) {
  step('L', std::string(name) + '\0' + std::string(value) + '\0');
}

std::vector<Answer> MilterClient::end() {
  send('E');
  return final_frames();
}

char MilterClient::end_answer() { return final_frames().back().command; }

std::vector<Answer> MilterClient::final_frames() {
  std::vector<Answer> answers;
  for (;;) {
    Answer answer = receive();
    if (answer.command == 'p') continue;
    answers.push_back(answer);
    if (std::strchr("acrtdy", answer.command) != nullptr)
      return answers;  // 0 is found, too
  }
}

std::vector<Answer> MilterClient::message(std::string_view text,
                                          const std::vector<std::string>& recipients) {
  mail("<anna@example.com>", recipients);
  header("Subject", " a test");
  body(text);
  return end();
}

}  // namespace noshare::daemon::testing
