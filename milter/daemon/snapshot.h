// Snapshot: settings and policy of one configuration. Never changes; one message, one
// snapshot.
//
// In:  noshare.yaml     Out: what every transaction decides with
// A reload has two halves, ours and the workers'. While it goes on, reports of either
// generation come in, so the old and the new snapshot are both known, and a message is
// judged by the one whose configuration its report names.
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "noshare/base/fingerprint.h"
#include "noshare/config/settings.h"
#include "noshare/policy/policy.h"

namespace noshare::daemon {

struct Snapshot {
  config::Settings settings;
  policy::Policy policy;
};
using SnapshotPtr = std::shared_ptr<const Snapshot>;

// Errors: as load_settings() and Policy::create().
Result<SnapshotPtr> load_snapshot(const std::filesystem::path& file,
                                  const FingerprintKey& key);
Result<SnapshotPtr> make_snapshot(config::Settings settings, const FingerprintKey& key);

// Thread-safe.
class Snapshots {
 public:
  explicit Snapshots(SnapshotPtr first) : current_(std::move(first)) {}

  SnapshotPtr current() const;
  // Makes `next` known, before the workers learn of it.
  void announce(SnapshotPtr next);
  // The announced one becomes the current one; the one before stays known for what is
  // under way.
  void commit();
  void withdraw();

  // The snapshot a report was made under, by the configuration version that its id begins
  // with; null when no known one fits.
  SnapshotPtr of_report(const std::string& report_snapshot) const;

 private:
  mutable std::mutex mutex_;
  SnapshotPtr current_;
  SnapshotPtr announced_;
  SnapshotPtr previous_;
};

}  // namespace noshare::daemon
