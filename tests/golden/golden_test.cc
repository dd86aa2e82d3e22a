// Golden mails: each mails/*.eml gives the findings of its *.expect.yaml, and no other of
// medium confidence or more, with LF and with CRLF line ends, under the shipped packs.
#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "noshare/base/files.h"
#include "noshare/scan/scanner.h"

namespace noshare {
namespace {

namespace fs = std::filesystem;

const fs::path kSource = NOSHARE_SOURCE_DIR;

struct Expected {
  std::string entity;
  std::string value;  // empty: any
  std::string zone;   // empty: any
  int least = model::kMediumConfidence;
};

std::vector<Expected> read_expected(const fs::path& file) {
  std::vector<Expected> list;
  for (const YAML::Node& node : YAML::LoadFile(file.string())["findings"]) {
    Expected one;
    one.entity = node["entity"].as<std::string>();
    one.value = node["value"].as<std::string>("");
    one.zone = node["zone"].as<std::string>("");
    if (node["at_least"].as<std::string>("medium") == "high") {
      one.least = model::kHighConfidence;
    }
    list.push_back(one);
  }
  return list;
}

std::string with_crlf(const std::string& text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') result += '\r';
    result += c;
  }
  return result;
}

scan::Scanner& scanner() {
  static scan::Scanner instance = [] {
    const auto packs = config::load_packs({kSource / "patterns"});
    if (!packs) throw std::runtime_error(packs.error().message);
    const auto database = detect::Database::create(*packs, {});
    if (!database) throw std::runtime_error(database.error().message);
    return scan::Scanner::create(*database, FingerprintKey::random(), Limits{}).value();
  }();
  return instance;
}

std::string describe(const model::Finding& finding, std::string_view value) {
  return finding.entity + " '" + std::string(value) + "' " +
         std::to_string(finding.confidence) + " in " + model::name(finding.zone);
}

// Takes the findings that are expected out of the list; what is left was not.
std::vector<std::string> differences(const scan::Scanned& scanned,
                                     std::vector<Expected> expected) {
  std::vector<std::string> result;
  for (std::size_t i = 0; i < scanned.report.findings.size(); ++i) {
    const model::Finding& finding = scanned.report.findings[i];
    const std::string_view value = scanned.values[i].reveal();
    const auto match =
        std::find_if(expected.begin(), expected.end(), [&](const auto& one) {
          return one.entity == finding.entity &&
                 (one.value.empty() || one.value == value) &&
                 (one.zone.empty() || one.zone == model::name(finding.zone)) &&
                 finding.confidence >= one.least;
        });
    if (match != expected.end()) {
      expected.erase(match);
    } else if (finding.level() >= model::Level::kMedium) {
      result.push_back("not expected: " + describe(finding, value));
    }
  }
  for (const Expected& one : expected) {
    result.push_back("missing: " + one.entity + " '" + one.value + "'");
  }
  return result;
}

std::vector<std::string> mail_names() {
  std::vector<std::string> names;
  for (const auto& entry : fs::directory_iterator(kSource / "tests/golden/mails")) {
    if (entry.path().extension() == ".eml") names.push_back(entry.path().stem().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

class Golden : public testing::TestWithParam<std::string> {};

TEST_P(Golden, MailGivesExactlyItsFindings) {
  const fs::path mail = kSource / "tests/golden/mails" / GetParam();
  const std::string lf = read_file(mail.string() + ".eml").value();
  const auto expected = read_expected(mail.string() + ".expect.yaml");
  for (const std::string& bytes : {lf, with_crlf(lf)}) {
    const scan::Scanned scanned =
        scanner().scan(bytes, scan::InputKind::kMessage, GetParam(), Deadline::never());
    EXPECT_EQ(differences(scanned, expected), std::vector<std::string>());
    EXPECT_EQ(scanned.values.size(), scanned.report.findings.size());
  }
}

INSTANTIATE_TEST_SUITE_P(Mails, Golden, testing::ValuesIn(mail_names()),
                         [](const auto& one) {
                           std::string name = one.param;
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

TEST(Golden, EveryMailHasItsExpectationAndEveryExpectationItsMail) {
  std::size_t expectations = 0;
  for (const auto& entry : fs::directory_iterator(kSource / "tests/golden/mails")) {
    if (entry.path().extension() == ".yaml") ++expectations;
  }
  EXPECT_EQ(expectations, mail_names().size());
  EXPECT_GE(expectations, 20U);
}

}  // namespace
}  // namespace noshare
