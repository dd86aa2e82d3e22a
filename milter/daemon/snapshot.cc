#include "daemon/snapshot.h"

#include <utility>

namespace noshare::daemon {

Result<SnapshotPtr> make_snapshot(config::Settings settings, const FingerprintKey& key) {
  NOSHARE_TRY(policy::Policy policy, policy::Policy::create(settings, key));
  return std::make_shared<const Snapshot>(
      Snapshot{std::move(settings), std::move(policy)});
}

Result<SnapshotPtr> load_snapshot(const std::filesystem::path& file,
                                  const FingerprintKey& key) {
  NOSHARE_TRY(config::Settings settings, config::load_settings(file));
  return make_snapshot(std::move(settings), key);
}

SnapshotPtr Snapshots::current() const {
  const std::lock_guard lock(mutex_);
  return current_;
}

void Snapshots::announce(SnapshotPtr next) {
  const std::lock_guard lock(mutex_);
  announced_ = std::move(next);
}

void Snapshots::commit() {
  const std::lock_guard lock(mutex_);
  previous_ = std::exchange(current_, std::exchange(announced_, nullptr));
}

void Snapshots::withdraw() {
  const std::lock_guard lock(mutex_);
  announced_.reset();
}

SnapshotPtr Snapshots::of_report(const std::string& report_snapshot) const {
  const std::lock_guard lock(mutex_);
  for (const SnapshotPtr& known : {current_, announced_, previous_}) {
    if (known && report_snapshot.starts_with(known->settings.version)) return known;
  }
  return nullptr;
}

}  // namespace noshare::daemon
