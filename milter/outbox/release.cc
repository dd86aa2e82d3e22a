#include "noshare/outbox/release.h"

#include "noshare/base/clock.h"
#include "noshare/outbox/smtp.h"

namespace noshare::outbox {

namespace {

// The filter reads a large message before the mail server answers.
constexpr Milliseconds kPatience{300'000};

}  // namespace

Result<ReleaseOutcome> Releaser::release(const ReleaseOrder& order,
                                         const store::OfficerKey& officer) {
  NOSHARE_TRY(const store::OpenedMessage opened,
              vault_.take_out(order.case_number, officer));
  NOSHARE_TRY(const MappedFile message, MappedFile::map(opened.file.get()));
  store::ReleaseRequest request;
  request.case_number = order.case_number;
  request.officer = officer.public_key().name;
  request.reason = order.reason;
  request.binding =
      store::release_binding(key_, message.bytes(), opened.envelope.recipients);
  request.officers_needed = settings_.officers;
  request.now_us = now_unix_us();
  request.again = order.again;
  NOSHARE_TRY(const store::ReleaseAnswer answer, holds_.ask_release(request));
  if (answer.token.empty()) {
    return ReleaseOutcome{
        ReleaseOutcome::Kind::kMoreOfficers, answer.officers_missing, {}};
  }
  return hand_over(order.case_number, opened, answer.token);
}

Result<ReleaseOutcome> Releaser::hand_over(const std::string& case_number,
                                           const store::OpenedMessage& opened,
                                           const std::string& token) {
  using Kind = ReleaseOutcome::Kind;
  NOSHARE_TRY(const MappedFile message, MappedFile::map(opened.file.get()));
  const Mail mail{opened.envelope.sender, opened.envelope.recipients,
                  "X-Noshare-Release: " + token + "\r\n", message.bytes()};
  const Sent sent = send(settings_.smtp, mail, kPatience);
  switch (sent.fate) {
    case Fate::kAccepted:
      NOSHARE_CHECK(holds_.released(case_number, now_unix_us()));
      NOSHARE_CHECK(vault_.remove(case_number));
      return ReleaseOutcome{Kind::kReleased, 0, sent.answer};
    case Fate::kRefused:
    case Fate::kNotSent:
      NOSHARE_CHECK(holds_.refused(case_number, token, sent.answer, now_unix_us()));
      return ReleaseOutcome{sent.fate == Fate::kRefused ? Kind::kRefused : Kind::kNotSent,
                            0, sent.answer};
    case Fate::kUnknown:
      break;
  }
  return ReleaseOutcome{Kind::kUnknown, 0, sent.answer};
}

}  // namespace noshare::outbox
