// scan: a message in, a ScanReport out. Extract and detect in one call.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "noshare/base/sensitive.h"
#include "noshare/config/settings.h"
#include "noshare/detect/detector.h"
#include "noshare/extract/extract.h"
#include "noshare/extract/redact.h"
#include "noshare/model/scan_report.h"

namespace noshare::scan {

enum class InputKind { kMessage, kText, kFile };

struct Scanned {
  model::ScanReport report;
  std::vector<Sensitive> values;  // one per finding, for --reveal; never sent anywhere
};

// Serves one message at a time.
class Scanner {
 public:
  // `converter` may be null, and outlives the scanner.
  static Result<Scanner> create(std::shared_ptr<const detect::Database> database,
                                FingerprintKey key, Limits limits,
                                extract::Converter* converter = nullptr);

  Scanned scan(std::string_view bytes, InputKind kind, std::string_view name,
               Deadline deadline);
  extract::Redacted redact(std::string_view bytes,
                           const std::vector<model::MaskTarget>& targets,
                           Deadline deadline);

 private:
  Scanner(std::shared_ptr<const detect::Database> database, detect::Detector detector,
          FingerprintKey key, Limits limits, extract::Converter* converter);
  void add_people(const extract::Extracted& extracted, model::ScanReport& report) const;
  void add_findings(std::vector<detect::Detected> detected, Scanned& scanned) const;

  std::shared_ptr<const detect::Database> database_;
  detect::Detector detector_;
  FingerprintKey key_;
  Limits limits_;
  extract::Converter* converter_;
};

}  // namespace noshare::scan
