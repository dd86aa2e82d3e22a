#include "noshare/base/log.h"

#include <errno.h>  // program_invocation_short_name
#include <sys/uio.h>
#include <syslog.h>
#include <unistd.h>

#define SD_JOURNAL_SUPPRESS_LOCATION
#include <atomic>
#include <mutex>

#include <systemd/sd-journal.h>

#include "noshare/base/clock.h"
#include "noshare/base/json.h"

namespace noshare::log {

namespace {

std::atomic<Target> target{Target::kStandardError};
std::atomic<Level> least{Level::kInfo};

const char* name(Level level) {
  switch (level) {
    case Level::kDebug:
      return "debug";
    case Level::kInfo:
      return "info";
    case Level::kNotice:
      return "notice";
    case Level::kWarning:
      return "warning";
    case Level::kError:
      return "error";
  }
  return "error";
}

int priority(Level level) {
  switch (level) {
    case Level::kDebug:
      return LOG_DEBUG;
    case Level::kInfo:
      return LOG_INFO;
    case Level::kNotice:
      return LOG_NOTICE;
    case Level::kWarning:
      return LOG_WARNING;
    case Level::kError:
      return LOG_ERR;
  }
  return LOG_ERR;
}

Json line_of(Level level, std::string_view event, Fields fields) {
  Json line;
  line["time"] = rfc3339_utc(now_unix_us());
  line["level"] = name(level);
  line["program"] = program_invocation_short_name;
  line["event"] = event;
  for (const Field& field : fields) {
    std::visit([&](const auto& value) { line[std::string(field.key)] = value; },
               field.value);
  }
  return line;
}

void write_standard_error(const std::string& text) {
  static std::mutex mutex;  // one line is one write; several threads do not interleave
  const std::lock_guard lock(mutex);
  std::string_view rest = text;
  while (!rest.empty()) {
    const ssize_t written = ::write(STDERR_FILENO, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nowhere left to say so
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
}

}  // namespace

void configure(Target new_target, Level new_least) {
  target = new_target;
  least = new_least;
}

void write(Level level, std::string_view event, Fields fields) {
  if (level < least.load(std::memory_order_relaxed)) return;
  const std::string text = to_line(line_of(level, event, fields));
  switch (target.load(std::memory_order_relaxed)) {
    case Target::kStandardError:
      write_standard_error(text + "\n");
      break;
    case Target::kJournal:
      sd_journal_send("MESSAGE=%s", text.c_str(), "PRIORITY=%i", priority(level),
                      "SYSLOG_IDENTIFIER=%s", program_invocation_short_name,
                      "NOSHARE_EVENT=%.*s", static_cast<int>(event.size()), event.data(),
                      nullptr);
      break;
    case Target::kSyslog:
      ::syslog(LOG_MAIL | priority(level), "%s", text.c_str());
      break;
  }
}

}  // namespace noshare::log
