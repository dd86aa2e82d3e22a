#include "noshare/base/files.h"

#include <cerrno>
#include <cstdio>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "noshare/base/fd.h"

namespace noshare {

Result<std::string> read_file(const std::filesystem::path& path, std::uint64_t most) {
  UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!fd) return fail_errno("cannot open " + path.string());
  std::string text;
  std::string buffer(64 * 1024, '\0');
  for (;;) {
    const ssize_t count = ::read(fd.get(), buffer.data(), buffer.size());
    if (count < 0) {
      if (errno == EINTR) continue;
      return fail_errno("cannot read " + path.string());
    }
    if (count == 0) return text;
    text.append(buffer, 0, static_cast<std::size_t>(count));
    if (text.size() > most) {
      return fail(ErrorCode::kLimit,
                  path.string() + " is larger than " + std::to_string(most) + " bytes");
    }
  }
}

namespace {

Result<void> sync_folder(const std::filesystem::path& folder) {
  UniqueFd fd(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!fd) return fail_errno("cannot open folder " + folder.string());
  if (::fsync(fd.get()) != 0) return fail_errno("cannot sync folder " + folder.string());
  return {};
}

Result<void> write_and_rename(int fd, const std::string& temporary,
                              const std::filesystem::path& path, std::string_view bytes,
                              unsigned mode) {
  if (::fchmod(fd, mode) != 0) return fail_errno("cannot set the mode of " + temporary);
  NOSHARE_CHECK(write_all(fd, bytes));
  if (::fsync(fd) != 0) return fail_errno("cannot sync " + temporary);
  if (::rename(temporary.c_str(), path.c_str()) != 0) {
    return fail_errno("cannot rename " + temporary + " to " + path.string());
  }
  return {};
}

}  // namespace

Result<void> write_file_atomically(const std::filesystem::path& path,
                                   std::string_view bytes, unsigned mode) {
  const std::filesystem::path folder = path.has_parent_path() ? path.parent_path() : ".";
  std::string temporary = path.string() + ".XXXXXX";
  UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) return fail_errno("cannot create a file beside " + path.string());
  if (auto done = write_and_rename(fd.get(), temporary, path, bytes, mode); !done) {
    ::unlink(temporary.c_str());
    return done;
  }
  return sync_folder(folder);
}

}  // namespace noshare
