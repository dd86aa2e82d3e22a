#include "noshare/scan/scanner.h"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>
#include <utility>

#include "noshare/base/text.h"

#include "scan/customer_findings.h"
#include "scan/form_findings.h"
#include "scan/small_groups.h"
#include "scan/tags.h"
#include "scan/text_places.h"

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

// Each seven digits in a row of a value, as a number.
std::vector<std::uint32_t> stretches_of_digits(const detect::Detected& one) {
  constexpr std::uint32_t kModulus = 10'000'000;
  constexpr std::size_t kDigits = 7;
  std::vector<std::uint32_t> stretches;
  std::uint32_t last = 0;
  std::size_t count = 0;
  for (const char c : one.value.reveal()) {
    if (!is_ascii_digit(c)) continue;
    last = (last * 10 + static_cast<std::uint32_t>(c - '0')) % kModulus;
    if (++count >= kDigits) stretches.push_back(last);
  }
  return stretches;
}

// True if half of a value's digits or more are those of known values, in their order:
// another reading of what stands there openly.
bool is_regrouped(const detect::Detected& one, const std::set<std::uint32_t>& known) {
  const std::vector<std::uint32_t> stretches = stretches_of_digits(one);
  const auto shared =
      std::count_if(stretches.begin(), stretches.end(),
                    [&](std::uint32_t stretch) { return known.contains(stretch); });
  return shared > 0 && static_cast<std::size_t>(shared) * 2 >= stretches.size();
}

// A second reading of a text ("as meant") repeats words before the places it reads anew:
// what was found there as it stands is no further finding. Names and postal addresses are
// never written in disguise; what looks like them there is a repetition in pieces.
void drop_repeated(const std::vector<model::Segment>& segments,
                   const detect::Database& database,
                   std::vector<detect::Detected>& detected) {
  const auto is_reading = [&](const detect::Detected& one) {
    return segments[one.segment].guessed;
  };
  if (std::none_of(detected.begin(), detected.end(), is_reading)) return;
  std::set<std::pair<std::string, Fingerprint>> known;
  std::set<std::uint32_t> known_digits;
  for (const detect::Detected& one : detected) {
    if (is_reading(one)) continue;
    known.emplace(one.finding.entity, one.finding.fingerprint);
    if (model::level_of(one.finding.confidence) < model::Level::kMedium) continue;
    for (const std::uint32_t stretch : stretches_of_digits(one))
      known_digits.insert(stretch);
  }
  const auto never_in_disguise = [&](const std::string& entity) {
    const auto categories = database.info(entity).categories;
    return std::any_of(categories.begin(), categories.end(),
                       [](const auto& one) { return one == "name" || one == "address"; });
  };
  std::erase_if(detected, [&](const detect::Detected& one) {
    return is_reading(one) &&
           (never_in_disguise(one.finding.entity) || is_regrouped(one, known_digits) ||
            !known.emplace(one.finding.entity, one.finding.fingerprint).second);
  });
}

void add_once(std::vector<Fingerprint>& list, const Fingerprint& value) {
  if (std::find(list.begin(), list.end(), value) == list.end()) list.push_back(value);
}

}  // namespace

std::vector<config::HeaderTest> header_tests_of(const config::Settings& settings) {
  std::vector<config::HeaderTest> tests;
  std::function<void(const config::Condition&)> collect;
  collect = [&](const config::Condition& condition) {
    tests.insert(tests.end(), condition.headers.begin(), condition.headers.end());
    for (const auto* further :
         {&condition.all_of, &condition.any_of, &condition.none_of}) {
      for (const config::Condition& one : *further) collect(one);
    }
  };
  for (const config::Rule& rule : settings.rules) {
    collect(rule.when);
    if (rule.unless) collect(*rule.unless);
  }
  return tests;
}

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

bool Scanner::add_customers(const extract::Extracted& extracted,
                            const model::ScanReport& report, Deadline deadline,
                            std::vector<detect::Detected>& detected) const {
  if (!customers_) return true;
  auto outcome = customers_->match(extracted.segments, deadline, limits_.findings);
  add_customer_findings(extracted.segments, std::move(outcome.matches),
                        report.participants, detected);
  return !outcome.timed_out;
}

model::EntityInfo Scanner::info(const std::string& entity) const {
  if (entity == customers::kCustomerEntity) return customer_info();
  if (entity == forms::kFormEntity) return form_info();
  if (entity == kSmallGroupEntity) return small_group_info();
  return database_->info(entity);
}

void Scanner::add_findings(std::vector<detect::Detected> detected,
                           Scanned& scanned) const {
  order(detected);
  for (detect::Detected& one : detected) {
    const std::string& entity = one.finding.entity;
    scanned.report.entities.try_emplace(entity, info(entity));
    scanned.report.findings.push_back(std::move(one.finding));
    scanned.values.push_back(std::move(one.value));
  }
}

void Scanner::add_facts(const extract::Extracted& extracted,
                        model::ScanReport& report) const {
  constexpr std::size_t kMostEndings = 200;
  constexpr std::size_t kLongestEnding = 16;
  const auto add = [](std::vector<std::string>& list, std::string text) {
    if (std::find(list.begin(), list.end(), text) == list.end()) {
      list.push_back(std::move(text));
    }
  };
  for (const model::Segment& segment : extracted.segments) {
    const std::string& text = segment.text;
    if (segment.zone == model::Zone::kFilename) {
      const std::string_view ending =
          std::string_view(text).substr(std::min(text.rfind('.'), text.size()));
      if (ending.size() > 1 && ending.size() <= kLongestEnding + 1 &&
          std::all_of(ending.begin() + 1, ending.end(), is_ascii_alnum) &&
          report.attachments.size() < kMostEndings) {
        add(report.attachments, ascii_lowered(ending.substr(1)));
      }
      continue;
    }
    if (segment.part != "0") continue;
    add_tags(text, report.tags);
    for (const config::HeaderTest& test : header_tests_) {
      // A field that occurs again stands as "Name (2)".
      const std::string_view name =
          std::string_view(segment.path).substr(0, segment.path.find(" ("));
      if (equal_ignoring_case(name, test.name) &&
          glob_match(test.glob, trimmed(segment.source_text()))) {
        add(report.header_tests, test.name + ":" + test.glob);
      }
    }
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
  options.map_to_part = kind == InputKind::kText;
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
  drop_repeated(extracted.segments, *database_, outcome.detected);
  add_people(extracted, report);
  add_facts(extracted, report);
  if (!add_customers(extracted, report, deadline, outcome.detected)) {
    report.unreadable.push_back({"", "message", model::UnreadableReason::kTimedOut,
                                 "while looking for customers"});
  }
  if (forms_) {
    add_form_findings(extracted.segments, forms_->match(extracted.segments, deadline),
                      key_, outcome.detected);
  }
  add_small_groups(extracted.segments, key_, outcome.detected);
  if (kind == InputKind::kText) {
    place_in_text(bytes, extracted.segments, outcome.detected);
  }
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
  extract::Redacted redacted = extract::redact_message(bytes, targets, options, deadline);
  if (redacted.report.possible && shows_still(bytes, targets, redacted, deadline)) {
    redacted = {};
    redacted.report.reason = "a value would still be readable";
  }
  return redacted;
}

// True if a value that was to be masked is found in the new body, in whatever reading of
// it, or if that cannot be told.
bool Scanner::shows_still(std::string_view bytes,
                          const std::vector<model::MaskTarget>& targets,
                          const extract::Redacted& redacted, Deadline deadline) {
  if (!redacted.report.body_changed) return false;
  std::vector<Fingerprint> masked;
  const Scanned before = scan(bytes, InputKind::kMessage, "", deadline);
  for (const model::Finding& finding : before.report.findings) {
    const model::MaskTarget place{finding.part, finding.path, finding.zone, finding.start,
                                  finding.end};
    if (std::find(targets.begin(), targets.end(), place) == targets.end()) continue;
    add_once(masked, finding.fingerprint);
  }
  std::string message(bytes.substr(0, redacted.body_begin));
  message += redacted.body;
  const Scanned after = scan(message, InputKind::kMessage, "", deadline);
  // Time is up, or a document that was whole is no longer.
  if (after.report.unreadable.size() > before.report.unreadable.size()) return true;
  for (const model::Unreadable& unreadable : after.report.unreadable) {
    if (unreadable.reason == model::UnreadableReason::kTimedOut) return true;
  }
  // Headers are masked one by one, and stand in this message as they were.
  return std::any_of(after.report.findings.begin(), after.report.findings.end(),
                     [&](const model::Finding& finding) {
                       return finding.part != "0" &&
                              std::find(masked.begin(), masked.end(),
                                        finding.fingerprint) != masked.end();
                     });
}

}  // namespace noshare::scan
