#include "daemon/verdict_log.h"

#include <algorithm>
#include <map>
#include <set>

#include "noshare/base/fingerprint.h"
#include "noshare/base/log.h"

namespace noshare::daemon {

namespace {

// A message may have thousands of recipients; the line stays a line.
constexpr std::size_t kMostListed = 20;

std::string joined(const std::set<std::string>& words) {
  std::string text;
  std::size_t count = 0;
  for (const std::string& word : words) {
    if (++count > kMostListed) return text + " ...";
    text += (text.empty() ? "" : " ") + word;
  }
  return text;
}

std::string recipient_domains(const model::Envelope& envelope) {
  std::set<std::string> domains;
  for (const std::string& recipient : envelope.recipients) {
    domains.insert(address_domain(recipient));
  }
  return joined(domains);
}

// "iban=2 payment_card_number=1".
std::string finding_counts(const model::ScanReport& report) {
  std::map<std::string, std::size_t> by_entity;
  for (const model::Finding& finding : report.findings) ++by_entity[finding.entity];
  std::set<std::string> words;
  for (const auto& [entity, count] : by_entity) {
    words.insert(entity + "=" + std::to_string(count));
  }
  return joined(words);
}

std::string unreadable_reasons(const model::ScanReport& report) {
  std::set<std::string> reasons;
  for (const model::Unreadable& part : report.unreadable) {
    reasons.insert(model::name(part.reason));
  }
  return joined(reasons);
}

// Places in the envelope of the recipients that were taken off, from 0: "1,2".
std::string dropped_indices(const Judgement& judgement) {
  if (judgement.action != model::Action::kDropRecipient) return {};
  std::string text;
  const auto& recipients = judgement.verdict.recipients;
  for (std::size_t i = 0; i < recipients.size(); ++i) {
    if (recipients[i].action != model::Action::kDropRecipient) continue;
    text += (text.empty() ? "" : ",") + std::to_string(i);
  }
  return text;
}

}  // namespace

void log_verdict(const Judgement& judgement, const Transaction& transaction,
                 Milliseconds took, std::string_view answered) {
  const model::Envelope& envelope = transaction.envelope();
  const model::ScanReport& report = judgement.report;
  const std::string& snapshot = report.snapshot;
  const std::string& version = judgement.snapshot->settings.version;
  // "<configuration>-<packs>"
  const std::string packs =
      snapshot.size() > version.size() ? snapshot.substr(version.size() + 1) : "";
  log::info("verdict", {{"queue_id", envelope.queue_id},
                        {"case", judgement.case_number},
                        {"direction", model::name(judgement.verdict.direction)},
                        {"mode", judgement.verdict.monitor ? "monitor" : "enforce"},
                        {"action", model::name(judgement.verdict.action)},
                        {"rule", judgement.verdict.rule},
                        {"carried_out", model::name(judgement.action)},
                        {"answered", answered},
                        {"dropped", dropped_indices(judgement)},
                        {"in_vault", judgement.in_vault},
                        {"released", judgement.released_case},
                        {"findings", finding_counts(report)},
                        {"unreadable", unreadable_reasons(report)},
                        {"sender_domain", address_domain(envelope.sender)},
                        {"recipients", envelope.recipients.size()},
                        {"recipient_domains", recipient_domains(envelope)},
                        {"bytes", transaction.file().bytes()},
                        {"message", report.message_fingerprint.is_null()
                                        ? std::string()
                                        : report.message_fingerprint.hex()},
                        {"scan_ms", report.ms},
                        {"ms", took.count()},
                        {"config", version},
                        {"packs", packs}});
}

void log_failure(const Transaction& transaction, std::string_view reason,
                 std::string_view answered) {
  const model::Envelope& envelope = transaction.envelope();
  const bool delivered = answered == "accept";
  const char* action =
      model::name(delivered ? model::Action::kDeliver : model::Action::kDefer);
  log::error("verdict", {{"queue_id", envelope.queue_id},
                         {"case", ""},
                         {"reason", reason},
                         {"action", action},
                         {"rule", ""},
                         {"carried_out", action},
                         {"answered", answered},
                         {"dropped", ""},
                         {"sender_domain", address_domain(envelope.sender)},
                         {"recipients", envelope.recipients.size()},
                         {"bytes", transaction.file().bytes()},
                         {"config", transaction.snapshot().settings.version},
                         {"packs", ""}});
}

}  // namespace noshare::daemon
