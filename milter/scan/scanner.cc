#include "noshare/scan/scanner.h"

#include <algorithm>
#include <tuple>

namespace noshare::scan {

namespace {

extract::Extracted extract_input(std::string_view bytes, InputKind kind,
                                 std::string_view name, const extract::Options& options,
                                 Deadline deadline) {
  switch (kind) {
    case InputKind::kMessage:
      return extract::extract_message(bytes, options, deadline);
    case InputKind::kText:
      return extract::extract_text(bytes, options);
    case InputKind::kFile:
      return extract::extract_file(bytes, name, options, deadline);
  }
  return {};
}

// Highest confidence first, then in the order of the message.
void order(std::vector<detect::Detected>& detected) {
  std::stable_sort(detected.begin(), detected.end(), [](const auto& a, const auto& b) {
    return std::tuple(-a.finding.confidence, a.segment, a.span.begin) <
           std::tuple(-b.finding.confidence, b.segment, b.span.begin);
  });
}

void add_once(std::vector<Fingerprint>& list, const Fingerprint& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

Result<Scanner> Scanner::create(std::shared_ptr<const detect::Database> database,
                                FingerprintKey key, Limits limits,
                                extract::Converter* converter) {
  NOSHARE_TRY(detect::Detector detector, detect::Detector::create(database, key));
  return Scanner(std::move(database), std::move(detector), key, limits, converter);
}

Scanner::Scanner(std::shared_ptr<const detect::Database> database,
                 detect::Detector detector, FingerprintKey key, Limits limits,
                 extract::Converter* converter)
    : database_(std::move(database)),
      detector_(std::move(detector)),
      key_(key),
      limits_(limits),
      converter_(converter) {}

void Scanner::add_people(const extract::Extracted& extracted,
                         model::ScanReport& report) const {
  for (const extract::Participant& one : extracted.participants) {
    for (const auto& [entity, text] : {std::pair("email_address", &one.address),
                                       std::pair("person_name", &one.name)}) {
      if (text->empty()) continue;
      const Fingerprint value = detector_.fingerprint(entity, text->reveal());
      add_once(report.participants, value);
      if (one.author) add_once(report.authors, value);
    }
  }
}

void Scanner::add_findings(std::vector<detect::Detected> detected,
                           Scanned& scanned) const {
  order(detected);
  for (detect::Detected& one : detected) {
    const std::string& entity = one.finding.entity;
    scanned.report.entities.try_emplace(entity, database_->info(entity));
    scanned.report.findings.push_back(std::move(one.finding));
    scanned.values.push_back(std::move(one.value));
  }
}

Scanned Scanner::scan(std::string_view bytes, InputKind kind, std::string_view name,
                      Deadline deadline) {
  const auto start = SteadyClock::now();
  Scanned scanned;
  model::ScanReport& report = scanned.report;
  report.bytes = bytes.size();
  report.snapshot = database_->version();
  if (bytes.size() > limits_.message_bytes) {
    report.unreadable.push_back(
        {"", "message", model::UnreadableReason::kTooLarge,
         "only the first " + std::to_string(limits_.message_bytes) + " bytes were read"});
    bytes = bytes.substr(0, limits_.message_bytes);
  }
  extract::Options options;
  options.limits = limits_;
  options.converter = converter_;
  extract::Extracted extracted = extract_input(bytes, kind, name, options, deadline);
  auto outcome = detector_.detect(extracted.segments, deadline, limits_.findings);
  report.findings_dropped = outcome.dropped;

  report.text_bytes = extracted.text_bytes;
  report.encrypted = extracted.encrypted;
  report.is_signed = extracted.is_signed;
  report.message_id = std::move(extracted.message_id);
  report.message_fingerprint = key_.of("message", extracted.stable_content);
  std::move(extracted.unreadable.begin(), extracted.unreadable.end(),
            std::back_inserter(report.unreadable));
  if (outcome.timed_out) {
    report.unreadable.push_back(
        {"", "message", model::UnreadableReason::kTimedOut, "while searching the text"});
  }
  add_people(extracted, report);
  add_findings(std::move(outcome.detected), scanned);
  report.ms =
      std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
  return scanned;
}

extract::Redacted Scanner::redact(std::string_view bytes,
                                  const std::vector<model::MaskTarget>& targets,
                                  Deadline deadline) {
  extract::Options options;
  options.limits = limits_;
  options.map_to_part = true;
  return extract::redact_message(bytes, targets, options, deadline);
}

}  // namespace noshare::scan
