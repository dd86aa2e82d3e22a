// Files of addresses: a plain list, and what a directory exports.
#include "config/address_file.h"

#include <filesystem>
#include <fstream>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "noshare/config/settings.h"

namespace noshare::config {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

struct FileCase {
  const char* name;
  std::string text;
  std::vector<std::string> expected;  // "line:address"
};

class AddressFile : public testing::TestWithParam<FileCase> {};

TEST_P(AddressFile, GivesItsAddressesWithTheirLines) {
  std::vector<std::string> found;
  for (const FileAddress& one : addresses_of_file(GetParam().text)) {
    found.push_back(std::to_string(one.line) + ":" + one.text);
  }
  EXPECT_EQ(found, GetParam().expected);
}

INSTANTIATE_TEST_SUITE_P(
    Cases, AddressFile,
    testing::Values(
        FileCase{"List",
                 "# probation\n\nann@example.com # since May\n example.net \r\n",
                 {"3:ann@example.com", "4:example.net"}},
        FileCase{"Nothing", "# nobody\n", {}},
        FileCase{"Ldif",
                 "dn: uid=ann,ou=people,dc=example,dc=com\nobjectClass: person\n"
                 "cn: Ann\nmail: ann@example.com\nmailAlternateAddress: a@example.com\n\n"
                 "dn: uid=bo,dc=example,dc=com\nMAIL:bo@example.com\n",
                 {"4:ann@example.com", "5:a@example.com", "8:bo@example.com"}},
        FileCase{"LdifWithAVersionAndFoldedLines",
                 "# export\r\nversion: 1\r\n\r\ndn: uid=ann,\r\n dc=example\r\n"
                 "mail: ann.of.a.long.name\r\n @example.com\r\n",
                 {"6:ann.of.a.long.name@example.com"}},
        FileCase{"ActiveDirectory",
                 "dn: CN=Ann\nproxyAddresses: SMTP:ann@example.com\n"
                 "proxyAddresses: smtp:a@example.com\nproxyAddresses: X500:/o=x/cn=ann\n",
                 {"2:ann@example.com", "3:a@example.com"}},
        FileCase{"AttributesWithOptions",
                 "dn: CN=Ann\nproxyAddresses;range=0-1: smtp:ann@example.com\n"
                 "mail;x-work: a@example.com\n",
                 {"2:ann@example.com", "3:a@example.com"}},
        FileCase{
            "OtherAttributesAreNone", "dn: uid=ann\nmailHost: mx.example.com\n", {}}),
    [](const auto& c) { return std::string(c.param.name); });

TEST(AddressFile, OfADirectoryMakesAGroup) {
  const std::string file = testing::TempDir() + "group.ldif";
  const auto read = [&](const std::string& entry) {
    std::ofstream(file) << "dn: uid=ann\n" << entry << "\n";
    return parse_settings(
        "organisation: {domains: [example.com]}\nrules:\n  - {id: a, "
        "when: {sender: 'file:" +
            file + "'}, then: hold}\n",
        "noshare.yaml");
  };
  const auto settings = read("mail: ann@example.com");
  ASSERT_TRUE(settings) << settings.error().message;
  EXPECT_THAT(settings->rules.at(0).when.sender, ElementsAre("ann@example.com"));
  // Base64, which LDIF uses for what is no plain text.
  const auto refused = read("mail:: YW5uQGV4YW1wbGUuY29t");
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("group.ldif:2: "));
}

}  // namespace
}  // namespace noshare::config
