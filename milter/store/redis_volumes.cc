// HyperLogLogs in Redis: one for each sender, domain, entity and hour or day. See
// noshare/store/shared_volumes.h. The only file that names hiredis.
// A program that uses it ignores SIGPIPE: hiredis writes to connections that may be
// closed.
#include <algorithm>
#include <cstring>
#include <deque>
#include <filesystem>
#include <initializer_list>
#include <string_view>

#include <hiredis/hiredis.h>
#include <sys/time.h>

#include "noshare/base/clock.h"
#include "noshare/base/files.h"
#include "noshare/base/log.h"
#include "noshare/base/text.h"
#include "noshare/store/shared_volumes.h"

namespace noshare::store {

namespace {

constexpr std::string_view kPrefix = "noshare:volume:1:";
constexpr const char* kEverything = "*";  // in place of an entity: any
constexpr std::int64_t kHour_s = 3'600;
constexpr std::int64_t kDay_s = 86'400;
constexpr std::int64_t kMostHours_s = 2 * kDay_s;  // longer windows are counted by days
constexpr timeval kPatience{0, 500'000};
constexpr std::size_t kMostAtOnce = 250;      // data told at once, of 24 commands each
constexpr std::size_t kMostPassword = 4'096;  // bytes of its file

struct FreeContext {
  void operator()(redisContext* context) const noexcept { redisFree(context); }
};
struct FreeReply {
  void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using Reply = std::unique_ptr<redisReply, FreeReply>;
using Command = std::vector<std::string>;

std::string bytes_of_key(model::VolumeScope scope, const Fingerprint& who,
                         std::string_view entity) {
  std::string key(kPrefix);
  key.append(model::name(scope)).append(":");
  if (scope != model::VolumeScope::kOrganisation) key += who.hex();
  return key.append(":").append(entity).append(":");
}

// The keys of a question's window.
Command keys_of(const model::VolumeQuestion& question, std::int64_t now_us) {
  const bool hours = question.window_s <= kMostHours_s;
  const std::int64_t step = hours ? kHour_s : kDay_s;
  const std::int64_t now_s = now_us / 1'000'000;
  std::vector<std::string> entities = question.entities;
  if (entities.empty()) entities.emplace_back(kEverything);
  Command keys;
  for (const std::string& entity : entities) {
    const std::string key = bytes_of_key(question.scope, question.who, entity);
    for (std::int64_t slot = (now_s - question.window_s) / step; slot <= now_s / step;
         ++slot) {
      keys.push_back(key + (hours ? "h" : "d") + std::to_string(slot));
    }
  }
  return keys;
}

class RedisVolumes final : public SharedVolumes {
 public:
  RedisVolumes(config::SocketAddress address, std::filesystem::path password_file)
      : address_(std::move(address)), password_file_(std::move(password_file)) {}

  Result<std::vector<model::Volume>> answer(
      const std::vector<model::VolumeQuestion>& questions,
      const std::vector<Fingerprint>& values, std::int64_t now_us) override {
    std::vector<model::Volume> volumes;
    for (const model::VolumeQuestion& question : questions) {
      NOSHARE_TRY(model::Volume volume, count(question, values, now_us));
      volumes.push_back(std::move(volume));
    }
    return volumes;
  }

  Result<void> record(const std::vector<model::SharedDatum>& shared,
                      std::int64_t now_us) override {
    constexpr std::size_t kMostMissed = 100'000;
    for (const model::SharedDatum& one : shared) {
      if (missed_.size() < kMostMissed) missed_.push_back({one, now_us});
    }
    // After a day without Redis there is much to tell: no message waits for all of it.
    const std::size_t rounds = 8 + shared.size() / kMostAtOnce;
    for (std::size_t i = 0; i < rounds && !missed_.empty(); ++i) {
      NOSHARE_CHECK(tell_some());
    }
    return {};
  }

 private:
  struct Missed {
    model::SharedDatum datum;
    std::int64_t time_us;
  };

  // What it is told twice, because a connection broke in between, it counts once.
  Result<void> tell_some() {
    const auto count =
        static_cast<std::ptrdiff_t>(std::min<std::size_t>(kMostAtOnce, missed_.size()));
    std::vector<Command> commands;
    for (auto one = missed_.begin(); one != missed_.begin() + count; ++one) {
      add_commands(*one, commands);
    }
    NOSHARE_CHECK(ask(commands));
    missed_.erase(missed_.begin(), missed_.begin() + count);
    return {};
  }

  static void add_commands(const Missed& one, std::vector<Command>& commands) {
    using model::VolumeScope;
    const model::SharedDatum& datum = one.datum;
    const std::int64_t time_s = one.time_us / 1'000'000;
    const std::string hour = "h" + std::to_string(time_s / kHour_s);
    const std::string day = "d" + std::to_string(time_s / kDay_s);
    // A little longer than any window that is counted by them.
    const std::string hours_kept = std::to_string(kMostHours_s + kDay_s);
    const std::string days_kept = std::to_string(368 * kDay_s);
    for (const VolumeScope scope : {VolumeScope::kSender, VolumeScope::kRecipientDomain,
                                    VolumeScope::kOrganisation}) {
      const Fingerprint& who =
          scope == VolumeScope::kSender ? datum.sender : datum.domain;
      for (const std::string& entity : {datum.entity, std::string(kEverything)}) {
        const std::string key = bytes_of_key(scope, who, entity);
        commands.push_back({"PFADD", key + hour, datum.subject.hex()});
        commands.push_back({"EXPIRE", key + hour, hours_kept});
        commands.push_back({"PFADD", key + day, datum.subject.hex()});
        commands.push_back({"EXPIRE", key + day, days_kept});
      }
    }
  }

  // The window's people in a key of its own, to which those of the message are added one
  // by one: Redis says whether that changes it.
  Result<model::Volume> count(const model::VolumeQuestion& question,
                              const std::vector<Fingerprint>& values,
                              std::int64_t now_us) {
    constexpr std::size_t kMostValues = 1'000;
    const std::string merged = std::string(kPrefix) + "merged:" +
                               FingerprintKey::random().of("merged", "").hex();
    Command merge = {"PFMERGE", merged};
    for (std::string& key : keys_of(question, now_us)) merge.push_back(std::move(key));
    std::vector<Command> commands = {
        std::move(merge), {"EXPIRE", merged, "60"}, {"PFCOUNT", merged}};
    const std::size_t asked = std::min(values.size(), kMostValues);
    for (std::size_t i = 0; i < asked; ++i) {
      commands.push_back({"PFADD", merged, values[i].hex()});
    }
    commands.push_back({"DEL", merged});
    NOSHARE_TRY(const auto numbers, ask(commands));
    model::Volume volume{question, {}};
    for (std::size_t i = 0; i < asked; ++i) {
      if (numbers[3 + i] == 0) volume.subjects.push_back(values[i]);
    }
    const auto people = static_cast<std::uint64_t>(std::max<std::int64_t>(numbers[2], 0));
    volume.others = people - std::min<std::uint64_t>(people, volume.subjects.size());
    return volume;
  }

  // The integers that the commands answer with; 0 for "OK".
  Result<std::vector<std::int64_t>> ask(const std::vector<Command>& commands) {
    auto numbers = ask_once(commands);
    if (!numbers && context_ != nullptr) {
      // A connection that was closed while nobody asked.
      context_.reset();
      numbers = ask_once(commands);
    }
    if (numbers && away_) log::notice("redis_back", {{"missed", missed_.size()}});
    if (!numbers && !away_) {
      log::warning("redis_away", {{"reason", numbers.error().message}});
    }
    away_ = !numbers;
    if (away_) {
      constexpr Milliseconds kBetween{5'000};
      context_.reset();
      not_before_ = SteadyClock::now() + kBetween;
    }
    return numbers;
  }

  Result<std::vector<std::int64_t>> ask_once(const std::vector<Command>& commands) {
    NOSHARE_CHECK(connect());
    for (const Command& command : commands) append(command);
    std::vector<std::int64_t> numbers;
    for (std::size_t i = 0; i < commands.size(); ++i) {
      NOSHARE_TRY(const Reply reply, next_reply());
      numbers.push_back(reply->type == REDIS_REPLY_INTEGER ? reply->integer : 0);
    }
    return numbers;
  }

  void append(const Command& command) {
    std::vector<const char*> words;
    std::vector<std::size_t> sizes;
    for (const std::string& word : command) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    redisAppendCommandArgv(context_.get(), static_cast<int>(words.size()), words.data(),
                           sizes.data());
  }

  Result<Reply> next_reply() {
    void* raw = nullptr;
    if (redisGetReply(context_.get(), &raw) != REDIS_OK || raw == nullptr) {
      return fail(ErrorCode::kUnavailable, std::string("Redis: ") + context_->errstr);
    }
    Reply reply(static_cast<redisReply*>(raw));
    if (reply->type != REDIS_REPLY_ERROR) return reply;
    // "NOAUTH Authentication required": its words name no key and no value.
    return fail(ErrorCode::kUnavailable,
                "Redis: " + one_line(std::string_view(reply->str, reply->len)));
  }

  Result<void> connect() {
    if (context_ != nullptr) return {};
    if (SteadyClock::now() < not_before_) {
      return fail(ErrorCode::kUnavailable, "Redis did not answer a moment ago");
    }
    context_.reset(
        address_.is_unix
            ? redisConnectUnixWithTimeout(address_.path.c_str(), kPatience)
            : redisConnectWithTimeout(address_.host.c_str(), address_.port, kPatience));
    if (context_ == nullptr) return fail(ErrorCode::kLimit, "no memory for Redis");
    if (context_->err != 0 || redisSetTimeout(context_.get(), kPatience) != REDIS_OK) {
      const std::string reason = context_->errstr;
      context_.reset();
      return fail(ErrorCode::kUnavailable, "Redis: " + reason);
    }
    if (password_file_.empty()) return {};
    NOSHARE_TRY(const std::string password, read_file(password_file_, kMostPassword));
    append({"AUTH", std::string(trimmed(password))});
    NOSHARE_TRY([[maybe_unused]] const Reply reply, next_reply());
    return {};
  }

  config::SocketAddress address_;
  std::filesystem::path password_file_;  // read with each connection: it may change
  std::unique_ptr<redisContext, FreeContext> context_;
  SteadyClock::time_point not_before_{};
  bool away_ = false;
  std::deque<Missed> missed_;  // what Redis has not heard of yet
};

}  // namespace

Result<std::unique_ptr<SharedVolumes>> SharedVolumes::create(
    const config::VolumeSettings& settings) {
  if (!settings.redis) return nullptr;
  if (!settings.password_file.empty()) {
    NOSHARE_CHECK(read_file(settings.password_file, kMostPassword));
  }
  return std::make_unique<RedisVolumes>(*settings.redis, settings.password_file);
}

}  // namespace noshare::store
