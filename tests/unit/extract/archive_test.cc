// Tests of archives in mail: what is read, what is refused, what it may cost.
#include <string>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace noshare::extract
