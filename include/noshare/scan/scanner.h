// scan: a message in, a ScanReport out. Extract and detect in one call.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "noshare/base/sensitive.h"
#include "noshare/config/settings.h"
#include "noshare/customers/index.h"
#include "noshare/detect/detector.h"
#include "noshare/extract/extract.h"
#include "noshare/extract/redact.h"
#include "noshare/forms/forms.h"
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

  // From now on text is compared with the organisation's own customers, too.
  void look_for(customers::Matcher customers) { customers_ = std::move(customers); }

  // And with documents known by their wording.
  void look_for(std::shared_ptr<const forms::Forms> known) { forms_ = std::move(known); }

  // The report says which of these tests the message's header passes.
  void look_at_headers(std::vector<config::HeaderTest> tests) {
    header_tests_ = std::move(tests);
  }

  Scanned scan(std::string_view bytes, InputKind kind, std::string_view name,
               Deadline deadline);
  // Refused as well if a value to be masked would still be found afterwards.
  extract::Redacted redact(std::string_view bytes,
                           const std::vector<model::MaskTarget>& targets,
                           Deadline deadline);

 private:
  Scanner(std::shared_ptr<const detect::Database> database, detect::Detector detector,
          FingerprintKey key, Limits limits, extract::Converter* converter);
  bool shows_still(std::string_view bytes, const std::vector<model::MaskTarget>& targets,
                   const extract::Redacted& redacted, Deadline deadline);
  void add_people(const extract::Extracted& extracted, model::ScanReport& report) const;
  // False if time ran out.
  bool add_customers(const extract::Extracted& extracted, const model::ScanReport& report,
                     Deadline deadline, std::vector<detect::Detected>& detected) const;
  model::EntityInfo info(const std::string& entity) const;
  void add_findings(std::vector<detect::Detected> detected, Scanned& scanned) const;
  // What rules may ask of the message: endings of file names, header tests.
  void add_facts(const extract::Extracted& extracted, model::ScanReport& report) const;

  std::shared_ptr<const detect::Database> database_;
  detect::Detector detector_;
  FingerprintKey key_;
  Limits limits_;
  extract::Converter* converter_;
  std::optional<customers::Matcher> customers_;
  std::shared_ptr<const forms::Forms> forms_;  // null: none
  std::vector<config::HeaderTest> header_tests_;
};

// The header tests of all rules, those of further conditions included.
std::vector<config::HeaderTest> header_tests_of(const config::Settings& settings);

}  // namespace noshare::scan
