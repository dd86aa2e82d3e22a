// RuleSet: the rules made ready for many messages, and what they say to one.
//
// In:  rules of the configuration; the facts of one message; findings that are disclosed
// Out: which rules match, each with the findings it counted
// Names are compared once per message, so that a thousand rules cost some microseconds.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <vector>

#include "noshare/config/rule.h"
#include "noshare/model/known.h"
#include "noshare/model/verdict.h"

#include "policy/disclosure.h"

namespace noshare::policy {

// What the rules look at, apart from the recipient.
struct Facts {
  const model::Envelope& envelope;
  const model::ScanReport& report;
  model::Direction direction;
  int minute = 0;    // of the day, UTC
  int week_day = 0;  // 0 is Sunday
  const model::Known* known = nullptr;
  const FingerprintKey* key = nullptr;  // with which volumes are asked for
};

// Whose datum a finding is: a value whose owner is unknown is a person of its own.
Fingerprint person_of(const model::Finding& finding);

// By whom volumes are counted.
Fingerprint volume_sender(const FingerprintKey& key, const std::string& sender);
Fingerprint volume_domain(const FingerprintKey& key, const std::string& recipient);
// What a condition's volume asks of one sender and one recipient.
model::VolumeQuestion volume_question(const config::Condition& condition,
                                      const FingerprintKey& key,
                                      const std::string& sender,
                                      const std::string& recipient);

struct Match {
  std::uint32_t rule = 0;               // index into the rules
  std::vector<std::uint32_t> findings;  // that the rule counted; empty for rules on facts
};

// An address in the forms that rules ask for, made once for all of them.
struct AddressForms {
  explicit AddressForms(const std::string& address);
  std::string whole;
  std::string normalised;
  std::string domain;
};

// Addresses of a condition: a list of many thousands costs no more than one.
class Addresses {
 public:
  Addresses() = default;
  explicit Addresses(const std::vector<std::string>& globs);
  // True for any address when the condition names none.
  bool hold(const AddressForms& address) const;

 private:
  std::unordered_set<std::string> whole_;    // addresses
  std::unordered_set<std::string> domains_;  // of "*@example.com"
  std::vector<std::string> globs_;           // the others
};

struct ReadyCondition {
  const config::Condition* condition = nullptr;
  std::vector<std::uint32_t> entities;  // numbers of names, sorted
  std::vector<std::uint32_t> categories;
  Addresses sender;
  Addresses recipient;
  std::vector<ReadyCondition> all_of;
  std::vector<ReadyCondition> any_of;
  std::vector<ReadyCondition> none_of;
};

struct ReadyRule {
  const config::Rule* rule = nullptr;
  ReadyCondition when;
  ReadyCondition unless;  // its condition is null when there is none
  bool asks_recipient = false;
};

class RuleSet {
 public:
  explicit RuleSet(std::vector<config::Rule> rules,
                   std::vector<std::string> languages = {},
                   std::vector<std::string> encrypted_routes = {});
  RuleSet(RuleSet&&) = default;
  RuleSet& operator=(RuleSet&&) = default;
  RuleSet(const RuleSet&) = delete;
  RuleSet& operator=(const RuleSet&) = delete;

  const config::Rule& rule(std::uint32_t index) const { return rules_[index]; }
  const std::vector<ReadyRule>& ready() const { return ready_; }
  // Of replies, the first ones first.
  // Whether the mail server sends there over TLS or not at all.
  bool has_encrypted_route(const std::string& recipient) const;
  const std::vector<std::string>& languages() const { return languages_; }
  // Conditions that ask for volumes; they live as long as this object.
  const std::vector<const config::Condition*>& volumes() const { return volumes_; }
  // The number under which rules know a name; 0 if none uses it.
  std::uint32_t number_of(const std::string& name) const;
  // Rules, ascending, that name one of these entities or categories or ask for none: no
  // other can match where findings are of these kinds.
  std::vector<std::uint32_t> asking_for(
      const std::vector<std::uint32_t>& entities,
      const std::vector<std::uint32_t>& categories) const;

 private:
  using ByNumber = std::vector<std::vector<std::uint32_t>>;
  void note_names(std::uint32_t rule);
  ReadyCondition prepare(const config::Condition& condition);
  std::uint32_t number(const std::string& name);

  std::vector<config::Rule> rules_;  // never resized: ready_ points into it
  std::vector<std::string> languages_;
  std::vector<std::string> encrypted_routes_;  // globs over domains
  std::vector<const config::Condition*> volumes_;
  std::vector<ReadyRule> ready_;
  std::map<std::string, std::uint32_t> numbers_;
  ByNumber by_entity_;    // rules that ask for an entity, by its number
  ByNumber by_category_;  // rules that ask for no entity but for a category
  std::vector<std::uint32_t> by_no_name_;  // the others
};

// Evaluates a RuleSet for one message.
class Evaluation {
 public:
  Evaluation(const RuleSet& rules, const Facts& facts);

  // The rules that match for one recipient, in the order of the file.
  std::vector<Match> matches(const std::string& address, const Disclosed& disclosed);

 private:
  // What a rule needs to know of a finding, in numbers.
  struct FindingKey {
    std::vector<std::uint32_t> entities;  // its own and those that stand for it
    std::vector<std::uint32_t> categories;
  };
  using Indices = std::vector<std::uint32_t>;

  void number_findings();
  // What concerns the message as a whole, of this condition itself.
  bool facts_hold(const ReadyCondition& ready) const;
  // Everything: facts, recipient, findings, further conditions. `counted` gains what it
  // has counted.
  bool holds(const ReadyCondition& ready, const AddressForms& recipient,
             const Disclosed& disclosed, Indices& counted) const;
  bool findings_hold(const ReadyCondition& ready, const AddressForms& recipient,
                     const Disclosed& disclosed, Indices& counted) const;
  bool looks_at(const ReadyCondition& ready, const Disclosed& disclosed,
                std::uint32_t finding) const;
  bool volume_holds(const config::Condition& condition, const AddressForms& recipient,
                    const Indices& counted) const;
  bool further_hold(const ReadyCondition& ready, const AddressForms& recipient,
                    const Disclosed& disclosed, Indices& counted) const;
  void match_one(std::uint32_t index, const AddressForms& recipient,
                 const Disclosed& disclosed, std::vector<Match>& into) const;

  const RuleSet& rules_;
  const Facts& facts_;
  AddressForms sender_;
  std::map<std::string, FindingKey> by_entity_;
  std::vector<const FindingKey*> keys_;  // one per finding
  std::vector<std::uint32_t> possible_;  // rules whose facts hold for this message
  // Most messages disclose the same to all third parties: computed once for each set.
  std::map<Disclosed, std::vector<Match>> known_;
};

}  // namespace noshare::policy
