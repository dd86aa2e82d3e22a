#include "daemon/answer.h"

#include <algorithm>
#include <map>

#include "noshare/base/mail_text.h"
#include "noshare/base/text.h"

namespace noshare::daemon {

namespace {

using model::Action;

std::string header_safe(std::string_view text) {
  std::string result(text);
  std::replace_if(
      result.begin(), result.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  return result;
}

bool add_subject_prefix(const Judgement& judgement, const Transaction& transaction,
                        MailServer& server) {
  std::string prefix(trimmed(judgement.verdict.subject_prefix));
  if (prefix.empty()) return true;
  prefix = is_ascii(prefix) ? header_safe(prefix) : encoded_words(prefix);
  if (!transaction.subject()) return server.add_header("Subject", prefix);
  const std::string_view old = trimmed(*transaction.subject());
  if (old.starts_with(prefix))
    return true;  // a reply to a message that carries it already
  return server.change_header("Subject", 1, prefix + " " + std::string(old));
}

// "payment_card_number=1, iban=2": what was found, without where and without what.
std::string counts(const model::ScanReport& report) {
  std::map<std::string, std::size_t> by_entity;
  for (const model::Finding& finding : report.findings) ++by_entity[finding.entity];
  std::string text;
  for (const auto& [entity, count] : by_entity) {
    text +=
        (text.empty() ? "" : ", ") + header_safe(entity) + "=" + std::to_string(count);
  }
  constexpr std::size_t kMostBytes = 900;  // RFC 5322 allows 998 in a line
  return text.substr(0, kMostBytes);
}

bool add_our_headers(const Judgement& judgement, MailServer& server) {
  const model::Verdict& verdict = judgement.verdict;
  std::string value = verdict.monitor ? "monitor; would=" : "";
  value += model::name(verdict.monitor ? verdict.action : judgement.action);
  value += "; rule=" + header_safe(verdict.rule) + "; case=" + judgement.case_number;
  if (!server.add_header("X-Noshare-Verdict", value)) return false;
  const std::string found = counts(judgement.report);
  return found.empty() || server.add_header("X-Noshare-Findings", found);
}

bool remove_forged_headers(const Transaction& transaction, MailServer& server) {
  // Last first, so that the numbers of the others stay what they are.
  const auto& forged = transaction.forged();
  for (auto header = forged.rbegin(); header != forged.rend(); ++header) {
    if (!server.delete_header(header->name, header->index)) return false;
  }
  return true;
}

bool drop_recipients(const Judgement& judgement, const Transaction& transaction,
                     MailServer& server) {
  const auto& verdicts = judgement.verdict.recipients;
  const auto& arguments = transaction.recipient_arguments();
  for (const model::RecipientVerdict& one : verdicts) {
    if (one.action != Action::kDropRecipient) continue;
    // The same address may have been given twice; each of them has to go.
    bool dropped = false;
    for (const std::string& argument : arguments) {
      if (bare_address(argument) != one.recipient) continue;
      if (!server.remove_recipient(argument)) return false;
      dropped = true;
    }
    if (!dropped) return false;
  }
  return true;
}

bool redact(const Judgement& judgement, MailServer& server) {
  const pool::Redaction& redaction = *judgement.redaction;
  for (const model::HeaderEdit& edit : redaction.report.headers) {
    if (!server.change_header(edit.name, edit.index, edit.value)) return false;
  }
  if (!redaction.report.body_changed) return true;
  const auto body = MappedFile::map(redaction.body.get());
  return body && server.replace_body(body->bytes());
}

bool change_message(const Judgement& judgement, const Transaction& transaction,
                    MailServer& server) {
  if (!remove_forged_headers(transaction, server)) return false;
  if (judgement.case_number.empty()) return true;  // a plain delivery
  if (!add_our_headers(judgement, server)) return false;
  if (judgement.verdict.monitor) return true;
  if (!add_subject_prefix(judgement, transaction, server)) return false;
  if (judgement.action == Action::kDropRecipient) {
    return drop_recipients(judgement, transaction, server);
  }
  // The body last: Postfix takes no other change between its pieces.
  return judgement.action != Action::kRedact || redact(judgement, server);
}

Outcome hold(const Judgement& judgement, const Transaction& transaction,
             MailServer& server) {
  // The vault has it: for the mail server the message has come to its end.
  if (judgement.in_vault) return Outcome::kDiscard;
  const std::string reason = "noshare case " + judgement.case_number + ", rule " +
                             header_safe(judgement.verdict.rule);
  const bool held = remove_forged_headers(transaction, server) &&
                    add_our_headers(judgement, server) && server.quarantine(reason);
  return held ? Outcome::kAccept : Outcome::kFailed;
}

Outcome refuse(char kind, const Judgement& judgement, MailServer& server) {
  const Reply reply = make_reply(kind, judgement.verdict.reply, judgement.case_number);
  // Without our text the mail server refuses in its own words, so this failure is
  // harmless.
  server.set_reply(reply);
  return kind == '4' ? Outcome::kDefer : Outcome::kReject;
}

}  // namespace

Outcome carry_out(const Judgement& judgement, const Transaction& transaction,
                  MailServer& server) {
  switch (judgement.action) {
    case Action::kDeliver:
    case Action::kTag:
    case Action::kNotify:
    case Action::kRedact:
    case Action::kDropRecipient:
      return change_message(judgement, transaction, server) ? Outcome::kAccept
                                                            : Outcome::kFailed;
    case Action::kHold:
      return hold(judgement, transaction, server);
    case Action::kReject:
      return refuse('5', judgement, server);
    case Action::kDefer:
      return refuse('4', judgement, server);
    case Action::kDiscard:
      return Outcome::kDiscard;
  }
  return Outcome::kFailed;
}

Outcome answer_failure(config::OnFailure choice, std::string_view text,
                       MailServer& server) {
  if (choice == config::OnFailure::kDeliver) return Outcome::kAccept;
  server.set_reply(make_reply('4', text, {}));
  return Outcome::kDefer;
}

}  // namespace noshare::daemon
