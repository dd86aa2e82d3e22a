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

bool matches_any(const std::vector<std::string>& globs, const std::string& text) {
  return globs.empty() ||
         std::any_of(globs.begin(), globs.end(),
                     [&](const std::string& glob) { return glob_match(glob, text); });
}

bool asks_recipient(const config::Rule& rule) {
  return !rule.when.recipient.empty() || (rule.unless && !rule.unless->recipient.empty());
}

bool any_unreadable(const std::vector<model::UnreadableReason>& reasons,
                    const model::ScanReport& report) {
  return std::any_of(
      report.unreadable.begin(), report.unreadable.end(), [&](const auto& one) {
        return std::find(reasons.begin(), reasons.end(), one.reason) != reasons.end();
      });
}

// Distinct values, or distinct people: a value whose owner is unknown is a person of its
// own.
std::uint64_t count_distinct(const model::ScanReport& report,
                             const std::vector<std::uint32_t>& findings, bool subjects) {
  std::unordered_set<Fingerprint> distinct;
  for (const std::uint32_t index : findings) {
    const model::Finding& finding = report.findings[index];
    const bool known = subjects && !finding.subject_fingerprint.is_null();
    distinct.insert(known ? finding.subject_fingerprint : finding.fingerprint);
  }
  return distinct.size();
}

}  // namespace

RuleSet::RuleSet(std::vector<config::Rule> rules) : rules_(std::move(rules)) {
  ready_.reserve(rules_.size());
  for (const config::Rule& rule : rules_) {
    ReadyRule ready{&rule, prepare(rule.when), {}, asks_recipient(rule)};
    if (rule.unless) ready.unless = prepare(*rule.unless);
    ready_.push_back(std::move(ready));
  }
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
  for (const auto& name : condition.entities) ready.entities.push_back(number(name));
  for (const auto& name : condition.categories) ready.categories.push_back(number(name));
  std::sort(ready.entities.begin(), ready.entities.end());
  std::sort(ready.categories.begin(), ready.categories.end());
  return ready;
}

Evaluation::Evaluation(const RuleSet& rules, const Facts& facts)
    : rules_(rules), facts_(facts) {
  std::map<std::string, FindingKey> by_entity;
  for (const auto& [entity, info] : facts.report.entities) {
    FindingKey& key = by_entity[entity];
    for (const auto& name : info.categories)
      key.categories.push_back(rules.number_of(name));
    for (const auto& name : info.umbrellas) key.entities.push_back(rules.number_of(name));
  }
  keys_.reserve(facts.report.findings.size());
  for (const model::Finding& finding : facts.report.findings) {
    FindingKey key = by_entity[finding.entity];
    key.entities.push_back(rules.number_of(finding.entity));
    keys_.push_back(std::move(key));
  }
  for (std::uint32_t i = 0; i < rules.ready().size(); ++i) {
    const config::Condition& when = rules.rule(i).when;
    const bool same_way =
        when.direction.value_or(model::Direction::kOutbound) == facts.direction;
    if (same_way && facts_hold(when)) possible_.push_back(i);
  }
}

bool Evaluation::facts_hold(const config::Condition& condition) const {
  if (condition.direction && *condition.direction != facts_.direction) return false;
  if (condition.encrypted && *condition.encrypted != facts_.report.encrypted)
    return false;
  if (condition.size && !condition.size->holds(facts_.report.bytes)) return false;
  if (!condition.unreadable.empty() &&
      !any_unreadable(condition.unreadable, facts_.report)) {
    return false;
  }
  return matches_any(condition.sender, facts_.envelope.sender);
}

bool Evaluation::looks_at(const ReadyCondition& ready, std::uint32_t index) const {
  const config::Condition& condition = *ready.condition;
  const model::Finding& finding = facts_.report.findings[index];
  const FindingKey& key = keys_[index];
  if (finding.confidence <
      condition.least_confidence.value_or(model::kMediumConfidence)) {
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

bool Evaluation::findings_hold(const ReadyCondition& ready, const Disclosed& disclosed,
                               Disclosed& counted) const {
  const config::Condition& condition = *ready.condition;
  std::copy_if(disclosed.begin(), disclosed.end(), std::back_inserter(counted),
               [&](std::uint32_t index) { return looks_at(ready, index); });
  if (counted.empty()) return false;
  if (condition.count && !condition.count->holds(counted.size())) return false;
  const auto distinct = [&](bool subjects) {
    return count_distinct(facts_.report, counted, subjects);
  };
  if (condition.values && !condition.values->holds(distinct(false))) return false;
  return !condition.subjects || condition.subjects->holds(distinct(true));
}

bool Evaluation::holds(const ReadyCondition& ready, const std::string& recipient,
                       const Disclosed& disclosed, Disclosed& counted) const {
  if (!matches_any(ready.condition->recipient, recipient)) return false;
  return !ready.condition->looks_at_findings() ||
         findings_hold(ready, disclosed, counted);
}

void Evaluation::match_one(std::uint32_t index, const std::string& recipient,
                           const Disclosed& disclosed, std::vector<Match>& into) const {
  const ReadyRule& ready = rules_.ready()[index];
  Match match{index, {}};
  if (!holds(ready.when, recipient, disclosed, match.findings)) return;
  Disclosed ignored;
  const bool excepted = ready.unless.condition != nullptr &&
                        facts_hold(*ready.unless.condition) &&
                        holds(ready.unless, recipient, disclosed, ignored);
  if (!excepted) into.push_back(std::move(match));
}

std::vector<Match> Evaluation::matches(const std::string& recipient,
                                       const Disclosed& disclosed) {
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
