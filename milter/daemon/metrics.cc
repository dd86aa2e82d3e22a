#include "daemon/metrics.h"

#include <algorithm>
#include <atomic>
#include <exception>
#include <map>
#include <mutex>
#include <set>
#include <utility>

#include <prometheus/collectable.h>
#include <prometheus/counter.h>
#include <prometheus/exposer.h>
#include <prometheus/histogram.h>
#include <prometheus/registry.h>

#include "daemon/listener.h"
#include "daemon/threads.h"

namespace noshare::daemon {

namespace {

using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

// Reports come from workers that hostile mail may have taken over: no more names than
// this.
constexpr std::size_t kMostEntities = 500;

MetricFamily single(const char* name, const char* help, MetricType type, double value,
                    std::vector<ClientMetric::Label> labels = {}) {
  ClientMetric metric;
  metric.label = std::move(labels);
  metric.gauge.value = value;
  metric.counter.value = value;
  return {name, help, type, {metric}};
}

// Values that others keep and that are read when the page is asked for.
class Readings : public prometheus::Collectable {
 public:
  explicit Readings(std::function<Gauges()> read) : read_(std::move(read)) {}

  std::vector<MetricFamily> Collect() const override {
    const Gauges now = read_();
    constexpr auto kGauge = MetricType::Gauge;
    constexpr auto kCounter = MetricType::Counter;
    const auto number = [](auto value) { return static_cast<double>(value); };
    return {
        single("noshare_workers", "Worker processes that are up", kGauge,
               number(now.pool.workers)),
        single("noshare_workers_busy", "Workers that read a message", kGauge,
               number(now.pool.busy)),
        single("noshare_queue_length", "Messages that wait for a worker", kGauge,
               number(now.pool.waiting)),
        single("noshare_worker_deaths_total", "Workers that died or were stopped",
               kCounter, number(now.pool.deaths)),
        single("noshare_generation", "Times the packs have been loaded", kGauge,
               number(now.pool.generation)),
        single("noshare_pack_info", "Version of the packs in use", kGauge, 1,
               {{"version", now.pool.pack_version}}),
        single("noshare_config_info", "Version of the configuration in use", kGauge, 1,
               {{"version", now.config_version}}),
        single("noshare_build_info", "Version of the program", kGauge, 1,
               {{"version", NOSHARE_VERSION}}),
        single("noshare_connections", "Connections of mail servers", kGauge,
               number(now.connections)),
        single("noshare_transactions", "Messages between MAIL FROM and their answer",
               kGauge, number(now.transactions)),
        single("noshare_wakeups_total", "Wake-ups of libmilter's worker pool", kCounter,
               number(now.wakeups)),
        single("noshare_spool_length", "Incidents that wait for the store to be back",
               kGauge, number(now.spool)),
        single("noshare_spooled_total", "Incidents that went into the spool", kCounter,
               number(now.spooled)),
    };
  }

 private:
  std::function<Gauges()> read_;
};

}  // namespace

struct Metrics::Impl {
  using Counters = prometheus::Family<prometheus::Counter>;

  std::shared_ptr<prometheus::Registry> registry =
      std::make_shared<prometheus::Registry>();
  Counters& messages =
      counters("noshare_messages_total", "Messages that came to their end");
  Counters& verdicts = counters("noshare_verdicts_total", "Verdicts by action and mode");
  Counters& entities = counters("noshare_findings_total", "Findings by entity");
  Counters& unreadable =
      counters("noshare_unreadable_total", "Parts not read, by reason");
  Counters& failures =
      counters("noshare_failures_total", "Messages without a verdict, by reason");
  Counters& stores =
      counters("noshare_store_errors_total", "Incidents that could not be stored");
  Counters& reloads = counters("noshare_reloads_total", "Reloads by result");
  prometheus::Counter& store_errors = stores.Add({});
  prometheus::Histogram& scans =
      prometheus::BuildHistogram()
          .Name("noshare_scan_seconds")
          .Help(
              "Time from end of message to the scan report, waiting for a worker "
              "included")
          .Register(*registry)
          .Add({}, prometheus::Histogram::BucketBoundaries{0.0005, 0.001, 0.0025, 0.005,
                                                           0.01, 0.025, 0.05, 0.1, 0.25,
                                                           0.5, 1, 2.5, 5, 10, 30, 60});
  std::shared_ptr<Readings> readings;
  std::unique_ptr<prometheus::Exposer> exposer;
  SocketName listening;  // where the exposer listens

  std::mutex names_mutex;
  std::set<std::string> names;  // entities that have a counter
  std::atomic<std::uint64_t> total_messages{0};
  std::atomic<std::uint64_t> total_scans{0};
  std::atomic<std::uint64_t> total_failures{0};
  std::atomic<std::uint64_t> total_store_errors{0};

  Counters& counters(const char* name, const char* help) {
    return prometheus::BuildCounter().Name(name).Help(help).Register(*registry);
  }

  std::string bounded(const std::string& entity) {
    const std::lock_guard lock(names_mutex);
    if (names.contains(entity)) return entity;
    if (names.size() >= kMostEntities) return "other";
    names.insert(entity);
    return entity;
  }
};

Metrics::Metrics() : impl_(std::make_unique<Impl>()) {}
Metrics::~Metrics() = default;

Result<void> Metrics::serve(const config::SocketAddress& address,
                            std::function<Gauges()> gauges) {
  const bool is_ipv6 = address.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + address.host + "]" : address.host;
  const std::string bind = host + ":" + std::to_string(address.port);
  try {
    const SignalsBlocked blocked;
    // One thread is enough for a page that is read a few times a minute.
    impl_->exposer = std::make_unique<prometheus::Exposer>(bind, 1);
    impl_->readings = std::make_shared<Readings>(std::move(gauges));
    impl_->exposer->RegisterCollectable(impl_->registry);
    impl_->exposer->RegisterCollectable(impl_->readings);
  } catch (const std::exception& error) {
    impl_->exposer.reset();
    return fail(ErrorCode::kIo,
                "metrics: cannot listen on " + bind + ": " + error.what());
  }
  NOSHARE_TRY(const Listening listening, find_listener(address));
  impl_->listening = listening.name;
  return {};
}

void Metrics::stop_serving() {
  if (!impl_->exposer) return;
  std::atomic<bool> ended{false};
  std::thread ending = quiet_thread([&] {
    impl_->exposer.reset();
    ended = true;
  });
  // The web server looks every two seconds whether it is to stop (civetweb's
  // SOCKET_TIMEOUT_QUANTUM); a connection wakes it sooner.
  while (!ended) {
    touch(impl_->listening);
    std::this_thread::sleep_for(Milliseconds(5));
  }
  ending.join();
  impl_->readings.reset();
}

void Metrics::message(model::Direction direction) {
  impl_->total_messages.fetch_add(1, std::memory_order_relaxed);
  impl_->messages.Add({{"direction", model::name(direction)}}).Increment();
}

void Metrics::verdict(model::Action action, bool monitor) {
  impl_->verdicts
      .Add({{"action", model::name(action)}, {"mode", monitor ? "monitor" : "enforce"}})
      .Increment();
}

void Metrics::findings(const model::ScanReport& report) {
  std::map<std::string, double> by_entity;
  for (const model::Finding& finding : report.findings) by_entity[finding.entity] += 1;
  for (const auto& [entity, count] : by_entity) {
    impl_->entities.Add({{"entity", impl_->bounded(entity)}}).Increment(count);
  }
  for (const model::Unreadable& part : report.unreadable) {
    impl_->unreadable.Add({{"reason", model::name(part.reason)}}).Increment();
  }
}

void Metrics::scan_took(double seconds) {
  impl_->total_scans.fetch_add(1, std::memory_order_relaxed);
  impl_->scans.Observe(seconds);
}

void Metrics::failed(const char* reason) {
  impl_->total_failures.fetch_add(1, std::memory_order_relaxed);
  impl_->failures.Add({{"reason", reason}}).Increment();
}

void Metrics::store_failed() {
  impl_->total_store_errors.fetch_add(1, std::memory_order_relaxed);
  impl_->store_errors.Increment();
}

void Metrics::reloaded(bool success) {
  impl_->reloads.Add({{"result", success ? "done" : "refused"}}).Increment();
}

Metrics::Totals Metrics::totals() const {
  return {impl_->total_messages.load(), impl_->total_scans.load(),
          impl_->total_failures.load(), impl_->total_store_errors.load()};
}

}  // namespace noshare::daemon
