// Golden stories: each a mail with its envelope, and the verdict with its explanation.
//
// In:  stories/*.yaml (README.md describes their keys)     Out: one test per file and
// story The mail is read, searched and judged as the filter does it, with the shipped
// packs and an index of made-up customers.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "noshare/base/files.h"
#include "noshare/customers/indexer.h"
#include "noshare/policy/lawful.h"
#include "noshare/policy/policy.h"
#include "noshare/policy/value_forms.h"
#include "noshare/scan/scanner.h"

#include "../unit/extract/zip_builder.h"

namespace noshare {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = NOSHARE_SOURCE_DIR;
constexpr const char* kOrganisation =
    "organisation:\n"
    "  domains: [example.com, '*.example.com']\n"
    "  affiliates: [example-group.test]\n"
    "  forwards: [list@example.com]\n"
    "  own_data: {phone_number: ['+1 571 555 0100'], email_address: ['*@example.com']}\n"
    "processors:\n"
    "  - {domain: payroll.test, entities: [us_ssn, iban], purpose: payroll, until: "
    "2027-12-31}\n"
    "authorities:\n"
    "  - {domain: police.test, name: State Police}\n";

struct Story {
  std::string id;
  YAML::Node node;
};

void PrintTo(const Story& story, std::ostream* out) { *out << story.id; }

std::string text_of(const YAML::Node& node, const char* key,
                    const std::string& none = "") {
  return node[key] ? node[key].as<std::string>() : none;
}

std::vector<std::string> list_of(const YAML::Node& node, const char* key) {
  if (!node[key]) return {};
  if (node[key].IsScalar()) return {node[key].as<std::string>()};
  return node[key].as<std::vector<std::string>>();
}

const std::vector<Story>& stories() {
  static const std::vector<Story> all = [] {
    // Nodes are never assigned to each other: that would write one story over another.
    std::map<std::string, YAML::Node> by_id;
    for (const auto& entry : fs::directory_iterator(kSource / "tests/golden/stories")) {
      if (entry.path().extension() != ".yaml") continue;
      // "1-bulk.yaml": names of tests have letters and digits only.
      const std::string chapter = entry.path().stem().string().substr(2);
      for (const YAML::Node& node : YAML::LoadFile(entry.path().string())["stories"]) {
        by_id.emplace(chapter + "_" + text_of(node, "name"), node);
      }
    }
    std::vector<Story> list;
    list.reserve(by_id.size());
    for (const auto& [id, node] : by_id) list.push_back({id, node});
    return list;
  }();
  return all;
}

// What all stories share: packs compiled once, customers indexed once.
struct World {
  FingerprintKey key = FingerprintKey::random();
  std::shared_ptr<const detect::Database> database;
  std::shared_ptr<const customers::Index> index;

  World() {
    const auto packs = config::load_packs({kSource / "patterns"});
    if (!packs) throw std::runtime_error(packs.error().message);
    database = detect::Database::create(*packs, {}).value();
    const fs::path folder = fs::path(testing::TempDir()) / "noshare-stories";
    fs::create_directories(folder);
    customers::IndexJob job;
    job.csv = kSource / "tests/golden/stories/customers.csv";
    job.settings.index = folder / "customers.index";
    job.settings.key = "customer_no";
    const auto done = customers::index_customers(job, key);
    if (!done) throw std::runtime_error(done.error().message);
    index = customers::Index::open(job.settings.index, key).value();
    fs::remove_all(folder);
  }
};

const World& world() {
  static const World one;
  return one;
}

std::string zipped(const std::string& name, const std::string& data) {
  extract::ZipBuilder builder;
  extract::ZipHeader header;
  header.name = name;
  header.data = data;
  builder.member(header);
  builder.end();
  return builder.bytes();
}

std::string attachment(const YAML::Node& node) {
  const std::string name = text_of(node, "name");
  std::string data = text_of(node, "text");
  std::string shown = name;
  if (node["zip"]) {
    data = zipped(name, data);
    shown = text_of(node, "zip");
  }
  if (node["message"]) {
    return "--edge\nContent-Type: message/rfc822\n\n" + text_of(node, "message") + "\n";
  }
  const char* type = node["zip"] ? "application/zip" : "text/csv; charset=utf-8";
  return std::string("--edge\nContent-Type: ") + type +
         "\nContent-Transfer-Encoding: 8bit\nContent-Disposition: attachment; "
         "filename=\"" +
         shown + "\"\n\n" + data + "\n";
}

std::string mail_of(const YAML::Node& node) {
  const std::string from = text_of(node, "from", "jane@example.com");
  std::string mail = "From: Jane Roe <" + from + ">\n";
  const auto shown = node["header_to"] ? list_of(node, "header_to") : list_of(node, "to");
  for (std::size_t i = 0; i < shown.size(); ++i) {
    mail += (i == 0 ? "To: " : ",\n ") + shown[i];
  }
  mail +=
      "\nMessage-ID: <story@example.com>\nSubject: " + text_of(node, "subject", "story") +
      "\n" + text_of(node, "headers");
  if (node["raw"]) return mail + text_of(node, "raw");
  mail += "MIME-Version: 1.0\n";
  const std::string body = text_of(node, "body");
  if (!node["attach"]) {
    return mail + "Content-Type: text/plain; charset=utf-8\n\n" + body + "\n";
  }
  mail +=
      "Content-Type: multipart/mixed; boundary=edge\n\n--edge\n"
      "Content-Type: text/plain; charset=utf-8\n\n" +
      body + "\n";
  for (const YAML::Node& one : node["attach"]) mail += attachment(one);
  return mail + "--edge--\n";
}

std::vector<Fingerprint> subjects_of(const std::string& text) {
  const std::size_t equals = text.find('=');
  if (equals == std::string::npos) {
    return {world().key.of("email_address", normalised_address(text))};
  }
  const std::string kind = text.substr(0, equals);
  const std::string value = text.substr(equals + 1);
  if (kind == "customer") return {customers::customer_fingerprint(world().key, value)};
  return policy::value_fingerprints(world().key, kind, value);
}

model::Permission permission_of(const YAML::Node& node) {
  model::Permission one;
  one.id = text_of(node, "id", "PM-00000001");
  model::permission_kind_from_name(text_of(node, "kind", "grant").c_str(), one.kind);
  for (const std::string& subject : list_of(node, "subject")) {
    const auto some = subjects_of(subject);
    one.subjects.insert(one.subjects.end(), some.begin(), some.end());
  }
  one.recipient = text_of(node, "to", "*");
  one.entities = list_of(node, "entities");
  one.purpose = text_of(node, "purpose");
  one.from = text_of(node, "from");
  one.until = text_of(node, "until");
  one.evidence = text_of(node, "evidence");
  one.revoked_us = node["revoked"] ? 1 : 0;
  return one;
}

model::LawfulDisclosure disclosure_of(const YAML::Node& node) {
  model::LawfulDisclosure one;
  one.id = "ND-00000001";
  one.recipient = text_of(node, "to", "police.test");
  one.sender = text_of(node, "sender");
  one.entities = list_of(node, "entities");
  one.case_reference = text_of(node, "case", "12 B 345/26");
  one.approver = text_of(node, "approver", "A. Counsel");
  one.expires_us = node["expired"] ? 1 : 4'000'000'000LL * 1'000'000;
  one.closed_us = node["closed"] ? 1 : 0;
  one.signature = policy::disclosure_signature(world().key, one);
  return one;
}

std::string replaced(std::string text, const std::string& what, const std::string& by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what)) {
    text.replace(at, what.size(), by);
  }
  return text;
}

class Stories : public testing::TestWithParam<Story> {
 protected:
  static model::ScanReport scan(const config::Settings& settings, const YAML::Node& node,
                                const std::string& mail) {
    auto scanner =
        scan::Scanner::create(world().database, world().key, settings.limits).value();
    if (node["customers"]) {
      scanner.look_for(customers::Matcher(world().index, settings.customers));
    }
    scanner.look_at_headers(scan::header_tests_of(settings));
    return scanner.scan(mail, scan::InputKind::kMessage, "story", Deadline::never())
        .report;
  }
};

model::Envelope envelope_of(const YAML::Node& node) {
  model::Envelope envelope;
  envelope.sender = text_of(node, "from", "jane@example.com");
  envelope.recipients = list_of(node, "to");
  if (text_of(node, "direction") == "inbound") {
    envelope.client_address = "198.51.100.7";
  } else {
    envelope.authenticated_user = "jane";
  }
  return envelope;
}

std::string lines(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& one : list) text += one + "\n";
  return text;
}

TEST_P(Stories, EndsAsItIsTold) {
  const YAML::Node& node = GetParam().node;
  const auto parsed = config::parse_settings(kOrganisation + text_of(node, "config"),
                                             (kSource / "story.yaml").string());
  ASSERT_TRUE(parsed) << parsed.error().message;
  const auto policy = policy::Policy::create(*parsed, world().key).value();
  model::Known known;
  for (const YAML::Node& one : node["permissions"]) {
    known.permissions.push_back(permission_of(one));
  }
  if (const YAML::Node earlier = node["received"]) {
    model::Envelope envelope;
    envelope.sender = text_of(earlier, "from");
    known.received = policy.received(envelope, scan(*parsed, node, mail_of(earlier)),
                                     text_of(earlier, "day"));
  }
  std::string mail = mail_of(node);
  if (const YAML::Node allowed = node["disclosure"]) {
    known.disclosures.push_back(disclosure_of(allowed));
    const auto& one = known.disclosures.back();
    mail = replaced(mail, "{token}", one.id + "-" + one.signature);
  }
  if (const YAML::Node earlier = node["refused"]) {
    model::Refused refused{"NS-7K3M9QX2",
                           text_of(earlier, "from", "jane@example.com"),
                           list_of(earlier, "to"),
                           {},
                           earlier["used"].IsDefined()};
    for (const auto& one : scan(*parsed, node, mail_of(earlier)).findings) {
      refused.values.push_back(one.fingerprint);
    }
    known.refused.push_back(std::move(refused));
  }
  const auto report = scan(*parsed, node, mail);
  if (node["gone_out_to"]) {
    for (const auto& question : policy.questions(envelope_of(node), report).volumes) {
      model::Volume volume{question, {}};
      for (int i = 0; i < node["gone_out_to"].as<int>(); ++i) {
        volume.subjects.push_back(world().key.of("person", std::to_string(i)));
      }
      known.volumes.push_back(std::move(volume));
    }
  }
  const auto verdict = policy.decide(envelope_of(node), report, known,
                                     text_of(node, "today", "2026-11-25T10:00:00Z"));

  std::string found;
  for (const model::Finding& one : report.findings) {
    found += one.entity + " " + std::to_string(one.confidence) + "; ";
  }
  const std::string told = lines(verdict.why) + verdict.reply + "\nfound: " + found;
  const YAML::Node& expect = node["expect"];
  EXPECT_EQ(model::name(verdict.action), text_of(expect, "action")) << told;
  EXPECT_EQ(verdict.rule, text_of(expect, "rule")) << told;
  for (const std::string& line : list_of(expect, "why")) {
    EXPECT_THAT(told, testing::HasSubstr(line));
  }
  for (const auto& one : expect["recipients"]) {
    const auto address = one.first.as<std::string>();
    const auto recipient =
        std::find_if(verdict.recipients.begin(), verdict.recipients.end(),
                     [&](const auto& each) { return each.recipient == address; });
    ASSERT_NE(recipient, verdict.recipients.end()) << address;
    EXPECT_EQ(model::name(recipient->action), one.second.as<std::string>()) << told;
  }
}

INSTANTIATE_TEST_SUITE_P(All, Stories, testing::ValuesIn(stories()),
                         [](const auto& one) { return one.param.id; });

TEST(StoriesTogether, TellEverySentenceOfThePromise) {
  EXPECT_GE(stories().size(), 120U);
  std::set<std::string> told;
  for (const Story& one : stories()) told.insert(text_of(one.node, "promise"));
  for (const char* sentence :
       {"sell, rent, lease or barter", "give", "indirectly", "express permission",
        "aggregate", "law enforcement", "payment card"}) {
    EXPECT_EQ(told.count(sentence), 1U) << sentence;
  }
}

}  // namespace
}  // namespace noshare
