// What an index of customers costs.
//
// In:  number of rows, a folder with space     Out: seconds and bytes to write the index,
// and the time to compare texts without a match with it, beside the time detect takes
// Usage: customers_bench ROWS FOLDER. Exit status: 0 measured, 2 wrong usage or an error.
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include <fmt/format.h>
#include <sys/resource.h>

#include "noshare/customers/index.h"
#include "noshare/customers/indexer.h"
#include "noshare/detect/detector.h"

#include "generated_text.h"

namespace noshare::bench {
namespace {

namespace fs = std::filesystem;

double seconds_since(SteadyClock::time_point start) {
  return std::chrono::duration<double>(SteadyClock::now() - start).count();
}

// A busy machine makes work long, not more.
double processor_seconds() {
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  const auto seconds = [](const timeval& time) {
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
  };
  return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// Made-up customers: reserved domains and number ranges, names made of syllables.
void write_customers(const fs::path& file, std::uint64_t rows) {
  constexpr const char* kSyllables[] = {"ba", "do", "fi", "gu", "ka", "lo", "mi", "nu",
                                        "pa", "ro", "si", "tu", "va", "wo", "xi", "zu"};
  std::ofstream out(file);
  out << "customer_no,email,first_name,last_name,birth_date,phone,street,city\n";
  std::uint64_t state = 88172645463325252ULL;
  const auto random = [&](std::uint64_t below) {
    state ^= state << 13U;
    state ^= state >> 7U;
    state ^= state << 17U;
    return state % below;
  };
  const auto word = [&](int syllables) {
    std::string text;
    for (int i = 0; i < syllables; ++i) text += kSyllables[random(16)];
    text[0] = static_cast<char>(text[0] - 32);
    return text;
  };
  for (std::uint64_t i = 0; i < rows; ++i) {
    const std::string first = word(2);
    const std::string last = word(3);
    out << fmt::format(
        "C-{:09},{}.{}.{}@customer.test,{},{},{}-{:02}-{:02},+44 7{:09},{} {} "
        "Street,{}\n",
        i, first, last, i, first, last, 1930 + random(80), 1 + random(12), 1 + random(28),
        random(1'000'000'000), 1 + random(300), word(3), word(3));
  }
}

struct Speed {
  double match = 0;   // seconds
  double detect = 0;  // seconds
};

Speed compare(const std::string& text, const customers::Matcher& matcher,
              detect::Detector& detector) {
  constexpr int kRounds = 3;
  model::Segment segment;
  segment.text = text;
  Speed best{1e9, 1e9};
  for (int round = 0; round < kRounds; ++round) {
    auto start = SteadyClock::now();
    static_cast<void>(matcher.match({&segment, 1}, Deadline::never(), 10'000));
    best.match = std::min(best.match, seconds_since(start));
    start = SteadyClock::now();
    static_cast<void>(detector.detect({&segment, 1}, Deadline::never()));
    best.detect = std::min(best.detect, seconds_since(start));
  }
  return best;
}

Result<void> run(std::uint64_t rows, const fs::path& folder) {
  const FingerprintKey key = FingerprintKey::random();
  customers::IndexJob job;
  job.csv = folder / "customers.csv";
  job.settings.index = folder / "customers.index";
  job.settings.key = "customer_no";
  write_customers(job.csv, rows);
  const double busy_before = processor_seconds();
  auto start = SteadyClock::now();
  NOSHARE_TRY(const auto written, customers::index_customers(job, key));
  const double took = seconds_since(start);
  const double busy = processor_seconds() - busy_before;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  fmt::print(
      "{} rows indexed in {:.1f} s, {:.1f} s of them on the processor ({:.0f} rows/s of "
      "these), {:.1f} MB ({:.0f} bytes a row), most memory {} MB\n",
      rows, took, busy, static_cast<double>(rows) / busy,
      static_cast<double>(written.bytes) / 1e6,
      static_cast<double>(written.bytes) / static_cast<double>(rows),
      usage.ru_maxrss / 1024);
  constexpr double kMany = 100e6;
  const double times = kMany / static_cast<double>(rows);
  fmt::print(
      "at the same pace, 100 million rows: {:.0f} minutes of the processor, {:.1f} GB\n",
      busy * times / 60, static_cast<double>(written.bytes) * times / 1e9);
  start = SteadyClock::now();
  NOSHARE_TRY(const auto index, customers::Index::open(job.settings.index, key));
  fmt::print("opened in {:.2f} ms\n", seconds_since(start) * 1e3);

  NOSHARE_TRY(const auto packs, config::load_packs({NOSHARE_SOURCE_DIR "/patterns"}));
  detect::Database::Options options;
  options.run_examples = false;
  NOSHARE_TRY(const auto database, detect::Database::create(packs, options));
  NOSHARE_TRY(detect::Detector detector, detect::Detector::create(database, key));
  const customers::Matcher matcher(index, job.settings);
  constexpr std::size_t kBytes = 8U << 20;
  for (const auto& [name, text] :
       {std::pair("prose", prose(kBytes)),
        std::pair("prose with values", prose_with_values(kBytes)),
        std::pair("html text", html_text(kBytes)),
        std::pair("digit table", digit_table(kBytes)),
        std::pair("server log", server_log(kBytes))}) {
    const Speed speed = compare(text, matcher, detector);
    const double megabytes = static_cast<double>(text.size()) / 1e6;
    fmt::print("{:18} {:7.0f} MB/s, detect {:6.1f} MB/s: adds {:.1f} %\n", name,
               megabytes / speed.match, megabytes / speed.detect,
               100 * speed.match / speed.detect);
  }
  return {};
}

}  // namespace
}  // namespace noshare::bench

int main(int argc, char** argv) {
  if (argc != 3) {
    std::fprintf(stderr, "usage: customers_bench ROWS FOLDER\n");
    return 2;
  }
  const auto done = noshare::bench::run(std::strtoull(argv[1], nullptr, 10), argv[2]);
  if (!done) std::fprintf(stderr, "%s\n", done.error().message.c_str());
  return done ? 0 : 2;
}
