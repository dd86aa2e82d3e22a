// Policy: see noshare/policy/policy.h. The steps of a decision, in their order.
#include "noshare/policy/policy.h"

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include "noshare/base/text.h"

#include "policy/disclosure.h"
#include "policy/known_index.h"
#include "policy/outcome.h"
#include "policy/override.h"
#include "policy/own_values.h"
#include "policy/parties.h"
#include "policy/rule_set.h"

namespace noshare::policy {

struct Policy::Impl {
  Parties parties;
  OwnValues own;
  RuleSet rules;
  FingerprintKey key;
  config::ReceivedSettings received;
  bool monitor;
  bool has_vault;

  // Who an address stands for when values have come in from it: its domain, or itself
  // where a domain's users are strangers to each other. Null if nothing is remembered.
  Fingerprint correspondent(const std::string& address) const {
    const std::string domain = address_domain(address);
    if (received.keep_days == 0 || domain.empty()) return {};
    const auto& alone = received.by_address;
    const bool stranger =
        std::any_of(alone.begin(), alone.end(),
                    [&](const std::string& glob) { return glob_match(glob, domain); });
    return stranger ? key.of("correspondent", normalised_address(address))
                    : key.of("correspondent domain", domain);
  }
};

namespace {

constexpr std::size_t kMostAllowancesExplained = 20;

// "2 findings do not count for x@else.test: the recipient's own".
void explain_allowances(model::Verdict& verdict) {
  std::map<std::pair<std::string_view, std::string_view>, std::size_t> counts;
  for (const model::Allowance& one : verdict.allowances) {
    ++counts[{one.recipient, one.reason}];
  }
  std::size_t lines = 0;
  for (const auto& [whom_and_why, count] : counts) {
    if (++lines > kMostAllowancesExplained) {
      verdict.why.emplace_back("and more that do not count");
      return;
    }
    const auto& [whom, why] = whom_and_why;
    verdict.why.push_back(
        std::to_string(count) +
        (count == 1 ? " finding does not count" : " findings do not count") +
        (whom.empty() ? std::string() : " for " + std::string(whom)) + ": " +
        std::string(why));
  }
}

constexpr std::size_t kDayChars = 10;  // "2026-11-24"

// Of "2026-11-24T10:15:00Z"; midnight when only the day is given.
int minute_of_day(const std::string& now) {
  const auto two_digits = [&](std::size_t at) {
    const bool there =
        at + 1 < now.size() && is_ascii_digit(now[at]) && is_ascii_digit(now[at + 1]);
    return there ? (now[at] - '0') * 10 + now[at + 1] - '0' : 0;
  };
  return two_digits(kDayChars + 1) * 60 + two_digits(kDayChars + 4);
}

// 0 is Sunday; also for a text that is no day, so that it is the same each time.
int week_day(const std::string& now) {
  int year = 0;
  int month = 0;
  int day = 0;
  if (std::sscanf(now.c_str(), "%d-%d-%d", &year, &month, &day) != 3) return 0;
  const std::chrono::year_month_day date{std::chrono::year(year),
                                         std::chrono::month(static_cast<unsigned>(month)),
                                         std::chrono::day(static_cast<unsigned>(day))};
  if (!date.ok()) return 0;
  return static_cast<int>(std::chrono::weekday(std::chrono::sys_days(date)).c_encoding());
}

void explain_opt_outs(const std::string& recipient, const Disclosed& disclosed,
                      model::Verdict& verdict) {
  const std::size_t count = disclosed.opted_out.size();
  if (count == 0) return;
  verdict.why.push_back(std::to_string(count) + (count == 1 ? " finding" : " findings") +
                        " may never be shared with " + recipient +
                        ": the data subject has forbidden it");
}

void keep_distinct(std::vector<Fingerprint>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// Lawful disclosures that one recipient's share relies on, for the register.
void add_lawful(const model::ScanReport& report, const std::string& recipient,
                const Disclosed& disclosed, model::Verdict& verdict) {
  std::map<const model::LawfulDisclosure*, std::vector<std::uint32_t>> by_order;
  for (const auto& [finding, order] : disclosed.lawful)
    by_order[order].push_back(finding);
  for (const auto& [order, findings] : by_order) {
    model::DisclosureUse use{order->id, recipient, {}, 0};
    std::vector<Fingerprint> people;
    std::set<std::string> entities;
    for (const std::uint32_t index : findings) {
      people.push_back(person_of(report.findings[index]));
      entities.insert(report.findings[index].entity);
    }
    keep_distinct(people);
    use.entities.assign(entities.begin(), entities.end());
    use.subjects = people.size();
    verdict.disclosures.push_back(std::move(use));
  }
}

void add_volume_questions(const RuleSet& rules, const FingerprintKey& key,
                          const model::Envelope& envelope,
                          std::vector<model::VolumeQuestion>& questions) {
  for (const config::Condition* condition : rules.volumes()) {
    for (const std::string& recipient : envelope.recipients) {
      auto question = volume_question(*condition, key, envelope.sender, recipient);
      if (std::find(questions.begin(), questions.end(), question) == questions.end()) {
        questions.push_back(std::move(question));
      }
    }
  }
}

// Its own entity and those that stand for it among others: rules may name either.
std::vector<std::string> names_of(const model::ScanReport& report,
                                  const model::Finding& finding) {
  std::vector<std::string> names = {finding.entity};
  const auto info = report.entities.find(finding.entity);
  if (info != report.entities.end()) {
    names.insert(names.end(), info->second.umbrellas.begin(),
                 info->second.umbrellas.end());
  }
  return names;
}

// What goes out by this verdict: nothing of what is stopped or masked.
void add_shared(const FingerprintKey& key, const model::Envelope& envelope,
                const model::ScanReport& report, model::Verdict& verdict) {
  using model::Action;
  const bool goes = verdict.monitor || verdict.action < Action::kRedact ||
                    verdict.action == Action::kDropRecipient;
  std::set<std::tuple<Fingerprint, Fingerprint, std::string>> seen;
  for (const model::RecipientVerdict& one : verdict.recipients) {
    if (!goes || (!verdict.monitor && one.action == Action::kDropRecipient)) continue;
    const Fingerprint domain = volume_domain(key, one.recipient);
    for (const std::uint32_t index : one.disclosed) {
      const model::Finding& finding = report.findings[index];
      for (const std::string& entity : names_of(report, finding)) {
        if (!seen.emplace(domain, person_of(finding), entity).second) continue;
        verdict.shared.push_back(
            {volume_sender(key, envelope.sender), domain, person_of(finding), entity});
      }
    }
  }
}

void add_value(const Fingerprint& value, std::vector<Fingerprint>& values) {
  if (!value.is_null()) values.push_back(value);
}

}  // namespace

Policy::Policy(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Policy::Policy(Policy&&) noexcept = default;
Policy& Policy::operator=(Policy&&) noexcept = default;
Policy::~Policy() = default;

Result<Policy> Policy::create(const config::Settings& settings,
                              const FingerprintKey& key) {
  NOSHARE_TRY(Parties parties, Parties::create(settings));
  return Policy(std::make_unique<Impl>(
      Impl{std::move(parties), OwnValues(settings.organisation, key),
           RuleSet(settings.rules, settings.languages, settings.encrypted_routes), key,
           settings.received, settings.mode == config::Mode::kMonitor,
           !settings.vault.empty()}));
}

model::Direction Policy::direction(const model::Envelope& envelope) const {
  return impl_->parties.direction(envelope).direction;
}

model::Party Policy::party(const std::string& recipient, const std::string& today) const {
  return impl_->parties.standing(recipient, today).party;
}

model::Questions Policy::questions(const model::Envelope& envelope,
                                   const model::ScanReport& report) const {
  model::Questions questions;
  for (const model::Finding& one : report.findings) {
    add_value(one.fingerprint, questions.values);
    add_value(one.subject_fingerprint, questions.values);
  }
  keep_distinct(questions.values);
  for (const std::string& recipient : envelope.recipients) {
    add_value(impl_->correspondent(recipient), questions.correspondents);
  }
  keep_distinct(questions.correspondents);
  questions.disclosures = disclosure_ids(report);
  for (const OverrideTag& tag : override_tags(report)) {
    questions.overrides.push_back(tag.case_number);
  }
  add_volume_questions(impl_->rules, impl_->key, envelope, questions.volumes);
  return questions;
}

std::vector<model::Received> Policy::received(const model::Envelope& envelope,
                                              const model::ScanReport& report,
                                              const std::string& today) const {
  std::vector<model::Received> received;
  const Fingerprint correspondent = impl_->correspondent(envelope.sender);
  if (correspondent.is_null()) return received;
  std::vector<Fingerprint> values;
  for (const model::Finding& one : report.findings) values.push_back(one.fingerprint);
  keep_distinct(values);
  for (const Fingerprint& one : values) received.push_back({correspondent, one, today});
  return received;
}

model::Verdict Policy::decide(const model::Envelope& envelope,
                              const model::ScanReport& report, const model::Known& known,
                              const std::string& today) const {
  const DirectionOf direction = impl_->parties.direction(envelope);
  model::Verdict verdict;
  verdict.direction = direction.direction;
  verdict.monitor = impl_->monitor;
  verdict.why.push_back(std::string(model::name(direction.direction)) + ": " +
                        direction.reason);

  const bool outbound = direction.direction == model::Direction::kOutbound;
  Disclosed everything;
  for (std::uint32_t i = 0; i < report.findings.size(); ++i) {
    everything.findings.push_back(i);
  }
  const std::string day = today.substr(0, kDayChars);
  const KnownIndex known_index(known, envelope, report, impl_->key, today);
  const Disclosure disclosure(envelope, report, impl_->own, known_index, impl_->key,
                              verdict.allowances);
  if (!outbound) verdict.allowances.clear();
  const Facts facts{envelope,        report, direction.direction, minute_of_day(today),
                    week_day(today), &known, &impl_->key};
  Evaluation evaluation(impl_->rules, facts);
  std::vector<RecipientOutcome> outcomes;
  for (const std::string& recipient : envelope.recipients) {
    RecipientOutcome outcome{impl_->parties.standing(recipient, day), {}};
    model::RecipientVerdict one;
    one.recipient = recipient;
    const bool is_shared = outcome.standing.party == model::Party::kProcessor ||
                           outcome.standing.party == model::Party::kThird;
    // Nothing is shared within the organisation; what comes in is all news to it.
    if (outbound && is_shared) {
      const Disclosed disclosed =
          disclosure.to({recipient, outcome.standing, impl_->correspondent(recipient)},
                        verdict.allowances);
      explain_opt_outs(recipient, disclosed, verdict);
      outcome.matches = evaluation.matches(recipient, disclosed);
      one.disclosed = disclosed.findings;
      add_lawful(report, recipient, disclosed, verdict);
    } else if (!outbound) {
      outcome.matches = evaluation.matches(recipient, everything);
    }
    verdict.recipients.push_back(std::move(one));
    outcomes.push_back(std::move(outcome));
  }
  apply_override(impl_->rules, facts, known, outcomes, verdict);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    decide_recipient(impl_->rules, outcomes[i], verdict.recipients[i]);
  }
  explain_allowances(verdict);
  decide_message(impl_->rules, facts, impl_->has_vault, outcomes, verdict);
  if (outbound && !impl_->rules.volumes().empty()) {
    add_shared(impl_->key, envelope, report, verdict);
  }
  return verdict;
}

}  // namespace noshare::policy
