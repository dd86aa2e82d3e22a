// OrderedWork: jobs done by several threads, results printed in the order of the jobs.
//
// A result is handed on as soon as all earlier ones have been, so that a driver that
// writes one line and waits for its answer is never kept waiting.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <queue>
#include <thread>
#include <vector>

namespace noshare::cli {

template <class Job, class Output>
class OrderedWork {
 public:
  using Worker = std::function<Output(Job&)>;
  // One worker function per thread, since each owns a scanner. `deliver` is called by one
  // thread at a time.
  OrderedWork(std::vector<Worker> workers, std::function<void(Output&)> deliver)
      : most_waiting_(workers.size() * 4), deliver_(std::move(deliver)) {
    for (Worker& worker : workers) {
      threads_.emplace_back([this, work = std::move(worker)] { serve(work); });
    }
  }
  OrderedWork(const OrderedWork&) = delete;
  OrderedWork& operator=(const OrderedWork&) = delete;

  // Blocks while enough jobs wait already.
  void add(Job job) {
    std::unique_lock lock(mutex_);
    room_.wait(lock, [&] { return jobs_.size() < most_waiting_; });
    jobs_.emplace(next_job_++, std::move(job));
    work_.notify_one();
  }

  // Waits until everything is delivered.
  void finish() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    work_.notify_all();
    for (std::thread& thread : threads_) thread.join();
    threads_.clear();
  }
  ~OrderedWork() {
    if (!threads_.empty()) finish();
  }

 private:
  void serve(const Worker& work) {
    while (auto job = take()) {
      Output output = work(job->second);
      hand_on(job->first, std::move(output));
    }
  }

  std::optional<std::pair<std::size_t, Job>> take() {
    std::unique_lock lock(mutex_);
    work_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
    if (jobs_.empty()) return std::nullopt;
    auto job = std::move(jobs_.front());
    jobs_.pop();
    room_.notify_one();
    return job;
  }

  void hand_on(std::size_t number, Output output) {
    const std::lock_guard lock(output_mutex_);
    done_.emplace(number, std::move(output));
    for (auto next = done_.find(next_output_); next != done_.end();
         next = done_.find(++next_output_)) {
      deliver_(next->second);
      done_.erase(next);
    }
  }

  const std::size_t most_waiting_;
  std::function<void(Output&)> deliver_;
  std::mutex mutex_;
  std::condition_variable work_;
  std::condition_variable room_;
  std::queue<std::pair<std::size_t, Job>> jobs_;
  std::size_t next_job_ = 0;
  bool closed_ = false;
  std::mutex output_mutex_;
  std::map<std::size_t, Output> done_;
  std::size_t next_output_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace noshare::cli
