#include "noshare/store/vault.h"

#include <fstream>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "noshare/base/files.h"

namespace noshare::store {
namespace {

namespace fs = std::filesystem;

class VaultTest : public ::testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "noshare-vault-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
  }
  void TearDown() override { fs::remove_all(folder_); }

  Vault vault() { return Vault::open(folder_).value(); }
  OfficerKey officer(const std::string& name) {
    OfficerKey key = OfficerKey::generate(name).value();
    EXPECT_TRUE(vault().add_officer(key.public_key()));
    return key;
  }
  static HeldEnvelope envelope() {
    return {
        "NS-7K3M9QX2", "jane@example.com", {"x@else.test", "y@else.test"}, "cards", 5};
  }
  static std::string bytes_of(const OpenedMessage& opened) {
    return std::string(MappedFile::map(opened.file.get()).value().bytes());
  }
  fs::path sealed_file() const { return folder_ / "held" / "NS-7K3M9QX2.sealed"; }

  fs::path folder_;
};

TEST_F(VaultTest, WhatIsPutInComesOutUnchangedForEachOfficer) {
  const OfficerKey anna = officer("anna");
  const OfficerKey ben = officer("ben");
  std::string message;
  for (int i = 0; i < 50'000; ++i) message += "line " + std::to_string(i) + "\r\n";
  ASSERT_TRUE(vault().put(envelope(), message));
  for (const OfficerKey* key : {&anna, &ben}) {
    const auto opened = vault().take_out("ns-7k3m9qx2", *key);
    ASSERT_TRUE(opened) << opened.error().message;
    EXPECT_EQ(bytes_of(*opened), message);
    EXPECT_EQ(opened->envelope.sender, "jane@example.com");
    EXPECT_EQ(opened->envelope.recipients, envelope().recipients);
  }
}

TEST_F(VaultTest, AMessageWithoutAByteComesOutAsOne) {
  const OfficerKey anna = officer("anna");
  ASSERT_TRUE(vault().put(envelope(), ""));
  EXPECT_EQ(bytes_of(vault().take_out("NS-7K3M9QX2", anna).value()), "");
}

TEST_F(VaultTest, NothingOnDiskShowsTheMessageOrItsEnvelope) {
  officer("anna");
  ASSERT_TRUE(vault().put(envelope(), "Subject: 4111 1111 1111 1111\r\n\r\nsecret"));
  const std::string sealed = read_file(sealed_file()).value();
  for (const char* word : {"4111", "secret", "jane", "else.test", "Subject"}) {
    EXPECT_EQ(sealed.find(word), std::string::npos) << word;
  }
  struct stat facts {};
  ASSERT_EQ(::stat(sealed_file().c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0640U);
}

TEST_F(VaultTest, AnOfficerWhoCameLaterCannotReadWhatWasHeldBefore) {
  officer("anna");
  ASSERT_TRUE(vault().put(envelope(), "text"));
  const OfficerKey ben = officer("ben");
  const auto opened = vault().take_out("NS-7K3M9QX2", ben);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kInvalidInput);
}

TEST_F(VaultTest, WithoutAnOfficerNothingCanBeHeld) {
  const auto put = vault().put(envelope(), "text");
  ASSERT_FALSE(put);
  EXPECT_EQ(put.error().code, ErrorCode::kUnavailable);
  EXPECT_TRUE(vault().cases().value().empty());
}

TEST_F(VaultTest, EachChangedOrMissingByteIsNoticed) {
  const OfficerKey anna = officer("anna");
  ASSERT_TRUE(vault().put(envelope(), std::string(150'000, 'm')));
  const std::string sealed = read_file(sealed_file()).value();
  ASSERT_TRUE(vault().check("NS-7K3M9QX2"));
  for (std::size_t at = 0; at < sealed.size(); at += 997) {
    std::string damaged = sealed;
    damaged[at] = static_cast<char>(damaged[at] ^ 1);
    ASSERT_TRUE(write_file_atomically(sealed_file(), damaged));
    EXPECT_FALSE(vault().check("NS-7K3M9QX2")) << at;
    EXPECT_FALSE(vault().take_out("NS-7K3M9QX2", anna)) << at;
  }
  for (std::size_t size = 0; size < sealed.size(); size += 4999) {
    ASSERT_TRUE(write_file_atomically(sealed_file(), sealed.substr(0, size)));
    EXPECT_FALSE(vault().take_out("NS-7K3M9QX2", anna)) << size;
  }
}

TEST_F(VaultTest, ACaseNumberLeadsToNoOtherFolder) {
  const OfficerKey anna = officer("anna");
  ASSERT_TRUE(write_file_atomically(folder_ / "other.sealed", "x"));
  const auto opened = vault().take_out("../../other", anna);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, ErrorCode::kNotFound);
}

TEST_F(VaultTest, AnotherKeyUnderTheSameNameIsRefused) {
  officer("anna");
  const OfficerKey other = OfficerKey::generate("anna").value();
  EXPECT_FALSE(vault().add_officer(other.public_key()));
  ASSERT_TRUE(vault().remove_officer("anna"));
  EXPECT_TRUE(vault().add_officer(other.public_key()));
}

TEST(OfficerKeyTest, OnlyThePassphraseOpensTheSecretHalf) {
  const OfficerKey key = OfficerKey::generate("anna").value();
  const std::string text = key.to_text(Sensitive("correct horse")).value();
  const auto opened = OfficerKey::from_text(text, Sensitive("correct horse"));
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->secret(), key.secret());
  const auto wrong = OfficerKey::from_text(text, Sensitive("correct hors"));
  ASSERT_FALSE(wrong);
  EXPECT_EQ(wrong.error().message, "the passphrase does not open this key");
}

TEST(OfficerKeyTest, APublicKeyIsReadBackAndNothingElseIs) {
  const OfficerKey key = OfficerKey::generate("anna.b-1").value();
  const auto read = OfficerPublicKey::from_text(key.public_key().to_text());
  ASSERT_TRUE(read);
  EXPECT_EQ(read->id(), key.public_key().id());
  EXPECT_FALSE(OfficerPublicKey::from_text("{}"));
  EXPECT_FALSE(OfficerPublicKey::from_text("not json"));
  EXPECT_FALSE(OfficerKey::generate("../anna"));
  EXPECT_FALSE(OfficerKey::generate(""));
}

}  // namespace
}  // namespace noshare::store
