#include "review/playground.h"

#include "noshare/base/clock.h"
#include "noshare/base/fd.h"
#include "noshare/base/files.h"
#include "noshare/policy/policy.h"

namespace noshare::review {

namespace {

constexpr Milliseconds kScanTime{10'000};
constexpr const char* kStranger = "somebody@elsewhere.invalid";

Result<UniqueFd> memory_file_of(std::string_view bytes) {
  NOSHARE_TRY(UniqueFd file, create_memory_file("noshare-playground"));
  NOSHARE_CHECK(write_all(file.get(), bytes));
  NOSHARE_CHECK(seal_memory_file(file.get()));
  return file;
}

// "somebody@example.com" of the first domain that is no glob.
std::string own_address(const config::Settings& settings) {
  for (const std::string& one : settings.organisation.domains) {
    if (one.find('*') == std::string::npos) return "somebody@" + one;
  }
  return {};
}

}  // namespace

std::string mail_of_text(std::string_view text) {
  return "MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
         "Content-Transfer-Encoding: 8bit\r\n\r\n" +
         std::string(text);
}

Result<pool::Pool*> Playground::pool_for(const config::Settings& settings) {
  const std::lock_guard lock(mutex_);
  if (!pool_) {
    pool::Options options;
    options.worker_program = companion_program("noshare-worker");
    options.config_file = config_file_;
    options.workers = 1;
    NOSHARE_TRY(pool_, pool::Pool::start(options, key_));
  } else if (loaded_ != settings.version) {
    NOSHARE_CHECK(pool_->reload());
  }
  loaded_ = settings.version;
  return pool_.get();
}

Result<Playground::Answer> Playground::ask(std::string_view mail,
                                           model::Envelope envelope) {
  NOSHARE_TRY(const config::Settings settings, config::load_settings(config_file_));
  NOSHARE_TRY(pool::Pool * pool, pool_for(settings));
  NOSHARE_TRY(const UniqueFd file, memory_file_of(mail));
  Answer answer;
  answer.envelope = std::move(envelope);
  if (answer.envelope.sender.empty()) answer.envelope.sender = own_address(settings);
  if (answer.envelope.recipients.empty()) answer.envelope.recipients = {kStranger};
  answer.envelope.authenticated_user = "playground";  // so it comes from inside
  Limits limits = settings.limits;
  limits.scan_time = std::min(limits.scan_time, kScanTime);
  NOSHARE_TRY(answer.report, pool->scan(file.get(), limits, {}));
  NOSHARE_TRY(const auto policy, policy::Policy::create(settings, key_));
  NOSHARE_TRY(
      const auto known,
      known_.answer(policy.questions(answer.envelope, answer.report), now_unix_us()));
  answer.verdict =
      policy.decide(answer.envelope, answer.report, known, rfc3339_utc(now_unix_us()));
  return answer;
}

}  // namespace noshare::review
