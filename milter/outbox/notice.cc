#include "noshare/outbox/notice.h"

#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/log.h"
#include "noshare/base/text.h"
#include "noshare/outbox/smtp.h"

namespace noshare::outbox {

namespace {

constexpr std::size_t kMostListed = 20;
constexpr std::size_t kLineChars = 76;
constexpr std::int64_t kMinute_us = 60'000'000;
constexpr std::uint32_t kMostTries = 12;  // 1 + 2 + ... + 2^11 minutes: nearly three days
constexpr Milliseconds kPatience{60'000};

bool is_own(const std::string& address, const config::Organisation& organisation) {
  const std::string domain = address_domain(address);
  return std::any_of(
      organisation.domains.begin(), organisation.domains.end(),
      [&](const std::string& pattern) { return glob_match(pattern, domain); });
}

std::string letter_from(const config::Settings& settings) {
  if (!settings.notices.from.empty()) return settings.notices.from;
  for (const std::string& domain : settings.organisation.domains) {
    if (domain.find('*') == std::string::npos) return "postmaster@" + domain;
  }
  return {};
}

// Letters are ASCII, so that every mail program shows them.
std::string ascii_only(std::string_view text) {
  std::string result = one_line(text);
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return static_cast<unsigned char>(c) >= 0x7F || c < 0x20; }, '?');
  return result;
}

std::string wrapped(const std::string& text) {
  std::string result;
  std::size_t column = 0;
  for (const std::string_view word : split(text, ' ')) {
    if (column > 0 && column + 1 + word.size() > kLineChars) {
      result += "\r\n";
      column = 0;
    } else if (column > 0) {
      result += ' ';
      ++column;
    }
    result += word;
    column += word.size();
  }
  return result + "\r\n";
}

void append_list(std::string& text, const std::vector<std::string>& items) {
  for (std::size_t i = 0; i < std::min(items.size(), kMostListed); ++i) {
    text += "  " + ascii_only(items[i]) + "\r\n";
  }
  if (items.size() > kMostListed) {
    text += "  and " + std::to_string(items.size() - kMostListed) + " more\r\n";
  }
}

// "payment_card_number ************1111, in body".
std::vector<std::string> found(const model::ScanReport& report) {
  std::vector<std::string> lines;
  for (const model::Finding& one : report.findings) {
    lines.push_back(one.entity + "  " + one.masked + "  in " + one.path);
  }
  for (const model::Unreadable& one : report.unreadable) {
    lines.push_back(std::string("could not be read (") + model::name(one.reason) +
                    "): " + one.path);
  }
  return lines;
}

std::vector<std::string> kept_from(const model::Incident& incident) {
  std::vector<std::string> people;
  for (const model::RecipientVerdict& one : incident.verdict.recipients) {
    if (one.action == model::Action::kHold) people.push_back(one.recipient);
  }
  return people.empty() ? incident.envelope.recipients : people;
}

std::string body_of(const model::Incident& incident, const config::Settings& settings) {
  std::string text = wrapped(
      "Your message was held before it left, because it seems to hand personal data to "
      "somebody outside our organisation. It has not been delivered to anybody. An "
      "officer will look at it and send it on or not.");
  text += "\r\nCase: " + incident.case_number +
          "\r\nTime: " + rfc3339_utc(incident.time_us) + "\r\n";
  if (!incident.report.message_id.empty()) {
    text += "Message-ID: " + ascii_only(incident.report.message_id) + "\r\n";
  }
  text += "\r\nIt was addressed to:\r\n";
  append_list(text, kept_from(incident));
  text += "\r\nWhat was found:\r\n";
  append_list(text, found(incident.report));
  text +=
      "\r\n" + wrapped(settings.notices.advice.empty()
                           ? "If this data should not go there, do nothing, or send the "
                             "message again without it. If it must, answer this letter "
                             "and say why, with the case number."
                           : settings.notices.advice);
  return text;
}

}  // namespace

std::optional<store::Notice> held_notice(const model::Incident& incident,
                                         const config::Settings& settings) {
  const std::string& sender = incident.envelope.sender;
  const std::string from = letter_from(settings);
  if (!settings.notices.held || sender.empty() || from.empty() ||
      !is_own(sender, settings.organisation)) {
    return std::nullopt;
  }
  store::Notice notice;
  notice.case_number = incident.case_number;
  notice.kind = "held";
  notice.recipient = sender;
  notice.letter = "From: noshare <" + from + ">\r\nTo: <" + ascii_only(sender) +
                  ">\r\nSubject: Your message was held, case " + incident.case_number +
                  "\r\nDate: " + rfc5322_utc(incident.time_us) +
                  "\r\nMessage-ID: <held-" + incident.case_number + "@" +
                  address_domain(from) +
                  ">\r\nAuto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
                  "Content-Type: text/plain; charset=us-ascii\r\n\r\n" +
                  body_of(incident, settings);
  return notice;
}

Courier::Courier(std::unique_ptr<store::NoticeQueue> queue,
                 std::function<config::SocketAddress()> server)
    : queue_(std::move(queue)), server_(std::move(server)), thread_([this] { run(); }) {}

Courier::~Courier() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  thread_.join();
}

Result<void> Courier::post(const store::Notice& notice) {
  NOSHARE_CHECK(queue_->add(notice, now_unix_us()));
  {
    const std::lock_guard lock(mutex_);
    posted_ = true;
  }
  wake_.notify_all();
  return {};
}

void Courier::run() {
  constexpr std::chrono::seconds kLookAgain{30};
  for (;;) {
    {
      const std::lock_guard lock(mutex_);
      if (stopping_) return;
    }
    if (deliver_one()) continue;
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kLookAgain, [this] { return stopping_ || posted_; });
    posted_ = false;
  }
}

bool Courier::deliver_one() {
  const std::int64_t now = now_unix_us();
  // Longer than one try can take: nobody else sends it meanwhile.
  const auto due = queue_->take_due(now, now + 2 * kPatience.count() * 1000);
  if (!due) {
    log::error("notices_unavailable", {{"reason", due.error().message}});
    return false;
  }
  if (due->id == 0) return false;
  const Sent sent =
      send(server_(), Mail{"", {due->recipient}, "", due->letter}, kPatience);
  Result<void> kept;
  if (sent.fate == Fate::kAccepted || sent.fate == Fate::kUnknown) {
    kept = queue_->sent(due->id, now);
  } else if (due->tries >= kMostTries) {
    // The server's answer may name an address: it stands in the store, not in the log.
    log::warning("notice_given_up", {{"case", due->case_number}});
    kept = queue_->gave_up(due->id, sent.answer, now);
  } else {
    kept = queue_->failed(due->id, sent.answer, now + (kMinute_us << (due->tries - 1)));
  }
  if (!kept) log::error("notices_unavailable", {{"reason", kept.error().message}});
  return kept.has_value();
}

}  // namespace noshare::outbox
