// Whole files: read, and written so that a crash leaves either the old or the new one.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "noshare/base/fd.h"
#include "noshare/base/result.h"

namespace noshare {

// Errors: kNotFound, kIo, kLimit when the file is larger than `most` bytes.
Result<std::string> read_file(const std::filesystem::path& path,
                              std::uint64_t most = 1ULL << 30);

// What root creates in a folder of the filter's is for its user, who must read it: gives
// the open file to the folder's owner and group. Does nothing for other users.
Result<void> give_to_folder_owner(int fd, const std::filesystem::path& path);

// A file that is there whole or not at all: written beside its place, then moved there.
class AtomicFile {
 public:
  static Result<AtomicFile> create(std::filesystem::path path, unsigned mode = 0644);
  AtomicFile(AtomicFile&&) noexcept;
  AtomicFile& operator=(AtomicFile&&) = delete;
  ~AtomicFile();  // without commit(): nothing is left

  Result<void> write(std::string_view bytes);
  Result<void> give_to_folder_owner() {
    return noshare::give_to_folder_owner(fd_.get(), path_);
  }
  // fsync, rename, fsync of the folder: it survives a loss of power from here on.
  Result<void> commit();

 private:
  AtomicFile(std::filesystem::path path, std::string temporary, UniqueFd fd);
  std::filesystem::path path_;
  std::string temporary_;  // empty once committed
  UniqueFd fd_;
};

// AtomicFile in one step.
Result<void> write_file_atomically(const std::filesystem::path& path,
                                   std::string_view bytes, unsigned mode = 0644);
// Removes a file so that it stays removed: fsync of the folder. A missing one is no
// error.
Result<void> remove_file_durably(const std::filesystem::path& path);
// Within one folder, in place of what has the new name.
Result<void> rename_file_durably(const std::filesystem::path& from,
                                 const std::filesystem::path& to);

// Another program of ours: beside this one in a build folder, else where the package puts
// those that people do not start.
std::filesystem::path companion_program(std::string_view name);

}  // namespace noshare
