#include "noshare/base/files.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

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

std::filesystem::path folder_of(const std::filesystem::path& path) {
  return path.has_parent_path() ? path.parent_path() : ".";
}

}  // namespace

Result<void> give_to_folder_owner(int fd, const std::filesystem::path& path) {
  struct stat folder {};
  if (::geteuid() != 0 || ::stat(folder_of(path).c_str(), &folder) != 0) return {};
  if (::fchown(fd, folder.st_uid, folder.st_gid) != 0) {
    return fail_errno("cannot give " + path.string() + " to the owner of its folder");
  }
  return {};
}

AtomicFile::AtomicFile(std::filesystem::path path, std::string temporary, UniqueFd fd)
    : path_(std::move(path)), temporary_(std::move(temporary)), fd_(std::move(fd)) {}

AtomicFile::AtomicFile(AtomicFile&& other) noexcept
    : path_(std::move(other.path_)),
      temporary_(std::exchange(other.temporary_, {})),
      fd_(std::move(other.fd_)) {}

AtomicFile::~AtomicFile() {
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

Result<AtomicFile> AtomicFile::create(std::filesystem::path path, unsigned mode) {
  std::string temporary = path.string() + ".XXXXXX";
  UniqueFd fd(::mkostemp(temporary.data(), O_CLOEXEC));
  if (!fd) return fail_errno("cannot create a file beside " + path.string());
  AtomicFile file(std::move(path), std::move(temporary), std::move(fd));
  if (::fchmod(file.fd_.get(), mode) != 0) {
    return fail_errno("cannot set the mode of " + file.temporary_);
  }
  return file;
}

Result<void> AtomicFile::write(std::string_view bytes) {
  return write_all(fd_.get(), bytes);
}

Result<void> AtomicFile::commit() {
  if (::fsync(fd_.get()) != 0) return fail_errno("cannot sync " + temporary_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) {
    return fail_errno("cannot rename " + temporary_ + " to " + path_.string());
  }
  temporary_.clear();
  return sync_folder(folder_of(path_));
}

Result<void> write_file_atomically(const std::filesystem::path& path,
                                   std::string_view bytes, unsigned mode) {
  NOSHARE_TRY(AtomicFile file, AtomicFile::create(path, mode));
  NOSHARE_CHECK(file.write(bytes));
  return file.commit();
}

Result<void> remove_file_durably(const std::filesystem::path& path) {
  if (::unlink(path.c_str()) != 0 && errno != ENOENT) {
    return fail_errno("cannot remove " + path.string());
  }
  return sync_folder(folder_of(path));
}

Result<void> rename_file_durably(const std::filesystem::path& from,
                                 const std::filesystem::path& to) {
  if (::rename(from.c_str(), to.c_str()) != 0) {
    return fail_errno("cannot rename " + from.string());
  }
  return sync_folder(folder_of(to));
}

std::filesystem::path companion_program(std::string_view name) {
  std::error_code error;
  const auto folder =
      std::filesystem::read_symlink("/proc/self/exe", error).parent_path();
  auto beside = folder / name;
  if (std::filesystem::exists(beside, error)) return beside;
  return folder.parent_path() / "libexec/noshare" / name;
}

}  // namespace noshare
