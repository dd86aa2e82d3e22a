#include "open_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include "noshare/base/fd.h"
#include "noshare/base/files.h"
#include "noshare/config/settings.h"

#include "schema.h"

namespace noshare::store {

namespace {

// An empty file, which SQLite takes for a new database, where there is none. Whatever
// SQLite puts beside it gets the owner that it has.
Result<void> create_for_owner(const std::filesystem::path& file) {
  constexpr mode_t kMode = 0640;
  const UniqueFd fd(::open(file.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, kMode));
  // One that exists, or a folder that does not: SQLite's to say.
  return fd ? give_to_folder_owner(fd.get(), file) : Result<void>();
}

Result<Connection> open_sqlite_file(const std::filesystem::path& file, bool read_only) {
  // Envelopes name people: the file is for its owner and group.
  const mode_t old_mask = ::umask(0027);
  auto created = read_only ? Result<void>() : create_for_owner(file);
  auto driver =
      created ? open_sqlite(file, read_only) : tl::unexpected(std::move(created).error());
  if (driver && !read_only) {
    auto made = (*driver)->execute("PRAGMA journal_mode = WAL");
    if (!made) driver = tl::unexpected(std::move(made).error());
  }
  ::umask(old_mask);
  if (!driver) return tl::unexpected(std::move(driver).error());
  NOSHARE_CHECK(
      (*driver)->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"));
  return Connection(std::move(*driver));
}

Result<Connection> connect(const std::filesystem::path& place, bool read_only) {
  const std::string& text = place.native();
  if (!text.starts_with(config::kPostgresPlace))
    return open_sqlite_file(place, read_only);
  NOSHARE_TRY(auto driver,
              open_postgres(text.substr(config::kPostgresPlace.size()), read_only));
  return Connection(std::move(driver));
}

}  // namespace

Result<Connection> open_file(const std::filesystem::path& place, bool read_only) {
  NOSHARE_TRY(Connection connection, connect(place, read_only));
  NOSHARE_CHECK(read_only ? require_current_schema(connection) : migrate(connection));
  return connection;
}

}  // namespace noshare::store
