// Tests of archives in mail: what is read, what is refused, what it may cost.
#include <random>
#include <string>

#include <gtest/gtest.h>

#include "extract/containers/header_texts.h"
#include "extract/openpgp.h"
#include "extract/transfer.h"
#include "support.h"
#include "zip_builder.h"

namespace noshare::extract {
namespace {

using model::UnreadableReason;
using model::Zone;

Extracted read_bytes(const std::string& bytes, Options options = {}) {
  return extract_file(bytes, "a.bin", options, Deadline::never());
}

std::string zip_of(const ZipHeader& member) {
  ZipBuilder zip;
  zip.member(member);
  zip.end();
  return zip.bytes();
}

TEST(Archives, AreReadThroughEachOther) {
  const Extracted extracted =
      read_bytes(zip_of({"inner.zip", zip_of({"deep.txt", "the text"})}));
  const model::Segment* found = find_text(extracted, Zone::kDocument, "the text");
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path, "a.bin › inner.zip › deep.txt");
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(Archives, AreReadToTheLimitOfDepth) {
  std::string bytes = "the text";
  for (int i = 0; i < 5; ++i) bytes = zip_of({"a.zip", bytes});
  Options options;
  options.limits.depth = 3;
  EXPECT_NE(find_unreadable(read_bytes(bytes, options), UnreadableReason::kTooDeep),
            nullptr);
}

TEST(Archives, AreReadToTheLimitOfMembers) {
  ZipBuilder zip;
  for (int i = 0; i < 20; ++i) zip.member({std::to_string(i) + ".txt", "text"});
  zip.end();
  Options options;
  options.limits.parts = 10;
  EXPECT_NE(find_unreadable(read_bytes(zip.bytes(), options), UnreadableReason::kTooMany),
            nullptr);
}

TEST(Archives, AreReadToTheLimitOfBytes) {
  Options options;
  options.limits.unpacked_bytes = 10;
  const Extracted extracted =
      read_bytes(zip_of({"a.txt", "a text longer than that"}), options);
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kTooLarge), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "a text lon"), nullptr);
}

TEST(Archives, NameEachEncryptedMember) {
  ZipHeader secret{"names of patients.txt", "????????????"};
  secret.flags = 1;
  const Extracted extracted = read_bytes(zip_of(secret));
  EXPECT_NE(find_text(extracted, Zone::kFilename, "names of patients.txt"), nullptr);
  const model::Unreadable* found =
      find_unreadable(extracted, UnreadableReason::kEncrypted);
  ASSERT_NE(found, nullptr);
  EXPECT_EQ(found->path, "a.bin › names of patients.txt");
}

TEST(Archives, AreFoundBehindAProgramAndAText) {
  for (const char* front : {"\x7F\x45LF", "only a text\n"}) {
    ZipBuilder zip;
    zip.raw(front);
    zip.member({"a.txt", "the text"});
    zip.end();
    EXPECT_NE(find_text(read_bytes(zip.bytes()), Zone::kDocument, "the text"), nullptr);
  }
}

// Made with `zip -P hunter2`, from a file that holds "the secret text\n".
TEST(Archives, AreOpenedWithAPasswordThatTheMessageStates) {
  const std::string mail =
      "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
      "Content-Type: application/zip; name=a.zip\nContent-Transfer-Encoding: base64\n\n"
      "UEsDBAoACQAAAKdDeV2r2McxHAAAABAAAAAFABwAcy50eHRVVAkAA1mcBmtZnAZr\n"
      "dXgLAAEEAAAAAAQAAAAAeRRJv+espGDOqw7GTZfQaXxFBsi8eBqV6J397lBLBwir\n"
      "2McxHAAAABAAAABQSwECHgMKAAkAAACnQ3ldq9jHMRwAAAAQAAAABQAYAAAAAAAB\n"
      "AAAApIEAAAAAcy50eHRVVAUAA1mcBmt1eAsAAQQAAAAABAAAAABQSwUGAAAAAAEA\n"
      "AQBLAAAAawAAAAAA\n--b\n\nThe password of the file is \"hunter2\".\n--b--\n";
  EXPECT_NE(find_text(read(mail), Zone::kDocument, "the secret text"), nullptr);
  std::string without = mail;
  without.replace(without.find("hunter2"), 7, "elsewhe");
  EXPECT_NE(find_unreadable(read(without), UnreadableReason::kEncrypted), nullptr);
  Options options;
  options.limits.passwords = 0;
  EXPECT_NE(find_unreadable(read(mail, options), UnreadableReason::kEncrypted), nullptr);
}

// Made with `printf 'the text\n' | gzip`, bzip2 and xz.
TEST(Archives, IncludeSinglePackedFiles) {
  for (const char* packed :
       {"H4sIAAAAAAAAAyvJSFUoSa0o4QIAN3akZwkAAAA=",
        "QlpoOTFBWSZTWfYLhJMAAAPRgAAQQAACQARAIAAiGGgwCyvgDC7kinChIewXCSY=",
        "/Td6WFoAAATm1rRGAgAhARYAAAB0L+"
        "WjAQAIdGhlIHRleHQKAAAAAAX5hiv9EqezAAEhCWwYxdUftvN9AQAAAAAEWVo="}) {
    const Extracted extracted =
        read(std::string("Content-Type: application/octet-stream; name=a.txt.gz\n"
                         "Content-Transfer-Encoding: base64\n\n") +
             packed + "\n");
    const model::Segment* found = find_text(extracted, Zone::kDocument, "the text");
    ASSERT_NE(found, nullptr) << packed;
    EXPECT_EQ(found->path, "a.txt.gz › a.txt");
  }
}

// A member of an ARJ archive, or the archive's own header.
std::string arj_header(const std::string& name, std::size_t size, char method,
                       char flags) {
  std::string first = "\x1E\x0B\x01";
  first += std::string(1, '\0') + flags + method + std::string(6, '\0');
  first += little_endian(size, 4) + little_endian(size, 4) + std::string(10, '\0');
  const std::string basic = first + name + std::string(2, '\0');
  return "\x60\xEA" + little_endian(basic.size(), 2) + basic + std::string(6, '\0');
}

TEST(Arj, GivesStoredMembersAndNamesTheOthers) {
  const std::string bytes =
      arj_header("a.arj", 0, 0, 0) + arj_header("stored.txt", 8, 0, 0) + "the text" +
      arj_header("packed.txt", 3, 1, 0) + "xyz" + arj_header("locked.txt", 3, 0, 1) +
      "xyz" + std::string("\x60\xEA\0\0", 4);
  const Extracted extracted = read_as("a.arj", bytes);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "the text"), nullptr);
  EXPECT_NE(find_text(extracted, Zone::kFilename, "packed.txt"), nullptr);
  const auto* locked = find_unreadable(extracted, UnreadableReason::kEncrypted);
  ASSERT_NE(locked, nullptr);
  EXPECT_EQ(locked->path, "a.arj › locked.txt");
  EXPECT_NE(find_unreadable(extracted, UnreadableReason::kUnsupported), nullptr);
  EXPECT_EQ(find_unreadable(extracted, UnreadableReason::kCorrupt), nullptr);
  EXPECT_NE(find_unreadable(read_as("a.arj", bytes.substr(0, bytes.size() - 9)),
                            UnreadableReason::kCorrupt),
            nullptr);
}

TEST(Arj, SaysSoIfAHeadersNameLiesBeyondIt) {
  std::string bytes = arj_header("a.arj", 0, 0, 0) + arj_header("b", 0, 0, 0);
  bytes[arj_header("a.arj", 0, 0, 0).size() + 4] = '\xFF';
  EXPECT_NE(find_unreadable(read_as("a.arj", bytes), UnreadableReason::kCorrupt),
            nullptr);
}

// A packet of the new format (RFC 4880 section 4.2.2).
std::string packet(int tag, const std::string& body) {
  return std::string(1, static_cast<char>(0xC0 | tag)) + static_cast<char>(body.size()) +
         body;
}

TEST(OpenPgp, IsOpenedWhereItIsNotEncrypted) {
  const std::string literal = packet(
      11, "b" + std::string(1, '\5') + "a.txt" + std::string(4, '\0') + "the text");
  for (const std::string& bytes :
       {literal, packet(8, std::string(1, '\0') + literal),
        packet(4, std::string(1, '\3') + "123456789012") + literal}) {
    const Extracted extracted = read_as("a.gpg", bytes);
    const model::Segment* found = find_text(extracted, Zone::kDocument, "the text");
    ASSERT_NE(found, nullptr);
    EXPECT_EQ(found->path, "a.gpg › a.txt");
    EXPECT_TRUE(extracted.unreadable.empty());
  }
}

// What writes a message before it knows its length (section 4.2.2.4).
TEST(OpenPgp, MayComeInPieces) {
  const std::string bytes = std::string("\xCB\xE3") + "b" + std::string(5, '\0') + "th" +
                            std::string("\xE0") + "e" + std::string("\x05") + " text";
  const Extracted extracted = read_as("a.gpg", bytes);
  EXPECT_NE(find_text(extracted, Zone::kDocument, "the text"), nullptr);
  EXPECT_TRUE(extracted.unreadable.empty());
}

TEST(OpenPgp, IsToldWhereItIsEncrypted) {
  const std::string session_key = packet(1, std::string("\3"
                                                        "12345678"
                                                        "\1\2\x80",
                                                        12) +
                                                std::string(80, 'x'));
  EXPECT_NE(find_unreadable(read_as("a.gpg", session_key), UnreadableReason::kEncrypted),
            nullptr);
  const std::string marked = "-----BEGIN PGP MESSAGE-----\n\n";
  const auto armoured = [&](const std::string& bytes) {
    return read("Subject: a\n\n" + marked + encode_base64(bytes, "\n") +
                "\n-----END PGP MESSAGE-----\n");
  };
  EXPECT_TRUE(armoured(session_key).encrypted);
  // Signed alone is not encrypted, and is read.
  const Extracted clear = armoured(
      packet(11, "t" + std::string(1, '\0') + std::string(4, '\0') + "the text\n"));
  EXPECT_FALSE(clear.encrypted);
  EXPECT_NE(find_text(clear, Zone::kDocument, "the text"), nullptr);
}

// Certificates, keys and hashes are full of runs of base64: none of them is a message.
TEST(OpenPgp, IsNotSeenInRandomBytes) {
  std::mt19937 random(20);
  int seen = 0;
  for (int i = 0; i < 200'000; ++i) {
    std::string bytes(48 + random() % 100, '\0');
    for (char& c : bytes) c = static_cast<char>(random());
    if (openpgp_kind(bytes) != OpenPgp::kNone) ++seen;
  }
  EXPECT_LT(seen, 20);  // once in ten thousand runs
}

TEST(HeaderTexts, OfGzipAreItsCommentAndExtraField) {
  const std::string file = std::string("\x1F\x8B\x08\x1C\0\0\0\0\0\3", 10) +
                           std::string("\x08\0XX\4\0more", 10) + std::string("n\0", 2) +
                           std::string("card 4111\0", 10);
  EXPECT_EQ(gzip_texts(file), "card 4111\nmore");
  EXPECT_EQ(gzip_header(file).name, "n");
  EXPECT_EQ(gzip_texts(file.substr(0, 14)), "");
}

TEST(HeaderTexts, OfPaxAreItsRecordsButTimes) {
  std::string block(512, '\0');
  block.replace(124, 11, "00000000057");
  block.replace(156, 1, "x");
  block.replace(257, 5, "ustar");
  std::string records = "18 comment=my card\n29 mtime=1700000000.123456789\n";
  records.resize(512, '\0');
  EXPECT_EQ(pax_texts(block + records), "comment=my card\n");
  EXPECT_EQ(pax_texts(block), "");
}

}  // namespace
}  // namespace noshare::extract
