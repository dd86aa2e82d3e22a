// The keys that say what the filter decides by: organisation, processors, rules.
#include <algorithm>
#include <array>

#include "noshare/base/files.h"
#include "noshare/base/text.h"
#include "noshare/config/network.h"

#include "config/field_text.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

Result<void> check_network(std::string_view text) {
  NOSHARE_TRY([[maybe_unused]] const Network network, parse_network(text));
  return {};
}

Result<void> check_own_datum(std::string_view) { return {}; }

void read_own_data(Value value, Draft& draft) {
  if (!value.node().IsMap()) {
    value.fault("expected a mapping of entity ids to lists of values");
    return;
  }
  for (const auto& item : value.node()) {
    const std::string entity = item.first.IsScalar() ? item.first.Scalar() : "";
    if (!check_id(entity)) {
      value.fault_at(item.first, "expected an entity id such as phone_number");
      continue;
    }
    std::vector<std::string> values;
    value.below(entity, item.second)
        .texts(entity == "email_address" ? check_address_glob : check_own_datum, values);
    for (const std::string& one : values) {
      if (entity != "email_address" && one.find('*') != std::string::npos) {
        value.fault_at(item.second,
                       "'" + entity + "': only e-mail addresses may hold '*'");
      }
    }
    draft.settings.organisation.own_data[entity] = std::move(values);
  }
}

void begin_processor(Value, Draft& draft) {
  draft.processor = &draft.settings.processors.emplace_back();
}

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

template <class Enum>
std::vector<std::pair<std::string, Enum>> named_up_to(Enum last) {
  std::vector<std::pair<std::string, Enum>> words;
  for (int i = 0; i <= static_cast<int>(last); ++i) {
    words.emplace_back(model::name(static_cast<Enum>(i)), static_cast<Enum>(i));
  }
  return words;
}

template <class Enum>
void read_words(Value value, Enum last, std::vector<Enum>& into) {
  const auto words = named_up_to(last);
  std::vector<std::string> given;
  value.texts(nullptr, given);
  for (const std::string& word : given) {
    const auto known = std::find_if(words.begin(), words.end(), [&](const auto& entry) {
      return entry.first == word;
    });
    if (known != words.end()) {
      into.push_back(known->second);
      continue;
    }
    std::vector<std::string> names;
    for (const auto& entry : words) names.push_back(entry.first);
    value.unknown_word(word, names);
  }
}

// A threshold under which no finding can be counted never holds: a rule needs at least
// one.
void read_threshold(Value value, std::optional<Threshold>& into) {
  Threshold threshold;
  if (!value.parsed(parse_threshold, threshold)) return;
  const bool upper = threshold.comparison == Comparison::kAtMost ||
                     threshold.comparison == Comparison::kEqual;
  if ((upper && threshold.value == 0) ||
      (threshold.comparison == Comparison::kLessThan && threshold.value <= 1)) {
    value.fault("can never hold: a rule looks at one finding or more");
  } else {
    into = threshold;
  }
}

void read_size_threshold(Value value, Draft& draft) {
  Threshold threshold;
  if (value.parsed(parse_size_threshold, threshold)) draft.condition->size = threshold;
}

void read_encrypted(Value value, Draft& draft) {
  bool encrypted = false;
  if (value.truth(encrypted)) draft.condition->encrypted = encrypted;
}

void begin_volume(Value, Draft& draft) { draft.condition->volume.emplace(); }

void read_volume_subjects(Value value, Draft& draft) {
  value.parsed(parse_threshold, draft.condition->volume->subjects);
}

void read_volume_scope(Value value, Draft& draft) {
  value.choice(named_up_to(model::VolumeScope::kOrganisation),
               draft.condition->volume->per);
}

// What has gone out is remembered by entity; categories are the packs' business.
void finish_volume(Value value, Draft& draft) {
  if (!draft.condition->categories.empty()) {
    value.fault(
        "'volume' counts entities; expected 'entity' or 'any_of' beside it, not "
        "'category'");
  }
}

void begin_authority(Value, Draft& draft) {
  draft.authority = &draft.settings.authorities.emplace_back();
}

void read_opted_out(Value value, Draft& draft) {
  bool opted_out = false;
  if (value.truth(opted_out)) draft.condition->opted_out = opted_out;
}

// Every item of a list through one of the parsers of field_text.h.
template <class Parsed>
void read_all(Value value, Result<Parsed> (*parse)(std::string_view),
              std::vector<Parsed>& into) {
  std::vector<std::string> texts;
  value.texts(nullptr, texts);
  for (const std::string& text : texts) {
    auto parsed = parse(text);
    if (parsed) {
      into.push_back(*std::move(parsed));
    } else {
      value.fault("wrong value '" + text + "', " + parsed.error().message);
    }
  }
}

void read_day_time(Value value, Draft& draft) {
  DayTime time;
  if (value.parsed(parse_day_time, time)) draft.condition->time = time;
}

// A line of a group file: an address, a domain, or a glob of either.
std::string as_address_glob(std::string_view line) {
  return line.find('@') == std::string_view::npos ? "*@" + std::string(line)
                                                  : std::string(line);
}

// Addresses; "file:PATH" stands for the lines of a file, such as a list exported from a
// directory. '#' begins a comment.
void read_addresses(Value value, Draft& draft, std::vector<std::string>& into) {
  constexpr std::string_view kFile = "file:";
  constexpr std::uint64_t kMostBytes = 64ULL << 20U;
  std::vector<std::string> given;
  value.texts(nullptr, given);
  for (const std::string& one : given) {
    if (one.substr(0, kFile.size()) != kFile) {
      if (const auto sound = check_address_glob(one); sound) {
        into.push_back(one);
      } else {
        value.fault("wrong value '" + one + "', " + sound.error().message);
      }
      continue;
    }
    const auto text = read_file(draft.folder / one.substr(kFile.size()), kMostBytes);
    if (!text) {
      value.fault(text.error().message);
      continue;
    }
    draft.files += *text;
    std::size_t number = 0;
    for (const std::string_view whole : split(*text, '\n')) {
      ++number;
      const std::string_view line = trimmed(whole.substr(0, whole.find('#')));
      if (line.empty()) continue;
      const std::string glob = as_address_glob(line);
      if (const auto sound = check_address_glob(glob); sound) {
        into.push_back(glob);
      } else {
        value.fault(one.substr(kFile.size()) + ":" + std::to_string(number) + ": " +
                    sound.error().message);
      }
    }
    // A group without members is nobody, not everybody.
    if (into.empty()) into.emplace_back("nobody@invalid");
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

Condition& add_all_of(Condition& to) { return to.all_of.emplace_back(); }
Condition& add_any_of(Condition& to) { return to.any_of.emplace_back(); }
Condition& add_none_of(Condition& to) { return to.none_of.emplace_back(); }

void read_direction(Value value, Draft& draft) {
  auto direction = model::Direction::kOutbound;
  value.choice(named_up_to(model::Direction::kInbound), direction);
  draft.condition->direction = direction;
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

void begin_when(Value, Draft& draft) { draft.condition = &draft.rule->when; }
void begin_unless(Value, Draft& draft) {
  draft.condition = &draft.rule->unless.emplace();
}

void finish_condition(Value value, Draft&) {
  if (value.node().size() == 0) {
    value.fault("holds nothing, expected at least one condition");
  }
}

constexpr std::array kKeys = {
    SettingsKey{{"organisation", "section", "", "Whose promise it is",
                 "Recipients outside of it are third parties.", "", true},
                Shape::kSection},
    SettingsKey{
        {"organisation.domains", "list of domains", "", "The organisation's own domains",
         "`*.example.com` stands for all subdomains, not for example.com itself.",
         "[example.com, \"*.example.com\"]", true},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_domain_glob, d.settings.organisation.domains);
        }},
    SettingsKey{{"organisation.affiliates", "list of domains", "",
                 "Domains of the same group, which may get everything", "",
                 "[example-group.test]"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.texts(check_domain_glob, d.settings.organisation.affiliates);
                }},
    SettingsKey{
        {"organisation.forwards", "list of addresses", "",
         "Own addresses that lead outside",
         "The filter sees recipients before aliases, lists and forwards are expanded. An "
         "address listed here counts as a third party.",
         "[press-list@example.com]"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_address_glob, d.settings.organisation.forwards);
        }},
    SettingsKey{
        {"organisation.networks", "list of networks", "",
         "Client addresses that count as inside",
         "Mail from them is outbound, as is mail of authenticated users, of local "
         "programs and of services under milter.outbound_daemons.",
         "[192.0.2.0/24, \"2001:db8::/32\"]"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.texts(check_network, d.settings.organisation.networks);
        }},
    SettingsKey{
        {"organisation.own_data", "mapping of entity ids to lists", "",
         "Published data of the organisation itself, which anybody may have",
         "Values are compared without regard to spaces and punctuation. E-mail addresses "
         "may be given for a whole domain.",
         "{phone_number: [\"+1 571 555 0100\"], email_address: [\"*@example.com\"]}"},
        Shape::kValue,
        read_own_data},
    SettingsKey{{"processors", "list of sections", "",
                 "Who works for the organisation and may get certain data", "", ""},
                Shape::kItems,
                begin_processor},
    SettingsKey{
        {"processors[].domain", "domain", "", "The processor's domain", "",
         "payroll.test", true},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_domain_glob, d.processor->domain); }},
    SettingsKey{{"processors[].entities", "list of entity ids", "",
                 "What it may get; for anything else it is a third party", "",
                 "[us_ssn, iban]", true},
                Shape::kValue,
                [](Value v, Draft& d) { v.texts(check_id, d.processor->entities); }},
    SettingsKey{{"processors[].purpose", "text", "", "What for; named in the verdict", "",
                 "payroll"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  if (auto text = v.text()) d.processor->purpose = *text;
                }},
    SettingsKey{{"processors[].until", "day", "", "The last day of the agreement",
                 "From the next day on the processor is a third party.", "2027-12-31"},
                Shape::kValue,
                [](Value v, Draft& d) { v.checked(check_date, d.processor->until); }},
    SettingsKey{{"authorities", "list of sections", "",
                 "Authorities that may get what the law asks for",
                 "With a token of `noshare disclosure open` in the subject or a header "
                 "field; without one, an authority is a third party.",
                 ""},
                Shape::kItems,
                begin_authority},
    SettingsKey{
        {"authorities[].domain", "domain", "", "The authority's domain", "",
         "police.test", true},
        Shape::kValue,
        [](Value v, Draft& d) { v.checked(check_domain_glob, d.authority->domain); }},
    SettingsKey{{"authorities[].name", "text", "", "Its name, in verdicts and registers",
                 "", "\"State Police\"", true},
                Shape::kValue,
                [](Value v, Draft& d) {
                  if (auto text = v.text()) d.authority->name = *text;
                }},
    SettingsKey{{"encrypted_routes", "list of domains", "",
                 "Domains to which the mail server sends over TLS or not at all",
                 "Mail to them counts as encrypted. The filter cannot see what the mail "
                 "server will "
                 "do: docs/sharing.md shows how to enforce it there, and how to test it.",
                 "[partner.test, \"*.clinic.test\"]"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  v.texts(check_domain_glob, d.settings.encrypted_routes);
                }},
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
    SettingsKey{{"languages", "list of languages", "[en]",
                 "In which languages a reply is given, where a rule has several",
                 "The first ones first, as many as fit into an SMTP reply.", "[de, en]"},
                Shape::kValue,
                [](Value v, Draft& d) { v.texts(check_id, d.settings.languages); }},
    SettingsKey{{"rules[].id", "name", "", "The rule's name in verdicts and incidents",
                 "It must be unique.", "cards", true},
                Shape::kValue,
                read_rule_id},
    SettingsKey{{"rules[].when", "section", "", "When the rule matches",
                 "Every condition that is given must hold. Only findings that would be "
                 "disclosed to the recipient count.",
                 "", true},
                Shape::kSection,
                begin_when,
                finish_condition},
    SettingsKey{{"rules[].when.entity", "entity id, or list", "",
                 "Findings of these entities", "", "payment_card_number"},
                Shape::kValue,
                [](Value v, Draft& d) { v.texts(check_id, d.condition->entities); }},
    SettingsKey{{"rules[].when.any_of", "list of entity ids, or of conditions", "",
                 "Findings of any of these entities, counted together; or conditions of "
                 "which one must hold",
                 "Conditions have the keys of `when`. What those that hold have counted, "
                 "the rule has counted.",
                 "[email_address, phone_number]"},
                Shape::kConditions,
                [](Value v, Draft& d) { v.texts(check_id, d.condition->entities); },
                finish_condition,
                add_any_of},
    SettingsKey{{"rules[].when.all_of", "list of conditions", "",
                 "Conditions that must all hold, each with findings of its own", "",
                 "[{entity: person_name}, {category: health}]"},
                Shape::kConditions,
                nullptr,
                finish_condition,
                add_all_of},
    SettingsKey{{"rules[].when.not", "condition, or list", "",
                 "Conditions none of which may hold", "", "{entity: date_of_birth}"},
                Shape::kConditions,
                nullptr,
                finish_condition,
                add_none_of},
    SettingsKey{
        {"rules[].when.category", "category, or list", "",
         "Findings of these categories of the packs", "", "[government_id, financial]"},
        Shape::kValue,
        [](Value v, Draft& d) { v.texts(check_id, d.condition->categories); }},
    SettingsKey{
        {"rules[].when.confidence", "low, medium, high or points", "medium",
         "Findings of at least this confidence",
         "medium is 65 points, high is 85 of 100; low is any finding at all.", "high"},
        Shape::kValue,
        [](Value v, Draft& d) {
          v.parsed(parse_confidence, d.condition->least_confidence);
        }},
    SettingsKey{
        {"rules[].when.zone", "zone, or list", "", "Findings that stand in these places",
         "One of: subject, header, filename, body, html_visible, html_hidden, "
         "attribute, cell, document, metadata, ocr.",
         "[subject, filename]"},
        Shape::kValue,
        [](Value v, Draft& d) { read_words(v, model::Zone::kOcr, d.condition->zones); }},
    SettingsKey{{"rules[].when.opted_out", "true or false", "",
                 "Findings whose data subjects have forbidden to share them",
                 "By `noshare permission grant --never`.", "true"},
                Shape::kValue,
                read_opted_out},
    SettingsKey{{"rules[].when.count", "threshold", "\">= 1\"", "How many findings", "",
                 "\">= 5\""},
                Shape::kValue,
                [](Value v, Draft& d) { read_threshold(v, d.condition->count); }},
    SettingsKey{
        {"rules[].when.values", "threshold", "",
         "How many different values; the same number twice is one", "", "\">= 3\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_threshold(v, d.condition->values); }},
    SettingsKey{
        {"rules[].when.subjects", "threshold", "",
         "How many different people the findings belong to",
         "A value whose owner is not known stands for a person of its own.", "\">= 10\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_threshold(v, d.condition->subjects); }},
    SettingsKey{{"rules[].when.volume", "section", "",
                 "Different people whose data go out within a window of time",
                 "This message and those before it, of the entities that `entity` or "
                 "`any_of` name. Many small messages are one large one.",
                 ""},
                Shape::kSection,
                begin_volume,
                finish_volume},
    SettingsKey{{"rules[].when.volume.subjects", "threshold", "", "How many people", "",
                 "\">= 50\"", true},
                Shape::kValue,
                read_volume_subjects},
    SettingsKey{
        {"rules[].when.volume.window", "time", "1d", "Within which time",
         "Minutes, hours, days or weeks: 30m, 12h, 7d, 2w.", "7d"},
        Shape::kValue,
        [](Value v, Draft& d) { v.parsed(parse_window, d.condition->volume->window_s); }},
    SettingsKey{
        {"rules[].when.volume.per", "one of: sender, recipient_domain, organisation",
         "sender", "Whose messages are counted together", "", "organisation"},
        Shape::kValue,
        read_volume_scope},
    SettingsKey{
        {"rules[].when.unreadable", "reason, or list", "",
         "Parts that could not be read, for one of these reasons",
         "One of: encrypted, corrupt, unsupported, too_large, too_deep, too_many, "
         "timed_out, out_of_memory, worker_died, ambiguous, media.",
         "[encrypted, corrupt]"},
        Shape::kValue,
        [](Value v, Draft& d) {
          read_words(v, model::UnreadableReason::kMedia, d.condition->unreadable);
        }},
    SettingsKey{{"rules[].when.size", "size threshold", "", "How large the message is",
                 "", "\">= 10MB\""},
                Shape::kValue,
                read_size_threshold},
    SettingsKey{{"rules[].when.encrypted", "true or false", "",
                 "Whether its content is S/MIME or PGP encrypted, or its way",
                 "See `encrypted_routes`.", "true"},
                Shape::kValue,
                read_encrypted},
    SettingsKey{{"rules[].when.direction", "one of: outbound, inbound", "outbound",
                 "Which way the message goes", "", "inbound"},
                Shape::kValue,
                read_direction},
    SettingsKey{
        {"rules[].when.sender", "address, or list", "", "Envelope senders",
         "`*` stands for any run of characters; `file:PATH` for the lines of a file, "
         "addresses or domains.",
         "\"*@sales.example.com\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_addresses(v, d, d.condition->sender); }},
    SettingsKey{
        {"rules[].when.recipient", "address, or list", "", "Recipients",
         "`*` stands for any run of characters; `file:PATH` for the lines of a file, "
         "addresses or domains.",
         "\"*@partner.test\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_addresses(v, d, d.condition->recipient); }},
    SettingsKey{
        {"rules[].when.header", "header, or list", "",
         "Messages with one of these header fields",
         "A name and, behind a colon, a glob of the content.", "\"X-Class: public*\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_all(v, parse_header_test, d.condition->headers); }},
    SettingsKey{{"rules[].when.attachment", "file name ending, or list", "",
                 "Messages with an attached file of one of these endings",
                 "Files in archives count.", "[xlsx, csv]"},
                Shape::kValue,
                [](Value v, Draft& d) {
                  read_all(v, parse_extension, d.condition->attachments);
                }},
    SettingsKey{{"rules[].when.time", "hours", "", "Hours of the day, UTC", "",
                 "\"18:00-08:00\""},
                Shape::kValue,
                read_day_time},
    SettingsKey{
        {"rules[].when.day", "day of the week, or list", "", "Days of the week, UTC", "",
         "[sat, sun]"},
        Shape::kValue,
        [](Value v, Draft& d) { read_all(v, parse_week_day, d.condition->days); }},
    SettingsKey{{"rules[].unless", "section", "", "What the rule leaves alone",
                 "It has the same keys as `when`. Findings that it names do not count; "
                 "if it names "
                 "none, but facts of the message, the rule does not match.",
                 ""},
                Shape::kSection,
                begin_unless,
                finish_condition},
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

std::span<const SettingsKey> policy_keys() { return kKeys; }

}  // namespace noshare::config
