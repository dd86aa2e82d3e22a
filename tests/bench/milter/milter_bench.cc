// milter_bench: how fast a filter answers, as the mail server sees it.
//
// In:  a filter's socket, message size, connections, for how long
// Out: one JSON line: messages per second, end-of-message latency (median, 99th
// percentile) Usage: milter_bench SOCKET BYTES CONNECTIONS SECONDS Every connection has a
// thread and sends the same clean message over and over. The first tenth of the time
// warms up and is not counted.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <string>
#include <thread>
#include <vector>

#include "bench_client.h"

namespace {

using Clock = std::chrono::steady_clock;

struct Series {
  std::vector<double> latencies;  // seconds, of counted messages
  std::uint64_t not_accepted = 0;
  std::string error;
};

Series run_connection(const std::string& socket, const noshare::bench::Message& message,
                      Clock::time_point count_from, Clock::time_point end) {
  Series series;
  try {
    noshare::bench::BenchClient client(socket);
    while (Clock::now() < end) {
      const double latency = client.send(message);
      if (Clock::now() >= count_from) series.latencies.push_back(latency);
    }
    series.not_accepted = client.not_accepted();
  } catch (const std::exception& error) {
    series.error = error.what();
  }
  return series;
}

double percentile(std::vector<double>& sorted, double share) {
  if (sorted.empty()) return 0;
  const auto last = static_cast<double>(sorted.size() - 1);
  return sorted[static_cast<std::size_t>(share * last + 0.5)];
}

int report(std::vector<Series>& all, double counted_seconds) {
  std::vector<double> latencies;
  std::uint64_t not_accepted = 0;
  for (auto& series : all) {
    if (!series.error.empty()) {
      std::fprintf(stderr, "milter_bench: %s\n", series.error.c_str());
      return 1;
    }
    latencies.insert(latencies.end(), series.latencies.begin(), series.latencies.end());
    not_accepted += series.not_accepted;
  }
  std::sort(latencies.begin(), latencies.end());
  std::printf(
      "{\"messages\":%zu,\"per_second\":%.1f,\"p50_ms\":%.4f,\"p99_ms\":%.4f,"
      "\"not_accepted\":%llu}\n",
      latencies.size(), static_cast<double>(latencies.size()) / counted_seconds,
      percentile(latencies, 0.5) * 1e3, percentile(latencies, 0.99) * 1e3,
      static_cast<unsigned long long>(not_accepted));
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 5) {
    std::fprintf(stderr,
                 "usage: milter_bench unix:/path|inet:host:port BYTES CONNECTIONS "
                 "SECONDS\n");
    return 2;
  }
  const auto message = noshare::bench::make_message(std::strtoul(argv[2], nullptr, 10));
  const auto connections = std::strtoul(argv[3], nullptr, 10);
  const std::chrono::duration<double> length(std::strtod(argv[4], nullptr));

  const auto start = Clock::now();
  const auto count_from =
      start + std::chrono::duration_cast<Clock::duration>(length / 10);
  const auto end = start + std::chrono::duration_cast<Clock::duration>(length);
  std::vector<Series> all(connections);
  std::vector<std::thread> threads;
  for (auto& series : all) {
    threads.emplace_back(
        [&] { series = run_connection(argv[1], message, count_from, end); });
  }
  for (auto& thread : threads) thread.join();
  const std::chrono::duration<double> counted = Clock::now() - count_from;
  return report(all, counted.count());
}
