// Speed of detect with all shipped packs, in MB/s per core, and against a reference in
// the same run: one classification of every byte with the processor's widest
// instructions.
//
// In:  texts made here, and files named on the command line     Out: Google Benchmark's
// table `ratio` is the share of the reference's speed; `findings` are per megabyte.
#include <algorithm>
#include <cstdio>
#include <memory>

#include <benchmark/benchmark.h>

#include "noshare/base/files.h"
#include "noshare/detect/detector.h"

#include "detect/block_masks.h"
#include "generated_text.h"

namespace noshare::bench {
namespace {

constexpr std::size_t kTextBytes = 8U << 20;
constexpr std::size_t kHostileBytes = 1U << 20;

double megabytes_per_second(std::size_t bytes, SteadyClock::duration span) {
  return static_cast<double>(bytes) / 1e6 / std::chrono::duration<double>(span).count();
}

double reference_speed(const std::string& text) {
  const std::size_t blocks = text.size() / detect::kBlockBytes;
  std::vector<detect::BlockMasks> masks(64);
  double best = 0;
  for (int round = 0; round < 5; ++round) {
    const auto start = SteadyClock::now();
    for (std::size_t block = 0; block + masks.size() <= blocks; block += masks.size()) {
      detect::best_kernel()(text.data() + block * detect::kBlockBytes, masks.size(),
                            masks.data());
      benchmark::DoNotOptimize(masks.data());
    }
    best = std::max(best, megabytes_per_second(text.size(), SteadyClock::now() - start));
  }
  return best;
}

std::shared_ptr<const detect::Database> load_database() {
  const auto packs = config::load_packs({NOSHARE_SOURCE_DIR "/patterns"});
  if (!packs) {
    std::fprintf(stderr, "%s\n", packs.error().message.c_str());
    return nullptr;
  }
  detect::Database::Options options;
  options.run_examples = false;
  options.cache = NOSHARE_BENCH_CACHE;
  const auto start = SteadyClock::now();
  const auto database = detect::Database::create(*packs, options);
  if (!database) {
    std::fprintf(stderr, "%s\n", database.error().message.c_str());
    return nullptr;
  }
  std::printf(
      "%zu entities made ready in %.0f ms, kernel %s\n", (*database)->size(),
      std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count(),
      detect::name_of(detect::best_kernel()));
  return *database;
}

void scan(benchmark::State& state,
          const std::shared_ptr<const detect::Database>& database,
          const std::string& text) {
  auto detector = detect::Detector::create(database, FingerprintKey::random());
  if (!detector) return state.SkipWithError(detector.error().message.c_str());
  model::Segment segment;
  segment.text = text;
  std::size_t findings = 0;
  const auto start = SteadyClock::now();
  for (auto round : state) {
    static_cast<void>(round);
    findings = detector->detect({&segment, 1}, Deadline::never()).detected.size();
  }
  const std::size_t bytes = text.size() * static_cast<std::size_t>(state.iterations());
  state.SetBytesProcessed(static_cast<std::int64_t>(bytes));
  state.counters["ratio"] =
      megabytes_per_second(bytes, SteadyClock::now() - start) / reference_speed(text);
  state.counters["findings"] =
      static_cast<double>(findings) * 1e6 / static_cast<double>(text.size());
}

void add(const std::string& name, const std::shared_ptr<const detect::Database>& database,
         std::string text) {
  benchmark::RegisterBenchmark(
      name.c_str(), [database, text = std::move(text)](
                        benchmark::State& state) { scan(state, database, text); })
      ->Unit(benchmark::kMillisecond)
      ->MinTime(0.5);
}

}  // namespace
}  // namespace noshare::bench

int main(int argc, char** argv) {
  using namespace noshare::bench;
  benchmark::Initialize(&argc, argv);
  const auto database = load_database();
  if (!database) return 2;
  add("prose", database, prose(kTextBytes));
  add("header", database, "Re: the meeting on Thursday, 14:30, and what we agreed");
  add("prose_with_values", database, prose_with_values(kTextBytes));
  add("html_text", database, html_text(kTextBytes));
  add("digit_table", database, digit_table(kTextBytes));
  add("server_log", database, server_log(kTextBytes));
  add("hostile/digits", database, repeated("7", kHostileBytes));
  add("hostile/at", database, repeated("@", kHostileBytes));
  add("hostile/a@a.", database, repeated("a@a.", kHostileBytes));
  add("hostile/1-1-", database, repeated("1-", kHostileBytes));
  add("hostile/1_1_", database, repeated("1 ", kHostileBytes));
  add("hostile/words", database,
      repeated("card account number phone 12345 ", kHostileBytes));
  add("hostile/capitals", database, repeated("Anna Miller ", kHostileBytes));
  for (int i = 1; i < argc; ++i) {
    auto text = noshare::read_file(argv[i]);
    if (!text) {
      std::fprintf(stderr, "%s\n", text.error().message.c_str());
      return 2;
    }
    add(argv[i], database, std::move(*text));
  }
  benchmark::RunSpecifiedBenchmarks();
  return 0;
}
