// The lists of Crew: workers that are free, callers that wait, and who takes over from
// whom.
#include "pool/crew.h"

#include <algorithm>
#include <utility>

#include <sys/eventfd.h>
#include <sys/socket.h>

#include "noshare/base/files.h"
#include "noshare/base/log.h"

#include "pool/backoff.h"
#include "pool/process_memory.h"

namespace noshare::pool {

namespace {

constexpr Milliseconds kTick{1000};
// A killed process ends within milliseconds; longer waiting would hold up the answer.
constexpr Milliseconds kEndTime{2000};
// A worker is sent home when it has kept this much, or has served this many messages:
// what libraries do not give back must not add up.
constexpr std::uint64_t kMostPrivateGrowthKib = 48 * 1024;
constexpr std::uint32_t kMostMessages = 10'000;
// Looking at a worker's memory costs some microseconds: after large messages, and now and
// then.
constexpr std::uint64_t kLargeMessage = 64 * 1024;
constexpr std::uint32_t kLookEvery = 64;
// Workers that end before they serve, in a row, until a new configuration is given up.
constexpr std::uint32_t kMostFailedBirths = 3;

bool has_grown_too_much(const Worker& worker) {
  const std::uint64_t now = private_memory_kib(worker.pid);
  return now > worker.private_kib_at_birth + kMostPrivateGrowthKib;
}

}  // namespace

Crew::Crew(const Options& options, const FingerprintKey& key)
    : options_(options), key_(key) {}

Result<std::unique_ptr<Crew>> Crew::start(const Options& options,
                                          const FingerprintKey& key) {
  Options settled = options;
  if (settled.workers == 0) {
    settled.workers = std::max(1U, std::thread::hardware_concurrency());
  }
  std::unique_ptr<Crew> crew(new Crew(settled, key));
  crew->wake_ = UniqueFd(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (!crew->wake_) return fail_errno("cannot create an event descriptor");
  crew->keeper_ = std::thread([raw = crew.get()] { raw->keep(); });
  NOSHARE_CHECK(crew->reload());
  return crew;
}

Result<WorkerPtr> Crew::take(const std::function<bool()>& waiting) {
  Lock lock(mutex_);
  if (line_.empty()) {
    if (auto worker = take_idle()) return worker;
  }
  if (line_.size() >= options_.max_queue) {
    return fail(ErrorCode::kLimit,
                std::to_string(line_.size()) + " messages wait for a worker already");
  }
  return wait_in_line(lock, waiting);
}

Result<WorkerPtr> Crew::wait_in_line(Lock& lock, const std::function<bool()>& waiting) {
  Waiter self;
  line_.push_back(&self);
  const Deadline deadline = Deadline::after(options_.queue_time);
  bool wanted = true;
  while (!self.worker && wanted && !deadline.expired()) {
    const auto tick = std::min(SteadyClock::now() + kTick, deadline.at());
    if (self.ready.wait_until(lock, tick, [&] { return self.worker != nullptr; })) break;
    if (!waiting) continue;
    lock.unlock();
    wanted = waiting();
    lock.lock();
  }
  if (!self.worker) std::erase(line_, &self);
  if (!wanted) {
    if (self.worker) {
      self.worker->busy = false;
      --busy_;
      offer(self.worker);
    }
    return fail(ErrorCode::kUnavailable, "the client has gone");
  }
  if (!self.worker) return fail(ErrorCode::kTimeout, "no worker became free in time");
  return self.worker;
}

WorkerPtr Crew::take_idle() {
  if (!current_ || current_->idle.empty()) return nullptr;
  // The one that rested last: its pages are warm, and the others keep theirs shared.
  WorkerPtr worker = std::move(current_->idle.back());
  current_->idle.pop_back();
  worker->busy = true;
  ++busy_;
  return worker;
}

void Crew::hand_to_next_in_line(const WorkerPtr& worker) {
  worker->busy = true;
  ++busy_;
  Waiter* first = line_.front();
  line_.pop_front();
  first->worker = worker;
  first->ready.notify_one();
}

void Crew::offer(const WorkerPtr& worker) {
  const GenerationPtr& generation = worker->generation;
  if (worker->dismissed || worker->ended) {
    finish_if_done(generation);
  } else if (generation->retired) {
    dismiss(worker);
    finish_if_done(generation);
  } else if (generation == current_ && !line_.empty()) {
    hand_to_next_in_line(worker);
  } else {
    generation->idle.push_back(worker);
  }
}

void Crew::dismiss(const WorkerPtr& worker) {
  worker->dismissed = true;
  worker->socket.reset();
  std::erase(worker->generation->idle, worker);
}

void Crew::give_back(const WorkerPtr& worker, std::uint64_t message_bytes) {
  const std::uint32_t served = worker->served + 1;
  const bool look = message_bytes >= kLargeMessage || served % kLookEvery == 0;
  const bool worn_out = served >= kMostMessages || (look && has_grown_too_much(*worker));
  const Lock lock(mutex_);
  worker->served = served;
  worker->busy = false;
  --busy_;
  failed_restarts_ = 0;
  if (worn_out && !worker->dismissed) dismiss(worker);
  if (worn_out) top_up(worker->generation);
  offer(worker);
}

Ending Crew::remove(const WorkerPtr& worker) {
  Lock lock(mutex_);
  if (!worker->dismissed) ++deaths_;
  dismiss(worker);
  if (!worker->ended) kill_process(worker->process);
  worker->busy = false;
  --busy_;
  top_up(worker->generation);
  finish_if_done(worker->generation);
  changed_.wait_until(lock, SteadyClock::now() + kEndTime, [&] { return worker->ended; });
  return {worker->wait_status, worker->memory_kib, worker->generation->memory_bound_kib};
}

void Crew::top_up(const GenerationPtr& generation) {
  if (generation->state != Generation::State::kReady || generation->retired ||
      generation->ended || stopping_) {
    return;
  }
  if (SteadyClock::now() < generation->next_birth) return wake_keeper();
  while (generation->in_service() < options_.workers) {
    auto worker = std::make_shared<Worker>();
    worker->number = next_worker_++;
    worker->generation = generation;
    auto ends = create_socket_pair(SOCK_STREAM);
    Result<void> asked;
    if (ends) asked = generation->zygote.fork_worker(worker->number, ends->theirs);
    if (!ends || !asked) {
      // Out of descriptors, or the zygote is behind: the keeper tries again.
      generation->next_birth = SteadyClock::now() + backoff(1);
      return wake_keeper();
    }
    worker->socket = std::move(ends->ours);
    generation->workers.emplace(worker->number, worker);
  }
}

void Crew::install(const GenerationPtr& next) {
  const GenerationPtr old = std::exchange(current_, next);
  ++generation_count_;
  if (successor_ && successor_ != next) successor_->zygote.kill();
  successor_.reset();
  if (old) {
    old->retired = true;
    while (!old->idle.empty()) dismiss(WorkerPtr(old->idle.front()));
    finish_if_done(old);
  }
  while (!line_.empty() && !next->idle.empty()) {
    const WorkerPtr worker = std::move(next->idle.front());
    next->idle.pop_front();
    hand_to_next_in_line(worker);
  }
  log::info("workers_ready", {{"generation", generation_count_},
                              {"snapshot", next->snapshot},
                              {"sandbox", next->sandbox}});
}

void Crew::finish_if_done(const GenerationPtr& generation) {
  if (!generation->retired) return;
  for (const auto& [number, worker] : generation->workers) {
    if (worker->busy) return;
  }
  generation->zygote.finish();
}

GenerationPtr Crew::adopt(Zygote zygote, std::string config_text) {
  auto generation =
      std::make_shared<Generation>(std::move(zygote), std::move(config_text));
  generation->loading_until = Deadline::after(options_.start_time);
  generations_.push_back(generation);
  wake_keeper();
  return generation;
}

Result<void> Crew::wait_until_serving(Lock& lock, const GenerationPtr& generation) {
  const auto latest = generation->loading_until.at() + kEndTime;
  changed_.wait_until(lock, latest, [&] {
    return !generation->idle.empty() || generation->ended ||
           generation->state == Generation::State::kFailed ||
           generation->failed_births >= kMostFailedBirths;
  });
  if (!generation->idle.empty()) return {};
  generation->retired = true;
  generation->zygote.finish();
  const bool said_why = !generation->failure.empty();
  return fail(ErrorCode::kInvalidInput,
              said_why ? generation->failure : "the workers do not start");
}

Result<void> Crew::reload() {
  const std::lock_guard<std::mutex> one_at_a_time(reload_mutex_);
  NOSHARE_TRY(std::string config_text, read_file(options_.config_file));
  NOSHARE_TRY(Zygote zygote, Zygote::spawn(options_, config_text, key_));
  Lock lock(mutex_);
  const GenerationPtr next = adopt(std::move(zygote), std::move(config_text));
  NOSHARE_CHECK(wait_until_serving(lock, next));
  install(next);
  return {};
}

Status Crew::status() const {
  const Lock lock(mutex_);
  Status status;
  status.busy = busy_;
  status.waiting = static_cast<std::uint32_t>(line_.size());
  status.deaths = deaths_;
  status.generation = generation_count_;
  if (!current_) return status;
  status.pack_version = current_->pack_version;
  for (const auto& [number, worker] : current_->workers) {
    if (worker->dismissed || worker->pid == 0) continue;
    ++status.workers;
    status.worker_pids.push_back(worker->pid);
  }
  return status;
}

}  // namespace noshare::pool
