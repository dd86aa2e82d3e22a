// The keeper's thread of Crew: hears what zygotes say, and does what is due at a time.
#include <array>
#include <cerrno>
#include <utility>

#include <poll.h>
#include <unistd.h>

#include "noshare/base/log.h"

#include "pool/backoff.h"
#include "pool/crew.h"
#include "pool/process_memory.h"

namespace noshare::pool {

namespace {

// How long the zygotes may take to leave when the pool ends.
constexpr Milliseconds kLeaveTime{2000};

void drain(int event) {
  std::uint64_t count = 0;
  while (::read(event, &count, sizeof count) < 0 && errno == EINTR) {
  }
}

}  // namespace

Crew::~Crew() {
  {
    const Lock lock(mutex_);
    stopping_ = true;
  }
  wake_keeper();
  if (keeper_.joinable()) keeper_.join();
  const Deadline deadline = Deadline::after(kLeaveTime);
  for (const auto& generation : generations_) generation->zygote.finish();
  for (const auto& generation : generations_) {
    pollfd entry{generation->zygote.process(), POLLIN, 0};
    ::poll(&entry, 1, static_cast<int>(deadline.remaining().count()));
    generation->idle.clear();
    generation->workers.clear();  // workers hold their generation
  }
}

void Crew::wake_keeper() const {
  const std::uint64_t one = 1;
  while (::write(wake_.get(), &one, sizeof one) < 0 && errno == EINTR) {
  }
}

void Crew::keep() {
  std::vector<pollfd> entries;
  std::vector<GenerationPtr> heard;
  for (;;) {
    Milliseconds rest{0};
    {
      const Lock lock(mutex_);
      if (stopping_) return;
      do_what_is_due();
      entries.assign(1, pollfd{wake_.get(), POLLIN, 0});
      heard = generations_;
      for (const auto& generation : heard) {
        const int control =
            generation->channel_closed ? -1 : generation->zygote.control();
        entries.push_back({control, POLLIN, 0});
        entries.push_back({generation->zygote.process(), POLLIN, 0});
      }
      rest = keeper_rest();
    }
    if (::poll(entries.data(), entries.size(), static_cast<int>(rest.count())) <= 0) {
      continue;
    }
    if (entries[0].revents != 0) drain(wake_.get());
    const Lock lock(mutex_);
    for (std::size_t i = 0; i < heard.size(); ++i) {
      if (entries[1 + 2 * i].revents != 0 || entries[2 + 2 * i].revents != 0) {
        listen(heard[i]);
      }
    }
    heard.clear();
  }
}

void Crew::do_what_is_due() {
  restart_zygote();
  for (const auto& generation : generations_) {
    if (generation->state == Generation::State::kLoading) {
      if (!generation->loading_until.expired()) continue;
      generation->state = Generation::State::kFailed;
      generation->failure = "the workers were not ready within " +
                            std::to_string(options_.start_time.count()) + " ms";
      generation->zygote.kill();
    } else if (SteadyClock::now() >= generation->next_birth) {
      top_up(generation);
    }
  }
}

// Until the next thing that is due; a minute when there is none.
Milliseconds Crew::keeper_rest() const {
  auto until = SteadyClock::now() + std::chrono::minutes(1);
  const auto earlier = [&](SteadyClock::time_point due) { until = std::min(until, due); };
  if (current_ && current_->ended && !successor_) earlier(next_restart_);
  for (const auto& generation : generations_) {
    if (generation->state == Generation::State::kLoading) {
      earlier(generation->loading_until.at());
    } else if (generation->state == Generation::State::kReady && !generation->retired &&
               generation->in_service() < options_.workers) {
      earlier(generation->next_birth);
    }
  }
  const auto now = SteadyClock::now();
  return until <= now ? Milliseconds(0) : std::chrono::ceil<Milliseconds>(until - now);
}

void Crew::listen(const GenerationPtr& generation) {
  while (!generation->channel_closed) {
    auto received = generation->zygote.receive();
    if (received) {
      on_message(generation, std::move(*received));
      continue;
    }
    if (received.error().code == ErrorCode::kTimeout) break;
    if (received.error().code != ErrorCode::kUnavailable) generation->zygote.kill();
    generation->channel_closed = true;
  }
  if (!generation->ended && generation->zygote.has_ended()) on_zygote_ended(generation);
  changed_.notify_all();
}

void Crew::on_message(const GenerationPtr& generation, Zygote::Received received) {
  const ControlMessage& message = received.message;
  switch (message.kind) {
    case ControlKind::kReady:
      if (generation->state != Generation::State::kLoading) break;
      generation->state = Generation::State::kReady;
      generation->snapshot = message.snapshot;
      generation->pack_version = message.pack_version;
      generation->sandbox = message.sandbox;
      generation->memory_bound_kib = message.memory_bound_kib;
      top_up(generation);
      break;
    case ControlKind::kFailed:
      generation->state = Generation::State::kFailed;
      generation->failure = message.text;
      break;
    case ControlKind::kForked:
      on_forked(generation, std::move(received));
      break;
    case ControlKind::kExited:
      on_exited(generation, message);
      break;
    default:
      generation->zygote.kill();  // a sentence that is not its to say
  }
}

void Crew::on_forked(const GenerationPtr& generation, Zygote::Received received) {
  const auto place = generation->workers.find(received.message.worker);
  if (place == generation->workers.end()) return;
  const WorkerPtr worker = place->second;
  worker->pid = received.message.pid;
  worker->process = std::move(received.process);
  worker->private_kib_at_birth = private_memory_kib(worker->pid);
  generation->failed_births = 0;
  offer(worker);
  if (generation == successor_) install(generation);
}

void Crew::on_exited(const GenerationPtr& generation, const ControlMessage& message) {
  const auto place = generation->workers.find(message.worker);
  if (place == generation->workers.end()) return;
  const WorkerPtr worker = std::move(place->second);
  generation->workers.erase(place);
  worker->ended = true;
  worker->wait_status = message.wait_status;
  worker->memory_kib = message.memory_kib;
  if (!worker->dismissed) {
    ++deaths_;
    worker->dismissed = true;
    std::erase(generation->idle, worker);
    if (worker->pid == 0) {  // never announced: it did not get into its sandbox
      ++generation->failed_births;
      generation->failure = "workers end before they serve: " + message.text;
      generation->next_birth = SteadyClock::now() + backoff(generation->failed_births);
      log::warning("worker_not_started", {{"failures", generation->failed_births},
                                          {"wait_status", message.wait_status},
                                          {"reason", message.text}});
    }
  }
  top_up(generation);
}

void Crew::on_zygote_ended(const GenerationPtr& generation) {
  generation->ended = true;
  if (generation->failure.empty()) {
    generation->failure = options_.worker_program.string() + " ended before it was ready";
  }
  for (const auto& [number, worker] : generation->workers) {
    if (!worker->dismissed && !generation->retired) ++deaths_;
    worker->dismissed = true;
    worker->ended = true;
  }
  generation->workers.clear();
  generation->idle.clear();
  std::erase(generations_, generation);
  const bool replacement_failed = generation == successor_;
  if (replacement_failed) successor_.reset();
  if (generation != current_ && !replacement_failed) return;
  const Milliseconds pause = backoff(failed_restarts_++);
  next_restart_ = SteadyClock::now() + pause;
  log::error("workers_lost",
             {{"reason", generation->failure}, {"restart_in_ms", pause.count()}});
}

// A zygote died, or the one that should replace it did.
void Crew::restart_zygote() {
  if (!current_ || !current_->ended || successor_) return;
  if (SteadyClock::now() < next_restart_) return;
  auto zygote = Zygote::spawn(options_, current_->config_text, key_);
  if (zygote) {
    successor_ = adopt(std::move(*zygote), current_->config_text);
    return;
  }
  const Milliseconds pause = backoff(++failed_restarts_);
  next_restart_ = SteadyClock::now() + pause;
  log::error("workers_not_restarted",
             {{"reason", zygote.error().message}, {"retry_in_ms", pause.count()}});
}

}  // namespace noshare::pool
