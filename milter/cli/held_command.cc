// `noshare held`: messages in the vault, and what officers do with them.
#include <iostream>

#include "noshare/base/clock.h"
#include "noshare/base/json.h"
#include "noshare/outbox/release.h"
#include "noshare/store/store_json.h"

#include "action.h"
#include "engine.h"
#include "holding.h"

namespace noshare::cli {

namespace {

struct HeldOptions : HoldingOptions {
  std::string state = "held";
  std::string format = "text";
  std::uint32_t most = 100;
  bool again = false;
};

// Everything that an act on the vault needs.
struct Room {
  config::Settings settings;
  store::Vault vault;
  std::unique_ptr<store::HoldStore> holds;
};

Result<Room> open_room(const HeldOptions& options) {
  NOSHARE_TRY(config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(store::Vault vault, open_vault(settings));
  NOSHARE_TRY(auto holds, open_holds(settings));
  return Room{std::move(settings), std::move(vault), std::move(holds)};
}

void print(const store::Hold& hold, const store::Vault& vault, const HeldOptions& options,
           bool with_decisions) {
  if (options.format == "json") {
    Json json = store::to_json(hold);
    json["in_vault"] = vault.has(hold.case_number);
    std::cout << to_line(json) << "\n";
    return;
  }
  std::cout << hold.case_number << "  " << name(hold.state) << "  since "
            << rfc3339_utc(hold.changed_us)
            << (vault.has(hold.case_number) ? "" : "  (not in the vault any more)")
            << "\n";
  if (!with_decisions) return;
  for (const store::HoldDecision& one : hold.decisions) {
    std::cout << "  " << rfc3339_utc(one.time_us) << "  "
              << (one.officer.empty() ? "noshare" : one.officer) << ": " << one.decision
              << ", " << one.reason << "\n";
  }
}

Result<int> list_held(const HeldOptions& options) {
  std::optional<store::HoldState> state;
  if (options.state != "all") {
    state = store::hold_state_from_name(options.state);
    if (!state) {
      return fail(ErrorCode::kInvalidInput,
                  "no state '" + options.state +
                      "', expected held, releasing, released, denied, expired or all");
    }
  }
  NOSHARE_TRY(const Room room, open_room(options));
  NOSHARE_TRY(const auto holds, room.holds->list(state, options.most));
  for (const store::Hold& hold : holds) print(hold, room.vault, options, false);
  return 0;
}

Result<int> show_held(const HeldOptions& options) {
  NOSHARE_TRY(const Room room, open_room(options));
  NOSHARE_TRY(const store::Hold hold, room.holds->find(options.case_number));
  print(hold, room.vault, options, true);
  return 0;
}

// The message on standard output. That it was read is on record before.
Result<int> read_held(const HeldOptions& options) {
  NOSHARE_TRY(const Room room, open_room(options));
  NOSHARE_TRY(const store::OfficerKey key, open_officer_key(options));
  NOSHARE_TRY(const auto opened, room.vault.take_out(options.case_number, key));
  NOSHARE_CHECK(room.holds->was_read(options.case_number, key.public_key().name,
                                     options.reason, now_unix_us()));
  NOSHARE_TRY(const MappedFile message, MappedFile::map(opened.file.get()));
  std::cout << message.bytes();
  return 0;
}

Result<int> release_held(const HeldOptions& options) {
  using Kind = outbox::ReleaseOutcome::Kind;
  NOSHARE_TRY(const Room room, open_room(options));
  NOSHARE_TRY(const store::OfficerKey officer, open_officer_key(options));
  NOSHARE_TRY(FingerprintKey key,
              FingerprintKey::load_or_create(room.settings.fingerprint_key));
  outbox::Releaser releaser(room.vault, *room.holds, std::move(key),
                            room.settings.release);
  NOSHARE_TRY(
      const auto outcome,
      releaser.release({options.case_number, options.reason, options.again}, officer));
  switch (outcome.kind) {
    case Kind::kReleased:
      std::cout << options.case_number << " released: " << outcome.answer << "\n";
      return 0;
    case Kind::kMoreOfficers:
      std::cout << options.case_number << " is agreed to by " << officer.public_key().name
                << "; " << outcome.officers_missing
                << " more officer(s) must release it\n";
      return 0;
    case Kind::kRefused:
      return complain("the mail server refused it, so it is held again: " +
                      outcome.answer);
    case Kind::kNotSent:
      return complain("it could not be sent, so it is held again: " + outcome.answer);
    case Kind::kUnknown:
      break;
  }
  return complain("the connection to the mail server broke at the very end (" +
                  outcome.answer +
                  "): look for the message in its queue and log; 'noshare held confirm' "
                  "if it is there, "
                  "else release with --again");
}

Result<int> deny_held(const HeldOptions& options) {
  NOSHARE_TRY(const Room room, open_room(options));
  NOSHARE_TRY(const store::OfficerKey key, open_officer_key(options));
  NOSHARE_CHECK(room.holds->deny(options.case_number, key.public_key().name,
                                 options.reason, now_unix_us()));
  std::cout << options.case_number << " denied\n";
  return 0;
}

Result<int> confirm_held(const HeldOptions& options) {
  NOSHARE_TRY(const Room room, open_room(options));
  NOSHARE_TRY(const store::OfficerKey key, open_officer_key(options));
  NOSHARE_CHECK(room.holds->confirm_sent(options.case_number, key.public_key().name,
                                         options.reason, now_unix_us()));
  NOSHARE_CHECK(room.vault.remove(options.case_number));
  std::cout << options.case_number << " released, as confirmed by "
            << key.public_key().name << "\n";
  return 0;
}

// The sums of all sealed files.
Result<int> check_held(const HeldOptions& options) {
  NOSHARE_TRY(const config::Settings settings, load_settings_or_defaults(options.config));
  NOSHARE_TRY(const store::Vault vault, open_vault(settings));
  NOSHARE_TRY(const auto cases, vault.cases());
  int status = 0;
  for (const std::string& one : cases) {
    if (const auto good = vault.check(one); !good) {
      complain(one + ": " + good.error().message);
      status = 1;
    }
  }
  std::cout << cases.size() << " message(s) in the vault"
            << (status == 0 ? ", all as they were written\n" : "\n");
  return status;
}

// Nobody can want it from the vault any more. One that was released or expired lies there
// only if a program died at that moment.
bool is_done_with(const store::Hold& hold, std::int64_t before_us) {
  switch (hold.state) {
    case store::HoldState::kReleased:
    case store::HoldState::kExpired:
      return true;
    case store::HoldState::kDenied:
      return hold.changed_us < before_us;
    case store::HoldState::kHeld:
    case store::HoldState::kReleasing:
      break;
  }
  return false;
}

// Expires what nobody decided, and removes what was decided so long ago.
Result<int> purge_held(const HeldOptions& options) {
  constexpr std::int64_t kDay_us = 86'400LL * 1'000'000;
  NOSHARE_TRY(const Room room, open_room(options));
  const std::int64_t now = now_unix_us();
  const std::int64_t before = now - kDay_us * room.settings.release.keep_days;
  NOSHARE_TRY(const auto expired, room.holds->expire(before, now));
  NOSHARE_TRY(const auto cases, room.vault.cases());
  std::size_t removed = 0;
  for (const std::string& one : cases) {
    const auto hold = room.holds->find(one);
    if (!hold && hold.error().code == ErrorCode::kNotFound) continue;  // on its way in
    if (!hold) return tl::unexpected(hold.error());
    if (!is_done_with(*hold, before)) continue;
    NOSHARE_CHECK(room.vault.remove(one));
    ++removed;
  }
  std::cout << expired.size() << " expired, " << removed << " removed\n";
  return 0;
}

CLI::App* declare_act(CLI::App& parent, Run& run, const char* name, const char* about,
                      Result<int> (*act)(const HeldOptions&),
                      const std::shared_ptr<HeldOptions>& options) {
  auto* command = declare_action(parent, run, name, about, act, options);
  add_case(*command, *options);
  add_officer_act(*command, *options);
  return command;
}

}  // namespace

void declare_held(CLI::App& app, Run& run) {
  auto* held = app.add_subcommand("held", "Messages that wait for an officer's decision");
  held->require_subcommand(1);
  held->footer(
      "What a message was held for stands in 'noshare incident show CASE'. Messages "
      "that\n"
      "the mail server holds (hold: mta) are not here but in its own queue.");
  auto options = std::make_shared<HeldOptions>();
  auto* list_command =
      declare_action(*held, run, "list", "Newest first", list_held, options);
  list_command->add_option(
      "--state", options->state,
      "held, releasing, released, denied, expired or all; default held");
  list_command->add_option("--most", options->most, "At most so many; default 100");
  list_command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));

  options = std::make_shared<HeldOptions>();
  auto* show_command = declare_action(
      *held, run, "show", "One case and who did what with it", show_held, options);
  add_case(*show_command, *options);
  show_command->add_option("--format", options->format, "text or json")
      ->check(CLI::IsMember({"text", "json"}));

  declare_act(*held, run, "read", "The message itself; that it was read is recorded",
              read_held, std::make_shared<HeldOptions>());
  options = std::make_shared<HeldOptions>();
  declare_act(*held, run, "release", "Sends it on, to whom it was for", release_held,
              options)
      ->add_flag("--again", options->again,
                 "Although an earlier release may have gone out");
  declare_act(*held, run, "deny", "It will not be sent", deny_held,
              std::make_shared<HeldOptions>());
  declare_act(
      *held, run, "confirm",
      "It has gone out: what the mail server's log says of a release that broke off",
      confirm_held, std::make_shared<HeldOptions>());
  declare_action(*held, run, "check", "Whether the files are as they were written",
                 check_held, std::make_shared<HeldOptions>());
  declare_action(
      *held, run, "purge",
      "Expires what nobody decided for release.keep_days, removes what was denied",
      purge_held, std::make_shared<HeldOptions>());
}

}  // namespace noshare::cli
