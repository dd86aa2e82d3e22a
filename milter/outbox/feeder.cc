// The thread that follows the store for each feed.
#include <algorithm>
#include <chrono>

#include "noshare/base/clock.h"
#include "noshare/base/log.h"
#include "noshare/outbox/feed.h"

namespace noshare::outbox {

namespace {

constexpr std::uint32_t kBatch = 100;
constexpr std::chrono::milliseconds kLookAgain{1000};
constexpr std::int64_t kSecond_us = 1'000'000;
constexpr std::int64_t kBusy_us = 60 * kSecond_us;
constexpr std::uint32_t kMostDoublings = 8;  // 1 s, 2 s, ... about four minutes

}  // namespace

Feeder::Feeder(std::unique_ptr<store::FeedStore> store,
               std::function<std::vector<config::FeedSettings>()> feeds)
    : store_(std::move(store)), feeds_(std::move(feeds)), thread_([this] { run(); }) {}

Feeder::~Feeder() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Feeder::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    lock.unlock();
    bool more = false;
    for (const config::FeedSettings& one : feeds_()) {
      try {
        more = serve(one) || more;
      } catch (const std::exception&) {
        log::error("feed_failed", {{"feed", one.name}, {"reason", "internal"}});
      }
    }
    lock.lock();
    if (!more) wake_.wait_for(lock, kLookAgain, [this] { return stopping_; });
  }
}

bool Feeder::serve(const config::FeedSettings& feed) {
  Trouble& trouble = troubles_[feed.name];
  const std::int64_t now = now_unix_us();
  if (now < trouble.next_us) return false;
  const auto done = [&]() -> Result<bool> {
    NOSHARE_TRY(const store::FeedEvents events,
                store_->take(feed.name, kBatch, now, now + kBusy_us));
    if (!events.taken) return false;
    std::vector<Json> told;
    for (const auto& one : events.incidents) told.push_back(incident_event(one));
    for (const auto& one : events.entries) told.push_back(audit_event(one));
    const auto given = told.empty() ? Result<void>() : tell(feed, told);
    NOSHARE_CHECK(store_->sent(feed.name, given ? events.end : events.begin));
    if (!given) return tl::unexpected(given.error());
    return events.incidents.size() == kBatch || events.entries.size() == kBatch;
  }();
  if (done) {
    if (trouble.tries > 0) log::notice("feed_works_again", {{"feed", feed.name}});
    trouble = {};
    return *done;
  }
  trouble.next_us = now + (kSecond_us << std::min(trouble.tries, kMostDoublings));
  if (++trouble.tries == 1) {
    log::warning("feed_waits", {{"feed", feed.name}, {"reason", done.error().message}});
  }
  return false;
}

}  // namespace noshare::outbox
