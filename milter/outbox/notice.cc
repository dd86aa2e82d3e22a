#include "noshare/outbox/notice.h"

#include <algorithm>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/log.h"
#include "noshare/base/text.h"
#include "noshare/outbox/smtp.h"

#include "letter.h"

namespace noshare::outbox {

namespace {

constexpr std::size_t kMostListed = 20;
// For so long a letter is one sender's, who says again that it is alive while it waits.
constexpr std::int64_t kLease_us = 15'000'000;
constexpr std::int64_t kFirstWait_us = 15'000'000;
constexpr std::uint32_t kMostTries = 14;  // 13 waits, (2^13 - 1) * 15 s: 34 hours
constexpr Milliseconds kPatience{60'000};

bool is_own(const std::string& address, const config::Organisation& organisation) {
  const std::string domain = address_domain(address);
  return std::any_of(
      organisation.domains.begin(), organisation.domains.end(),
      [&](const std::string& pattern) { return glob_match(pattern, domain); });
}

std::string lines_of(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < std::min(items.size(), kMostListed); ++i) {
    text += (text.empty() ? "  " : "\n  ") + letter_safe(items[i]);
  }
  if (items.size() > kMostListed) {
    text += "\n  ... (" + std::to_string(items.size() - kMostListed) + ")";
  }
  return text;
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
  const LetterFacts facts{from, sender, "held-" + incident.case_number, incident.time_us};
  notice.letter = write_letter(facts, settings.notices.held_letters,
                               {{"case", incident.case_number},
                                {"time", rfc3339_utc(incident.time_us)},
                                {"message_id", letter_safe(incident.report.message_id)},
                                {"rule", letter_safe(incident.verdict.rule)},
                                {"recipients", lines_of(kept_from(incident))},
                                {"findings", lines_of(found(incident.report))},
                                {"advice", settings.notices.advice}});
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
  constexpr std::chrono::seconds kLookAgain{5};
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

// It is out: should the database be away, this has to be known before anything else.
bool Courier::mark_sent() {
  if (sent_ == 0) return true;
  const auto kept = queue_->sent(sent_, now_unix_us());
  if (kept)
    sent_ = 0;
  else
    log::error("notices_unavailable", {{"reason", kept.error().message}});
  return kept.has_value();
}

bool Courier::deliver_one() {
  if (!mark_sent()) return false;
  const std::int64_t now = now_unix_us();
  const auto due = queue_->take_due(now, now + kLease_us);
  if (!due) {
    log::error("notices_unavailable", {{"reason", due.error().message}});
    return false;
  }
  if (due->id == 0) return false;
  const auto keep_it = [this, id = due->id, said = now]() mutable {
    const std::int64_t at = now_unix_us();
    if (at - said < kLease_us / 3) return;
    said = at;
    // Should this fail, another one may send it, too: twice is better than never.
    static_cast<void>(queue_->keep(id, at + kLease_us));
  };
  const Sent sent =
      send(server_(), Mail{"", {due->recipient}, "", due->letter}, kPatience, keep_it);
  if (sent.fate == Fate::kAccepted || sent.fate == Fate::kUnknown) {
    sent_ = due->id;
    return mark_sent();
  }
  Result<void> kept;
  if (due->tries >= kMostTries) {
    // The server's answer may name an address: it stands in the store, not in the log.
    log::warning("notice_given_up", {{"case", due->case_number}});
    kept = queue_->gave_up(due->id, sent.answer, now);
  } else {
    kept = queue_->failed(due->id, sent.answer,
                          now_unix_us() + (kFirstWait_us << (due->tries - 1)));
  }
  if (!kept) log::error("notices_unavailable", {{"reason", kept.error().message}});
  return kept.has_value();
}

}  // namespace noshare::outbox
