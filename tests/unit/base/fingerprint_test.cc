#include "noshare/base/fingerprint.h"

#include <fstream>
#include <set>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "noshare/base/files.h"
#include "noshare/base/fingerprint_maker.h"

namespace noshare {
namespace {

namespace fs = std::filesystem;

class KeyFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "noshare-key-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

FingerprintKey key_of(char byte) {
  return FingerprintKey::from_bytes(std::string(32, byte)).value();
}

// RFC 4231 has no case with a 32-byte key; this value was computed with Python's hmac
// module: HMAC-SHA-256(0x01 * 32, 0x04 "iban" "GB29NWBK60161331926819").
TEST(Fingerprint, IsHmacSha256OfKindAndValue) {
  EXPECT_EQ(key_of('\x01').of("iban", "GB29NWBK60161331926819").hex(),
            "69c73d88ba66a60b6fe61df8c00d143d");
}

TEST(FingerprintMaker, MakesTheFingerprintsOfItsKey) {
  const FingerprintKey key = key_of('\x02');
  const FingerprintMaker maker(key);
  for (const std::size_t size : {0U, 1U, 40U, 64U, 200U}) {
    const std::string value(size, 'v');
    EXPECT_EQ(maker.of("iban", value), key.of("iban", value)) << size;
    EXPECT_EQ(maker.of("iban", value), maker.of("iban", value)) << size;
  }
  EXPECT_NE(maker.of("iban", "value"),
            FingerprintMaker(key_of('\x03')).of("iban", "value"));
}

TEST(Fingerprint, DiffersByKeyKindAndValue) {
  std::set<std::string> seen;
  for (const char byte : {'a', 'b'}) {
    for (const char* kind : {"iban", "us_ssn"}) {
      for (const char* value : {"1", "2"})
        seen.insert(key_of(byte).of(kind, value).hex());
    }
  }
  EXPECT_EQ(seen.size(), 8U);
  EXPECT_NE(key_of('a').of("ab", "c"), key_of('a').of("a", "bc"));
}

TEST(Fingerprint, ReadsItsOwnHexAndNothingElse) {
  const Fingerprint value = key_of('a').of("iban", "1");
  EXPECT_EQ(fingerprint_from_hex(value.hex()).value(), value);
  for (const char* bad : {"", "00", "zz", "000102030405060708090a0b0c0d0e0f10"}) {
    EXPECT_FALSE(fingerprint_from_hex(bad)) << bad;
  }
}

TEST_F(KeyFile, IsMadeOnceAndPrivate) {
  const auto first = FingerprintKey::load_or_create(folder_ / "key").value();
  const auto second = FingerprintKey::load_or_create(folder_ / "key").value();
  EXPECT_EQ(first.of("x", "y"), second.of("x", "y"));
  struct stat facts {};
  ASSERT_EQ(::stat((folder_ / "key").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777U, 0600U);
}

TEST_F(KeyFile, OfWrongSizeIsAnErrorNotANewKey) {
  std::ofstream(folder_ / "key") << "short";
  const auto key = FingerprintKey::load_or_create(folder_ / "key");
  ASSERT_FALSE(key);
  EXPECT_EQ(key.error().code, ErrorCode::kCorrupt);
  EXPECT_EQ(read_file(folder_ / "key").value(), "short");
}

TEST_F(KeyFile, InAMissingFolderIsAnError) {
  EXPECT_FALSE(FingerprintKey::load_or_create(folder_ / "none" / "key"));
}

TEST(Address, IsNormalisedForComparison) {
  EXPECT_EQ(normalised_address(" <Jane.Doe@Example.COM> "), "jane.doe@example.com");
  EXPECT_EQ(normalised_address("<>"), "");
  EXPECT_EQ(address_domain("\"a@b\"@Example.com"), "example.com");
  EXPECT_EQ(address_domain("postmaster"), "");
}

}  // namespace
}  // namespace noshare
