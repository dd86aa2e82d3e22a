// RuleSet and Evaluation: see rule_set.h.
#include "policy/rule_set.h"

#include <algorithm>
#include <unordered_set>

#include "noshare/base/fingerprint.h"
#include "noshare/base/text.h"

namespace noshare::policy {

namespace {

bool contains_any(const std::vector<std::uint32_t>& sorted,
                  const std::vector<std::uint32_t>& numbers) {
  return std::any_of(numbers.begin(), numbers.end(), [&](std::uint32_t number) {
    return std::binary_search(sorted.begin(), sorted.end(), number);
  });
}

bool asks_recipient(const config::Condition& condition, bool by_route) {
  const auto any = [&](const std::vector<config::Condition>& further) {
    return std::any_of(further.begin(), further.end(),
                       [&](const auto& one) { return asks_recipient(one, by_route); });
  };
  const bool by_domain =
      condition.volume && condition.volume->per == model::VolumeScope::kRecipientDomain;
  return by_domain || (by_route && condition.encrypted) || !condition.recipient.empty() ||
         any(condition.all_of) || any(condition.any_of) || any(condition.none_of);
}

bool any_unreadable(const std::vector<model::UnreadableReason>& reasons,
                    const model::ScanReport& report) {
  return std::any_of(
      report.unreadable.begin(), report.unreadable.end(), [&](const auto& one) {
        return std::find(reasons.begin(), reasons.end(), one.reason) != reasons.end();
      });
}

bool shares_any(const std::vector<std::string>& a, const std::vector<std::string>& b) {
  return std::any_of(a.begin(), a.end(), [&](const std::string& one) {
    return std::find(b.begin(), b.end(), one) != b.end();
  });
}

// The worker has seen the headers; it says which of the rules' tests they pass.
bool has_any_header(const std::vector<config::HeaderTest>& tests,
                    const model::ScanReport& report) {
  return std::any_of(tests.begin(), tests.end(), [&](const config::HeaderTest& test) {
    const auto& passed = report.header_tests;
    return std::find(passed.begin(), passed.end(), test.name + ":" + test.glob) !=
           passed.end();
  });
}

// Totals of many say nothing of anybody: a small group counts only if it is too small,
// and nothing else does where groups are asked for.
bool is_group_of_size(const config::Condition& condition, const model::Finding& finding) {
  constexpr config::Threshold kUsual{config::Comparison::kLessThan, 5};
  if (finding.group_size == 0) return !condition.group_size;
  return condition.group_size.value_or(kUsual).holds(finding.group_size);
}

void keep_distinct(std::vector<std::uint32_t>& numbers) {
  std::sort(numbers.begin(), numbers.end());
  numbers.erase(std::unique(numbers.begin(), numbers.end()), numbers.end());
}

// Distinct values, or distinct people.
std::uint64_t count_distinct(const model::ScanReport& report,
                             const std::vector<std::uint32_t>& findings, bool subjects) {
  std::unordered_set<Fingerprint> distinct;
  for (const std::uint32_t index : findings) {
    const model::Finding& finding = report.findings[index];
    distinct.insert(subjects ? person_of(finding) : finding.fingerprint);
  }
  return distinct.size();
}

}  // namespace

Fingerprint person_of(const model::Finding& finding) {
  return finding.subject_fingerprint.is_null() ? finding.fingerprint
                                               : finding.subject_fingerprint;
}

model::VolumeQuestion volume_question(const config::Condition& condition,
                                      const FingerprintKey& key,
                                      const std::string& sender,
                                      const std::string& recipient) {
  model::VolumeQuestion question{
      condition.volume->per, {}, condition.entities, condition.volume->window_s};
  if (question.scope == model::VolumeScope::kSender) {
    question.who = volume_sender(key, sender);
  } else if (question.scope == model::VolumeScope::kRecipientDomain) {
    question.who = volume_domain(key, recipient);
  }
  return question;
}

Fingerprint volume_sender(const FingerprintKey& key, const std::string& sender) {
  return key.of("volume sender", normalised_address(sender));
}

Fingerprint volume_domain(const FingerprintKey& key, const std::string& recipient) {
  return key.of("volume domain", address_domain(recipient));
}

Addresses::Addresses(const std::vector<std::string>& globs) {
  for (const std::string& glob : globs) {
    const bool of_domain = glob.substr(0, 2) == "*@";
    if (glob.find('*') == std::string::npos) {
      whole_.insert(normalised_address(glob));
    } else if (of_domain && glob.find('*', 1) == std::string::npos) {
      domains_.insert(ascii_lowered(glob.substr(2)));
    } else {
      globs_.push_back(glob);
    }
  }
}

AddressForms::AddressForms(const std::string& address)
    : whole(address),
      normalised(normalised_address(address)),
      domain(address_domain(address)) {}

bool Addresses::hold(const AddressForms& address) const {
  if (whole_.empty() && domains_.empty() && globs_.empty()) return true;
  return (!whole_.empty() && whole_.count(address.normalised) > 0) ||
         (!domains_.empty() && domains_.count(address.domain) > 0) ||
         std::any_of(globs_.begin(), globs_.end(), [&](const std::string& glob) {
           return glob_match(glob, address.whole);
         });
}

RuleSet::RuleSet(std::vector<config::Rule> rules, std::vector<std::string> languages,
                 std::vector<std::string> encrypted_routes)
    : rules_(std::move(rules)),
      languages_(std::move(languages)),
      encrypted_routes_(std::move(encrypted_routes)) {
  const bool by_route = !encrypted_routes_.empty();
  ready_.reserve(rules_.size());
  for (const config::Rule& rule : rules_) {
    ReadyRule ready{&rule, prepare(rule.when), ReadyCondition(),
                    asks_recipient(rule.when, by_route)};
    if (rule.unless) {
      ready.unless = prepare(*rule.unless);
      ready.asks_recipient =
          ready.asks_recipient || asks_recipient(*rule.unless, by_route);
    }
    ready_.push_back(std::move(ready));
  }
  by_entity_.resize(numbers_.size() + 1);
  by_category_.resize(numbers_.size() + 1);
  for (std::uint32_t i = 0; i < ready_.size(); ++i) note_names(i);
}

void RuleSet::note_names(std::uint32_t rule) {
  const ReadyCondition& when = ready_[rule].when;
  const bool any_entity = when.entities.empty();
  if (any_entity && when.categories.empty()) by_no_name_.push_back(rule);
  for (const std::uint32_t number : any_entity ? when.categories : when.entities) {
    (any_entity ? by_category_ : by_entity_)[number].push_back(rule);
  }
}

std::vector<std::uint32_t> RuleSet::asking_for(
    const std::vector<std::uint32_t>& entities,
    const std::vector<std::uint32_t>& categories) const {
  std::vector<std::uint32_t> rules = by_no_name_;
  const auto add = [&](const ByNumber& by, const std::vector<std::uint32_t>& numbers) {
    for (const std::uint32_t number : numbers) {
      rules.insert(rules.end(), by[number].begin(), by[number].end());
    }
  };
  add(by_entity_, entities);
  add(by_category_, categories);
  keep_distinct(rules);
  return rules;
}

bool RuleSet::has_encrypted_route(const std::string& recipient) const {
  const std::string domain = address_domain(recipient);
  return std::any_of(encrypted_routes_.begin(), encrypted_routes_.end(),
                     [&](const std::string& glob) { return glob_match(glob, domain); });
}

std::uint32_t RuleSet::number(const std::string& name) {
  return numbers_.try_emplace(name, static_cast<std::uint32_t>(numbers_.size()) + 1)
      .first->second;
}

std::uint32_t RuleSet::number_of(const std::string& name) const {
  const auto found = numbers_.find(name);
  return found == numbers_.end() ? 0 : found->second;
}

ReadyCondition RuleSet::prepare(const config::Condition& condition) {
  ReadyCondition ready;
  ready.condition = &condition;
  if (condition.volume) volumes_.push_back(&condition);
  for (const auto& name : condition.entities) ready.entities.push_back(number(name));
  for (const auto& name : condition.categories) ready.categories.push_back(number(name));
  std::sort(ready.entities.begin(), ready.entities.end());
  std::sort(ready.categories.begin(), ready.categories.end());
  ready.sender = Addresses(condition.sender);
  ready.recipient = Addresses(condition.recipient);
  for (const auto& one : condition.all_of) ready.all_of.push_back(prepare(one));
  for (const auto& one : condition.any_of) ready.any_of.push_back(prepare(one));
  for (const auto& one : condition.none_of) ready.none_of.push_back(prepare(one));
  return ready;
}

Evaluation::Evaluation(const RuleSet& rules, const Facts& facts)
    : rules_(rules), facts_(facts), sender_(facts.envelope.sender) {
  number_findings();
  Indices entities;
  Indices categories;
  for (const auto& [entity, key] : by_entity_) {
    entities.insert(entities.end(), key.entities.begin(), key.entities.end());
    categories.insert(categories.end(), key.categories.begin(), key.categories.end());
  }
  keep_distinct(entities);
  keep_distinct(categories);
  for (const std::uint32_t i : rules.asking_for(entities, categories)) {
    const config::Condition& when = rules.rule(i).when;
    const bool same_way =
        when.direction.value_or(model::Direction::kOutbound) == facts.direction;
    if (same_way && facts_hold(rules.ready()[i].when)) possible_.push_back(i);
  }
}

void Evaluation::number_findings() {
  keys_.reserve(facts_.report.findings.size());
  for (const model::Finding& finding : facts_.report.findings) {
    const auto [entry, is_new] = by_entity_.try_emplace(finding.entity);
    FindingKey& key = entry->second;
    keys_.push_back(&key);
    if (!is_new) continue;
    key.entities.push_back(rules_.number_of(finding.entity));
    const auto info = facts_.report.entities.find(finding.entity);
    if (info == facts_.report.entities.end()) continue;
    for (const auto& name : info->second.categories) {
      key.categories.push_back(rules_.number_of(name));
    }
    for (const auto& name : info->second.umbrellas) {
      key.entities.push_back(rules_.number_of(name));
    }
  }
}

bool Evaluation::facts_hold(const ReadyCondition& ready) const {
  const config::Condition& condition = *ready.condition;
  const model::ScanReport& report = facts_.report;
  if (condition.direction && *condition.direction != facts_.direction) return false;
  if (condition.size && !condition.size->holds(report.bytes)) return false;
  if (condition.time && !condition.time->holds(facts_.minute)) return false;
  const auto has = [](const auto& list, const auto& value) {
    return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
  };
  if (!has(condition.days, facts_.week_day)) return false;
  if (!condition.attachments.empty() &&
      !shares_any(condition.attachments, report.attachments)) {
    return false;
  }
  if (!condition.headers.empty() && !has_any_header(condition.headers, report)) {
    return false;
  }
  if (!condition.unreadable.empty() && !any_unreadable(condition.unreadable, report)) {
    return false;
  }
  return ready.sender.hold(sender_);
}

bool Evaluation::looks_at(const ReadyCondition& ready, const Disclosed& disclosed,
                          std::uint32_t index) const {
  const config::Condition& condition = *ready.condition;
  const model::Finding& finding = facts_.report.findings[index];
  const FindingKey& key = *keys_[index];
  if (finding.confidence <
      condition.least_confidence.value_or(model::kMediumConfidence)) {
    return false;
  }
  if (!is_group_of_size(condition, finding)) return false;
  if (condition.opted_out &&
      *condition.opted_out != std::binary_search(disclosed.opted_out.begin(),
                                                 disclosed.opted_out.end(), index)) {
    return false;
  }
  if (!ready.entities.empty() && !contains_any(ready.entities, key.entities))
    return false;
  if (!condition.zones.empty() &&
      std::find(condition.zones.begin(), condition.zones.end(), finding.zone) ==
          condition.zones.end()) {
    return false;
  }
  return ready.categories.empty() || contains_any(ready.categories, key.categories);
}

bool Evaluation::volume_holds(const config::Condition& condition,
                              const AddressForms& recipient,
                              const Indices& counted) const {
  std::unordered_set<Fingerprint> people;
  std::uint64_t others = 0;
  for (const std::uint32_t index : counted) {
    people.insert(person_of(facts_.report.findings[index]));
  }
  if (facts_.known != nullptr && facts_.key != nullptr) {
    const auto question =
        volume_question(condition, *facts_.key, facts_.envelope.sender, recipient.whole);
    for (const model::Volume& volume : facts_.known->volumes) {
      if (!(volume.question == question)) continue;
      people.insert(volume.subjects.begin(), volume.subjects.end());
      others = volume.others;
    }
  }
  return condition.volume->subjects.holds(people.size() + others);
}

bool Evaluation::findings_hold(const ReadyCondition& ready, const AddressForms& recipient,
                               const Disclosed& disclosed, Indices& counted) const {
  const config::Condition& condition = *ready.condition;
  std::copy_if(disclosed.findings.begin(), disclosed.findings.end(),
               std::back_inserter(counted),
               [&](std::uint32_t index) { return looks_at(ready, disclosed, index); });
  if (counted.empty()) return false;
  if (condition.count && !condition.count->holds(counted.size())) return false;
  const auto distinct = [&](bool subjects) {
    return count_distinct(facts_.report, counted, subjects);
  };
  if (condition.values && !condition.values->holds(distinct(false))) return false;
  if (condition.volume && !volume_holds(condition, recipient, counted)) return false;
  return !condition.subjects || condition.subjects->holds(distinct(true));
}

bool Evaluation::further_hold(const ReadyCondition& ready, const AddressForms& recipient,
                              const Disclosed& disclosed, Indices& counted) const {
  const auto held = [&](const ReadyCondition& one) {
    Indices by_it;
    if (!facts_hold(one) || !holds(one, recipient, disclosed, by_it)) return false;
    counted.insert(counted.end(), by_it.begin(), by_it.end());
    return true;
  };
  // All are asked, so that what each has counted is counted.
  const auto count_held = [&](const std::vector<ReadyCondition>& conditions) {
    return std::count_if(conditions.begin(), conditions.end(), held);
  };
  if (count_held(ready.all_of) != std::ssize(ready.all_of)) return false;
  if (!ready.any_of.empty() && count_held(ready.any_of) == 0) return false;
  Indices ignored;
  return std::none_of(
      ready.none_of.begin(), ready.none_of.end(), [&](const ReadyCondition& one) {
        return facts_hold(one) && holds(one, recipient, disclosed, ignored);
      });
}

bool Evaluation::holds(const ReadyCondition& ready, const AddressForms& recipient,
                       const Disclosed& disclosed, Indices& counted) const {
  if (!ready.recipient.hold(recipient)) return false;
  const std::optional<bool> encrypted = ready.condition->encrypted;
  if (encrypted && *encrypted != (facts_.report.encrypted ||
                                  rules_.has_encrypted_route(recipient.whole))) {
    return false;
  }
  if (ready.condition->looks_at_findings() &&
      !findings_hold(ready, recipient, disclosed, counted)) {
    return false;
  }
  if (!further_hold(ready, recipient, disclosed, counted)) return false;
  keep_distinct(counted);
  return true;
}

void Evaluation::match_one(std::uint32_t index, const AddressForms& recipient,
                           const Disclosed& disclosed, std::vector<Match>& into) const {
  const ReadyRule& ready = rules_.ready()[index];
  Match match{index, {}};
  Indices excepted;
  if (ready.unless.condition != nullptr && facts_hold(ready.unless) &&
      holds(ready.unless, recipient, disclosed, excepted)) {
    // An exception that names findings takes them away; one that names none takes all.
    if (excepted.empty()) return;
    Disclosed rest = disclosed;
    std::erase_if(rest.findings, [&](std::uint32_t finding) {
      return std::binary_search(excepted.begin(), excepted.end(), finding);
    });
    if (holds(ready.when, recipient, rest, match.findings)) {
      into.push_back(std::move(match));
    }
    return;
  }
  if (holds(ready.when, recipient, disclosed, match.findings)) {
    into.push_back(std::move(match));
  }
}

std::vector<Match> Evaluation::matches(const std::string& address,
                                       const Disclosed& disclosed) {
  const AddressForms recipient(address);
  const auto [entry, is_new] = known_.try_emplace(disclosed);
  std::vector<Match> found;
  for (const std::uint32_t index : possible_) {
    if (rules_.ready()[index].asks_recipient) {
      match_one(index, recipient, disclosed, found);
    } else if (is_new) {
      match_one(index, recipient, disclosed, entry->second);
    }
  }
  found.insert(found.end(), entry->second.begin(), entry->second.end());
  std::sort(found.begin(), found.end(),
            [](const Match& a, const Match& b) { return a.rule < b.rule; });
  return found;
}

}  // namespace noshare::policy
