#include "worker/sandbox.h"

#include <utility>

#include <fcntl.h>
#include <unistd.h>

namespace noshare::worker {

namespace {

// Beyond these a masked body cannot grow (the pool refuses more).
constexpr std::uint64_t kMostGrowthByMasking = 4;

// Both are in their places, and nothing but them and `kept` is open above.
Result<void> place_descriptors(UniqueFd socket, UniqueFd told, std::vector<int> kept) {
  // First out of the way of each other's places.
  UniqueFd high_socket(::fcntl(socket.get(), F_DUPFD_CLOEXEC, kToldDescriptor + 1));
  UniqueFd high_told(::fcntl(told.get(), F_DUPFD_CLOEXEC, kToldDescriptor + 1));
  if (!high_socket || !high_told) return fail_errno("cannot place descriptors");
  NOSHARE_CHECK(sandbox::silence());
  socket.reset();
  told.reset();
  if (::dup2(high_told.get(), kToldDescriptor) < 0 ||
      ::dup2(high_socket.get(), kServiceDescriptor) < 0) {
    return fail_errno("cannot place descriptors");
  }
  high_socket.release();
  high_told.release();
  return sandbox::close_from(kToldDescriptor + 1, std::move(kept));
}

}  // namespace

WorkerPlan plan_worker(const Limits& limits) { return {limits, sandbox::make_plan()}; }

Result<void> enter_sandbox(const WorkerPlan& plan, UniqueFd socket, UniqueFd told,
                           std::vector<int> kept) {
  NOSHARE_CHECK(place_descriptors(std::move(socket), std::move(told), std::move(kept)));
  sandbox::Bounds bounds;
  bounds.memory = plan.limits.worker_memory + plan.limits.message_bytes;
  bounds.file = (plan.limits.message_bytes + 4096) * kMostGrowthByMasking;
  // /dev/null thrice, the service socket, the message, the masked body, a converter's
  // socket and file, and some to spare; what is kept has its numbers already.
  bounds.descriptors = 16;
  return sandbox::enter(plan.sandbox, bounds, sandbox::Calls::kServe);
}

}  // namespace noshare::worker
