// RuleSet: the rules made ready for many messages, and what they say to one.
//
// In:  rules of the configuration; the facts of one message; findings that are disclosed
// Out: which rules match, each with the findings it counted
// Names are compared once per message, so that a thousand rules cost some microseconds.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "noshare/config/rule.h"
#include "noshare/model/verdict.h"

namespace noshare::policy {

// What the rules look at, apart from the recipient.
struct Facts {
  const model::Envelope& envelope;
  const model::ScanReport& report;
  model::Direction direction;
};

struct Match {
  std::uint32_t rule = 0;               // index into the rules
  std::vector<std::uint32_t> findings;  // that the rule counted; empty for rules on facts
};

struct ReadyCondition {
  const config::Condition* condition = nullptr;
  std::vector<std::uint32_t> entities;  // numbers of names, sorted
  std::vector<std::uint32_t> categories;
};

struct ReadyRule {
  const config::Rule* rule = nullptr;
  ReadyCondition when;
  ReadyCondition unless;  // its condition is null when there is none
  bool asks_recipient = false;
};

class RuleSet {
 public:
  explicit RuleSet(std::vector<config::Rule> rules);
  RuleSet(RuleSet&&) = default;
  RuleSet& operator=(RuleSet&&) = default;
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;

  const config::Rule& rule(std::uint32_t index) const { return rules_[index]; }
  const std::vector<ReadyRule>& ready() const { return ready_; }
  // The number under which rules know a name; 0 if none uses it.
  std::uint32_t number_of(const std::string& name) const;

 private:
  ReadyCondition prepare(const config::Condition& condition);
  std::uint32_t number(const std::string& name);

  std::vector<config::Rule> rules_;  // never resized: ready_ points into it
  std::vector<ReadyRule> ready_;
  std::map<std::string, std::uint32_t> numbers_;
};

// Evaluates a RuleSet for one message.
class Evaluation {
 public:
  Evaluation(const RuleSet& rules, const Facts& facts);

  // The rules that match for one recipient, in the order of the file.
  std::vector<Match> matches(const std::string& recipient,
                             const std::vector<std::uint32_t>& disclosed);

 private:
  // What a rule needs to know of a finding, in numbers.
  struct FindingKey {
    std::vector<std::uint32_t> entities;  // its own and those that stand for it
    std::vector<std::uint32_t> categories;
  };
  using Disclosed = std::vector<std::uint32_t>;

  bool facts_hold(const config::Condition& condition) const;
  bool holds(const ReadyCondition& ready, const std::string& recipient,
             const Disclosed& disclosed, Disclosed& counted) const;
  bool findings_hold(const ReadyCondition& ready, const Disclosed& disclosed,
                     Disclosed& counted) const;
  bool looks_at(const ReadyCondition& ready, std::uint32_t finding) const;
  void match_one(std::uint32_t index, const std::string& recipient,
                 const Disclosed& disclosed, std::vector<Match>& into) const;

  const RuleSet& rules_;
  const Facts& facts_;
  std::vector<FindingKey> keys_;         // one per finding
  std::vector<std::uint32_t> possible_;  // rules whose facts hold for this message
  // Most messages disclose the same to all third parties: computed once for each set.
  std::map<Disclosed, std::vector<Match>> known_;
};

}  // namespace noshare::policy
