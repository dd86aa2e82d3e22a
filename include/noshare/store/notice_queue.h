// NoticeQueue: letters of noshare to senders, kept until the mail server has them.
//
// In:  finished letters     Out: those that are due, each to one sending process
// A letter holds masks and case numbers, no value found in mail.
// Errors: kIo, kUnavailable, kCorrupt. Thread-safe; several processes may use one file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "noshare/base/result.h"

namespace noshare::store {

struct Notice {
  std::int64_t id = 0;      // given by the queue
  std::string case_number;  // what it is about
  std::string kind;         // "held"; one letter of a kind for a case
  std::string recipient;
  std::string letter;  // RFC 5322, CRLF lines, ASCII
  std::uint32_t tries = 0;
};

class NoticeQueue {
 public:
  // Creates the file and brings its schema up to date.
  static Result<std::unique_ptr<NoticeQueue>> open(const std::filesystem::path& file);
  virtual ~NoticeQueue() = default;

  // A second letter of the same kind for a case is not taken.
  virtual Result<void> add(const Notice& notice, std::int64_t now_us) = 0;
  // The next letter whose time has come; it is not given to anybody else until
  // `busy_until_us`. Null id: none is due.
  virtual Result<Notice> take_due(std::int64_t now_us, std::int64_t busy_until_us) = 0;
  // Whoever sends it is alive: it stays theirs until then.
  virtual Result<void> keep(std::int64_t id, std::int64_t busy_until_us) = 0;
  virtual Result<void> sent(std::int64_t id, std::int64_t now_us) = 0;
  virtual Result<void> failed(std::int64_t id, const std::string& reason,
                              std::int64_t next_us) = 0;
  // Letters of kinds that begin so, sent or given up before that time, are removed.
  virtual Result<void> forget_ended(const std::string& kinds, std::int64_t before_us) = 0;
  // It is not tried again.
  virtual Result<void> gave_up(std::int64_t id, const std::string& reason,
                               std::int64_t now_us) = 0;
};

}  // namespace noshare::store
