// Notices: letters to people whose mail was held.
//
// In:  an incident     Out: a letter in the queue; then the same letter at the mail
// server What was found is shown masked. Nobody is told about an automatic message or a
// bounce (the null sender), and nobody outside the organisation (RFC 3834).
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "noshare/config/settings.h"
#include "noshare/model/incident.h"
#include "noshare/store/notice_queue.h"

namespace noshare::outbox {

// The letter to the sender of a held message; none if there is nobody to write to.
std::optional<store::Notice> held_notice(const model::Incident& incident,
                                         const config::Settings& settings);

// Sends what is due, in a thread of its own, for as long as it lives. A letter that the
// mail server does not take is tried again after 15, 30, 60 ... seconds, for a day and a
// half. One whose sender died is another's fifteen seconds later.
class Courier {
 public:
  // `server` is asked before each letter: it may change with the configuration.
  Courier(std::unique_ptr<store::NoticeQueue> queue,
          std::function<config::SocketAddress()> server);
  ~Courier();
  Courier(const Courier&) = delete;
  Courier& operator=(const Courier&) = delete;

  // Errors: the queue's. It is on disk when this returns.
  Result<void> post(const store::Notice& notice);

 private:
  void run();
  bool deliver_one();  // false: nothing was due
  bool mark_sent();    // false: the queue does not take it now

  std::unique_ptr<store::NoticeQueue> queue_;
  std::function<config::SocketAddress()> server_;
  std::int64_t sent_ = 0;  // a letter that is out, which the queue does not know yet
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  bool posted_ = false;
  std::thread thread_;
};

}  // namespace noshare::outbox
