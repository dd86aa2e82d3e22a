// plain-worker: a worker without a scanner, ready in milliseconds, with faults on demand.
//
// In:  a config of "key: value" lines     Out: reports that name the config they were
// made by
//   snapshot: ID     what READY says; each report repeats it in message_id
//   fail: TEXT       loading fails with TEXT
//   end: yes         the zygote ends while loading
//   load_ms: N       loading takes so long
//   memory_mb: N     each worker's bound
#include <chrono>
#include <cstdlib>
#include <map>
#include <thread>
#include <utility>

#include <unistd.h>

#include "noshare/base/text.h"

#include "faults.h"
#include "worker/program.h"

namespace {

using noshare::worker::Loaded;

class Echo final : public noshare::worker::Service {
 public:
  explicit Echo(std::string snapshot) : snapshot_(std::move(snapshot)) {}

  noshare::model::ScanReport scan(std::string_view message,
                                  noshare::Deadline /*deadline*/) override {
    noshare::model::ScanReport report;
    report.bytes = message.size();
    report.message_id = snapshot_;
    return report;
  }

  // Replaces every digit, so that a test sees that the body came through.
  noshare::worker::Masked redact(std::string_view message,
                                 const std::vector<noshare::model::MaskTarget>& targets,
                                 noshare::Deadline /*deadline*/) override {
    noshare::worker::Masked masked;
    masked.report.possible = true;
    masked.report.masked = static_cast<std::uint32_t>(targets.size());
    masked.report.body_changed = !targets.empty();
    masked.body = message;
    for (char& c : masked.body) {
      if (noshare::is_ascii_digit(c)) c = '*';
    }
    return masked;
  }

 private:
  std::string snapshot_;
};

std::map<std::string, std::string> read_lines(const std::string& text) {
  std::map<std::string, std::string> values;
  for (const std::string_view line : noshare::split(text, '\n')) {
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    values.emplace(line.substr(0, colon), noshare::trimmed(line.substr(colon + 1)));
  }
  return values;
}

noshare::Result<Loaded> load(const std::string& text, const std::string& name,
                             const noshare::FingerprintKey& /*key*/) {
  auto values = read_lines(text);
  std::this_thread::sleep_for(
      std::chrono::milliseconds(std::atoi(values["load_ms"].c_str())));
  if (values.contains("end")) ::_exit(1);
  if (values.contains("fail")) {
    return noshare::fail(noshare::ErrorCode::kInvalidInput,
                         name + ":1: " + values["fail"]);
  }
  Loaded loaded;
  loaded.snapshot = values["snapshot"];
  loaded.pack_version = "packs-of-" + loaded.snapshot;
  if (values.contains("memory_mb")) {
    loaded.limits.worker_memory = std::strtoull(values["memory_mb"].c_str(), nullptr, 10)
                                  << 20U;
  }
  loaded.service = noshare::fault::with_faults(std::make_unique<Echo>(loaded.snapshot));
  return loaded;
}

}  // namespace

int main(int argument_count, char** arguments) {
  return noshare::worker::run_program(argument_count, arguments, load);
}
