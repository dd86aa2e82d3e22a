// The keys of rules, but for their conditions (condition_keys.cc).
#include <algorithm>
#include <array>

#include "config/field_text.h"
#include "config/named_words.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

void begin_rule(Value value, Draft& draft) {
  draft.rule = &draft.settings.rules.emplace_back();
  draft.rule->line = value.line();
}

void read_rule_id(Value value, Draft& draft) {
  if (!value.checked(check_id, draft.rule->id)) return;
  const auto& rules = draft.settings.rules;
  const auto twin = std::find_if(rules.begin(), rules.end() - 1, [&](const Rule& rule) {
    return rule.id == draft.rule->id;
  });
  if (twin != rules.end() - 1) {
    value.fault("the id '" + twin->id + "' is taken by the rule in line " +
                std::to_string(twin->line) + "; expected another one");
  }
}

// Names of shipped packs stay names; files are relative to the folder of this one.
void read_rule_packs(Value value, Draft& draft) {
  std::vector<std::string> packs;
  value.texts(nullptr, packs);
  for (const std::string& one : packs) {
    const bool is_file = one.find('/') != std::string::npos || one.ends_with(".yaml");
    draft.settings.rule_packs.push_back(
        is_file ? ("." / draft.folder / one).lexically_normal().string() : one);
  }
}

// Either one text, or a mapping of languages to texts.
void read_reply(Value value, Draft& draft) {
  if (!value.node().IsMap()) {
    value.checked(check_reply_template, draft.rule->reply);
    return;
  }
  for (const auto& item : value.node()) {
    const std::string language = item.first.IsScalar() ? item.first.Scalar() : "";
    if (!check_id(language)) {
      value.fault_at(item.first, "expected a language such as en");
    } else {
      value.below(language, item.second)
          .checked(check_reply_template, draft.rule->replies[language]);
    }
  }
}

void read_severity(Value value, Draft& draft) {
  std::string& into = draft.rule->severity;
  value.choice<std::string>(
      {{"low", "low"}, {"medium", "medium"}, {"high", "high"}, {"critical", "critical"}},
      into);
}

// `hold: mta`, the only other way to hold.
void read_hold(Value value, Draft& draft) {
  value.choice({{"mta", true}, {"vault", false}}, draft.rule->hold_by_mta);
}

Result<void> check_subject_prefix(std::string_view text) {
  constexpr std::size_t kMostChars = 40;
  return check_header_text(text, kMostChars);
}

// A prefix's closing space is part of it, so it is taken as it stands.
void read_subject_prefix(Value value, Draft& draft) {
  std::string ignored;
  if (value.checked(check_subject_prefix, ignored)) {
    draft.rule->subject_prefix = value.node().Scalar();
  }
}

bool has(Value value, const char* key) {
  const YAML::Node node = value.node();
  return node[key].IsDefined();
}

void finish_rule(Value value, Draft& draft) {
  const Rule& rule = *draft.rule;
  const std::string does = std::string("'then' is ") + name(rule.then);
  if (has(value, "hold") && rule.then != model::Action::kHold) {
    value.fault("'hold' says how to hold a message, but " + does);
  }
  const bool answers = rule.then == model::Action::kReject ||
                       rule.then == model::Action::kDefer ||
                       rule.then == model::Action::kHold;
  if (has(value, "reply") && !answers) {
    value.fault("'reply' is sent with reject, defer or hold, but " + does);
  }
  if (rule.sender_may_override && rule.then != model::Action::kReject) {
    value.fault("'override' concerns what is rejected, but " + does);
  }
  if (has(value, "subject_prefix") && rule.then != model::Action::kTag) {
    value.fault("'subject_prefix' belongs to tag, but " + does);
  }
}

constexpr std::array kKeys = {
    SettingsKey{
        {"rules", "list of sections", "the shipped policy",
         "What happens to which disclosure",
         "All rules are looked at for each recipient; the strictest that matches "
         "decides, "
         "and all that match are recorded. Without this key the shipped default policy "
         "holds (deploy/config/noshare.yaml shows it).",
         ""},
        Shape::kItems,
        begin_rule,
        finish_rule},
    SettingsKey{
        {"rule_packs", "list of names or files", "",
         "Further rules, behind those of this file",
         "Shipped: pci, gdpr, hipaa, ccpa. A rule of this file stands in the place "
         "of one of the same id.",
         "[pci, gdpr]"},
        Shape::kValue,
        read_rule_packs},
    SettingsKey{
        {"languages", "list of languages", "[en]",
         "In which languages a reply is given, where a rule has several; and letters",
         "The first ones first; as many as fit into an SMTP reply. Letters have all of "
         "them, one below the other: de, en, es, fr, it and nl are shipped.",
         "[de, en]"},
        Shape::kValue,
        [](Value v, Draft& d) { v.texts(check_id, d.settings.languages); }},
    SettingsKey{{"rules[].id", "name", "", "The rule's name in verdicts and incidents",
                 "It must be unique.", "cards", true},
                Shape::kValue,
                read_rule_id},
    SettingsKey{
        {"rules[].then", "action", "", "What happens",
         "Mildest first: deliver, tag (mark by headers), notify, redact (mask the "
         "values), "
         "drop_recipient (the third parties only; the others get the mail), hold, reject "
         "(550), defer (451), discard. A message has one fate: reject, hold, defer and "
         "discard concern all its recipients, drop_recipient only those it names.",
         "reject", true},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.choice(named_up_to(model::Action::kDiscard), d.rule->then);
        }},
    SettingsKey{{"rules[].reply", "text with placeholders", "",
                 "What the sender is told by reject, defer or hold",
                 "Or a mapping of languages to such texts, `{en: ..., de: ...}`; "
                 "`languages` says "
                 "which are used. Placeholders: {count}, {values}, {subjects}, {entity}, "
                 "{title}, "
                 "{masked}, {recipient_domain}, {rule}, {case}. Printable ASCII.",
                 "\"this message shows {count} card number(s) to {recipient_domain}\""},
                Shape::kValue,
                read_reply},
    SettingsKey{{"rules[].severity", "one of: low, medium, high, critical", "",
                 "How grave a match is; named in the verdict", "", "high"},
                Shape::kValue,
                read_severity},
    SettingsKey{
        {"rules[].dry_run", "true or false", "false", "Whether a match is only recorded",
         "The verdict says what the rule would have done; an incident records it.",
         "true"},
        Shape::kValue,
        [](Value v, Draft& d) { v.truth(d.rule->dry_run); }},
    SettingsKey{
        {"rules[].override", "true or false", "false",
         "Whether the sender may send a rejected message all the same",
         "By the same message again, with [override CASE REASON] in the subject: once, "
         "to "
         "the same recipients, and with no other value. An incident records the reason.",
         "true"},
        Shape::kValue,
        [](Value v, Draft& d) { v.truth(d.rule->sender_may_override); }},
    SettingsKey{{"rules[].subject_prefix", "text", "",
                 "What tag writes before the subject", "", "\"[personal data] \""},
                Shape::kValue,
                read_subject_prefix},
    SettingsKey{
        {"rules[].hold", "one of: mta, vault", "vault", "Where hold keeps the message",
         "`mta` is the mail server's own hold queue (Postfix) or quarantine "
         "(Sendmail), used as well when no vault is configured. A message released from "
         "there is not looked at again.",
         "mta"},
        Shape::kValue,
        read_hold},
};

}  // namespace

std::span<const SettingsKey> rule_keys() { return kKeys; }

}  // namespace noshare::config
