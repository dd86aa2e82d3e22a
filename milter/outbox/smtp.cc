#include "noshare/outbox/smtp.h"

#include <algorithm>
#include <memory>
#include <mutex>

#include <curl/curl.h>

#include "noshare/base/text.h"

namespace noshare::outbox {

namespace {

struct EndHandle {
  void operator()(CURL* handle) const noexcept { curl_easy_cleanup(handle); }
};
struct EndList {
  void operator()(curl_slist* list) const noexcept { curl_slist_free_all(list); }
};
using List = std::unique_ptr<curl_slist, EndList>;

// What is still to be sent: the added headers, then the message.
struct Upload {
  std::string_view pieces[2];
  std::size_t left() const { return pieces[0].size() + pieces[1].size(); }
};

std::size_t give_bytes(char* into, std::size_t size, std::size_t count, void* data) {
  auto& upload = *static_cast<Upload*>(data);
  std::size_t given = 0;
  for (std::string_view& piece : upload.pieces) {
    const std::size_t part = std::min(piece.size(), size * count - given);
    piece.copy(into + given, part);
    piece.remove_prefix(part);
    given += part;
  }
  return given;
}

// Keeps the last line that the server said.
std::size_t keep_answer(char* line, std::size_t size, std::size_t count, void* data) {
  const std::string_view text = trimmed({line, size * count});
  if (!text.empty()) *static_cast<std::string*>(data) = one_line(text);
  return size * count;
}

// curl calls it about once a second, whatever happens on the connection.
int tell_waiting(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) noexcept {
  const auto& while_waiting = *static_cast<const std::function<void()>*>(data);
  try {
    if (while_waiting) while_waiting();
    return 0;
  } catch (...) {
    return 1;  // curl gives up
  }
}

void start_curl() {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
}

std::string url_of(const config::SocketAddress& server) {
  const bool is_ipv6 = server.host.find(':') != std::string::npos;
  return "smtp://" + (is_ipv6 ? "[" + server.host + "]" : server.host) + ":" +
         std::to_string(server.port) + "/localhost";
}

Fate fate_of(CURLcode code, long response, const Upload& upload) {
  if (code == CURLE_OK) return Fate::kAccepted;
  if (response >= 400) return Fate::kRefused;
  // Without the last byte the server cannot have taken it.
  return upload.left() > 0 ? Fate::kNotSent : Fate::kUnknown;
}

}  // namespace

Sent send(const config::SocketAddress& server, const Mail& mail, Milliseconds patience,
          const std::function<void()>& while_waiting) {
  start_curl();
  const std::unique_ptr<CURL, EndHandle> handle(curl_easy_init());
  List recipients;
  for (const std::string& one : mail.recipients) {
    curl_slist* longer = curl_slist_append(recipients.get(), ("<" + one + ">").c_str());
    if (longer == nullptr) return {Fate::kNotSent, "out of memory"};
    static_cast<void>(recipients.release());
    recipients.reset(longer);
  }
  if (!handle || !recipients) return {Fate::kNotSent, "no recipients"};
  CURL* curl = handle.get();
  Upload upload{{mail.first_headers, mail.message}};
  Sent sent;
  curl_easy_setopt(curl, CURLOPT_URL, url_of(server).c_str());
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_MAIL_FROM, ("<" + mail.sender + ">").c_str());
  curl_easy_setopt(curl, CURLOPT_MAIL_RCPT, recipients.get());
  curl_easy_setopt(curl, CURLOPT_UPLOAD, 1L);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give_bytes);
  curl_easy_setopt(curl, CURLOPT_READDATA, &upload);
  curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, keep_answer);
  curl_easy_setopt(curl, CURLOPT_HEADERDATA, &sent.answer);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(patience.count()));
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, tell_waiting);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &while_waiting);
  const CURLcode code = curl_easy_perform(curl);
  long response = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response);
  sent.fate = fate_of(code, response, upload);
  if (code != CURLE_OK && sent.fate != Fate::kRefused) {
    sent.answer = curl_easy_strerror(code);
  }
  return sent;
}

}  // namespace noshare::outbox
