#include "noshare/outbox/digest.h"

#include <algorithm>
#include <map>

#include "noshare/base/clock.h"
#include "noshare/base/day.h"
#include "noshare/base/text.h"
#include "noshare/outbox/officer_link.h"

#include "letter.h"

namespace noshare::outbox {

namespace {

constexpr std::size_t kMostCases = 30;
constexpr std::int64_t kDay_us = 86'400LL * 1'000'000;
constexpr std::int64_t kLinkLife_us = 2 * kDay_us;

// "payment_card_number, iban (2)".
std::string kinds_of(const model::Incident& incident) {
  std::map<std::string, int> counts;
  for (const model::Finding& one : incident.report.findings) ++counts[one.entity];
  std::string text;
  for (const auto& [entity, count] : counts) {
    text += (text.empty() ? "" : ", ") + entity +
            (count > 1 ? " (" + std::to_string(count) + ")" : std::string());
  }
  return text.empty() ? "could not be read" : text;
}

std::string address_of(const DigestRequest& request, const Waiting& one, LinkAct act,
                       const FingerprintKey& key, const config::Settings& settings) {
  return settings.review.url + "/go/" +
         make_link(key, {request.account.name, one.incident.case_number, act,
                         request.now_us + kLinkLife_us});
}

std::string cases_of(const DigestRequest& request, const FingerprintKey& key,
                     const config::Settings& settings) {
  const bool releases = request.account.role == store::Role::kAdmin ||
                        request.account.role == store::Role::kOfficer;
  std::string text;
  for (std::size_t i = 0; i < std::min(request.waiting.size(), kMostCases); ++i) {
    const Waiting& one = request.waiting[i];
    const auto link = [&](LinkAct act) {
      return "\n    " + address_of(request, one, act, key, settings);
    };
    text += (text.empty() ? "" : "\n\n") + one.incident.case_number + "  " +
            rfc3339_utc(one.held_us) + "  " + one.incident.verdict.rule + ": " +
            kinds_of(one.incident) + link(LinkAct::kOpen);
    if (releases) text += link(LinkAct::kRelease);
    text += link(LinkAct::kDeny);
  }
  return text;
}

}  // namespace

Result<store::Notice> digest_notice(const DigestRequest& request,
                                    const FingerprintKey& key,
                                    const config::Settings& settings) {
  if (settings.review.url.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "the configuration has no review.url, which the links need");
  }
  const std::string from = letter_from(settings);
  if (from.empty()) {
    return fail(ErrorCode::kInvalidInput,
                "the configuration has neither notices.from nor a domain to write from");
  }
  std::int64_t oldest = request.now_us;
  std::size_t fresh = 0;
  for (const Waiting& one : request.waiting) {
    oldest = std::min(oldest, one.held_us);
    if (one.held_us >= request.now_us - kDay_us) ++fresh;
  }
  const std::string day = day_of(request.now_us);
  LetterFacts facts;
  facts.from = from;
  facts.to = request.account.email;
  facts.id = "digest-" + day + "-" + key.of("digest", day + request.account.name).hex();
  facts.time_us = request.now_us;
  store::Notice notice;
  notice.case_number = "digest " + request.account.name;
  notice.kind = "digest " + day;
  notice.recipient = request.account.email;
  notice.letter = write_letter(facts, settings.notices.digest_letters,
                               {{"name", request.account.name},
                                {"count", std::to_string(request.waiting.size())},
                                {"new", std::to_string(fresh)},
                                {"oldest", rfc3339_utc(oldest)},
                                {"cases", cases_of(request, key, settings)},
                                {"queue", settings.review.url + "/"}});
  return notice;
}

}  // namespace noshare::outbox
