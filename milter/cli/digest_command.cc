// `noshare digest send`: what waits for a decision, by letter to those who decide.
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/outbox/digest.h"
#include "noshare/store/account_store.h"
#include "noshare/store/incident_store.h"

#include "action.h"
#include "engine.h"
#include "holding.h"

namespace noshare::cli {

namespace {

struct DigestOptions {
  std::string config;
  std::string only;
  bool show = false;
};

constexpr std::uint32_t kMostWaiting = 1000;
constexpr std::int64_t kKept_us = 30LL * 86'400 * 1'000'000;

Result<std::vector<outbox::Waiting>> all_waiting(const config::Settings& settings) {
  NOSHARE_TRY(const auto holds, open_holds(settings));
  NOSHARE_TRY(const auto incidents,
              store::IncidentStore::open(settings.store.place(),
                                         store::IncidentStore::Access::kReadOnly));
  NOSHARE_TRY(const auto held, holds->list(store::HoldState::kHeld, kMostWaiting));
  std::vector<outbox::Waiting> waiting;
  for (const store::Hold& hold : held) {
    NOSHARE_TRY(model::Incident incident, incidents->find(hold.case_number));
    waiting.push_back({std::move(incident), hold.held_us});
  }
  return waiting;
}

bool gets_one(const store::Account& account, const DigestOptions& options) {
  return !account.email.empty() && !account.disabled &&
         account.role != store::Role::kAuditor &&
         (options.only.empty() || options.only == account.name);
}

Result<void> send(const DigestOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(const FingerprintKey key,
              FingerprintKey::load_or_create(settings.fingerprint_key));
  NOSHARE_TRY(const auto accounts,
              store::AccountStore::open(settings.store.place(), key));
  NOSHARE_TRY(const auto everybody, accounts->list());
  NOSHARE_TRY(const auto waiting, all_waiting(settings));
  NOSHARE_TRY(const auto queue, store::NoticeQueue::open(settings.store.place()));
  const std::int64_t now = now_unix_us();
  std::size_t letters = 0;
  for (const store::Account& account : everybody) {
    if (!gets_one(account, options)) continue;
    outbox::DigestRequest request{account, {}, now};
    for (const outbox::Waiting& one : waiting) {
      if (sees(account, one.incident.envelope.sender)) request.waiting.push_back(one);
    }
    if (request.waiting.empty()) continue;
    NOSHARE_TRY(const store::Notice notice, digest_notice(request, key, settings));
    ++letters;
    if (options.show) {
      std::cout << notice.letter << "\n";
    } else {
      NOSHARE_CHECK(queue->add(notice, now));
    }
  }
  if (options.show) return {};
  NOSHARE_CHECK(queue->forget_ended("digest", now - kKept_us));
  std::cout << waiting.size() << " message(s) wait, " << letters << " letter(s)\n";
  return {};
}

}  // namespace

void declare_digest(CLI::App& app, Run& run) {
  auto* digest =
      app.add_subcommand("digest", "Letters to officers about what waits for them");
  digest->require_subcommand(1);
  digest->footer(
      "Accounts get an address with 'noshare account email NAME ADDRESS'. The filter "
      "sends\n"
      "the letters through release.smtp; noshare-digest.timer calls this each morning.");
  auto options = std::make_shared<DigestOptions>();
  auto* command = declare_action(
      *digest, run, "send",
      "One letter a day to each account with an address, if anything waits for it", send,
      options);
  command->add_option("--to", options->only, "Only this account")->type_name("NAME");
  command->add_flag("--show", options->show, "Print the letters, send none");
}

}  // namespace noshare::cli
