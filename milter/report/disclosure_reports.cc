// What left the organisation: after a breach, and as a standing record of recipients.
#include <algorithm>
#include <map>
#include <set>

#include "noshare/base/clock.h"
#include "noshare/base/text.h"

#include "report/kinds.h"
#include "report/left.h"

namespace noshare::report {

namespace {

// Distinct people: a value whose owner is unknown is a person of its own.
Fingerprint person_of(const model::Finding& finding) {
  return finding.subject_fingerprint.is_null() ? finding.fingerprint
                                               : finding.subject_fingerprint;
}

struct Kind_of_data {
  std::string categories;
  std::set<Fingerprint> values;
  std::set<Fingerprint> people;
  std::int64_t messages = 0;
};

struct Recipient {
  std::set<std::string> kinds;
  std::set<std::string> grounds;
  std::int64_t messages = 0;
  std::int64_t records = 0;
  std::int64_t first_us = 0;
  std::int64_t last_us = 0;
};

// What left in all messages that were looked at.
struct Disclosures {
  std::map<std::string, Kind_of_data> kinds;  // by title
  std::map<std::string, Recipient> recipients;
  std::set<Fingerprint> people;
  std::int64_t records = 0;
  std::int64_t messages = 0;
  std::int64_t stopped = 0;
  std::int64_t first_us = 0;
  std::int64_t last_us = 0;
  Table times{"Messages",
              {"Case", "Time", "Rule", "Carried out", "Recipients' domains", "Records"},
              {}};

  void add(const model::Incident& incident, const Left& left);

 private:
  void add_recipients(const model::Incident& incident, const Left& left,
                      const std::set<std::string>& titles);
};

void widen(std::int64_t& first, std::int64_t& last, std::int64_t time) {
  first = first == 0 ? time : std::min(first, time);
  last = std::max(last, time);
}

void Disclosures::add(const model::Incident& incident, const Left& left) {
  if (left.findings.empty()) {
    ++stopped;
    return;
  }
  std::set<std::string> titles;
  for (const std::uint32_t at : left.findings) {
    const model::Finding& finding = incident.report.findings[at];
    const std::string title = title_of(incident, finding.entity);
    Kind_of_data& kind = kinds[title];
    const auto info = incident.report.entities.find(finding.entity);
    if (kind.categories.empty() && info != incident.report.entities.end()) {
      const auto& names = info->second.categories;
      kind.categories = joined(names, ", ");
    }
    kind.values.insert(finding.fingerprint);
    kind.people.insert(person_of(finding));
    people.insert(person_of(finding));
    if (titles.insert(title).second) ++kind.messages;
  }
  ++messages;
  records += static_cast<std::int64_t>(left.findings.size());
  widen(first_us, last_us, incident.time_us);
  add_recipients(incident, left, titles);
  times.rows.push_back(
      {incident.case_number, rfc3339_utc(incident.time_us), incident.verdict.rule,
       left.released ? "released by officers" : name(incident.carried_out),
       joined(left.domains, ", "), std::to_string(left.findings.size())});
}

void Disclosures::add_recipients(const model::Incident& incident, const Left& left,
                                 const std::set<std::string>& titles) {
  for (const std::string& domain : left.domains) {
    Recipient& one = recipients[domain];
    one.kinds.insert(titles.begin(), titles.end());
    one.grounds.insert(left.released ? "released by officers"
                                     : "rule " + incident.verdict.rule);
    ++one.messages;
    one.records += static_cast<std::int64_t>(left.findings.size());
    widen(one.first_us, one.last_us, incident.time_us);
  }
}

Table kinds_table(const Disclosures& all) {
  Table table{
      "Categories of personal data",
      {"Kind of data", "Categories", "Records (values)", "People, about", "Messages"},
      {}};
  for (const auto& [title, kind] : all.kinds) {
    table.rows.push_back({title, kind.categories, std::to_string(kind.values.size()),
                          std::to_string(kind.people.size()),
                          std::to_string(kind.messages)});
  }
  return table;
}

Table recipients_table(const Disclosures& all) {
  Table table{
      "Recipients",
      {"Domain", "Kinds of data", "Messages", "Records", "First", "Last", "Ground"},
      {}};
  for (const auto& [domain, one] : all.recipients) {
    table.rows.push_back({domain, joined(one.kinds, ", "), std::to_string(one.messages),
                          std::to_string(one.records), rfc3339_utc(one.first_us),
                          rfc3339_utc(one.last_us), joined(one.grounds, ", ")});
  }
  return table;
}

Result<Disclosures> collect(const Sources& sources, const Question& question) {
  Disclosures all;
  const auto look = [&](const model::Incident& incident) -> Result<void> {
    NOSHARE_TRY(const Left left, what_left(sources.holds, incident));
    all.add(incident, left);
    return {};
  };
  if (question.cases.empty()) {
    NOSHARE_CHECK(each_incident(sources, question, look));
    return all;
  }
  for (const std::string& number : question.cases) {
    NOSHARE_TRY(const auto incident, sources.incidents.find(number));
    NOSHARE_CHECK(look(incident));
  }
  return all;
}

std::string list_of(const std::vector<std::string>& words) {
  return words.empty() ? "none"
                       : joined(std::set<std::string>(words.begin(), words.end()), ", ");
}

}  // namespace

Result<Report> breach_report(const Sources& sources, const Question& question) {
  NOSHARE_TRY(const Disclosures all, collect(sources, question));
  Report report;
  report.title = "Notification of a personal data breach: what is on record";
  report.facts = {
      {"Messages that left with personal data", std::to_string(all.messages)},
      {"Records, about", std::to_string(all.records)},
      {"People concerned, about", std::to_string(all.people.size())},
      {"Messages of these days that were stopped", std::to_string(all.stopped)}};
  if (all.messages > 0) {
    report.facts.emplace_back("First", rfc3339_utc(all.first_us));
    report.facts.emplace_back("Last", rfc3339_utc(all.last_us));
  }
  report.words = {
      "For the notification under Article 33(3) of Regulation (EU) 2016/679. It counts "
      "what was found in messages that went out to third parties: in monitor mode, by a "
      "rule that lets pass, or released by officers. People are counted by the values "
      "that belong together; a value whose owner is not known counts as one person.",
      "To be added by the controller: the contact point (33(3)(b)), the likely "
      "consequences (33(3)(c)), the measures taken or proposed (33(3)(d))."};
  report.tables = {kinds_table(all), recipients_table(all), all.times};
  return report;
}

Result<Report> recipients_report(const Sources& sources, const Question& question) {
  NOSHARE_TRY(const Disclosures all, collect(sources, question));
  Report report;
  report.title = "Record of recipients";
  report.words = {
      "For the record of processing activities, Article 30(1)(d) of Regulation (EU) "
      "2016/679: to whom personal data may be disclosed by mail, and to whom it was. "
      "Data that an agreement or a permission covers is delivered without an incident "
      "and is named by the agreement alone."};
  Table agreed{"Processors with an agreement",
               {"Domain", "Kinds of data", "Purpose", "Until"},
               {}};
  for (const config::Processor& one : sources.settings.processors) {
    agreed.rows.push_back({one.domain, list_of(one.entities), one.purpose,
                           one.until.empty() ? "open" : one.until});
  }
  Table affiliates{"Affiliates, which count as the organisation", {"Domain"}, {}};
  for (const std::string& one : sources.settings.organisation.affiliates) {
    affiliates.rows.push_back({one});
  }
  Table seen = recipients_table(all);
  seen.title = "Disclosures on record";
  report.facts = {{"Recipients on record", std::to_string(all.recipients.size())}};
  report.tables = {std::move(agreed), std::move(affiliates), std::move(seen)};
  return report;
}

}  // namespace noshare::report
