// Playground: what the filter would say of a text or a mail that somebody pastes.
//
// In:  text, envelope     Out: findings with their reasons, the verdict of today's policy
// A sandboxed worker of the review server's own reads it, started with the first question
// and reloaded when the configuration has changed. Nothing is stored or logged.
// Errors: kInvalidInput (configuration, packs), kLimit, kTimeout, kUnavailable.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/model/verdict.h"
#include "noshare/pool/pool.h"
#include "noshare/store/register_store.h"

namespace noshare::review {

class Playground {
 public:
  // `known` is asked as the filter asks it; must outlive this.
  Playground(std::filesystem::path config_file, FingerprintKey key,
             store::RegisterStore& known)
      : config_file_(std::move(config_file)), key_(std::move(key)), known_(known) {}

  struct Answer {
    model::Envelope envelope;
    model::ScanReport report;
    model::Verdict verdict;
  };
  // `mail`: RFC 5322. An empty sender is somebody of the organisation, no recipient a
  // stranger.
  Result<Answer> ask(std::string_view mail, model::Envelope envelope);

 private:
  Result<pool::Pool*> pool_for(const config::Settings& settings);

  const std::filesystem::path config_file_;
  const FingerprintKey key_;
  store::RegisterStore& known_;
  std::mutex mutex_;
  std::unique_ptr<pool::Pool> pool_;  // null until somebody asks; under mutex_
  std::string loaded_;                // version of the configuration it has; under mutex_
};

// A text as the body of a mail.
std::string mail_of_text(std::string_view text);

}  // namespace noshare::review
