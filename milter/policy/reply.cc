// Reply: see reply.h.
#include "policy/reply.h"

#include <algorithm>
#include <unordered_set>

#include "noshare/base/fingerprint.h"
#include "noshare/config/reply_template.h"

namespace noshare::policy {

namespace {

constexpr std::size_t kMostNamed = 3;
constexpr std::string_view kCaseSuffix = " (case {case})";
constexpr std::string_view kOverrideSuffix =
    " (case {case}; to send it all the same, add [override {case} REASON] to the "
    "subject)";

// "a, b, c and 4 more".
std::string listed(const std::vector<std::string>& items) {
  std::string text;
  for (std::size_t i = 0; i < items.size() && i < kMostNamed; ++i) {
    text += (i == 0 ? "" : ", ") + items[i];
  }
  if (items.size() > kMostNamed) {
    text += " and " + std::to_string(items.size() - kMostNamed) + " more";
  }
  return text;
}

void add_once(std::vector<std::string>& list, const std::string& item) {
  if (std::find(list.begin(), list.end(), item) == list.end()) list.push_back(item);
}

std::size_t distinct(const Refusal& refusal, bool subjects) {
  std::unordered_set<Fingerprint> seen;
  for (const std::uint32_t index : refusal.findings) {
    const model::Finding& finding = refusal.report.findings[index];
    const bool known = subjects && !finding.subject_fingerprint.is_null();
    seen.insert(known ? finding.subject_fingerprint : finding.fingerprint);
  }
  return seen.size();
}

std::string entities(const Refusal& refusal) {
  std::vector<std::string> names;
  for (const std::uint32_t index : refusal.findings) {
    add_once(names, refusal.report.findings[index].entity);
  }
  return listed(names);
}

std::string recipient_domains(const Refusal& refusal) {
  std::vector<std::string> domains;
  for (const std::string& recipient : refusal.recipients) {
    const std::string domain = address_domain(recipient);
    add_once(domains, domain.empty() ? "a recipient" : domain);
  }
  return listed(domains);
}

std::string default_template(const Refusal& refusal) {
  if (!refusal.findings.empty()) {
    return "this message would disclose personal data ({title}: {masked}) to "
           "{recipient_domain}";
  }
  const auto& wanted = refusal.rule.when.unreadable;
  for (const model::Unreadable& one : refusal.report.unreadable) {
    if (std::find(wanted.begin(), wanted.end(), one.reason) != wanted.end()) {
      return std::string(
                 "this message to {recipient_domain} has a part that cannot be "
                 "checked (") +
             model::name(one.reason) + ")";
    }
  }
  return "this message to {recipient_domain} is not allowed by rule {rule}";
}

// The rule's texts in the languages asked for, else in the first one it has.
std::string template_of(const Refusal& refusal) {
  const auto& replies = refusal.rule.replies;
  if (replies.empty()) {
    return refusal.rule.reply.empty() ? default_template(refusal) : refusal.rule.reply;
  }
  std::string text;
  for (const std::string& language : refusal.languages) {
    const auto found = replies.find(language);
    if (found != replies.end()) text += (text.empty() ? "" : " / ") + found->second;
  }
  if (!text.empty()) return text;
  const auto english = replies.find("en");
  return english != replies.end() ? english->second : replies.begin()->second;
}

std::string printable(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

}  // namespace

std::string masked_values(const model::ScanReport& report,
                          const std::vector<std::uint32_t>& findings) {
  std::vector<std::string> masks;
  for (const std::uint32_t index : findings)
    add_once(masks, report.findings[index].masked);
  return listed(masks);
}

std::string titles(const model::ScanReport& report,
                   const std::vector<std::uint32_t>& findings) {
  std::vector<std::string> names;
  for (const std::uint32_t index : findings) {
    const std::string& entity = report.findings[index].entity;
    const auto info = report.entities.find(entity);
    const bool known = info != report.entities.end() && !info->second.title.empty();
    add_once(names, known ? info->second.title : entity);
  }
  return listed(names);
}

std::string reply_text(model::Action action, const Refusal& refusal) {
  std::string reply;
  if (action == model::Action::kReject) reply = "550 5.7.1 ";
  if (action == model::Action::kDefer) reply = "451 4.7.1 ";
  if (reply.empty()) return reply;
  const std::vector<config::ReplyValue> values = {
      {"count", std::to_string(refusal.findings.size())},
      {"values", std::to_string(distinct(refusal, false))},
      {"subjects", std::to_string(distinct(refusal, true))},
      {"entity", entities(refusal)},
      {"title", titles(refusal.report, refusal.findings)},
      {"masked", masked_values(refusal.report, refusal.findings)},
      {"recipient_domain", recipient_domains(refusal)},
      {"rule", refusal.rule.id}};
  reply += printable(config::fill_reply(template_of(refusal), values));
  // Cut before the case number is added, so that it is never lost.
  const bool may_override = refusal.rule.sender_may_override;
  const std::string_view suffix = may_override ? kOverrideSuffix : kCaseSuffix;
  const std::size_t most = kMostReplyChars - suffix.size();
  if (reply.size() > most) reply = reply.substr(0, most - 3) + "...";
  if (may_override || reply.find("{case}") == std::string::npos) reply += suffix;
  return reply;
}

}  // namespace noshare::policy
