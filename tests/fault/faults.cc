#include "faults.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <map>
#include <stdexcept>
#include <thread>
#include <utility>
#include <vector>

#include <sys/socket.h>
#include <unistd.h>

#include "noshare/base/text.h"
#include "noshare/model/wire.h"
#include "noshare/pool/channel.h"
#include "noshare/pool/control.h"

#include "attempts.h"
#include "worker/sandbox.h"

namespace noshare::fault {

namespace {

constexpr int kSocket = worker::kServiceDescriptor;
constexpr std::string_view kHeader = "x-fault:";
constexpr std::string_view kTry = "try-";
constexpr std::string_view kSleep = "sleep=";

void send_raw(std::string_view bytes) {
  (void)!::send(kSocket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

void send_answer(std::uint64_t id, int descriptor) {
  const std::string report = model::encode(model::ScanReport{});
  (void)pool::send_frame(kSocket, pool::numbered(id, report), descriptor,
                         Deadline::after(Milliseconds(1000)));
}

[[noreturn]] void stay() {
  for (;;) std::this_thread::sleep_for(std::chrono::seconds(3600));
}

[[noreturn]] void answer_garbage() {
  send_raw(std::string("\x10\0\0\0this is no frame", 20));
  stay();
}

[[noreturn]] void announce_huge_frame() {
  send_raw(
      "\xFF\xFF\xFF\xFF"
      "x");
  stay();
}

[[noreturn]] void drip() {
  send_raw(std::string("\xFF\xFF\0\0", 4));
  for (;;) {
    send_raw("x");
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
}

// Whole, valid, and too much: a second frame behind the first.
[[noreturn]] void answer_twice() {
  const std::string report = pool::numbered(1, model::encode(model::ScanReport{}));
  std::string frame;
  for (int i = 0; i < 2; ++i) {
    for (unsigned shift = 0; shift < 32; shift += 8) {
      frame += static_cast<char>((report.size() >> shift) & 0xFFU);
    }
    frame += report;
  }
  send_raw(frame);
  stay();
}

[[noreturn]] void answer_wrong_id() {
  send_answer(~0ULL, -1);
  stay();
}

[[noreturn]] void send_descriptor() {
  send_answer(~0ULL, kSocket);
  stay();
}

[[noreturn]] void leave() { ::_exit(7); }

using Fault = void (*)();
const std::map<std::string, Fault>& faults() {
  static const std::map<std::string, Fault> kFaults{
      {"hang", hang},
      {"crash", crash},
      {"abort", [] { std::abort(); }},
      {"exit", leave},
      {"throw", [] { throw std::runtime_error("on purpose"); }},
      {"oom", eat_memory},
      {"garbage", answer_garbage},
      {"wrong-id", answer_wrong_id},
      {"huge-frame", announce_huge_frame},
      {"slow-drip", drip},
      {"half-frame",
       [] {
         send_raw(std::string("\x40\0\0\0half", 8));
         stay();
       }},
      {"surplus-bytes", answer_twice},
      {"surplus-descriptor", send_descriptor}};
  return kFaults;
}

class FaultyService final : public worker::Service {
 public:
  explicit FaultyService(std::unique_ptr<worker::Service> sound)
      : sound_(std::move(sound)) {}

  model::ScanReport scan(std::string_view message, Deadline deadline) override {
    const std::string fault = fault_of(message);
    if (fault.starts_with(kTry)) {
      model::ScanReport report = sound_->scan(message, deadline);
      report.message_id = attempt(fault.substr(kTry.size()));
      return report;
    }
    commit(fault);
    return sound_->scan(message, deadline);
  }

  worker::Masked redact(std::string_view message,
                        const std::vector<model::MaskTarget>& targets,
                        Deadline deadline) override {
    commit(fault_of(message));
    return sound_->redact(message, targets, deadline);
  }

  void warm_up() override { sound_->warm_up(); }
  std::vector<int> descriptors() const override { return sound_->descriptors(); }
  void child_ended(pid_t child) override { sound_->child_ended(child); }

 private:
  static void commit(const std::string& fault) {
    if (fault.starts_with(kSleep)) {
      const double seconds = std::strtod(fault.c_str() + kSleep.size(), nullptr);
      std::this_thread::sleep_for(std::chrono::duration<double>(seconds));
    }
    const auto place = faults().find(fault);
    if (place != faults().end()) place->second();
  }

  std::unique_ptr<worker::Service> sound_;
};

}  // namespace

std::string fault_of(std::string_view message) {
  for (std::string_view line : split(message, '\n')) {
    line = trimmed(line);
    if (line.empty()) break;  // the end of the header block
    if (equal_ignoring_case(line.substr(0, kHeader.size()), kHeader)) {
      return ascii_lowered(trimmed(line.substr(kHeader.size())));
    }
  }
  return {};
}

std::unique_ptr<worker::Service> with_faults(std::unique_ptr<worker::Service> service) {
  return std::make_unique<FaultyService>(std::move(service));
}

}  // namespace noshare::fault
