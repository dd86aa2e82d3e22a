#include "daemon/self_check.h"

#include <algorithm>

#include <sys/resource.h>
#include <unistd.h>

namespace noshare::daemon {

namespace {

bool is_loopback(const std::string& host) {
  return host.starts_with("127.") || host == "::1" || host == "localhost";
}

}  // namespace

std::vector<std::string> self_check(const config::Settings& settings) {
  std::vector<std::string> warnings;
  const auto warn = [&](std::string text) { warnings.push_back(std::move(text)); };
  if (settings.organisation.domains.empty()) {
    warn("organisation.domains is empty: every recipient counts as a third party");
  }
  if (settings.mode == config::Mode::kMonitor) {
    warn("mode is monitor: every message is delivered, whatever is found");
  }
  if (settings.on_failure == config::OnFailure::kDeliver) {
    warn("on_failure is deliver: a message that cannot be checked goes out unchecked");
  }
  if (!settings.milter.socket.is_unix && !is_loopback(settings.milter.socket.host)) {
    warn(
        "milter.socket can be reached over the network: the milter protocol knows no "
        "password");
  }
  if (settings.metrics && !is_loopback(settings.metrics->host)) {
    warn("metrics can be reached over the network");
  }
  if (settings.milter.socket.is_unix && (settings.milter.socket_mode & 0002U) != 0) {
    warn("milter.socket_mode lets every user of this machine connect");
  }
  if (::geteuid() == 0)
    warn("running as root: an own user is safer (see noshare-milter(8))");
  return warnings;
}

std::uint64_t raise_descriptor_limit() {
  constexpr std::uint64_t kReserved =
      64;  // log, store, workers, control, metrics, wake-ups
  constexpr std::uint64_t kMost = 65'536;
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 100;
  const rlim_t wanted = std::min<rlim_t>(limit.rlim_max, 2 * kMost + kReserved);
  if (wanted > limit.rlim_cur) {
    limit.rlim_cur = wanted;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  const std::uint64_t open = limit.rlim_cur;
  // With very few descriptors a quarter is held back instead.
  const std::uint64_t reserved = std::min(kReserved, open / 4 + 8);
  return std::clamp<std::uint64_t>((open - std::min(open, reserved)) / 2, 1, kMost);
}

}  // namespace noshare::daemon
