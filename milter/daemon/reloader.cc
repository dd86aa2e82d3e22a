#include "daemon/reloader.h"

#include <exception>
#include <utility>

#include "noshare/base/log.h"
#include "noshare/store/shared_volumes.h"

#include "daemon/notify.h"
#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

std::string place_of(const std::optional<config::SocketAddress>& address) {
  return address ? address->libmilter_form() : std::string();
}

bool same_volumes(const config::Settings& old, const config::Settings& now) {
  return place_of(old.volumes.redis) == place_of(now.volumes.redis) &&
         old.volumes.password_file == now.volumes.password_file;
}

// Settings that the running daemon cannot change.
std::string needs_restart(const config::Settings& old, const config::Settings& now) {
  std::string keys;
  const auto compare = [&](const char* key, bool equal) {
    if (!equal) keys += (keys.empty() ? "" : " ") + std::string(key);
  };
  compare("milter.socket",
          old.milter.socket.libmilter_form() == now.milter.socket.libmilter_form());
  compare("store", old.store.place() == now.store.place());
  compare("control", old.control == now.control);
  compare("fingerprint_key", old.fingerprint_key == now.fingerprint_key);
  compare("metrics", place_of(old.metrics) == place_of(now.metrics));
  return keys;
}

Result<void> exchange(Services& services, const LoadSnapshot& load) {
  NOSHARE_TRY(SnapshotPtr next, load());
  const SnapshotPtr old = services.snapshots.current();
  NOSHARE_TRY(auto shared, store::SharedVolumes::create(next->settings.volumes));
  services.snapshots.announce(next);
  if (auto done = services.pool->reload(); !done) {
    services.snapshots.withdraw();
    return done;
  }
  services.snapshots.commit();
  // One that goes on may have something to tell a Redis that is away.
  if (services.known && !same_volumes(old->settings, next->settings)) {
    services.known->share_volumes(std::move(shared));
  }
  log::configure(next->settings.log.target, next->settings.log.level);
  const std::string keys = needs_restart(old->settings, next->settings);
  if (!keys.empty()) log::warning("restart_needed", {{"keys", keys}});
  return {};
}

}  // namespace

Reloader::Reloader(Services& services, LoadSnapshot load)
    : services_(services), load_(std::move(load)) {
  thread_ = quiet_thread([this] { run(); });
}

Reloader::~Reloader() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  changed_.notify_one();
  thread_.join();
}

Result<void> Reloader::reload() {
  const std::lock_guard lock(one_at_a_time_);
  notify::reloading();
  Result<void> done;
  try {
    const SignalsBlocked blocked;  // the pool may make threads and processes
    done = exchange(services_, load_);
  } catch (const std::exception& error) {
    done = fail(ErrorCode::kInternal, error.what());
  }
  services_.metrics.reloaded(done.has_value());
  const std::string version = services_.snapshots.current()->settings.version;
  if (done) {
    log::notice("reloaded",
                {{"config", version}, {"packs", services_.pool->status().pack_version}});
    notify::ready("serving configuration " + version);
  } else {
    log::error("reload_refused", {{"reason", done.error().message}, {"config", version}});
    notify::ready("serving configuration " + version + "; a newer one was refused");
  }
  return done;
}

void Reloader::reload_soon() {
  {
    const std::lock_guard lock(mutex_);
    asked_ = true;
  }
  changed_.notify_one();
}

void Reloader::run() {
  std::unique_lock lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return asked_ || stopping_; });
    if (stopping_) return;
    asked_ = false;
    lock.unlock();
    static_cast<void>(reload());  // it says in the log how it went
    lock.lock();
  }
}

}  // namespace noshare::daemon
