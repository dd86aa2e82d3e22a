// Tests of the zip reader: each way in which an archive may hide a member.
#include "extract/containers/zip_members.h"

#include <algorithm>
#include <string>

#include <gtest/gtest.h>

#include "zip_builder.h"

namespace noshare::extract {
namespace {

constexpr std::size_t kMost = 1000;

// zlib's raw output for 40 times "hello zip ".
const std::string kDeflated(
    "\xCB\x48\xCD\xC9\xC9\x57\xA8\xCA\x2C\x50\xC8\x18\x65\x0D\x02\x16\x00", 17);

std::string content(const ZipMembers& zip, std::string_view name) {
  const ZipMember* member = find_member(zip, name);
  return member == nullptr ? "(none)" : unpack(*member, 1U << 20U).bytes;
}

TEST(ZipMembers, ListsWhatBothHeadersAgreeOnOnce) {
  ZipBuilder zip;
  zip.member({"a.txt", "first"});
  zip.member({"b.txt", "second"});
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(content(found, "a.txt"), "first");
  EXPECT_EQ(content(found, "b.txt"), "second");
  EXPECT_TRUE(found.gaps.empty());
  EXPECT_TRUE(found.complete);
}

TEST(ZipMembers, FindsMembersBehindAProgram) {
  for (const std::size_t shift : {0U, 9U}) {
    ZipBuilder zip;
    zip.raw("MZprogram");
    zip.local({"a.txt", "first"});
    zip.central({"a.txt", "first"}, 9 - shift);
    zip.end("", shift);
    const ZipMembers found = list_zip(zip.bytes(), kMost);
    ASSERT_EQ(found.members.size(), 1U) << shift;
    EXPECT_EQ(content(found, "a.txt"), "first");
    ASSERT_EQ(found.gaps.size(), 1U);
    EXPECT_EQ(found.gaps[0], "MZprogram");
  }
}

TEST(ZipMembers, ListsAMemberThatTheDirectoryLacks) {
  ZipBuilder zip;
  zip.member({"shown.txt", "first"});
  zip.local({"hidden.txt", "second"});
  zip.end();
  EXPECT_EQ(content(list_zip(zip.bytes(), kMost), "hidden.txt"), "second");
}

TEST(ZipMembers, ReadsBothNamesWhereHeadersContradictEachOther) {
  ZipBuilder zip;
  const std::size_t at = zip.local({"one.txt", "text"});
  zip.central({"two.exe", "text"}, at);
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  EXPECT_EQ(content(found, "one.txt"), "text");
  EXPECT_EQ(content(found, "two.exe"), "text");
}

TEST(ZipMembers, ReadsBothSizesWhereHeadersContradictEachOther) {
  ZipBuilder zip;
  zip.local({"a.txt", "short"});
  zip.raw(" and long");
  zip.central({"a.txt", "short and long"}, 0);
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(unpack(found.members[0], kMost).bytes, "short and long");
  EXPECT_EQ(unpack(found.members[1], kMost).bytes, "short");
}

TEST(ZipMembers, ReadsAMemberThatOnlyOneHeaderCallsEncrypted) {
  ZipBuilder zip;
  zip.local({"a.txt", "text"});
  ZipHeader encrypted{"a.txt", "text"};
  encrypted.flags = 1;
  zip.central(encrypted, 0);
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(unpack(found.members[0], kMost).state, UnpackState::kEncrypted);
  EXPECT_EQ(unpack(found.members[1], kMost).bytes, "text");
}

TEST(ZipMembers, ReadsTwoArchivesBackToBack) {
  ZipBuilder first;
  first.member({"a.txt", "first"});
  first.end();
  ZipBuilder second;
  second.member({"b.txt", "second"});
  second.end();
  const std::string both = first.bytes() + second.bytes();
  const ZipMembers found = list_zip(both, kMost);
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(content(found, "a.txt"), "first");
  EXPECT_EQ(content(found, "b.txt"), "second");
}

TEST(ZipMembers, KeepsAStoredArchiveInsideItsMember) {
  ZipBuilder inner;
  inner.member({"deep.txt", "first"});
  inner.end();
  ZipBuilder outer;
  outer.member({"inner.zip", inner.bytes()});
  outer.end();
  const ZipMembers found = list_zip(outer.bytes(), kMost);
  ASSERT_EQ(found.members.size(), 1U);
  EXPECT_EQ(content(found, "inner.zip"), inner.bytes());
}

TEST(ZipMembers, FindsTheDirectoryThatAFakeOneInTheCommentHides) {
  ZipBuilder fake;
  fake.end();
  ZipBuilder zip;
  const std::size_t at = zip.local({"cover.txt", std::string(3, 'x')});
  zip.central({"real.txt", std::string(3, 'x')}, at);
  zip.end(fake.bytes());
  EXPECT_EQ(content(list_zip(zip.bytes(), kMost), "real.txt"), "xxx");
}

TEST(ZipMembers, ReadsAFileWhoseDirectoryIsCutOff) {
  ZipBuilder zip;
  zip.local({"a.txt", "first"});
  EXPECT_EQ(content(list_zip(zip.bytes(), kMost), "a.txt"), "first");
}

TEST(ZipMembers, FindsWhereDeflatedDataEndsWhenNobodySaysIt) {
  ZipBuilder zip;
  ZipHeader streamed{"a.txt", ""};
  streamed.flags = 8;
  streamed.method = 8;
  zip.local(streamed);
  zip.raw(kDeflated);
  zip.raw(std::string("PK\x07\x08") + std::string(12, '\0'));
  zip.local({"b.txt", "second"});
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(found.members[0].packed.size(), kDeflated.size());
  EXPECT_EQ(content(found, "a.txt").substr(390), "hello zip ");
  EXPECT_EQ(content(found, "b.txt"), "second");
}

TEST(ZipMembers, ShowsWhatStandsBehindTheEnd) {
  ZipBuilder zip;
  zip.member({"a.txt", "first"});
  zip.end("a comment");
  zip.raw("text behind");
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  ASSERT_EQ(found.gaps.size(), 2U);
  EXPECT_EQ(found.gaps[0], "a comment");
  EXPECT_EQ(found.gaps[1], "text behind");
}

TEST(ZipMembers, StopsAtTheLimitsOfMembersAndBytes) {
  ZipBuilder zip;
  ZipHeader packed{"a.txt", kDeflated};
  packed.method = 8;
  zip.member(packed);
  zip.member({"b.txt", "second"});
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), 1);
  EXPECT_EQ(found.members.size(), 1U);
  EXPECT_FALSE(found.complete);
  const Unpacked part = unpack(found.members[0], 100);
  EXPECT_EQ(part.bytes.size(), 100U);
  EXPECT_EQ(part.state, UnpackState::kTooLarge);
  EXPECT_EQ(unpack(found.members[0], 400).state, UnpackState::kWhole);
}

TEST(ZipMembers, GivesTheBytesBeforeAFault) {
  ZipBuilder zip;
  ZipHeader packed{"a.txt", kDeflated.substr(0, 13)};
  packed.method = 8;
  zip.member(packed);
  zip.end();
  const Unpacked part = unpack(list_zip(zip.bytes(), kMost).members.at(0), 1000);
  EXPECT_EQ(part.state, UnpackState::kCorrupt);
  EXPECT_TRUE(part.bytes.starts_with("hello zip"));
}

TEST(ZipMembers, KnowsNamesInOldAndNewEncodings) {
  ZipBuilder zip;
  ZipHeader flagged{"\xC3\xA4.txt", "1"};
  flagged.flags = 1U << 11U;
  zip.member(flagged);
  zip.member({"\x84.txt", "2"});  // code page 437
  zip.end();
  const ZipMembers found = list_zip(zip.bytes(), kMost);
  ASSERT_EQ(found.members.size(), 2U);
  EXPECT_EQ(found.members[0].name, "\xC3\xA4.txt");
  EXPECT_EQ(found.members[1].name, "\xC3\xA4.txt");
}

TEST(ZipMembers, SurvivesEveryCut) {
  ZipBuilder zip;
  zip.member({"a.txt", "first"});
  ZipHeader packed{"b.txt", kDeflated};
  packed.method = 8;
  zip.member(packed);
  zip.end("comment");
  for (std::size_t size = 0; size < zip.bytes().size(); ++size) {
    const std::string cut = zip.bytes().substr(0, size);
    for (const ZipMember& member : list_zip(cut, kMost).members) {
      (void)unpack(member, 1000);
    }
  }
}

TEST(ZipMembers, ReadNamesAndCommentsBesideTheName) {
  const std::string name = std::string("\x01\0\0\0\0", 5) + "card 4111 11111";
  const std::string extra =
      little_endian(0x7075, 2) + little_endian(name.size(), 2) + name;
  std::string bytes = "PK\x03\x04" + little_endian(20, 2) + std::string(12, '\0') +
                      std::string(8, '\0') + little_endian(1, 2) +
                      little_endian(extra.size(), 2) + "a" + extra;
  const ZipMembers zip = list_zip(bytes, 10);
  EXPECT_EQ(std::count(zip.gaps.begin(), zip.gaps.end(), "card 4111 11111"), 1);
}

}  // namespace
}  // namespace noshare::extract
