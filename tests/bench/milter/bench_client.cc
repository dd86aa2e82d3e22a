// BenchClient: see bench_client.h.
#include "bench_client.h"

#include <chrono>
#include <cstring>
#include <stdexcept>

#include <arpa/inet.h>
#include <libmilter/mfapi.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

namespace noshare::bench {

namespace {

constexpr std::size_t kChunk = 65'535;  // MILTER_CHUNK_SIZE
constexpr std::size_t kFlushAt = 2 * kChunk;
constexpr std::uint32_t kAllActions = 0x1FF;    // SMFI_V6_ACTS
constexpr std::uint32_t kAllSteps = 0x1F'FFFF;  // SMFI_V6_PROT

[[noreturn]] void fail(const std::string& what) {
  throw std::runtime_error(what + ": " + std::strerror(errno));
}

int connect_unix(const std::string& path) {
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.size() >= sizeof address.sun_path) fail("path too long: " + path);
  path.copy(address.sun_path, path.size());
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("connect " + path);
  }
  return fd;
}

int connect_inet(const std::string& host, const std::string& port) {
  const int fd = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(std::stoul(port)));
  if (::inet_pton(AF_INET, host.c_str(), &address.sin_addr) != 1) fail("address " + host);
  if (::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    fail("connect " + host);
  }
  const int on = 1;
  ::setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

void append_word(std::string& to, std::uint32_t word) {
  const std::uint32_t network = htonl(word);
  char bytes[sizeof network];
  std::memcpy(bytes, &network, sizeof network);
  to.append(bytes, sizeof bytes);
}

std::uint32_t word_at(const char* from) {
  std::uint32_t network = 0;
  std::memcpy(&network, from, sizeof network);
  return ntohl(network);
}

std::string strings(std::initializer_list<std::string_view> values) {
  std::string joined;
  for (const auto value : values) joined.append(value).push_back('\0');
  return joined;
}

}  // namespace

Message make_message(std::size_t bytes) {
  constexpr std::string_view kSentences[] = {
      "The agenda for the meeting is ready and everybody has read the draft.\r\n",
      "Please look at the plan for spring before we talk about the pictures.\r\n",
      "Some parts need another look, since the summary is longer than we thought.\r\n",
      "We leave on time; the rooms are booked and the weather looks kind.\r\n"};
  Message message;
  message.headers = {{"From", "Alice Example <alice@example.com>"},
                     {"To", "Bob <bob@else.test>"},
                     {"Subject", "Notes from the meeting"},
                     {"Date", "Tue, 03 Feb 2026 09:00:00 +0000"},
                     {"Message-ID", "<bench@example.com>"},
                     {"MIME-Version", "1.0"},
                     {"Content-Type", "text/plain; charset=utf-8"}};
  for (std::size_t n = 0; message.body.size() < bytes; ++n) {
    message.body += kSentences[(n * n + n / 3) % std::size(kSentences)];
  }
  return message;
}

BenchClient::BenchClient(const std::string& address) {
  if (address.starts_with("unix:")) {
    socket_ = connect_unix(address.substr(5));
  } else {
    const auto colon = address.rfind(':');
    socket_ = connect_inet(address.substr(5, colon - 5), address.substr(colon + 1));
  }
  negotiate();
  step('C', strings({"client.example.com"}) + "4\x9c\x40" + strings({"127.0.0.1"}),
       SMFIP_NOCONNECT, SMFIP_NR_CONN);
  step('H', strings({"client.example.com"}), SMFIP_NOHELO, SMFIP_NR_HELO);
}

BenchClient::~BenchClient() { ::close(socket_); }

double BenchClient::send(const Message& message) {
  frame('D', std::string("M") + strings({"i", "4BENCH0"}));
  step('M', strings({"<alice@example.com>"}), SMFIP_NOMAIL, SMFIP_NR_MAIL);
  step('R', strings({"<bob@else.test>"}), SMFIP_NORCPT, SMFIP_NR_RCPT);
  step('T', "", SMFIP_NODATA, SMFIP_NR_DATA);
  const char* space = (protocol_ & SMFIP_HDR_LEADSPC) != 0 ? " " : "";
  for (const auto& [name, value] : message.headers) {
    step('L', strings({name, space + value}), SMFIP_NOHDRS, SMFIP_NR_HDR);
  }
  step('N', "", SMFIP_NOEOH, SMFIP_NR_EOH);
  for (std::size_t at = 0; at < message.body.size(); at += kChunk) {
    step('B', std::string_view(message.body).substr(at, kChunk), SMFIP_NOBODY,
         SMFIP_NR_BODY);
  }
  flush();
  const auto start = std::chrono::steady_clock::now();
  frame('E', "");
  flush();
  const char answer = await_final();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  if (answer != 'a' && answer != 'c') ++not_accepted_;
  return took.count();
}

void BenchClient::negotiate() {
  std::string offer;
  for (const std::uint32_t word : {6U, kAllActions, kAllSteps}) append_word(offer, word);
  frame('O', offer);
  flush();
  char answer[4 + 1 + 12];
  read_exactly(answer, sizeof answer);
  if (answer[4] != 'O') throw std::runtime_error("the filter refused to negotiate");
  protocol_ = word_at(answer + 13);
  std::string rest(word_at(answer) - 13, '\0');
  read_exactly(rest.data(), rest.size());
}

void BenchClient::step(char command, std::string_view data, std::uint32_t unwanted,
                       std::uint32_t unanswered) {
  if ((protocol_ & unwanted) != 0) return;
  frame(command, data);
  if ((protocol_ & unanswered) != 0) return;
  flush();
  if (const char answer = await_final(); answer != 'c') {
    throw std::runtime_error(std::string("step ") + command + " answered with " + answer);
  }
}

void BenchClient::frame(char command, std::string_view data) {
  append_word(out_, static_cast<std::uint32_t>(data.size() + 1));
  out_.push_back(command);
  out_.append(data);
  if (out_.size() >= kFlushAt) flush();
}

void BenchClient::flush() {
  std::string_view left = out_;
  while (!left.empty()) {
    const auto sent = ::send(socket_, left.data(), left.size(), MSG_NOSIGNAL);
    if (sent < 0) fail("send");
    left.remove_prefix(static_cast<std::size_t>(sent));
  }
  out_.clear();
}

// The first answer that ends a step; progress and changes before it are read over.
char BenchClient::await_final() {
  std::string data;
  while (true) {
    char head[5];
    read_exactly(head, sizeof head);
    data.resize(word_at(head) - 1);
    read_exactly(data.data(), data.size());
    if (std::string_view("acdrty4s").find(head[4]) != std::string_view::npos)
      return head[4];
  }
}

void BenchClient::read_exactly(char* to, std::size_t count) {
  while (count > 0) {
    const auto got = ::recv(socket_, to, count, 0);
    if (got <= 0) fail("the filter closed the connection");
    to += got;
    count -= static_cast<std::size_t>(got);
  }
}

}  // namespace noshare::bench
