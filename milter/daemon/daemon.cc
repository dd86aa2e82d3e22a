#include "daemon/daemon.h"

#include <algorithm>
#include <atomic>
#include <utility>

#include <libmilter/mfapi.h>
#include <unistd.h>

#include "noshare/base/log.h"

#include "daemon/control.h"
#include "daemon/listener.h"
#include "daemon/milter.h"
#include "daemon/notify.h"
#include "daemon/self_check.h"
#include "daemon/signals.h"
#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

// libmilter looks every five seconds whether it is to stop; a connection wakes it sooner.
constexpr Milliseconds kMilterEnd{6000};
constexpr Milliseconds kLookAgain{200};
// How long an answer takes from our callback to the socket, after the last transaction
// ended.
constexpr Milliseconds kLastAnswer{50};

// Outlives Running, should libmilter's thread have to be left behind.
std::atomic<bool> milter_ended{false};

class Running {
 public:
  Running(Services& services, Reloader& reloader, Listening listening)
      : services_(services), reloader_(reloader), listening_(listening) {}

  Result<void> start(const config::Settings& settings);
  void serve();  // returns when asked to stop
  int stop();

 private:
  Json handle(const std::string& command);
  Json status() const;
  Gauges gauges() const;
  bool drain(Milliseconds most);  // true: no transaction is left
  void end_milter();
  void forget_received();

  Services& services_;
  Reloader& reloader_;
  const Listening listening_;
  const SteadyClock::time_point begin_ = SteadyClock::now();
  std::unique_ptr<Control> control_;
  std::string forgotten_on_;  // the day
  std::thread milter_;
};

Result<void> Running::start(const config::Settings& settings) {
  services_.wakeup = std::make_unique<WakeUp>(listening_.name);
  NOSHARE_TRY(control_,
              Control::open(settings.control, [this](const std::string& command) {
                return handle(command);
              }));
  if (settings.metrics) {
    NOSHARE_CHECK(
        services_.metrics.serve(*settings.metrics, [this] { return gauges(); }));
  }
  // Not in the main thread: it must keep its signals unblocked (signals.h).
  milter_ = quiet_thread([] {
    const int status = smfi_main();
    if (status != MI_SUCCESS) log::error("libmilter_ended", {{"status", status}});
    milter_ended = true;
    Signals::request_stop();
  });
  return {};
}

void Running::serve() {
  const Milliseconds interval = notify::watchdog_interval();
  const Milliseconds most =
      interval.count() > 0 ? interval : Milliseconds(std::chrono::hours(1));
  for (;;) {
    const Signals::Asked asked = Signals::wait(most);
    if (asked.stop) return;
    if (asked.reload) reloader_.reload_soon();
    if (interval.count() > 0) notify::alive();
    forget_received();
  }
}

// Once a day: what came in longer ago than `received.keep_days`, what went out longer ago
// than any rule looks.
void Running::forget_received() {
  constexpr std::int64_t kDay_us = 86'400LL * 1'000'000;
  const std::uint32_t days = services_.snapshots.current()->settings.received.keep_days;
  const std::int64_t now = now_unix_us();
  const std::string today = rfc3339_utc(now).substr(0, 10);
  if (!services_.known || forgotten_on_ == today) return;
  auto gone =
      services_.known->forget_before(rfc3339_utc(now - days * kDay_us).substr(0, 10));
  // No window of a rule is longer than a year.
  if (gone) gone = services_.known->forget_shared(now - 366 * kDay_us);
  if (!gone) {
    log::warning("received_kept", {{"reason", gone.error().message}});
    return;
  }
  forgotten_on_ = today;
  if (*gone > 0) log::info("received_forgotten", {{"values", *gone}});
}

int Running::stop() {
  const config::MilterSettings settings = services_.snapshots.current()->settings.milter;
  log::notice("stopping", {{"transactions", services_.gate.inside()}});
  notify::stopping();
  services_.gate.close();
  const bool drained = drain(settings.drain_time);
  std::this_thread::sleep_for(kLastAnswer);
  end_milter();
  remove_listener(settings);
  if (!drained)
    log::warning("stopped_undrained", {{"transactions", services_.gate.inside()}});
  control_.reset();
  services_.metrics.stop_serving();
  log::notice("stopped", {{"drained", drained}});
  return drained ? 0 : 1;
}

bool Running::drain(Milliseconds most) {
  const Deadline deadline = Deadline::after(most);
  for (;;) {
    if (services_.gate.wait(std::min(kLookAgain, deadline.remaining()))) return true;
    if (deadline.expired()) return false;
    // Of a mail server that has hung up, libmilter may learn with the next event only.
    touch(listening_.name);
  }
}

void Running::end_milter() {
  // smfi_stop() waits for a lock that the listener holds while it waits for a connection:
  // so it is called by a thread of its own, and a connection of ours ends the wait.
  std::thread stopper;
  if (!milter_ended) stopper = quiet_thread([] { smfi_stop(); });
  const Deadline deadline = Deadline::after(kMilterEnd);
  while (!milter_ended && !deadline.expired()) {
    touch(listening_.name);
    std::this_thread::sleep_for(Milliseconds(10));
  }
  for (std::thread* thread : {&milter_, &stopper}) {
    if (!thread->joinable()) continue;
    if (milter_ended) {
      thread->join();
    } else {
      thread->detach();  // the process ends in a moment
    }
  }
}

Gauges Running::gauges() const {
  Gauges now;
  now.pool = services_.pool->status();
  now.config_version = services_.snapshots.current()->settings.version;
  now.connections = services_.connections.load();
  now.transactions = services_.gate.inside();
  now.wakeups = services_.wakeup->sent();
  if (services_.spooling) {
    now.spool = services_.spooling->size();
    now.spooled = services_.spooling->spooled();
  }
  return now;
}

Json Running::status() const {
  const Gauges now = gauges();
  const Metrics::Totals totals = services_.metrics.totals();
  const auto uptime =
      std::chrono::duration_cast<std::chrono::seconds>(SteadyClock::now() - begin_);
  const bool monitor =
      services_.snapshots.current()->settings.mode == config::Mode::kMonitor;
  return {{"ok", true},
          {"program", "noshare-milter"},
          {"version", NOSHARE_VERSION},
          {"pid", ::getpid()},
          {"uptime_s", uptime.count()},
          {"state", services_.gate.closed() ? "stopping" : "serving"},
          {"mode", monitor ? "monitor" : "enforce"},
          {"config", now.config_version},
          {"packs", now.pool.pack_version},
          {"generation", now.pool.generation},
          {"workers", now.pool.workers},
          {"busy", now.pool.busy},
          {"waiting", now.pool.waiting},
          {"worker_deaths", now.pool.deaths},
          {"worker_pids", now.pool.worker_pids},
          {"connections", now.connections},
          {"transactions", now.transactions},
          {"wakeups", now.wakeups},
          {"messages", totals.messages},
          {"scans", totals.scans},
          {"failures", totals.failures},
          {"store_errors", totals.store_errors},
          {"spool", now.spool}};
}

Json Running::handle(const std::string& command) {
  if (command == "ping") return {{"ok", true}};
  if (command == "status") return status();
  if (command != "reload") {
    return {{"ok", false}, {"error", "unknown command, expected reload, status or ping"}};
  }
  if (const auto done = reloader_.reload(); !done) {
    return {{"ok", false}, {"error", done.error().message}};
  }
  const pool::Status pool = services_.pool->status();
  return {{"ok", true},
          {"config", services_.snapshots.current()->settings.version},
          {"packs", pool.pack_version},
          {"generation", pool.generation}};
}

void log_start(const Services& services, const config::Settings& settings) {
  for (const std::string& warning : self_check(settings)) {
    log::warning("self_check", {{"warning", warning}});
  }
  const pool::Status pool = services.pool->status();
  log::notice("started", {{"version", NOSHARE_VERSION},
                          {"socket", settings.milter.socket.libmilter_form()},
                          {"config", settings.version},
                          {"packs", pool.pack_version},
                          {"workers", pool.workers},
                          {"most_connections", services.most_connections}});
}

}  // namespace

Result<int> run_daemon(Parts parts) {
  const config::Settings settings = parts.snapshot->settings;
  // Threads of libmilter outlive smfi_main() by a little and may still look at the
  // services, so these are given up to the end of the process.
  static auto* const services =
      new Services(parts.snapshot, std::move(parts.pool), std::move(parts.store),
                   std::move(parts.holding));
  services->known = std::move(parts.known);
  if (parts.spool && services->holding) {
    services->spooling =
        std::make_unique<Spooling>(std::move(parts.spool), *services->store,
                                   *services->holding, services->snapshots);
  }
  services->most_connections = raise_descriptor_limit();
  NOSHARE_CHECK(register_milter(*services));  // libmilter opens no socket before
  NOSHARE_TRY(const Listening listening, open_listener(settings.milter));
  int status = 0;
  {
    Reloader reloader(*services, std::move(parts.load));
    Running running(*services, reloader, listening);
    if (auto started = running.start(settings); !started) {
      remove_listener(settings.milter);
      return tl::unexpected(started.error());
    }
    log_start(*services, settings);
    notify::ready("serving configuration " + settings.version);
    parts.ready();
    running.serve();
    status = running.stop();
  }
  // The pool ends its workers, the store closes its file; no callback is left that uses
  // them.
  if (services->gate.inside() == 0) {
    services->pool.reset();
    services->spooling.reset();
    services->store.reset();
    services->holding.reset();
    services->known.reset();
  }
  return status;
}

}  // namespace noshare::daemon
