// The keys of a rule's conditions: `when` and `unless`.
#include <algorithm>
#include <array>

#include "noshare/base/files.h"
#include "noshare/base/text.h"

#include "config/address_file.h"
#include "config/field_text.h"
#include "config/named_words.h"
#include "config/settings_keys.h"

namespace noshare::config {

namespace {

using Value = const SettingsValue&;

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
    for (const FileAddress& address : addresses_of_file(*text)) {
      const std::string glob = as_address_glob(address.text);
      if (const auto sound = check_address_glob(glob); sound) {
        into.push_back(glob);
      } else {
        value.fault(one.substr(kFile.size()) + ":" + std::to_string(address.line) + ": " +
                    sound.error().message);
      }
    }
    // A group without members is nobody, not everybody.
    if (into.empty()) into.emplace_back("nobody@invalid");
  }
}

Condition& add_all_of(Condition& to) { return to.all_of.emplace_back(); }
Condition& add_any_of(Condition& to) { return to.any_of.emplace_back(); }
Condition& add_none_of(Condition& to) { return to.none_of.emplace_back(); }

void read_direction(Value value, Draft& draft) {
  auto direction = model::Direction::kOutbound;
  value.choice(named_up_to(model::Direction::kInbound), direction);
  draft.condition->direction = direction;
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
    SettingsKey{
        {"rules[].when.group_size", "threshold", "\"< 5\"",
         "Small groups in tables of totals, of so many people each",
         "A table that counts people (\"Patients\", \"Customers by town\") may be shared "
         "as "
         "long as no cell counts too few of them; a cell of 1 to 19 is a finding of the "
         "entity small_group. How many are too few is up to who collected the data: 3 to "
         "5 "
         "is usual (Handbook on Statistical Disclosure Control, ESSNet 2010, section "
         "4.2), "
         "US health authorities ask for 11 (CMS cell size suppression policy).",
         "\"< 11\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_threshold(v, d.condition->group_size); }},
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
         "addresses or domains, or for the mail addresses in an export of a directory "
         "(LDIF, as ldapsearch writes it).",
         "\"*@sales.example.com\""},
        Shape::kValue,
        [](Value v, Draft& d) { read_addresses(v, d, d.condition->sender); }},
    SettingsKey{
        {"rules[].when.recipient", "address, or list", "", "Recipients",
         "`*` stands for any run of characters; `file:PATH` for the lines of a file, "
         "addresses or domains, or for the mail addresses in an export of a directory "
         "(LDIF, as ldapsearch writes it).",
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
};

}  // namespace

std::span<const SettingsKey> condition_keys() { return kKeys; }

}  // namespace noshare::config
