// The table of keys keeps its promises: examples are accepted, defaults are the defaults,
// and the pages made from it are up to date.
#include "noshare/config/keys.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/base/files.h"
#include "noshare/config/settings.h"

namespace noshare::config {
namespace {

using testing::HasSubstr;

// A file in which `key` has the value `value`.
std::string file_with(const KeyHelp& key, const std::string& value) {
  const std::string path(key.path);
  const std::string name = path.substr(path.rfind('.') + 1);
  const std::string base = "organisation: {domains: [example.com]}\n";
  const auto below = [&](const char* prefix) { return path.rfind(prefix, 0) == 0; };
  if (below("organisation.")) {
    const std::string domains = name == "domains" ? "" : "domains: [example.com], ";
    return "organisation: {" + domains + name + ": " + value + "}\n";
  }
  if (below("rules[].when.volume.")) {
    return base + "rules: [{id: a, then: tag, when: {entity: iban, volume: {" +
           (name == "subjects" ? "" : "subjects: '>= 2', ") + name + ": " + value +
           "}}}]\n";
  }
  if (below("authorities[].")) {
    return base + "authorities: [{" + (name == "domain" ? "" : "domain: p.test, ") +
           (name == "name" ? "" : "name: A, ") + name + ": " + value + "}]\n";
  }
  if (below("rules[].when.")) {
    return base + "rules: [{id: a, then: tag, when: {" + name + ": " + value + "}}]\n";
  }
  if (below("rules[].")) {
    const std::string then = name == "subject_prefix"                ? "tag"
                             : name == "reply" || name == "override" ? "reject"
                                                                     : "hold";
    return base + "rules: [{" + (name == "id" ? "" : "id: a, ") +
           (name == "then" ? "" : "then: " + then + ", ") + "when: {entity: iban}, " +
           name + ": " + value + "}]\n";
  }
  if (below("processors[].")) {
    return base + "processors: [{" + (name == "domain" ? "" : "domain: p.test, ") +
           (name == "entities" ? "" : "entities: [iban], ") + name + ": " + value +
           "}]\n";
  }
  if (below("feeds[].")) {
    const bool receives = name == "file" || name == "syslog" || name == "webhook";
    return base + "feeds: [{" + (name == "name" ? "" : "name: a, ") +
           (receives ? "" : "file: /x, ") + name + ": '" + value + "'}]\n";
  }
  if (below("customers.columns[].")) {
    return base + "customers: {index: /x, columns: [{" +
           (name == "column" ? "" : "column: a, ") +
           (name == "type" ? "" : "type: id, ") +
           (name == "primary" ? "" : "primary: true, ") + name + ": " + value +
           "}, {column: b, type: id, primary: true}]}\n";
  }
  if (below("customers.") && name != "index") {
    return base + "customers: {index: /x, " + name + ": " + value + "}\n";
  }
  if (path == "notices.templates") {  // is read at once
    return base + "notices: {templates: '" + default_letter_folder().string() + "'}\n";
  }
  if (below("milter.") && name != "socket") {
    return base + "milter: {socket: 'unix:/x', " + name + ": " + value + "}\n";
  }
  const std::size_t dot = path.find('.');
  if (dot == std::string::npos) return base + path + ": " + value + "\n";
  return base + path.substr(0, dot) + ": {" + name + ": " + value + "}\n";
}

TEST(Keys, AcceptTheirOwnExamplesAndDefaults) {
  for (const KeyHelp& key : all_keys()) {
    if (key.type.find("section") != std::string_view::npos) continue;
    for (const std::string_view value : {key.example, key.default_text}) {
      if (value.empty()) continue;
      const auto settings = parse_settings(file_with(key, std::string(value)), "k.yaml");
      EXPECT_TRUE(settings) << key.path << ": " << value << "\n"
                            << (settings ? "" : settings.error().message);
    }
  }
}

TEST(Keys, HaveASummaryATypeAndAnExample) {
  for (const KeyHelp& key : all_keys()) {
    EXPECT_FALSE(key.summary.empty()) << key.path;
    EXPECT_FALSE(key.type.empty()) << key.path;
    const bool section = key.type.find("section") != std::string_view::npos;
    EXPECT_EQ(key.example.empty(), section) << key.path;
  }
}

// What the table calls the default is what a file without the key gets.
TEST(Keys, TellTheTrueDefaults) {
  const auto plain =
      parse_settings("organisation: {domains: [example.com]}\n", "/k.yaml");
  ASSERT_TRUE(plain);
  for (const KeyHelp& key : all_keys()) {
    if (key.default_text.empty() || key.path.find("[]") != std::string_view::npos)
      continue;
    if (key.type.find("section") != std::string_view::npos) continue;
    const auto given =
        parse_settings(file_with(key, std::string(key.default_text)), "/k.yaml");
    ASSERT_TRUE(given) << key.path;
    EXPECT_EQ(plain->mode, given->mode) << key.path;
    EXPECT_EQ(plain->milter.socket_mode, given->milter.socket_mode) << key.path;
    EXPECT_EQ(plain->milter.max_queue, given->milter.max_queue) << key.path;
    EXPECT_EQ(plain->milter.queue_time, given->milter.queue_time) << key.path;
    EXPECT_EQ(plain->milter.drain_time, given->milter.drain_time) << key.path;
    EXPECT_EQ(plain->workers, given->workers) << key.path;
    EXPECT_EQ(plain->store.sqlite, given->store.sqlite) << key.path;
    EXPECT_EQ(plain->fingerprint_key, given->fingerprint_key) << key.path;
    EXPECT_EQ(plain->control, given->control) << key.path;
    EXPECT_EQ(plain->cache, given->cache) << key.path;
    EXPECT_EQ(plain->packs, given->packs) << key.path;
    EXPECT_EQ(plain->limits.scan_time, given->limits.scan_time) << key.path;
    EXPECT_EQ(plain->limits.message_bytes, given->limits.message_bytes) << key.path;
    EXPECT_EQ(plain->limits.text_bytes, given->limits.text_bytes) << key.path;
    EXPECT_EQ(plain->limits.part_bytes, given->limits.part_bytes) << key.path;
    EXPECT_EQ(plain->limits.parts, given->limits.parts) << key.path;
    EXPECT_EQ(plain->limits.depth, given->limits.depth) << key.path;
    EXPECT_EQ(plain->limits.findings, given->limits.findings) << key.path;
    EXPECT_EQ(plain->limits.worker_memory, given->limits.worker_memory) << key.path;
    EXPECT_EQ(plain->on_failure, given->on_failure) << key.path;
    EXPECT_EQ(plain->log.target, given->log.target) << key.path;
    EXPECT_EQ(plain->log.level, given->log.level) << key.path;
  }
}

TEST(Feeds, HaveANameOfTheirOwnAndOneReceiver) {
  const auto with = [](const std::string& feeds) {
    return parse_settings(
        "organisation: {domains: [example.com]}\nfeeds: " + feeds + "\n", "k.yaml");
  };
  EXPECT_TRUE(with("[{name: a, file: /x}, {name: b, syslog: 'udp:h:514', format: cef}]"));
  for (const char* wrong :
       {"[{name: a}]", "[{file: /x}]", "[{name: a, file: /x, webhook: 'https://h'}]",
        "[{name: a, file: /x}, {name: a, file: /y}]", "[{name: a, syslog: 'udp:514'}]",
        "[{name: a, syslog: dev}]", "[{name: a, webhook: 'ftp://h'}]",
        "[{name: a, file: /x, format: xml}]"}) {
    EXPECT_FALSE(with(wrong)) << wrong;
  }
}

TEST(Store, IsTheFileUnlessADatabaseIsNamed) {
  const auto file = parse_settings(
      "organisation: {domains: [example.com]}\nstore: {sqlite: /a.db}\n", "k.yaml");
  EXPECT_EQ(file->store.place(), "/a.db");
  const auto server = parse_settings(
      "organisation: {domains: [example.com]}\nstore: {postgresql: host=db}\n", "k.yaml");
  EXPECT_EQ(server->store.place(), "postgresql:host=db");
}

TEST(ExplainKey, ShowsAKeyWithTypeDefaultAndExample) {
  const auto text = explain_key("limits.scan_time");
  ASSERT_TRUE(text);
  EXPECT_THAT(*text, HasSubstr("Longest scan of one message"));
  EXPECT_THAT(*text, HasSubstr("Default:  60s"));
  EXPECT_THAT(*text, HasSubstr("Example:  scan_time: 30s"));
}

TEST(ExplainKey, ShowsASectionWithItsKeys) {
  EXPECT_THAT(*explain_key("milter"), HasSubstr("milter.queue_time"));
}

TEST(ExplainKey, FindsTheConditionsOfUnlessUnderWhen) {
  EXPECT_THAT(*explain_key("rules.unless.encrypted"), HasSubstr("S/MIME or PGP"));
}

TEST(ExplainKey, GuessesWhatWasMeant) {
  EXPECT_FALSE(explain_key("milter.sokcet"));
  EXPECT_EQ(closest_key("milter.sokcet"), "milter.socket");
  EXPECT_EQ(closest_key("sokcet"), "milter.socket");
}

TEST(ConfigurationPage, IsWhatTheTableSays) {
  const auto page = read_file(NOSHARE_SOURCE_DIR "/docs/configuration.md");
  ASSERT_TRUE(page);
  EXPECT_EQ(*page, configuration_reference())
      << "write it again: noshare config explain --all --format markdown";
}

TEST(ConfigSample, HoldsTheDefaultPolicy) {
  const auto sample = load_settings(NOSHARE_SOURCE_DIR "/deploy/config/noshare.yaml");
  ASSERT_TRUE(sample) << sample.error().message;
  auto rules = sample->rules;
  auto defaults = default_rules();
  for (Rule& rule : rules) rule.line = 0;
  for (Rule& rule : defaults) rule.line = 0;
  EXPECT_EQ(rules, defaults);
}

}  // namespace
}  // namespace noshare::config
