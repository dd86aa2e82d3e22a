// The receivers: a file, a syslog server, a webhook.
#include <array>
#include <cerrno>
#include <cstring>
#include <memory>
#include <mutex>

#include <curl/curl.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/files.h"
#include "noshare/base/text.h"
#include "noshare/outbox/feed.h"

namespace noshare::outbox {

namespace {

constexpr Milliseconds kPatience{10'000};
constexpr std::uint64_t kMostTokenBytes = 4096;

tl::unexpected<Error> system_failure(const std::string& what) {
  return fail(ErrorCode::kIo, what + ": " + std::strerror(errno));
}

std::string line_of(const config::FeedSettings& feed, const Json& event) {
  return feed.cef ? to_cef(event) : to_line(event);
}

Result<void> append_to_file(const config::FeedSettings& feed,
                            const std::vector<Json>& events) {
  // Opened each time: it may have been rotated.
  const UniqueFd file(
      ::open(feed.file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0640));
  if (!file) return system_failure(feed.file.string());
  std::string lines;
  for (const Json& one : events) lines += line_of(feed, one) + "\n";
  NOSHARE_CHECK(write_all(file.get(), lines));
  if (::fdatasync(file.get()) != 0) return system_failure(feed.file.string());
  return {};
}

// RFC 5424. Facility 13 is "log audit".
std::string syslog_message(const config::FeedSettings& feed, const Json& event) {
  constexpr int kFacility = 13;
  constexpr int kWarning = 4;
  constexpr int kNotice = 5;
  constexpr int kGrave = 6;
  const int severity = event.value("severity", 0) >= kGrave ? kWarning : kNotice;
  std::array<char, 256> host{};
  if (::gethostname(host.data(), host.size() - 1) != 0 || host[0] == '\0') host = {"-"};
  return "<" + std::to_string(kFacility * 8 + severity) + ">1 " +
         event.value("time", std::string("-")) + " " + host.data() + " noshare - " +
         event.value("event", std::string("-")) + " - " + line_of(feed, event);
}

Result<UniqueFd> connect_unix(const std::string& path) {
  UniqueFd socket(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  sockaddr_un name{};
  name.sun_family = AF_UNIX;
  if (!socket || path.size() >= sizeof name.sun_path) return system_failure(path);
  path.copy(name.sun_path, path.size());
  if (::connect(socket.get(), reinterpret_cast<const sockaddr*>(&name), sizeof name) !=
      0) {
    return system_failure(path);
  }
  return socket;
}

Result<UniqueFd> connect_inet(const std::string& host, const std::string& port,
                              int type) {
  addrinfo hints{};
  hints.ai_socktype = type;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), port.c_str(), &hints, &found) != 0) {
    return fail(ErrorCode::kUnavailable, host + ": no address");
  }
  const std::unique_ptr<addrinfo, void (*)(addrinfo*)> addresses(found, ::freeaddrinfo);
  const timeval patience{kPatience.count() / 1000, 0};
  for (const addrinfo* one = found; one != nullptr; one = one->ai_next) {
    UniqueFd socket(::socket(one->ai_family, type | SOCK_CLOEXEC, 0));
    if (!socket) continue;
    ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
    if (::connect(socket.get(), one->ai_addr, one->ai_addrlen) == 0) return socket;
  }
  return system_failure(host + ":" + port);
}

// "unix:/dev/log", "udp:host:514", "tcp:host:601".
Result<void> send_to_syslog(const config::FeedSettings& feed,
                            const std::vector<Json>& events) {
  const std::string& to = feed.syslog;
  const bool is_tcp = to.starts_with("tcp:");
  Result<UniqueFd> socket = fail(ErrorCode::kInvalidInput, to);
  if (to.starts_with("unix:")) {
    socket = connect_unix(to.substr(5));
  } else {
    const std::size_t colon = to.rfind(':');
    socket = connect_inet(to.substr(4, colon - 4), to.substr(colon + 1),
                          is_tcp ? SOCK_STREAM : SOCK_DGRAM);
  }
  if (!socket) return tl::unexpected(socket.error());
  for (const Json& one : events) {
    const std::string message = syslog_message(feed, one);
    // RFC 6587: octet counting.
    const std::string sent =
        is_tcp ? std::to_string(message.size()) + " " + message : message;
    std::string_view left = sent;
    while (!left.empty()) {
      const ssize_t count = ::send(socket->get(), left.data(), left.size(), MSG_NOSIGNAL);
      if (count < 0 && errno == EINTR) continue;
      if (count <= 0) return system_failure(to);
      left.remove_prefix(static_cast<std::size_t>(count));
    }
  }
  return {};
}

std::size_t drop_answer(char*, std::size_t size, std::size_t count, void*) {
  return size * count;
}

struct EndHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct EndList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};

Result<void> post_to_webhook(const config::FeedSettings& feed,
                             const std::vector<Json>& events) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const std::unique_ptr<CURL, EndHandle> handle(curl_easy_init());
  std::unique_ptr<curl_slist, EndList> headers(
      curl_slist_append(nullptr, "Content-Type: application/json"));
  if (!feed.token_file.empty()) {
    NOSHARE_TRY(const std::string token, read_file(feed.token_file, kMostTokenBytes));
    const std::string line = "Authorization: Bearer " + std::string(trimmed(token));
    if (curl_slist_append(headers.get(), line.c_str()) == nullptr) headers.reset();
  }
  if (!handle || !headers) return fail(ErrorCode::kInternal, "curl: no memory");
  const std::string body = to_line(Json(events));
  CURL* curl = handle.get();
  curl_easy_setopt(curl, CURLOPT_URL, feed.webhook.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers.get());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body.c_str());
  curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                   static_cast<curl_off_t>(body.size()));
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(kPatience.count()));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, drop_answer);
  const CURLcode code = curl_easy_perform(curl);
  if (code != CURLE_OK) {
    return fail(ErrorCode::kUnavailable, feed.webhook + ": " + curl_easy_strerror(code));
  }
  long status = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  constexpr long kGood = 200;
  constexpr long kNext = 300;
  if (status >= kGood && status < kNext) return {};
  return fail(ErrorCode::kUnavailable,
              feed.webhook + ": answered " + std::to_string(status));
}

}  // namespace

Result<void> tell(const config::FeedSettings& feed, const std::vector<Json>& events) {
  if (!feed.file.empty()) return append_to_file(feed, events);
  if (!feed.syslog.empty()) return send_to_syslog(feed, events);
  return post_to_webhook(feed, events);
}

}  // namespace noshare::outbox
