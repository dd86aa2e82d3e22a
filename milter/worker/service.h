// Service: what a worker does with a message. The program's scanner, or a test's
// stand-in.
//
// In:  the bytes of one message, a deadline     Out: a report, or a masked body
// Made once in the zygote and inherited by every worker, each of which serves one message
// at a time. May throw std::bad_alloc; any other exception ends the worker.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <sys/types.h>

#include "noshare/base/clock.h"
#include "noshare/base/fingerprint.h"
#include "noshare/base/limits.h"
#include "noshare/base/result.h"
#include "noshare/model/scan_report.h"

namespace noshare::worker {

struct Masked {
  model::RedactReport report;
  std::string body;  // when report.body_changed
};

class Service {
 public:
  virtual ~Service() = default;
  virtual model::ScanReport scan(std::string_view message, Deadline deadline) = 0;
  virtual Masked redact(std::string_view message,
                        const std::vector<model::MaskTarget>& targets,
                        Deadline deadline) = 0;
  // Runs in the zygote: does once what libraries put off until first used, so that the
  // pages are shared and no worker needs a file for it.
  virtual void warm_up() {}
  // What workers keep open beside their own socket.
  virtual std::vector<int> descriptors() const { return {}; }
  // Runs in the zygote: a child of it that is no worker has ended.
  virtual void child_ended(pid_t /*child*/) {}
};

struct Loaded {
  std::unique_ptr<Service> service;
  std::string snapshot;  // id of config and packs; begins with the config's version
  std::string pack_version;
  Limits limits;
};

// Errors: what is wrong with config or packs, with file, line and column.
using Loader = std::function<Result<Loaded>(const std::string& config_text,
                                            const std::string& config_name,
                                            const FingerprintKey& key)>;

}  // namespace noshare::worker
