#include "noshare/base/files.h"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include "noshare/base/fd.h"

namespace noshare {
namespace {

namespace fs = std::filesystem;

class Files : public testing::Test {
 protected:
  void SetUp() override {
    std::string name = testing::TempDir() + "noshare-files-XXXXXX";
    ASSERT_NE(mkdtemp(name.data()), nullptr);
    folder_ = name;
  }
  void TearDown() override { fs::remove_all(folder_); }
  fs::path folder_;
};

TEST_F(Files, AreReplacedWhole) {
  const fs::path file = folder_ / "a";
  ASSERT_TRUE(write_file_atomically(file, "one"));
  ASSERT_TRUE(write_file_atomically(file, std::string("two\0three", 9)));
  EXPECT_EQ(read_file(file).value(), std::string("two\0three", 9));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST_F(Files, ThatAreMissingOrTooLargeAreErrors) {
  EXPECT_EQ(read_file(folder_ / "none").error().code, ErrorCode::kNotFound);
  ASSERT_TRUE(write_file_atomically(folder_ / "big", std::string(100, 'x')));
  EXPECT_EQ(read_file(folder_ / "big", 99).error().code, ErrorCode::kLimit);
}

TEST_F(Files, LeaveNothingBehindWhenWritingFails) {
  EXPECT_FALSE(write_file_atomically(folder_ / "no" / "file", "x"));
  fs::create_directory(folder_ / "target");
  EXPECT_FALSE(write_file_atomically(folder_ / "target", "x"));
  EXPECT_EQ(std::distance(fs::directory_iterator(folder_), {}), 1);
}

TEST(MemoryFile, CannotBeChangedOnceSealed) {
  UniqueFd fd = create_memory_file("test").value();
  ASSERT_TRUE(write_all(fd.get(), "hello"));
  ASSERT_TRUE(seal_memory_file(fd.get()));
  EXPECT_FALSE(write_all(fd.get(), "more"));
  const MappedFile mapped = MappedFile::map(fd.get()).value();
  EXPECT_EQ(mapped.bytes(), "hello");
}

TEST(MemoryFile, MayBeEmpty) {
  UniqueFd fd = create_memory_file("test").value();
  EXPECT_EQ(MappedFile::map(fd.get()).value().bytes(), "");
}

TEST(MappedFile, MovesItsMapping) {
  UniqueFd fd = create_memory_file("test").value();
  ASSERT_TRUE(write_all(fd.get(), "hello"));
  MappedFile first = MappedFile::map(fd.get()).value();
  MappedFile second = std::move(first);
  EXPECT_EQ(second.bytes(), "hello");
  first = std::move(second);
  EXPECT_EQ(first.bytes(), "hello");
}

// Tests that run as root see it; for others nothing may change.
TEST_F(Files, ThatRootCreatesAreTheFolderOwners) {
  constexpr uid_t kNobody = 65534;
  const bool root = ::geteuid() == 0;
  if (root) {
    ASSERT_EQ(::chown(folder_.c_str(), kNobody, kNobody), 0);
  }
  auto file = AtomicFile::create(folder_ / "a", 0640);
  ASSERT_TRUE(file);
  ASSERT_TRUE(file->give_to_folder_owner());
  ASSERT_TRUE(file->commit());
  struct stat about {};
  ASSERT_EQ(::stat((folder_ / "a").c_str(), &about), 0);
  EXPECT_EQ(about.st_uid, root ? kNobody : ::geteuid());
  EXPECT_EQ(about.st_mode & 0777U, 0640U);
}

}  // namespace
}  // namespace noshare
