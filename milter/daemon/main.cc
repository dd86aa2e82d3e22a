// noshare-milter: the filter that Postfix and Sendmail talk to.
//
// In:  command line, noshare.yaml     Out: exit status (sysexits.h), messages on standard
// error until the log is known. See daemon.h for what happens in between.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <thread>

#include <sysexits.h>

#include "noshare/base/clock.h"
#include "noshare/base/log.h"
#include "noshare/outbox/feed.h"
#include "noshare/store/policy_archive.h"
#include "noshare/store/shared_volumes.h"

#include "daemon/background.h"
#include "daemon/daemon.h"
#include "daemon/options.h"
#include "daemon/signals.h"
#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

int complain(int status, const Error& error) {
  std::fprintf(stderr, "noshare-milter: %s\n", error.message.c_str());
  log::error("not_started", {{"reason", error.message}, {"status", status}});
  return status;
}

pool::Options pool_options(const Options& options, const config::Settings& settings) {
  pool::Options made;
  made.worker_program = options.worker;
  made.config_file = options.config;
  made.workers = settings.workers != 0
                     ? settings.workers
                     : std::max(1U, std::thread::hardware_concurrency());
  made.max_queue = settings.milter.max_queue;
  made.queue_time = settings.milter.queue_time;
  return made;
}

Result<std::unique_ptr<Holding>> make_holding(const config::Settings& settings,
                                              const std::filesystem::path& config,
                                              const FingerprintKey& key) {
  NOSHARE_TRY(auto holds,
              store::HoldStore::open(settings.store.place(),
                                     store::HoldStore::Access::kReadWrite, key));
  NOSHARE_TRY(auto notices, store::NoticeQueue::open(settings.store.place()));
  const SignalsBlocked blocked;  // the courier is a thread
  auto courier = std::make_unique<outbox::Courier>(
      std::move(notices), [config, last = settings.release.smtp] {
        const auto now = config::load_settings(config);
        return now ? now->release.smtp : last;
      });
  return std::make_unique<Holding>(std::move(holds), std::move(courier), key);
}

// Tells a SIEM what happens; goes on through reloads.
Result<std::unique_ptr<outbox::Feeder>> make_feeder(const config::Settings& settings,
                                                    const std::filesystem::path& config) {
  NOSHARE_TRY(auto store, store::FeedStore::open(settings.store.place()));
  const SignalsBlocked blocked;  // the feeder is a thread
  auto feeds = [config, known = settings.feeds,
                seen = std::filesystem::file_time_type()]() mutable {
    std::error_code error;
    const auto written = std::filesystem::last_write_time(config, error);
    if (error || written == seen) return known;
    seen = written;
    if (const auto now = config::load_settings(config)) known = now->feeds;
    return known;
  };
  return std::make_unique<outbox::Feeder>(std::move(store), std::move(feeds));
}

// Every configuration that verdicts are made with is kept, so that they can be made
// again.
Result<void> keep_policies(const config::Settings& settings,
                           const std::filesystem::path& config, const FingerprintKey& key,
                           Parts& parts) {
  NOSHARE_TRY(std::shared_ptr<store::PolicyArchive> archive,
              store::PolicyArchive::open(settings.store.place(), key));
  NOSHARE_CHECK(archive->keep(settings.version, settings.text, now_unix_us()));
  parts.load = [config, key, archive]() -> Result<SnapshotPtr> {
    NOSHARE_TRY(SnapshotPtr next, load_snapshot(config, key));
    const config::Settings& now = next->settings;
    NOSHARE_CHECK(archive->keep(now.version, now.text, now_unix_us()));
    return next;
  };
  return {};
}

int run(const Options& options, std::optional<Background> background) {
  auto settings = config::load_settings(options.config);
  if (!settings) return complain(EX_CONFIG, settings.error());
  // A check leaves nothing behind, no key either.
  auto key = options.check ? Result<FingerprintKey>(FingerprintKey::random())
                           : FingerprintKey::load_or_create(settings->fingerprint_key);
  if (!key) return complain(EX_CONFIG, key.error());
  auto snapshot = make_snapshot(*settings, *key);
  if (!snapshot) return complain(EX_CONFIG, snapshot.error());
  log::configure(settings->log.target, settings->log.level);
  if (auto installed = Signals::install(); !installed) {
    return complain(EX_OSERR, installed.error());
  }
  Parts parts;
  parts.snapshot = *snapshot;
  {
    const SignalsBlocked blocked;  // the pool makes threads
    auto pool = pool::Pool::start(pool_options(options, *settings), *key);
    if (!pool) return complain(EX_CONFIG, pool.error());
    parts.pool = std::move(*pool);
  }
  if (options.check) {
    std::printf("%s: the configuration and its packs are in order\n",
                options.config.c_str());
    return EX_OK;
  }
  auto store = store::IncidentStore::open(settings->store.place(),
                                          store::IncidentStore::Access::kReadWrite);
  if (!store) return complain(EX_OSERR, store.error());
  parts.store = std::move(*store);
  auto holding = make_holding(*settings, options.config, *key);
  if (!holding) return complain(EX_OSERR, holding.error());
  parts.holding = std::move(*holding);
  auto known = store::RegisterStore::open(settings->store.place(),
                                          store::RegisterStore::Access::kReadWrite);
  if (!known) return complain(EX_OSERR, known.error());
  auto shared = store::SharedVolumes::create(settings->volumes);
  if (!shared) return complain(EX_CONFIG, shared.error());
  (*known)->share_volumes(std::move(*shared));
  parts.known = std::move(*known);
  if (!settings->store.postgresql.empty() && !settings->store.spool.empty()) {
    auto spool =
        store::Spool::open(settings->store.spool, *key, settings->store.spool_incidents);
    if (!spool) return complain(EX_OSERR, spool.error());
    parts.spool = std::move(*spool);
  }
  if (auto kept = keep_policies(*settings, options.config, *key, parts); !kept) {
    return complain(EX_OSERR, kept.error());
  }
  auto feeder = make_feeder(*settings, options.config);
  if (!feeder) return complain(EX_OSERR, feeder.error());
  if (background) parts.ready = [&] { background->ready(); };
  const auto status = run_daemon(std::move(parts));
  return status ? *status : complain(EX_OSERR, status.error());
}

int main_program(int argc, char** argv) {
  const auto options = parse_options(argc, argv);
  if (!options) {
    std::fprintf(stderr, "noshare-milter: %s\n%s", options.error().message.c_str(),
                 usage().c_str());
    return EX_USAGE;
  }
  if (options->help || options->version) {
    std::printf("%s",
                options->help ? usage().c_str() : "noshare-milter " NOSHARE_VERSION "\n");
    return EX_OK;
  }
  std::optional<Background> background;
  if (!options->foreground && !options->check) {
    auto entered = Background::enter();
    if (!entered) return complain(EX_OSERR, entered.error());
    background = std::move(*entered);
  }
  return run(*options, std::move(background));
}

}  // namespace

}  // namespace noshare::daemon

int main(int argc, char** argv) {
  try {
    return noshare::daemon::main_program(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "noshare-milter: %s\n", error.what());
    return EX_SOFTWARE;
  }
}
