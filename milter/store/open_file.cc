#include "open_file.h"

#include <sys/stat.h>

#include "schema.h"

namespace noshare::store {

Result<Connection> open_file(const std::filesystem::path& file, bool read_only) {
  // Envelopes name people: the file is for its owner and group.
  const mode_t old_mask = ::umask(0027);
  auto connection = Connection::open(file, read_only);
  if (connection && !read_only) {
    auto made = connection->execute("PRAGMA journal_mode = WAL");
    if (!made) connection = tl::unexpected(std::move(made).error());
  }
  ::umask(old_mask);
  if (!connection) return connection;
  NOSHARE_CHECK(
      connection->execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON"));
  NOSHARE_CHECK(read_only ? require_current_schema(*connection) : migrate(*connection));
  return connection;
}

}  // namespace noshare::store
